"""核查的答复: the measures that this department must or may apply here, rewards first. No verdict and no dump.

Of a record it says only the columns that the matter shows; a record that no measure rests on is shown only where it
speaks for the person or is a qualification, and the matter names its item.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from daoli_credit.accounts import messages
from daoli_credit.accounts.models import Department
from daoli_credit.law import pack
from daoli_credit.law.book import Pack
from daoli_credit.law.list_rows import Matter
from daoli_credit.law.rows import Field, Item
from incentives.rules.measures import Applicable, applicable
from incentives.selectors import sharing
from incentives.selectors.check_facts import beside_any, fact
from records.models import CreditRecord, Statement


@dataclass(frozen=True)
class Line:
    """答复的一项: what is kept and shown of one measure, or of one record that supports the person."""

    title: str
    says: str
    citation: str
    until_says: str
    human: str
    fields: tuple[tuple[str, str], ...]
    marks: tuple[str, ...]
    statement: str
    source: str
    record: CreditRecord | None = None
    measure: str = ""
    sign: str = ""
    force: str = ""
    until: date | None = None
    firm: bool = True

    def kept(self) -> dict[str, object]:
        """封存的内容."""
        return {
            "title": self.title,
            "says": self.says,
            "citation": self.citation,
            "until": self.until_says,
            "human": self.human,
            "fields": [list(pair) for pair in self.fields],
            "marks": list(self.marks),
            "statement": self.statement,
        }


@dataclass(frozen=True)
class Asked:
    """问的是什么: in which matter, by which department, and whose records of which items in which columns it may read.

    One edition of the rules answers all of it.
    """

    matter: Matter
    department: Department
    usable: Mapping[tuple[str, str], frozenset[str]]
    on: date
    rules: Pack

    @property
    def items(self) -> list[str]:
        """可用的目录事项."""
        return sorted({item for item, _ in self.usable})

    def may_use(self, record: CreditRecord) -> bool:
        """可用: of this item, by this provider. What was shared by one department opens no other's records."""
        return (record.item_id, record.department.code) in self.usable


def asked(matter: str, department: Department, on: date) -> Asked:
    """问的范围, as it stands on the day."""
    found = {(one.item, one.provider): one.fields for one in sharing.usable(matter, department, on)}
    rules = pack.current()
    return Asked(rules.matters[matter], department, found, on, rules)


def statements(records: Iterable[CreditRecord]) -> dict[int, str]:
    """本人声明 beside these records; asked of none as well, so that who has none takes no less."""
    rows = Statement.objects.filter(beside_any(record.pk for record in records), taken_back_on__isnull=True)
    return {row.record_id: messages.text(row.letter) for row in rows.select_related("letter")}


def lines(
    asked: Asked, records: Sequence[CreditRecord], said: Mapping[int, str], *, against: bool | None = None
) -> list[Line]:
    """一个人的答复, rewards first. `against`: “守信三年” was asked, and answered 否."""
    records = [one for one in records if asked.may_use(one)]
    by_id = {record.pk: record for record in records}
    found = applicable(
        [fact(one) for one in records],
        asked.matter.code,
        asked.department.code,
        asked.on,
        rules=asked.rules,
        against=against,
    )
    shown = [_measure(asked, one, by_id.get(one.record or 0), said) for one in found]
    with_measure = {one.record for one in found}
    for record in records:
        item = asked.rules.item(record.item_id)
        if record.pk not in with_measure and item.sign != "adverse":
            shown.append(_record(asked, record, item, said))
    return shown


def _measure(asked: Asked, one: Applicable, record: CreditRecord | None, said: Mapping[int, str]) -> Line:
    return Line(
        title=one.measure.title,
        says=one.says,
        citation=one.citation,
        until_says=one.until_says,
        human=one.human_says,
        fields=_fields(asked, record) if record else (),
        marks=_marks(record) if record else (),
        statement=said.get(record.pk, "") if record and "own_statement" in asked.matter.shows else "",
        source=record.department.name if record else "本系统",
        record=record,
        measure=one.measure.code,
        sign=one.measure.sign,
        force=one.measure.force,
        until=one.until,
        firm=one.firm,
    )


def _record(asked: Asked, record: CreditRecord, item: Item, said: Mapping[int, str]) -> Line:
    return Line(
        title=item.title,
        says="本事项可以核对的信息，没有与之对应的措施",
        citation="、".join(map(str, item.citations)),
        until_says=f"至 {record.use_until}" if record.use_until else "长期",
        human="",
        fields=_fields(asked, record),
        marks=_marks(record),
        statement=said.get(record.pk, "") if "own_statement" in asked.matter.shows else "",
        source=record.department.name,
        record=record,
    )


def _marks(record: CreditRecord) -> tuple[str, ...]:
    marks = []
    if record.disputed_on:
        marks.append(f"本人已提出异议（{record.disputed_on}），正在核实；以前不得仅据此作出不利决定")
    if record.contested_on:
        marks.append(f"正在复议或者诉讼（{record.contested_on} 标注）")
    return tuple(marks)


def _fields(asked: Asked, record: CreditRecord) -> tuple[tuple[str, str], ...]:
    """栏目: those that the matter shows, and of another department's item only those it has agreed to."""
    item = asked.rules.item(record.item_id)
    agreed = asked.usable.get((record.item_id, record.department.code), frozenset())
    words: dict[str, tuple[str, str]] = {
        "item_title": ("目录事项", item.title),
        "document_number": ("文书号", record.document_number),
        "authority": ("认定机关", str(record.content.get("authority") or record.department.name)),
        "decided_on": ("认定日期", str(record.determined_on)),
        "class": ("分类", record.get_severity_display() if record.severity else ""),
        "use_until": ("共享使用至", str(record.use_until or "长期")),
    }
    for column in item.fields:
        if column.name not in words:
            words[column.name] = (column.zh, _text(column, record.content.get(column.name)))
    found = [words[code] for code in asked.matter.shows if code in words and code in agreed]
    return tuple(pair for pair in found if pair[1])


def _text(column: Field, value: object) -> str:
    return "、".join(map(str, value)) if isinstance(value, list) else str(value or "")
