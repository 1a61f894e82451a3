"""打开留存的答复: as it was given, for whoever may see the check; what has ended since is not shown again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from daoli_credit.audit.models import LookUp
from incentives import sealed_checks
from incentives.models import Check, CheckAnswer, Feedback
from incentives.models.check import OWN, Said
from records.identity import NotThisPerson
from records.models import CreditRecord

GONE = "该记录已终止，内容不再显示"
PAUSED = "该记录已暂停提供，内容暂不显示"


@dataclass(frozen=True)
class Shown:
    """一项答复 as the page shows it. `gone` says why its content is not shown any more."""

    answer: CheckAnswer
    title: str = ""
    says: str = ""
    citation: str = ""
    until: str = ""
    human: str = ""
    fields: Sequence[tuple[str, str]] = ()
    marks: Sequence[str] = ()
    statement: str = ""
    gone: str = ""
    feedback: Feedback | None = None

    @property
    def reward(self) -> bool:
        return self.answer.sign == "reward"

    @property
    def waits(self) -> bool:
        """待反馈: something was found, and nobody has said yet what was decided; not where it has ended since."""
        return self.answer.due_on is not None and self.feedback is None and not self.gone


@dataclass(frozen=True)
class Heard:
    """一个来源: what it said and when; 未答复 where it said nothing."""

    code: str
    title: str
    said: str
    at: datetime | None
    items: Sequence[Shown] = field(default_factory=list)

    @property
    def silent(self) -> bool:
        return self.said == Said.SILENT


def _gone(answers: Iterable[CheckAnswer], on: date) -> dict[int, str]:
    ids = {one.record_id for one in answers if one.record_id}
    there = set(CreditRecord.objects.provided(on=on).filter(pk__in=ids).values_list("pk", flat=True))
    lasting = set(CreditRecord.objects.in_force(on=on).filter(pk__in=ids - there).values_list("pk", flat=True))
    return {pk: PAUSED if pk in lasting else GONE for pk in ids - there if pk}


def shown(answers: Sequence[CheckAnswer], on: date, because: LookUp) -> list[Shown]:
    """答复各项, rewards first as they were given.

    Raises NotThisPerson when the look is about somebody else than the check.
    """
    for one in answers:
        if bytes(because.person_key) != bytes(one.check_made.person_key):
            raise NotThisPerson("查询记录与信用核查不符")
    gone = _gone(answers, on)
    given = {one.pk: one for one in Feedback.objects.filter(answer__in=[one.pk for one in answers])}
    found = []
    for answer in answers:
        if why := gone.get(answer.record_id or 0):
            found.append(Shown(answer, gone=why, feedback=given.get(answer.pk)))
            continue
        text = sealed_checks.opened(answer)
        found.append(
            Shown(
                answer,
                text.get("title", ""),
                text.get("says", ""),
                text.get("citation", ""),
                text.get("until", ""),
                text.get("human", ""),
                [(name, value) for name, value in text.get("fields", [])],
                text.get("marks", []),
                text.get("statement", ""),
                feedback=given.get(answer.pk),
            )
        )
    return found


def heard(check: Check, titles: dict[str, str], on: date, because: LookUp) -> list[Heard]:
    """各来源的答复, this register first; `titles` are the sources that this matter asks today."""
    rows = list(check.answers.select_related("check_made").order_by("place"))
    items = shown(rows, on, because)
    own = [one for one in items if one.answer.source == OWN]
    sources = [Heard(OWN, "本系统", Said.FOUND if own else Said.NOTHING, check.made_at, own)]
    # who answered then stays on the paper also where the matter asks them no more
    kept_of = {one.answer.source: one.answer.source_title for one in items if one.answer.source != OWN}
    for code, title in {**kept_of, **titles}.items():
        mine = [one for one in items if one.answer.source == code]
        if not mine:
            sources.append(Heard(code, title, Said.SILENT, None))
            continue
        # a source may be asked again: what it said last is what it says
        last = max(one.answer.answered_at for one in mine)
        mine = [one for one in mine if one.answer.answered_at == last]
        first = mine[0].answer
        kept = [one for one in mine if one.answer.said == Said.FOUND]
        sources.append(Heard(code, first.source_title or title, first.said, first.answered_at, kept))
    return sources
