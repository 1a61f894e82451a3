"""比对: the rows of a sheet against each other and against the register. Nothing that disagrees is chosen between."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db import connection

from records import identity_sets
from records.identity import Identity
from records.identity_sets import Known
from records.models import CreditRecord
from records.models.batch import Verdict
from records.models.record import UNDONE
from records.rules.problem import Problem
from records.rules.ready import Ready, digest_in, escaped, opened

Content = tuple[str, str]
AT_ONCE = 10_000

OTHER_NAME = Problem(
    "other-name",
    "id_number",
    "这个证件号码在本系统登记的是另一个姓名",
    "请对照证件核对姓名和号码；确属更名或者登记有误的，在“单条录入”里录这一行，点“交区信用办核对”，系统不替您猜",
)
LEFT = Problem(
    "left",
    "id_number",
    "区信用办已核定，这个人不再是信用主体，记录不收",
    "请从表里删去这一行；认为核定有误的，请联系区信用办",
)
TWO_NAMES = Problem(
    "two-names",
    "id_number",
    "同一个证件号码在这张表里有两个姓名",
    "请对照证件核对是哪一行写错了，改好后连同其他行一起再传；涉及的各行都没有入库",
)
DIFFERS = Problem(
    "differs",
    "document_number",
    "这份文书对这个人的记录已经在本系统，内容与这一行不同，没有覆盖",
    "请对照决定书：表里写错的，改表再传；已有记录写错的，点“看新旧值，提出更正”；还没有生效的，请复核人退回",
)
DIFFERS_HERE = Problem(
    "differs-here",
    "document_number",
    "同一份文书、同一个人在这张表里有两种内容，系统不替您选",
    "请对照决定书，只留正确的一行再传；涉及的各行都没有入库",
)
KNOWN = Problem("known", "document_number", "这份文书对这个人的记录已经在本系统，内容相同", "不用处理，不会重复入库")
REPEATED = Problem("repeated", "document_number", "与前面的行完全相同", "不用处理，只入库一次")


@dataclass(frozen=True)
class Finding:
    """一行通过规则以后, 比对所见."""

    verdict: Verdict
    problem: Problem


def _registered(keys: Mapping[str, list[bytes]]) -> set[str]:
    """Which of these numbers the register knows at all."""
    number_of = {key: number for number, digests in keys.items() for key in digests}
    listed = "{" + ",".join(f'"\\\\x{key.hex()}"' for key in number_of) + "}"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT digest FROM records_subjectkey JOIN unnest(%s::bytea[]) AS asked (digest) USING (digest)", [listed]
        )
        return {number_of[bytes(digest)] for (digest,) in cursor.fetchall()}


class Comparing:
    """比对一张表: let it `see` all rows, then ask `found`. Of a row a number is kept in memory, not its content."""

    def __init__(self, item: str, department_id: int) -> None:
        self._item, self._department_id = item, department_id
        self.keys: dict[str, list[bytes]] = {}
        self.people: dict[tuple[str, str], Known] = {}
        self._who: dict[str, tuple[str, str]] = {}
        self._two: set[str] = set()
        self._once: set[int] = set()
        self._again: set[int] = set()

    def see(self, number: str, name: str, id_type: str, document: str) -> None:
        """再看一行."""
        if self._who.setdefault(number, (name, id_type))[0] != name:
            self._two.add(number)
        key = hash((number, document))
        if key in self._once:
            self._again.add(key)
        self._once.add(key)

    def found(self, rows: Callable[[], Iterator[str]]) -> dict[int, Finding]:
        """所见, by line; a line that is not named is new. `rows` gives all rows once more."""
        self.people = people = self._people(rows)
        if not (people or self._two or self._again):
            return {}
        held = self._held({who.subject_id for who in people.values()})
        here: dict[tuple[str, str], set[Content]] = defaultdict(set)
        for row in map(opened, rows()) if self._again else ():
            if hash((row.id_number, row.document)) in self._again:
                here[row.id_number, row.document].add(row.same)
        seen: set[tuple[str, str]] = set()
        found: dict[int, Finding] = {}
        for row in map(opened, rows()):
            place = (row.id_number, row.document)
            who = people.get((row.id_number, row.name))
            there = held.get((who.subject_id, row.document), set()) if who else set()
            if finding := self._of(row, who, there, here.get(place, set()), repeated=place in seen):
                found[int(row.line)] = finding
            if place in here:
                seen.add(place)
        return found

    def _of(
        self, row: Ready, who: Known | None, there: set[Content], here: set[Content], *, repeated: bool
    ) -> Finding | None:
        if who and who.left:
            return Finding(Verdict.PERSON, LEFT)
        if who and not who.agrees:
            return Finding(Verdict.PERSON, OTHER_NAME)
        if who is None and row.id_number in self._two:
            return Finding(Verdict.PERSON, TWO_NAMES)
        if there:
            return Finding(Verdict.SAME, KNOWN) if row.same in there else Finding(Verdict.CHANGED, DIFFERS)
        if len(here) > 1:
            return Finding(Verdict.CHANGED, DIFFERS_HERE)
        return Finding(Verdict.SAME, REPEATED) if repeated else None

    def everybody(self) -> dict[str, Identity]:
        """各人, by number."""
        return {number: Identity(name, id_type, number) for number, (name, id_type) in self._who.items()}

    def registered(self) -> set[str]:
        """Which of the sheet's numbers the register knows."""
        numbers = list(self._who)
        return set[str]().union(
            *(_registered(self._keys_of(numbers[at : at + AT_ONCE])) for at in range(0, len(numbers), AT_ONCE))
        )

    def _people(self, rows: Callable[[], Iterator[str]]) -> dict[tuple[str, str], Known]:
        """已登记的人, by number and name."""
        everybody = [(number, name) for number, (name, _) in self._who.items()]
        if self._two:
            everybody = list({(row.id_number, row.name) for row in map(opened, rows())})
        known: dict[tuple[str, str], Known] = {}
        for at in range(0, len(everybody), AT_ONCE):
            some = everybody[at : at + AT_ONCE]
            keys = self._keys_of(number for number, _ in some)
            there = _registered(keys)
            some = [(number, name) for number, name in some if number in there]
            known |= identity_sets.known(some, {number: keys[number] for number, _ in some}) if some else {}
        return known

    def _keys_of(self, numbers: Iterable[str]) -> dict[str, list[bytes]]:
        wanted = set(numbers)
        self.keys |= identity_sets.keys_of(wanted - self.keys.keys())
        return {number: self.keys[number] for number in wanted}

    def _held(self, subjects: set[int]) -> dict[tuple[int, str], set[Content]]:
        held: dict[tuple[int, str], set[Content]] = defaultdict(set)
        wanted = sorted(subjects)
        for at in range(0, len(wanted), AT_ONCE):
            there = CreditRecord.objects.filter(
                item=self._item, department=self._department_id, subject__in=wanted[at : at + AT_ONCE]
            ).exclude(end_kind=UNDONE)
            for subject, document, day, digest in there.values_list(
                "subject_id", "document_number", "determined_on", "content_digest"
            ):
                held[subject, escaped(document)].add((day.isoformat(), digest_in(bytes(digest))))
        return held
