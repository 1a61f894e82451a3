"""一件的文书: the letters about one of the person's own cases, newest first, to read and to keep as PDF."""

from django.db.models import Q, QuerySet

from daoli_credit.accounts import messages
from daoli_credit.accounts.models import Message, User
from daoli_credit.workflow import noun
from records.models import Objection, Repair
from records.objections import OWN_WORDS


def of(user: User, row: Objection | Repair) -> QuerySet[Message]:
    """本人收到的, about this case; what they wrote themselves stands on the page already."""
    told = Q(noun=noun(type(row)), object_id__in=[row.number, str(row.pk)])
    return messages.of(user).filter(told).exclude(title__in=OWN_WORDS).order_by("-pk")
