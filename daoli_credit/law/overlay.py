"""叠加的写入: the one door by which a word of the office reaches the rules. Who may say it is judged above."""

from django.db import transaction

from daoli_credit.law import clock, pack
from daoli_credit.law.entries import Entry
from daoli_credit.law.models import Overlay

Action = Overlay.Action


def say(
    action: str, row: Entry, *, by: str, second_by: str, reason: str, document: tuple[str, str] = ("", "")
) -> Overlay:
    """写入一句: confirm, suspend or resume one row. `document` is the name and digest of the attached text.

    The database refuses one person for two, and a confirmation without its text.
    """
    word = Overlay.objects.create(
        kind=row.kind,
        code=row.code,
        action=action,
        row_digest=row.digest,
        document_name=document[0],
        document_digest=document[1],
        by=by,
        second_by=second_by,
        reason=reason,
        at=clock.now(),
    )
    pack.look_again()
    # whoever asked between the two still holds the rules of before the commit
    transaction.on_commit(pack.look_again)
    return word
