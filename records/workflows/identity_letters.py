"""身份核定的告知: whoever it is about is told, under each of their numbers, in the transaction of the act."""

from django.conf import settings
from django.template.loader import render_to_string

from daoli_credit.accounts import messages
from daoli_credit.law import clock
from records.models import IdentityCase
from records.models.identity_case import K

TITLES = {
    K.NAME: "登记姓名更正告知",
    K.SAME: "同一人认定告知",
    K.APART: "撤销同一人认定告知",
    K.CAPACITY: "终止不利信息告知",
    K.BACK: "恢复主体资格告知",
}


def tell(case: IdentityCase) -> None:
    """告知本人; of the dead nobody is told, the document came from whoever reported it."""
    if case.kind not in TITLES:
        return
    text = render_to_string(
        f"documents/identity_{case.kind}_v1.txt", {"case": case, "today": clock.today(), "site": settings.SITE}
    )
    people = [case.subject, case.other] if case.other else [case.subject]
    for subject in people:
        messages.tell(
            person_key=subject.person_keys()[0],
            title=TITLES[K(case.kind)],
            text=text.strip() + "\n",
            noun="identitycase",
            object_id=case.number,
        )
