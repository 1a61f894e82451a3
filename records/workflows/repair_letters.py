"""修复件的告知: every act on a repair reaches the person in plain words, in the transaction of the act."""

from datetime import date

from django.conf import settings
from django.template.loader import render_to_string

from daoli_credit.accounts import messages
from daoli_credit.accounts.models import Message
from daoli_credit.law import clock, pack
from records.models import Repair
from records.rules import repair_clocks, repairable

TITLES = {
    "received": "已收到信用修复申请",
    "withdrawn": "信用修复申请已撤回",
    "asked": "请补充信用修复有关情况",
    "answered": "已收到您的补充",
    "false": "修复承诺不实确认告知",
    "accepted": "信用修复申请已受理",
    "unmet": "信用修复条件未满足告知",
    "decided": "同意信用修复告知",
    "closed": "信用修复办结告知",
    "moot": "信用修复无须继续办理告知",
}


def tell(repair: Repair, what: str, **more: object) -> Message:
    """告知本人. What the letter says of days is computed here, as everywhere, from the pack."""
    record = repair.record
    item = pack.current().item(record.item_id)
    today = clock.today()
    clocks = {
        "accept_due": _clock("repair-accept", repair.received_on),
        "decide_due": repair_clocks.deciding(repair),
        "gone_due": _clock("takedown-confirm", repair.decided_on),
    }
    holdings = list(record.holdings.order_by("recipient"))
    facts = {
        "repair": repair,
        "record": record,
        "item": item,
        "today": today,
        "site": settings.SITE,
        "holders": [holding.recipient_title for holding in holdings if holding.gone_at is None],
        "gone": [holding for holding in holdings if holding.gone_at is not None],
        "staying": repairable.staying(record, item),
        **clocks,
        **more,
    }
    return messages.tell(
        person_key=record.person_keys()[0],
        title=TITLES[what],
        text=render_to_string(f"documents/repair_{what}_v1.txt", facts).strip() + "\n",
        noun="repair",
        object_id=str(repair.pk),
    )


def _clock(code: str, anchor: date | None) -> repair_clocks.Clock | None:
    return repair_clocks.clock(code, "", anchor) if anchor else None
