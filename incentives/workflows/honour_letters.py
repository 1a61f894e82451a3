"""荣誉推荐的文书: told to the person once there is one; the invitation is a sheet of paper that nobody keeps."""

import base64
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from daoli_credit.accounts import messages
from daoli_credit.accounts.models import Message
from daoli_credit.law import clock, pack
from daoli_credit.paper.sheet import Sheet, pdf
from daoli_credit.paper.typeface import MissingGlyph
from daoli_credit.workflow import noun
from incentives.models import Nomination
from incentives.rules import honour

DECISION, DROPPED, WITHDRAWN, ANNULLED = "登记荣誉决定书", "不予登记通知", "撤回同意的回执", "荣誉登记终止通知"
TEMPLATES = {
    DECISION: "documents/honour_decision_v1.txt",
    DROPPED: "documents/honour_dropped_v1.txt",
    WITHDRAWN: "documents/honour_withdrawn_v1.txt",
    ANNULLED: "documents/honour_annulled_v1.txt",
}
INVITATION = "documents/honour_invitation_v1.txt"


def tell(nomination: Nomination, title: str, **more: Any) -> Message:
    """告知本人, while it is still known who that is."""
    facts = {
        "nomination": nomination,
        "today": clock.today(),
        "site": settings.SITE,
        "until": honour.use_until(
            nomination.source, determined_on=nomination.determined_on, valid_until=nomination.valid_until
        ),
        "rewards": honour.rewards(nomination.item_id, on=clock.today()),
        **more,
    }
    text = render_to_string(TEMPLATES[title], facts).strip() + "\n"
    key = nomination.person_keys()[0]
    return messages.tell(person_key=key, title=title, text=text, noun=noun(Nomination), object_id=str(nomination.pk))


def invitation(nomination: Nomination, code: str, *, door: str) -> Sheet:
    """邀请信, handed over by the nominating body: it names nobody."""
    facts = {"nomination": nomination, "code": code, "door": door, "site": settings.SITE}
    return Sheet(
        title="荣誉登记邀请信",
        text=render_to_string(INVITATION, facts).strip() + "\n",
        number=nomination.number,
        warning="演示规则，不作依据" if pack.current().demo else "",
        code=code,
        digested=False,
    )


def link(nomination: Nomination, code: str, *, door: str) -> str:
    """下载邀请信的网址: holds the file itself, so that nothing is stored. Call it outside a transaction."""
    try:
        data = pdf(invitation(nomination, code, door=door))
    except MissingGlyph:
        return ""
    return "data:application/pdf;base64," + base64.b64encode(data).decode()
