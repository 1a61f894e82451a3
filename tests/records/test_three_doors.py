"""三扇门一套规则: the same mistake is told in the same words by form, sheet and interface, for every item."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from datetime import timedelta

import pytest
import yaml
from django.http import Http404
from django.test import Client
from django.utils.datastructures import MultiValueDict

from daoli_credit.accounts import roles, service_keys
from daoli_credit.accounts.models import Department, User
from daoli_credit.law import clock, pack
from daoli_credit.law.editions import PACKS
from daoli_credit.law.rows import Field, Item
from daoli_credit.workflow import RuleBroken
from records import tasks
from records.forms import EntryForm
from records.models import ImportBatch
from records.rules import collectable, id_number
from records.rules.values import parts_of
from records.views import entry
from records.workflows import importing, uploading
from tests.accounts import tries
from tests.cast import Cast, browser, identity

STATED = {"severity": "general", "severity_basis": "裁量基准（示例）"}
CODE = "1199999900000000AP"
# What is wrong for whatever text it is given as.
WRONG: dict[str, tuple[str, ...]] = {
    "text": ("=1+1",),
    "textarea": ("@SUM(A1)",),
    "date": ("2026-02-30", "昨天", "46336", "0026-01-02"),
    "decimal": ("五千元", "-1", "1e999999999", "NaN", "0.1234567", "5000000000000000"),
    "enum": ("不在表里",),
    "enum-list": ("不在表里", "；；"),
    "uscc": ("123", "1199999900000000A1"),
}
OF_PEOPLE: dict[str, tuple[str, ...]] = {
    "party_name": ("", "不详", "=A1", "12345", "林*云", "林某", "林秀云、王新民", "某某公司", "长" * 51),
    "id_type": ("学生证",),
    "id_number": (
        "",
        "9.99999E+17",
        "999999198803120029",
        "110101198803120020",
        "999999880312002",
        "9999**********0028",
    ),
}
MINOR = "99999920150101001"


ITEMS = yaml.safe_load((PACKS / "2026-11" / "catalogue.yaml").read_text(encoding="utf-8"))["items"]
# What may be entered by hand, and what has another door, or none.
BY_HAND = [
    one["code"]
    for one in ITEMS
    if one["providers"] and one["status"] != "no-basis" and not one.get("list_types") and one["sign"] != "positive"
]
OTHERWISE = [one["code"] for one in ITEMS if one["code"] not in BY_HAND]


@pytest.fixture(autouse=True)
def _no_locks() -> None:
    tries.forget()


def _fields(item: Item) -> list[Field]:
    return [field for field in item.fields if not field.ignored]


def _value(field: Field, serial: int) -> str:
    today = clock.today()
    if field.name in {"document_number", "certificate_number"}:
        return f"示例〔2026〕{serial}号"
    by_role = {"conduct_on": 40, "determined_on": 20, "term_end": -300}
    days = by_role.get(field.role or "", 20)
    good = {
        "date": (today - timedelta(days=days)).isoformat(),
        "decimal": "0.05",
        "enum": (field.values or ("",))[0],
        "enum-list": (field.values or ("",))[0],
        "uscc": CODE,
    }
    return good.get(field.type, "写明的内容")


def good(item: Item, serial: int) -> dict[str, str]:
    """A good row by field name."""
    who = identity("linxiuyun")
    person = {"party_name": who.name, "party_type": "自然人", "id_type": who.id_type, "id_number": who.id_number}
    return person | {field.name: _value(field, serial) for field in _fields(item)}


def mistakes(item: Item) -> Iterator[tuple[str, str]]:
    """Each wrong text, and its field."""
    for name, texts in OF_PEOPLE.items():
        yield from ((name, text) for text in texts)
    yield "id_number", MINOR + id_number.check_digit(MINOR)
    for field in _fields(item):
        yield from ((field.name, text) for text in WRONG[field.type] if field.required or text != "；；")
        if field.required:
            yield from ((field.name, text) for text in ("", "/"))
        if field.type in {"text", "textarea"} and field.max and field.max <= 1000:
            yield field.name, "长" * (field.max + 1)
        if field.not_future:
            yield field.name, "2099-05-01"
        if field.free_text or field.name == "document_number":
            yield field.name, f"见{identity('linxiuyun').id_number}"
        if field.name == "legal_ground":
            yield field.name, "《治安管理处罚法》第四十条"
        if field.name == "penalty_kinds":
            yield field.name, "行政拘留"
        if field.role == "conduct_on":
            yield field.name, clock.today().isoformat()
        if field.role == "term_end":
            yield field.name, (clock.today() - timedelta(days=30)).isoformat()


Told = set[tuple[str, str]]


def by_form(item: Item, row: Mapping[str, str]) -> Told:
    """What the page would say, at which field."""
    stated = STATED if item.class_rule == "by-decision" else {}
    ticked = {field.name: parts_of(row[field.name]) for field in _fields(item) if field.type == "enum-list"}
    typed = MultiValueDict({name: [text] for name, text in {**row, **stated}.items()} | ticked)
    form = EntryForm(typed, item=item, today=clock.today())
    titles = {field.name: field.zh for field in (*pack.current().identity, *item.fields)}
    return {(titles.get(name, ""), str(said)) for name, all_of_it in form.errors.items() for said in all_of_it}


def told(problems: list[dict[str, str]]) -> Told:
    """The same of a row of a preview."""
    return {(one["column"], f"{one['message'].rstrip('。')}。{one['fix'].rstrip('。')}。") for one in problems}


def _clerk(cast: Cast, body: Department) -> User:
    roles.grant(cast.clerk, body, "clerk")
    return User.objects.get(pk=cast.clerk.pk)


def _sheet(item: Item, rows: list[dict[str, str]]) -> bytes:
    titles = {field.name: field.zh for field in (*pack.current().identity, *item.fields)}
    made = io.StringIO()
    writer = csv.DictWriter(made, [titles[name] for name in rows[0]])
    writer.writeheader()
    writer.writerows({titles[name]: text for name, text in row.items()} for row in rows)
    return made.getvalue().encode()


def _by_interface(cast: Cast, body: Department, item: Item, rows: list[dict[str, str]]) -> dict[int, Told]:
    made = service_keys.ask(
        actor=cast.system_officer,
        title="案件系统",
        department=body,
        scopes=("records",),
        expires_on=clock.today() + timedelta(days=30),
    )
    service_keys.approve(key_id=made.key.pk, actor=cast.security_officer)
    headers = {"Authorization": f"Daoli {made.text}", "Idempotency-Key": "three-doors"}
    stated = STATED if item.class_rule == "by-decision" else {}
    sent = {"item": item.code, **stated, "rows": rows}
    answer = Client().post("/api/v1/imports/", json.dumps(sent), content_type="application/json", headers=headers)
    assert answer.status_code == 202, answer.content.decode()
    tasks.read_sheet(ImportBatch.objects.get(number=answer.json()["number"]).pk)
    found: dict[int, Told] = {}
    for page in (1, 2, 3):
        said = Client().get(answer.json()["address"], {"page": page}, headers=headers).json()
        found |= {row["line"]: told(row["problems"]) for row in said["shown"]}
    return found


@pytest.mark.parametrize("code", BY_HAND)
def test_the_same_mistake_is_told_in_the_same_words_at_every_door(cast: Cast, code: str) -> None:
    item = pack.current().item(code)
    body = Department.objects.get(code=item.providers[0])
    clerk = _clerk(cast, body)
    wrong = list(mistakes(item))
    rows = [good(item, 1)] + [good(item, serial) | {name: text} for serial, (name, text) in enumerate(wrong, 2)]
    expected = {serial + 1: by_form(item, row) for serial, row in enumerate(rows, 1)}
    assert not expected.pop(2), expected
    assert all(expected.values()), [wrong[line - 3] for line, said in expected.items() if not said]

    batch = uploading.upload(
        department=body,
        item=code,
        name="三扇门.csv",
        data=_sheet(item, rows),
        stated=STATED if item.class_rule == "by-decision" else {},
        actor=clerk,
    )
    batch = importing.read_and_check(batch_id=batch.pk, actor=User.objects.system())
    assert batch.status == "checked", batch.failure
    by_sheet = {row.line: told(row.problems) for row in batch.rows.filter(verdict="wrong")}
    assert by_sheet == expected
    assert _by_interface(cast, body, item, rows) == expected

    page = browser(clerk).post(f"/desk/records/new/{body.code}/{code}/", {**rows[1], **STATED})
    assert page.status_code == 422
    assert all(said in page.content.decode() for _, said in expected[3])


@pytest.mark.parametrize("code", OTHERWISE)
def test_what_has_another_door_is_refused_at_all_three(cast: Cast, code: str) -> None:
    item = pack.current().item(code)
    body = Department.objects.filter(code__in=item.providers).first() or cast.market
    clerk = _clerk(cast, body)
    with pytest.raises(Http404):
        entry._item(code, body)
    with pytest.raises(RuleBroken) as by_sheet:
        uploading.upload(department=body, item=code, name="x.csv", data=b"x", stated={}, actor=clerk)
    assert str(by_sheet.value) == collectable.refusal(item, body.code, on=clock.today())
