"""导出的规则: how much, with whom, for how long, and what a cell may begin with."""

from datetime import timedelta

ALONE = 200  # 行; above it a second person agrees
MOST = 5000
KEPT = timedelta(days=7)
FETCHES = 3
PURPOSES = ("办理本部门的业务", "整理本部门的档案", "答复上级或者监督机关的核查")
# A cell that begins with one of these would be run by the reader's program (CWE-1236); the full-width forms as well.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def needs_second_person(rows: int, *, full_identity: bool) -> bool:
    """要不要第二人: for more than two hundred rows, and always for full identities."""
    return full_identity or rows > ALONE


def why_not(rows: int) -> str:
    """不能导出的原因, in words; empty when it may."""
    if not rows:
        return "所选的范围里没有记录，不用导出"
    if rows > MOST:
        return f"所选的范围有 {rows} 条，一次最多导出 {MOST} 条；请先按状态缩小范围"
    return ""


def cell(value: object) -> str:
    """一格, as text: what would begin a formula gets an apostrophe before it."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text
