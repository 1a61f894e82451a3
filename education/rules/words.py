"""活动文字: what may be written about an event. Nothing by which a participant or the person of a case is known."""

import re
from urllib.parse import urlsplit

from daoli_credit.audit.opinion import OpinionRefused, checked

# Sex with age, or a dwelling: what a case that was made anonymous no longer says.
_POINTS_AT_SOMEBODY = re.compile(r"[，、（(]\s*[男女]\s*[，、）)]|[男女][，、]?\s*\d{1,3}\s*岁|住址|家住|户籍地|就读于")
_UNKIND = ("黑名单", "失信人员", "老赖", "曝光", "红黑榜")


def problem(text: str, *, cases: bool = False) -> str:
    """这段文字的问题, as a sentence that says what to do; empty when there is none.

    `cases`: the text tells typical cases, which are anonymous.
    """
    try:
        checked(text)
    except OpinionRefused:
        return "这里不要写证件号码或者电话：活动报告不记参加者，也不记案例当事人"
    if found := next((word for word in _UNKIND if word in text), None):
        return f"“{found}”不用来说人，请换成法律的说法，例如“严重失信主体名单”"
    if cases and _POINTS_AT_SOMEBODY.search(text):
        return "典型案例里不要写性别年龄、住址、学校这类能认出人的内容"
    return ""


def link_problem(link: str) -> str:
    """一个链接的问题: only https, a real host, nothing hidden in it."""
    parts = urlsplit(link)
    if parts.scheme != "https":
        return f"链接要以 https:// 开头：{link[:60]}"
    if not parts.hostname or "." not in parts.hostname or parts.username or parts.password or len(link) > 300:
        return f"链接写得不对，请从浏览器地址栏复制：{link[:60]}"
    return problem(link)
