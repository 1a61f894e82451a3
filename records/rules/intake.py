"""收录核对: the one validator of a record's content, for form, sheet and API alike."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from daoli_credit.law import pack, prohibited
from daoli_credit.law.rows import Item
from records.identity import Identity
from records.models.record import Service
from records.rules import id_number, names
from records.rules.problem import Problem, Wrong
from records.rules.values import Value, parts_of, read, read_date, tidy

PERSON = "自然人"
IDENTITY_FIELDS = ("party_name", "party_type", "id_type", "id_number")
SEVERITIES = {"minor", "general", "serious"}
# What a double-publicity sheet writes for anybody who is no natural person.
BODIES = re.compile("法人|组织|个体|企业|公司|单位|机关|合作社|工商户")
LONGEST_GROUND = 200
# What a spreadsheet shows where its formula failed.
BROKEN = {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "########"}


@dataclass(frozen=True)
class Checked:
    """已核对: everything that `records.workflows.record` writes. Made by `check` only."""

    item: str
    identity: Identity
    document_number: str
    determined_on: date
    conduct_on: date | None
    term_end: date | None
    content: dict[str, Value]
    severity: str
    severity_basis: str
    service: str
    served_on: date | None
    remarks: tuple[str, ...]

    def digest(self) -> bytes:
        """内容摘要: equal content, equal digest, however it came in."""
        plain = [self.content, self.severity, self.severity_basis, str(self.conduct_on)]
        return hashlib.sha256(json.dumps(plain, ensure_ascii=False, sort_keys=True).encode()).digest()


@dataclass(frozen=True)
class Verdict:
    """核对结果: `checked` when it may go in; problems otherwise; `apart` names a row that is no person and no error."""

    checked: Checked | None
    problems: tuple[Problem, ...] = ()
    apart: str = ""


def _identity(raw: Mapping[str, str], today: date, problems: list[Problem]) -> Identity:
    name = tidy(raw.get("party_name", ""))
    try:
        name = "" if name.upper() in BROKEN else names.read(name)
    except Wrong as why:
        problems.append(why.at("party_name"))
    kind = tidy(raw.get("id_type", "")) or id_number.RESIDENT
    kind = id_number.RESIDENT if kind == "身份证" else kind
    if kind != id_number.RESIDENT and kind not in id_number.FORMS:
        problems.append(Problem("not-in-list", "id_type", "不认识的证件类型", "请从可选的证件类型中选择"))
    try:
        number = id_number.check(kind, tidy(raw.get("id_number", "")), today=today)
    except Wrong as why:
        problems.append(why.at("id_number"))
        number = ""
    return Identity(name, kind, number)


def _severity(item: Item, raw: Mapping[str, str], problems: list[Problem]) -> tuple[str, str]:
    """失信行为分类: fixed by the item, or decided by the determining body and named with its ground."""
    if item.class_rule is None:
        return "", ""
    if item.class_rule in SEVERITIES:
        return item.class_rule, "目录事项规定"
    chosen, ground = tidy(raw.get("severity", "")), tidy(raw.get("severity_basis", ""))
    if chosen not in SEVERITIES:
        problems.append(Problem("severity", "severity", "没有选择轻微、一般或者严重", "按认定部门的书面认定选择"))
    if not ground:
        problems.append(
            Problem("severity", "severity_basis", "没有写明分类依据", "写明认定文书或者裁量基准的名称和条款")
        )
    if len(ground) > LONGEST_GROUND:
        said = f"最多 {LONGEST_GROUND} 个字，现在 {len(ground)} 个"
        problems.append(Problem("too-long", "severity_basis", said, "请只写名称和条款"))
    return chosen, ground


def _service(raw: Mapping[str, str], today: date, problems: list[Problem]) -> tuple[str, date | None]:
    how, when = tidy(raw.get("service", "")), tidy(raw.get("served_on", ""))
    if not how and not when:
        return "", None
    if not how or not when:
        field, said = (
            ("service", "写了送达日期，没有选送达方式") if when else ("served_on", "选了送达方式，没有写送达日期")
        )
        problems.append(Problem("service", field, said, "两项一起填写，或者都不填"))
    if how and how not in Service.values:
        problems.append(Problem("service", "service", "不认识的送达方式", "请从可选的送达方式中选择"))
    if not when:
        return "", None
    try:
        day = read_date(when)
    except Wrong as why:
        problems.append(why.at("served_on"))
        return "", None
    if day > today:
        problems.append(Problem("date-future", "served_on", f"{day} 还没有到", "送达以后再登记"))
    return how, day


def out_of_order(
    determined_on: date | None,
    conduct_on: date | None,
    term_end: date | None,
    served_on: date | None,
    valid_from: Value = None,
) -> tuple[tuple[str, str], ...]:
    """日期前后不对: which of the days cannot stand beside the others, by its role, and why."""
    found = []
    if determined_on and conduct_on and conduct_on > determined_on:
        found.append(("conduct_on", f"行为发生在 {conduct_on}，晚于认定的 {determined_on}"))
    if determined_on and served_on and served_on < determined_on:
        found.append(("served_on", f"送达在 {served_on}，早于认定的 {determined_on}"))
    if determined_on and term_end and term_end < determined_on:
        found.append(("term_end", f"到期在 {term_end}，早于认定的 {determined_on}"))
    elif term_end and valid_from and str(term_end) < str(valid_from):
        found.append(("term_end", f"到期在 {term_end}，早于有效期开始的 {valid_from}"))
    return tuple(found)


def _contradictions(item: Item, found: tuple[tuple[str, str], ...]) -> list[Problem]:
    named = {field.role: field.name for field in item.fields if field.role}
    return [Problem("date-order", named.get(role, role), said, "请对照文书核对两个日期") for role, said in found]


def _needed(item: Item, content: Mapping[str, Value], problems: Sequence[Problem]) -> list[Problem]:
    """有甲必有乙: what another field's value makes necessary."""
    unread = {field.name for field in item.fields} - content.keys() - {problem.field for problem in problems}
    return [
        Problem("missing", field.name, f"有“{needed}”时必须填写“{field.zh}”", "请补上")
        for field in item.fields
        for other, needed in field.required_if.items()
        if field.name in unread and needed in (content.get(other) or [])
    ]


def stated(item_code: str, raw: Mapping[str, str], *, today: date) -> tuple[Problem, ...]:
    """核对整表说明: what a bureau says once for a whole sheet, held to the same rules as in a single row."""
    problems: list[Problem] = []
    _severity(pack.current().item(item_code), raw, problems)
    _service(raw, today, problems)
    return tuple(problems)


def check(
    item_code: str,
    raw: Mapping[str, str],
    *,
    today: date,
    headers: Sequence[str] = (),
    edition: pack.Pack | None = None,
    held: Mapping[str, Value] | None = None,
    of: Identity | None = None,
) -> Verdict:
    """核对一条: all problems at once, never half of them.

    `raw` maps field names of the item (and party_name, party_type, id_type, id_number, severity, severity_basis,
    service, served_on) to the text as given; `headers` are columns beyond these, as typed;
    `edition` is the pack for all rows of a sheet, the current one otherwise; `held` and `of` are what a record that is
    being corrected says already: it was read when it came in, and a stricter reader must not stand in the way of what
    puts it right, but together with what is new it is held to every rule that refuses or compares.
    Raises pack.UnknownCode for an item that the edition does not know.
    """
    edition = edition or pack.current()
    item = edition.item(item_code)
    party = tidy(raw.get("party_type", PERSON)) or PERSON
    if BODIES.search(party):
        return Verdict(None, apart="这一行不是自然人，不属于本系统；请走双公示系统，不算差错")
    problems = [
        Problem("cell-error", name, f"单元格里是错误值“{tidy(value)}”", "请改正表格里的公式，或者直接填写内容")
        for name, value in raw.items()
        if tidy(value).upper() in BROKEN
    ]
    if party != PERSON and party.upper() not in BROKEN:
        fix = "自然人请填“自然人”；单位和个体工商户不属于本系统"
        problems.append(Problem("party-type", "party_type", "不认识的行政相对人类别", fix))
    standing = held or {}
    who = of or _identity(raw, today, problems)
    content: dict[str, Value] = {}
    days: dict[str, date] = {}
    for field in item.fields:
        if field.ignored:
            continue
        try:
            known = field.name in standing
            value = standing[field.name] if known else read(field, raw.get(field.name, ""), today=today)
        except Wrong as why:
            problems.append(why.at(field.name))
            continue
        if value is not None:
            content[field.name] = value
            if field.type == "date" and field.role:
                days[field.role] = date.fromisoformat(str(value))
    problems += _needed(item, content, problems)
    severity, ground = _severity(item, raw, problems)
    service, served_on = _service(raw, today, problems)
    determined_on = days.get("determined_on")
    told_on = None if of else served_on
    days_of = (determined_on, days.get("conduct_on"), days.get("term_end"), told_on, content.get("valid_from"))
    problems += _contradictions(item, out_of_order(*days_of))
    findings = prohibited.findings(
        edition,
        fields_present=headers,
        penalty_kinds=parts_of(tidy(raw.get("penalty_kinds", ""))),
        legal_ground=raw.get("legal_ground", ""),
        texts=[text for field in item.fields if field.free_text and (text := raw.get(field.name, ""))],
        conduct_on=days.get("conduct_on"),
        determined_on=determined_on,
        birth_date=id_number.birth_date(who.id_number),
        today=today,
    )
    refused = [found for found in findings if found.action == "refuse"]
    if refused:
        # a kind that may not be taken in at all is said alone: the other mistakes no longer matter
        return Verdict(
            None, tuple(Problem(f"prohibited:{f.code}", "", f.message, f"有疑问的，请找{f.turn_to}") for f in refused)
        )
    if problems or determined_on is None:
        return Verdict(None, tuple(problems))
    number = str(content.pop("document_number", "") or content.get("certificate_number", ""))
    checked = Checked(
        item=item.code,
        identity=who,
        document_number=number,
        determined_on=determined_on,
        conduct_on=days.get("conduct_on"),
        term_end=days.get("term_end"),
        content=content,
        severity=severity,
        severity_basis=ground,
        service=service,
        served_on=served_on,
        remarks=tuple(found.message for found in findings),
    )
    return Verdict(checked)


# The parts that `records.rules.columnwise` asks once for equal cells.
identity_of, severity_of, service_of = _identity, _severity, _service
