"""规则用语: what the pack's code words mean to a reader."""

from daoli_credit.law.durations import Duration
from daoli_credit.law.rows import End, Limit

DISCLOSURE = {
    "不予公开": "不向社会公开，也不供查询；本人随时看得到。",
    "政务共享": "不向社会公开；只供有法定职责的部门在办理具体事项时使用，每次使用本人都看得到。",
    "授权查询": "不向社会公开；经本人同意才能查询。",
    "社会公开": "法律、法规允许公开，或者本人同意公开。",
}
SIGN = {"adverse": "不利信息", "positive": "有利信息", "neutral": "一般信息"}
PROCEDURE = {
    "administrative": "由有权机关按程序告知、听取陈述申辩后决定",
    "judicial": "由人民法院决定，本系统只登记",
    "registered": "由有权机关按自己的程序决定，本系统只登记",
}
UNITS = {"workday": "个工作日", "day": "日", "month": "个月", "year": "年", "hour": "小时", "count": "次", "char": "字"}
TERMS = {
    "by-class": "按信息类别的最长期限",
    "by-document": "按决定文书载明的期限",
    "while-listed": "随名单期限，移出即止",
    "open": "状态存续期间",
    "life": "长期",
}
ANCHORS = {
    "determined_on": "自认定之日起",
    "conduct_ended_on": "自行为终止之日起",
    "term_end": "自有效期届满之日起",
    "ended_on": "自终止之日起",
    "decided_on": "自决定之日起",
    "published_on": "自公布之日起",
}


def limit(row: Limit) -> str:
    """期限: in words. An unknown one says so; it never reads as zero."""
    if row.value is None:
        return "规则未载明天数，由办理单位写明日期和依据"
    if row.value == 0:
        return "即时"
    return f"{row.value} {UNITS[row.unit]}"


def term(duration: Duration | str | None, anchor: str | None) -> str:
    """时长: a duration from its first day, or the word that stands for one."""
    if duration is None:
        return "规则未载明，按决定文书"
    if isinstance(duration, Duration):
        return f"{ANCHORS.get(anchor or '', '')}{duration}"
    return TERMS.get(duration, duration)


def end(row: End, never: str) -> str:
    """终点: one of the three ends; `never` is the sentence for an end that never begins."""
    if row.duration == "none":
        return never
    words = term(row.duration, row.anchor)
    return f"{words}，最长 {row.cap}" if row.cap and row.cap != row.duration else words
