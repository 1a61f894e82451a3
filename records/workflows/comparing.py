"""比对: the rows of a sheet against each other and against the register. Nothing that disagrees is chosen between."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from records import identity_sets
from records.identity_sets import Known
from records.models import CreditRecord
from records.models.batch import Verdict
from records.models.record import UNDONE
from records.reading.sheet import Unreadable
from records.rules.problem import Problem
from records.rules.ready import Ready, digest_in, escaped, opened
from records.workflows.alike import Pairs, Twice

Content = tuple[str, str]
Place = bytes
People = dict[tuple[str, str], Known]
AT_ONCE = 10_000
# persons whose keys are remembered; beyond that the memory is begun anew
MOST = 20_000
# rows alike that are compared word for word; a sheet with more has been pasted together twice
MOST_ALIKE = 300_000

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


def differs(found: Finding | None) -> bool:
    """与登记不同的: what may be proposed as a correction."""
    return found is not None and found.problem.cause == DIFFERS.cause


def _place(number: str, document: str) -> Place:
    return hashlib.blake2b(f"{number}\t{document}".encode(), digest_size=16).digest()


class Comparing:
    """比对一张表: let it `see` all rows, `settle`, then ask portion after portion what is `of` it.

    Of a row sixteen bytes are kept in memory and of a person thirty-two, whatever the sheet says of them.
    """

    def __init__(self, item: str, department_id: int) -> None:
        self._item, self._department_id = item, department_id
        self.keys: dict[str, list[bytes]] = {}
        self._places, self._names = Twice(), Pairs()
        self._last = ("", "")
        self._two: set[str] = set()
        self._here: dict[Place, Content | None] = {}
        self._seen: set[Place] = set()

    def see(self, number: str, name: str, id_type: str, document: str) -> None:
        """再看一行."""
        self._places.add(hash((number, document)))
        if self._last != (number, name):
            self._last = (number, name)
            self._names.add(hash(number), hash(name))

    def knows(self, numbers: Iterable[str]) -> bool:
        """Whether the register knows any of these numbers."""
        return bool(identity_sets.registered(self._keys_of(numbers)))

    def settle(self, rows: Callable[[], Iterator[str]]) -> bool:
        """全表看过以后: whether rows of the sheet are about each other; then every row must be asked for.

        `rows` gives all rows once more. Raises Unreadable where too many are alike.
        """
        again, two = self._places.found(MOST_ALIKE), self._names.found(MOST_ALIKE)
        if again is None or two is None:
            raise Unreadable(
                f"表里超过 {MOST_ALIKE // 10_000} 万行与别的行是同一份文书、同一个人，或者同一号码两个姓名，"
                "多半是整段粘贴了两遍或者排序错了列；请核对后再上传"
            )
        if not (again or two):
            return False
        names: dict[str, set[str]] = defaultdict(set)
        for row in map(opened, rows()):
            if hash(row.id_number) in two:
                names[row.id_number].add(row.name)
            if hash((row.id_number, row.document)) in again:
                place = _place(row.id_number, row.document)
                if self._here.setdefault(place, row.same) != row.same:
                    self._here[place] = None
        self._two = {number for number, said in names.items() if len(said) > 1}
        return True

    def of(self, rows: Sequence[Ready], people: People | None = None) -> dict[int, Finding]:
        """所见 in a portion, by line; a line that is not named is new. The portions come in the order of the sheet."""
        if people is None:
            people = self._known({(row.id_number, row.name) for row in rows})
        held = self._held({who.subject_id for who in people.values()})
        found: dict[int, Finding] = {}
        for row in rows:
            who = people.get((row.id_number, row.name))
            there = held.get((who.subject_id, row.document), set()) if who else set()
            place = _place(row.id_number, row.document) if self._here else b""
            alike = place in self._here
            differs = alike and self._here[place] is None
            if finding := self._one(row, who, there, differs=differs, repeated=place in self._seen):
                found[int(row.line)] = finding
            if alike:
                self._seen.add(place)
        return found

    def _one(
        self, row: Ready, who: Known | None, there: set[Content], *, differs: bool, repeated: bool
    ) -> Finding | None:
        if who and who.left:
            return Finding(Verdict.PERSON, LEFT)
        if who and not who.agrees:
            return Finding(Verdict.PERSON, OTHER_NAME)
        if who is None and row.id_number in self._two:
            return Finding(Verdict.PERSON, TWO_NAMES)
        if there:
            return Finding(Verdict.SAME, KNOWN) if row.same in there else Finding(Verdict.CHANGED, DIFFERS)
        if differs:
            return Finding(Verdict.CHANGED, DIFFERS_HERE)
        return Finding(Verdict.SAME, REPEATED) if repeated else None

    def _known(self, everybody: Iterable[tuple[str, str]]) -> People:
        """已登记的人 among these, by number and name."""
        some = list(everybody)
        keys = self._keys_of(number for number, _ in some)
        there = identity_sets.registered(keys)
        some = [(number, name) for number, name in some if number in there]
        return identity_sets.known(some, {number: keys[number] for number, _ in some}) if some else {}

    def _keys_of(self, numbers: Iterable[str]) -> dict[str, list[bytes]]:
        wanted = set(numbers)
        if len(self.keys) > MOST:
            self.keys.clear()
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
