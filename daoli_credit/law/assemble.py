"""由内容成规则包: all sections of an edition, with the office's overlay, become one Pack."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from daoli_credit.law.book import Pack
from daoli_credit.law.build import Builder, Overlaid, Raw, day
from daoli_credit.law.calendar import Calendar
from daoli_credit.law.citations import Basis
from daoli_credit.law.digests import digest_of, whole
from daoli_credit.law.durations import parse
from daoli_credit.law.fields import field
from daoli_credit.law.list_rows import Behaviour
from daoli_credit.law.rows import ClassRule, KeyDate, Limit, Plain, Prohibited
from daoli_credit.law.status import Status

NOT_MORE = {"code", "title", "basis", "status", "source", "note", "effective_from", "effective_to"}


def basis(raw: Raw, overlaid: Overlaid) -> Basis:
    digest = digest_of(raw)
    return Basis(
        code=raw["code"],
        title=raw["title"],
        number=raw["number"] or "",
        level=raw["level"],
        status=overlaid.on("bases", raw["code"], Status(raw["status"]), digest),
        written=Status(raw["status"]),
        source=raw["source"],
        articles={a["article"]: a["says"] for a in raw["articles"]},
        effective_from=day(raw["effective_from"]),
        effective_to=day(raw["effective_to"]),
        text_as_of=day(raw.get("text_as_of")),
        replaces=raw.get("replaces"),
        digest=digest,
    )


def limit(builder: Builder, raw: Raw) -> Limit:
    return Limit(
        **builder.common("limits", raw),
        value=raw["value"],
        unit=raw["unit"],
        counting=raw["counting"],
        anchor=raw.get("anchor"),
        favours=raw["favours"],
    )


def class_rule(builder: Builder, raw: Raw, hints: Iterable[Raw]) -> ClassRule:
    return ClassRule(
        **builder.common("classes", raw),
        min=parse(raw["min"]) if raw["min"] else None,
        max=parse(raw["max"]),
        repair_from=raw["repair_from"],
        anchor=raw["anchor"],
        hints=tuple(h["says"] for h in hints if h["class"] == raw["code"]),
    )


def prohibited(builder: Builder, raw: Raw) -> Prohibited:
    detect = raw["detect"]
    return Prohibited(
        **builder.common("prohibited", raw),
        action=raw["action"],
        message=raw["message"],
        turn_to=raw["turn_to"],
        fields=tuple(detect.get("fields") or ()),
        categories=tuple(detect.get("category") or ()),
        legal_ground=tuple(detect.get("legal_ground") or ()),
        text=tuple(detect.get("text") or ()),
        rule=detect.get("rule"),
    )


def behaviour(builder: Builder, kind: str, raw: Raw) -> Behaviour:
    return Behaviour(
        **builder.common(kind, raw),
        list_type=raw.get("list"),
        related=raw.get("related"),
        reason=raw["reason"],
        turn_to=raw["turn_to"],
    )


def keydate(builder: Builder, kind: str, raw: Raw) -> KeyDate:
    return KeyDate(
        **builder.common(kind, raw),
        rule=raw["rule"],
        value=raw["value"],
        dates={int(year): date.fromisoformat(on) for year, on in raw["dates"].items()},
        before=raw["window"]["before"],
        after=raw["window"]["after"],
        contents=tuple(raw["contents"]),
    )


def plain(builder: Builder, kind: str, raw: Raw) -> Plain:
    return Plain(**builder.common(kind, raw), more={k: v for k, v in raw.items() if k not in NOT_MORE})


def calendar(years: Iterable[Raw]) -> Calendar:
    """工作日历, from the rows of the holiday notices."""
    known, rest, worked = set(), set(), set()
    for year in years:
        known.add(year["year"])
        worked |= {date.fromisoformat(d) for d in year["worked"]}
        for span in year["rest"]:
            first, last = date.fromisoformat(span["from"]), date.fromisoformat(span["to"])
            rest |= {first + timedelta(days=n) for n in range((last - first).days + 1)}
    return Calendar(frozenset(known), frozenset(rest), frozenset(worked))


def labels(rows: Iterable[Raw]) -> dict[str, str]:
    return {row["code"]: row["zh"] for row in rows}


def build(content: Mapping[str, Any], overlaid: Overlaid | None = None) -> Pack:
    """由内容成规则包; the content has been checked on loading, so a missing key is a mistake of ours."""
    overlaid = overlaid or Overlaid()
    bases = {raw["code"]: basis(raw, overlaid) for raw in content["bases"]}
    b = Builder(bases, overlaid)
    ends = {raw["code"]: b.end_rule(raw) for raw in content["end_rules"]}
    keys = {raw["code"]: tuple(raw["fields"]) for raw in content["natural_keys"]}
    link = content["publication_default"]
    edition = content["edition"]
    return Pack(
        edition=edition["code"],
        title=edition["title"],
        demo=edition["demo"],
        digest=whole(content),
        calendar=calendar(content["years"]),
        bases=bases,
        categories={raw["number"]: raw["title"] for raw in content["national_categories"]},
        domains=labels(content["domains"]),
        occupations=labels(content["occupations"]),
        departments=labels(content["departments"]),
        identity=tuple(field(raw) for raw in content["identity"]),
        items={raw["code"]: b.item(raw, content, ends, keys) for raw in content["items"]},
        limits={raw["code"]: limit(b, raw) for raw in content["limits"]},
        classes={raw["code"]: class_rule(b, raw, content["class_mapping"]) for raw in content["classes"]},
        lists={raw["code"]: b.list_type(raw, link["link"]) for raw in content["lists"]},
        behaviours={
            raw["code"]: behaviour(b, kind, raw) for kind in ("behaviours", "excluded") for raw in content[kind]
        },
        measures={raw["code"]: b.measure(raw) for raw in content["measures"]},
        blocklist={raw["code"]: plain(b, "blocklist", raw) for raw in content["blocklist"]},
        matters={raw["code"]: b.matter(raw, content["common_shows"]) for raw in content["matters"]},
        prohibited=tuple(prohibited(b, raw) for raw in content["prohibited"]),
        keydates=tuple(keydate(b, kind, raw) for kind in ("keydates", "extra") for raw in content[kind]),
        service_methods={raw["code"]: plain(b, "service_methods", raw) for raw in content["service_methods"]},
        counting_rules={raw["code"]: plain(b, "counting_rules", raw) for raw in content["counting_rules"]},
        document_contents={name: tuple(content["contents"][name]) for name in ("notice", "decision", "registration")},
        publication_link=link["link"],
        publication_says=link["says"],
        holiday_years=tuple(plain(b, "years", raw) for raw in content["years"]),
        overlaid=overlaid,
    )
