"""按列核对: whatever a sheet holds, a row that the columns let through is the very row of the one validator."""

import json
from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from daoli_credit.demo import people
from daoli_credit.law import clear, clock, pack, prohibited
from daoli_credit.law.rows import Field, Item
from records.reading.sheet import read
from records.rules import columns, intake, ready
from records.rules.columnwise import Sheet
from tests import make_importing as sheets
from tests.cast import Cast

ONE_EXAMPLE_AFTER_ANOTHER = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None, max_examples=150
)
CODE = "1199999900000000AP"
NASTY = (
    *(
        "",
        " ",
        "#N/A",
        "=1+1",
        "-",
        "无",
        "\\",
        "a\tb",
        "a\\nb",
        "“甲”\n乙",
        '"',
        "行政拘留",
        "强制隔离戒毒",
        "治安管理处罚法",
    ),
    *(
        "2026-02-30",
        "2020/5/6",
        "2099-01-01",
        "20260305",
        "五千元",
        "-1",
        "1e9",
        "0.123456789",
        "123",
        "法人",
        "x" * 5000,
    ),
    *(
        "999999198803120029",
        "999999201503120021",
        "9.99999E+17",
        "曾患精神病",
        "未成年人",
        "哈里[2026] ０1号",
        "\u3000",
    ),
)


def _good(field: Field) -> st.SearchStrategy[str]:
    today = clock.today()
    kinds = {
        "enum": st.sampled_from([*field.values, *field.aliases]) if field.values else st.nothing(),
        "enum-list": st.lists(st.sampled_from(list(field.values) or [""]), min_size=1, max_size=2).map("；".join),
        "date": st.integers(1, 900).map(lambda days: (today - timedelta(days=days)).strftime("%Y/%m/%d")),
        "decimal": st.sampled_from(["0", "0.05", "1,200", "３"]),
        "uscc": st.just(CODE),
        "year": st.just("2026"),
    }
    text = st.sampled_from(["哈里〔2026〕1号", "写明的内容", "使用未经检定的计量器具", "《某条例》第三条"])
    return kinds.get(field.type, text)


def _identity(field: Field) -> st.SearchStrategy[str]:
    born = st.dates(date(1950, 1, 1), date(2015, 12, 31))
    return {
        "party_name": st.sampled_from(["林秀云", "林 秀云", "阿依古丽·买买提", "ＡＢ"]),
        "party_type": st.sampled_from(["自然人", "", "自然人 "]),
        "id_type": st.sampled_from(["居民身份证", "身份证", ""]),
        "id_number": st.builds(people.number, born, st.integers(0, 999)),
    }[field.name]


def _one_in_forty(good: st.SearchStrategy[str], dice: int) -> st.SearchStrategy[str]:
    return good if dice else st.sampled_from(NASTY) | st.text()


def _cells(item: Item, titles: Sequence[Field]) -> st.SearchStrategy[list[str]]:
    named = {field.name for field in pack.current().identity}
    each = []
    for field in titles:
        good = _identity(field) if field.name in named else _good(field)
        fill = good if field.required or field.name in named else good | st.just("")
        each.append(st.integers(0, 39).flatmap(partial(_one_in_forty, fill)))
    short = st.integers(0, 30).map(lambda dice: dice == 0)
    return st.tuples(*each).flatmap(lambda cells: short.map(lambda cut: list(cells[:-2]) if cut else [*cells]))


def _stated(item: Item) -> dict[str, str]:
    return {"severity": "general", "severity_basis": "裁量\\基准"} if item.class_rule == "by-decision" else {}


def _of(item: Item) -> columns.Columns:
    fields = [*pack.current().identity, *item.fields]
    return columns.match(item, [[field.zh for field in fields]], today=clock.today())


def _items() -> list[Item]:
    return [
        item for item in pack.current().items.values() if any(field.role == "determined_on" for field in item.fields)
    ]


@ONE_EXAMPLE_AFTER_ANOTHER
@given(data=st.data())
def test_the_columns_and_the_one_validator_say_the_same_of_any_row(cast: Cast, data: st.DataObject) -> None:
    edition, today = pack.current(), clock.today()
    item = data.draw(st.sampled_from(_items()))
    found, stated = _of(item), _stated(item)
    fields = [*edition.identity, *item.fields]
    rows = list(enumerate(data.draw(st.lists(_cells(item, fields), min_size=1, max_size=4)), 2))
    sheet, maker = Sheet(item.code, found, stated, today=today, edition=edition), ready.Maker(item.code, edition)
    for (line, cells), one in zip(rows, sheet.ready(rows), strict=True):
        checked = intake.check(item.code, {**found.raw(cells), **stated}, today=today, edition=edition).checked
        event("left to the one validator" if one is None else "by columns")
        if one is not None:
            assert checked is not None
            assert not checked.remarks
            assert one == maker.of(line, checked)
            assert ready.opened(one.line).digest == ready.digest_in(checked.digest())


def test_of_every_item_a_plainly_good_row_goes_by_the_columns(cast: Cast) -> None:
    edition, today, left = pack.current(), clock.today(), []
    values = {"enum": None, "date": "2026-11-02", "decimal": "0.05", "uscc": CODE, "year": "2026"}
    who = {"party_name": "林秀云", "party_type": "自然人", "id_type": "身份证", "id_number": sheets.GOOD[1]}
    for item in _items():
        fields = [*edition.identity, *item.fields]
        cells = [
            who.get(field.name) or values.get(field.type, "写明的内容") or field.values[0]
            if field.type != "enum-list"
            else field.values[-1]
            for field in fields
        ]
        sheet = Sheet(item.code, _of(item), _stated(item), today=today, edition=edition)
        checked = intake.check(item.code, {**_of(item).raw(cells), **_stated(item)}, today=today, edition=edition)
        if checked.checked is not None and not checked.checked.remarks and sheet.ready([(2, cells)]) == [None]:
            left.append(item.code)
    assert not left


def test_of_the_bureaus_own_sheet_the_good_rows_go_by_the_columns(cast: Cast) -> None:
    edition, today = pack.current(), clock.today()
    item = edition.item(sheets.ITEM)
    body = list(read(iter([sheets.sample()])).rows)
    found = columns.match(item, [cells for _, cells in body], today=today)
    rows = body[found.at + 1 :]
    sheet, maker = Sheet(item.code, found, sheets.STATED, today=today, edition=edition), ready.Maker(item.code, edition)
    made = sheet.ready(rows)
    for (line, cells), one in zip(rows, made, strict=True):
        checked = intake.check(item.code, {**found.raw(cells), **sheets.STATED}, today=today, edition=edition).checked
        assert one is None or (checked is not None and one == maker.of(line, checked))
    assert sum(one is not None for one in made) >= 524


def test_a_line_holds_what_the_digest_is_made_of(cast: Cast) -> None:
    checked = intake.check(sheets.ITEM, {**_raw(), **sheets.STATED}, today=clock.today()).checked
    assert checked is not None
    made = ready.Maker(sheets.ITEM, pack.current()).of(7, checked)
    line = made.line
    shared, (kept,) = ready.unpacked(ready.packed([(made.head, made.tail)]))
    number, record, place = ready.of_record(kept)
    fields = dict(zip(ready.COLUMNS, b"\t".join((record, shared[place])).decode().split("\t"), strict=True))
    assert number.decode() == sheets.GOOD[1]
    assert ready.whole(kept, shared) == line
    assert json.loads(fields["content"].replace("\\\\", "\\")) == checked.content
    assert ready.opened(line).plain_document == checked.document_number


def test_lines_kept_together_come_back_as_they_were_also_those_kept_before(cast: Cast) -> None:
    maker = ready.Maker(sheets.ITEM, pack.current())
    days = ("2026-10-01", "2026-10-02", "2026-10-01")
    checked = [
        intake.check(sheets.ITEM, {**_raw(), **sheets.STATED, "decided_on": day}, today=clock.today()).checked
        for day in days
    ]
    made = [maker.of(line, one) for line, one in enumerate(checked, 2) if one is not None]
    assert len(made) == 3
    kept = ready.packed((one.head, one.tail) for one in made)
    assert kept.count(made[0].tail) == 1
    before = "\n".join(one.line for one in made).encode()
    for plain in (kept, before):
        shared, lines = ready.unpacked(plain)
        assert [ready.whole(line, shared) for line in lines] == [one.line for one in made]
        assert [line for line, *_ in ready.people_of(lines)] == ["2", "3", "4"]
    assert [ready.parted(one.line) for one in made] == [(one.head, one.tail) for one in made]
    assert ready.unpacked(ready.packed([])) == ([], [])
    assert ready.people_of([]) == []


def _raw() -> dict[str, str]:
    typed = sheets.row(1, 违法事实='他说："不知道\\明白"。', 行政处罚决定书文号="哈里\\监〔2026〕1号")
    found = columns.match(pack.current().item(sheets.ITEM), [list(typed)], today=clock.today())
    return found.raw(list(typed.values()))


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_on_the_very_birthday_the_age_is_left_to_the_rule(cast: Cast, days: int) -> None:
    edition, today = pack.current(), clock.today()
    plain, born = clear.Clear(edition, today=today), date(1988, 3, 12)
    grown = plain.grown_since(born)
    assert grown is not None
    on = grown + timedelta(days=days)
    found = prohibited.findings(edition, birth_date=born, determined_on=on, conduct_on=None, today=today)
    assert (on > grown) <= (not [one for one in found if "minor" in one.code])


TEXT = st.sampled_from([*NASTY, "当事人患有精神疾病", "宗教信仰", "未满十八周岁"]) | st.text()


@ONE_EXAMPLE_AFTER_ANOTHER
@given(
    born=st.dates(date(1950, 1, 1), date(2012, 1, 1)) | st.none(),
    days=st.tuples(
        st.dates(date(2019, 1, 1), date(2026, 11, 1)), st.none() | st.dates(date(2015, 1, 1), date(2026, 1, 1))
    ),
    ground=st.sampled_from(["《计量法实施细则》第四十三条", "", "《治安管理处罚法》第二十六条"]),
    kinds=st.lists(st.sampled_from(["罚款", "警告", "通报批评", "行政拘留"]), max_size=2),
    text=st.just("当事人被查实使用未经检定的计量器具。") | TEXT,
)
def test_what_is_clear_is_never_refused(
    cast: Cast, *, born: date | None, days: tuple[date, date | None], ground: str, kinds: list[str], text: str
) -> None:
    edition, today = pack.current(), clock.today()
    plain, (determined_on, conduct_on) = clear.Clear(edition, today=today), days
    grown = plain.grown_since(born)
    of_age = grown is not None and determined_on > grown and (conduct_on is None or conduct_on > grown)
    if of_age and all(
        [plain.of_kinds(kinds), plain.of_ground(ground), plain.of_text(text), plain.of_day(determined_on)]
    ):
        event("clear")
        assert not prohibited.findings(
            edition,
            penalty_kinds=kinds,
            legal_ground=ground,
            texts=[text] if text else [],
            conduct_on=conduct_on,
            determined_on=determined_on,
            birth_date=born,
            today=today,
        )
