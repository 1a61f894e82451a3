"""确认入口: where a row that is not firm is confirmed or resumed, and the sentence that every refusal ends with."""

import re

from daoli_credit.law.status import Status

OPENS = {
    Status.TO_CONFIRM: "请法制审核人员附上条文、经第二人同意后确认。",
    Status.SUSPENDED: "恢复或者重新确认，由法制审核人员提出、第二人同意。",
}
_HOW = re.compile(rf"。?(?:{'|'.join(OPENS.values())})办理入口：/rules/[\w-]+/[\w-]+/")


def door(kind: str, code: str) -> str:
    """Where the row is shown, confirmed and suspended; the pages answer at this address (a test says so)."""
    return f"/rules/{kind}/{code}/"


def how(kind: str, code: str, status: Status) -> str:
    """怎样办: what opens a row of this status again, and where. Empty where nothing does."""
    opens = OPENS.get(status)
    return f"{opens}办理入口：{door(kind, code)}" if opens else ""


def without(text: str) -> str:
    """不带入口: the same sentence for whoever has no part in confirming a rule, a visitor or the person themselves."""
    return _HOW.sub("", text)
