"""读文书: which letters are formal documents, whose they are, and what their sheet says. Nothing here sets a PDF."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from daoli_credit import questions
from daoli_credit.accounts import messages
from daoli_credit.accounts.models import Message, User
from daoli_credit.audit.models import LookUp
from daoli_credit.law import pack
from daoli_credit.paper.sheet import Sheet
from records import identity, identity_cases, objections, repairs, selectors
from records.models import (
    Amendment,
    Contest,
    CreditRecord,
    EndNotice,
    IdentityCase,
    Objection,
    Repair,
    Subject,
    Undoing,
)


@dataclass(frozen=True)
class Source:
    """一类文书的来处: the noun's rows, the staff's way in, the matter of a look, the bureau's number.

    `other` is the second person or number that one matter tells, where there is one.
    """

    rows: Callable[[], QuerySet[Any]]
    visible: Callable[[User], QuerySet[Any]]
    key: str
    matter: str
    subject: Callable[[Any], Subject]
    document_number: Callable[[Any, Message], str] = lambda row, message: ""
    serves: tuple[str, ...] = ()
    whole_number: bool = False
    other: Callable[[Any], Subject | None] = lambda row: None

    def people(self, row: Any) -> list[Subject]:
        """被告知的人."""
        second = self.other(row)
        return [self.subject(row), *([second] if second else [])]


_sources: dict[str, Source] = {}
RELATED = ("record__department", "record__subject")


def register(noun: str, source: Source) -> None:
    """登记一类文书, from the app whose noun it is."""
    _sources[noun] = source


def _place(key: bytes, keys: list[bytes]) -> int:
    return keys.index(key) if key in keys else len(keys)


@dataclass(frozen=True)
class Matter:
    """文书所属的一件."""

    source: Source
    row: Any

    def whose(self, message: Message) -> Subject:
        """这一封是写给谁的: under which number of the matter."""
        people, key = self.source.people(self.row), bytes(message.person_key or b"")
        # of numbers that are one person's each knows the others' keys too, but after its own
        return min(people, key=lambda one: _place(key, one.person_keys()))

    @property
    def number(self) -> str:
        """系统编号 of the matter."""
        return str(self.row.number)

    @property
    def department(self) -> tuple[int, str]:
        """办理单位."""
        found: tuple[int, str] = self.row.in_department
        return found


def _is_paper(message: Message) -> bool:
    told = message.person_key is not None  # what staff were told of a matter is no document
    return told and message.noun in _sources and message.title not in objections.OWN_WORDS


def _find(message: Message, rows: QuerySet[Any]) -> Matter | None:
    source = _sources[message.noun]
    row = rows.filter(**{source.key: message.object_id}).first()
    return Matter(source, row) if row is not None else None


def of_person(message: Message) -> Matter | None:
    """本人的一封信所属的一件; None when the letter is no formal document. Whose it is is asked before."""
    return _find(message, _sources[message.noun].rows()) if _is_paper(message) else None


def of_staff(message: Message, user: User) -> Matter | None:
    """工作人员看得到的一封: through the one question of its noun; None for anything else."""
    return _find(message, _sources[message.noun].visible(user)) if _is_paper(message) else None


@questions.prepared
def _told(noun: str, row: str, *keys: bytes) -> QuerySet[Message]:
    found = Message.objects.filter(person_key__in=keys, noun=noun, object_id=row)
    return found.select_related("paper__service").order_by("pk")


def letters(noun: str, row: Any) -> list[Message]:
    """一件的文书, oldest first."""
    source = _sources[noun]
    # two numbers that were found to be one person's know each other's keys
    keys = dict.fromkeys(key for one in source.people(row) for key in one.person_keys())
    return [one for one in _told(noun, str(getattr(row, source.key)), *keys) if _is_paper(one)]


def number_of(noun: str, row: Any, message: Message) -> str:
    """文号 of one of its letters, where the bureau has given it one."""
    return _sources[noun].document_number(row, message)


def sheet(message: Message, matter: Matter, because: LookUp, *, document_number: str = "") -> Sheet:
    """版面的内容: the very text that the person reads, under the person's name. Raises NotThisPerson."""
    who = identity.reveal(matter.whose(message), because=because)
    number = who.id_number if matter.source.whole_number else identity.mask_number(who.id_number)
    return Sheet(
        title=message.title,
        text=messages.text(message),
        number=matter.number,
        document_number=matter.source.document_number(matter.row, message) or document_number,
        addressee=f"{who.name}（{who.id_type} {number}）",
        warning="演示规则，不作依据" if pack.current().demo else "",
    )


def _answer_number(row: Objection, message: Message) -> str:
    return row.answer_number if message.title.startswith("异议申诉答复") else ""


register(
    "creditrecord",
    Source(
        rows=lambda: CreditRecord.objects.select_related("department", "subject"),
        visible=lambda user: CreditRecord.objects.visible_to(user).select_related("department", "subject"),
        key="pk",
        matter=selectors.HANDLING,
        subject=lambda row: row.subject,
        serves=("submit_record", "review_record"),
    ),
)
register(
    "repair",
    Source(
        rows=lambda: Repair.objects.select_related(*RELATED),
        visible=lambda user: Repair.objects.visible_to(user).select_related(*RELATED),
        key="pk",
        matter=repairs.HANDLING,
        subject=lambda row: row.record.subject,
        serves=("handle_repair", "decide_repair"),
    ),
)
register(
    "objection",
    Source(
        rows=lambda: Objection.objects.select_related(*RELATED),
        visible=lambda user: Objection.objects.visible_to(user).select_related(*RELATED),
        key="number",
        matter=objections.HANDLING,
        subject=lambda row: row.record.subject,
        document_number=_answer_number,
        serves=("answer_objection",),
    ),
)
register(
    "contest",
    Source(
        rows=lambda: Contest.objects.select_related(*RELATED),
        visible=lambda user: Contest.objects.visible_to(user).select_related(*RELATED),
        key="pk",
        matter=selectors.HANDLING,
        subject=lambda row: row.record.subject,
        serves=("submit_record", "review_record"),
    ),
)
register(
    "undoing",
    Source(
        rows=lambda: Undoing.objects.select_related(*RELATED),
        visible=lambda user: Undoing.objects.of_departments(user).select_related(*RELATED),
        key="pk",
        matter=selectors.HANDLING,
        subject=lambda row: row.record.subject,
        serves=("submit_record", "review_record"),
    ),
)
register(
    "amendment",
    Source(
        rows=lambda: Amendment.objects.select_related(*RELATED),
        visible=lambda user: Amendment.objects.visible_to(user).select_related(*RELATED),
        key="number",
        matter=selectors.HANDLING,
        subject=lambda row: row.record.subject,
        serves=("submit_record", "review_record"),
    ),
)
register(
    "identitycase",
    Source(
        rows=lambda: IdentityCase.objects.select_related("department", "subject", "other"),
        visible=lambda user: IdentityCase.objects.visible_to(user).select_related("department", "subject", "other"),
        key="number",
        matter=identity_cases.HANDLING,
        subject=lambda row: row.subject,
        serves=("check_identity",),
        other=lambda row: row.other,
    ),
)
register(
    "endnotice",  # the record is gone with it: its letter is the person's, and nobody's at the desk
    Source(
        rows=lambda: EndNotice.objects.select_related(*RELATED),
        visible=lambda user: EndNotice.objects.visible_to(user).select_related(*RELATED),
        key="pk",
        matter=selectors.HANDLING,
        subject=lambda row: row.record.subject,
        serves=("submit_record", "review_record"),
    ),
)
