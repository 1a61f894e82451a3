"""本人的话: what a person may write in a statement; one rule for every door it comes through."""

from daoli_credit.audit.opinion import OpinionRefused
from daoli_credit.audit.opinion import checked as without_numbers
from daoli_credit.workflow import RuleBroken

LONGEST = 2000
CHUNK = 500


def cleaned(text: str) -> str:
    """意见正文. Raises RuleBroken for an empty or too long text, or one that names a person by number."""
    text = text.strip()
    if not text:
        raise RuleBroken("请写下意见；没有意见要说的，不用提交")
    if len(text) > LONGEST:
        raise RuleBroken(f"最多 {LONGEST} 个字，现在 {len(text)} 个；更长的材料请当面或者邮寄提交")
    try:
        for start in range(0, len(text), CHUNK // 2):  # halves overlap: no number hides on a seam
            without_numbers(text[start : start + CHUNK])
    except OpinionRefused:
        raise RuleBroken("请不要写证件号码和电话（也包括别人的）；办理部门知道您是谁") from None
    return text
