"""确认入口: where a row that is not firm is confirmed or resumed, and the sentence that every refusal ends with."""

from daoli_credit.law.status import Status


def door(kind: str, code: str) -> str:
    """Where the row is shown, confirmed and suspended; the pages answer at this address (a test says so)."""
    return f"/rules/{kind}/{code}/"


def how(kind: str, code: str, status: Status) -> str:
    """怎样办: what opens a row of this status again, and where. Empty where nothing does."""
    where = f"办理入口：{door(kind, code)}"
    if status is Status.TO_CONFIRM:
        return f"请法制审核人员附上条文、经第二人同意后确认。{where}"
    if status is Status.SUSPENDED:
        return f"恢复或者重新确认，由法制审核人员提出、第二人同意。{where}"
    return ""
