"""由内容成行: plain JSON becomes the rows that need more than a copy."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from daoli_credit.law.citations import Basis, Citation
from daoli_credit.law.digests import digest_of
from daoli_credit.law.durations import Duration, parse
from daoli_credit.law.fields import field
from daoli_credit.law.list_rows import ListType, Matter, Measure, Publication, Step, Term
from daoli_credit.law.rows import End, EndRule, Item, PushRule
from daoli_credit.law.status import Status, weakest

Raw = Mapping[str, Any]


@dataclass(frozen=True)
class Overlaid:
    """叠加: the office's word on each row. A confirmation holds only for the content that was confirmed.

    A suspension hides the confirmation before it; lifting the suspension (恢复) brings it back.
    """

    confirmed: frozenset[tuple[str, str, str]] = frozenset()
    suspended: frozenset[tuple[str, str]] = frozenset()

    def on(self, kind: str, code: str, written: Status, digest: str) -> Status:
        if (kind, code) in self.suspended:
            return weakest((written, Status.SUSPENDED))
        if written is Status.TO_CONFIRM and (kind, code, digest) in self.confirmed:
            return Status.CONFIRMED
        return written


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def length(text: str | None) -> Duration | None:
    return parse(text) if text else None


def duration_or_word(text: str | None) -> Duration | str | None:
    return parse(text) if text and text.startswith("P") else text


@dataclass(frozen=True)
class Builder:
    """One pass over the content; holds the bases that every row refers to."""

    bases: Mapping[str, Basis]
    overlaid: Overlaid

    def cite(self, ref: str) -> Citation:
        code, _, article = ref.partition("#")
        return Citation(self.bases[code], article or None)

    def cites(self, refs: list[str] | None) -> tuple[Citation, ...]:
        return tuple(self.cite(ref) for ref in refs or ())

    def status(self, kind: str, raw: Raw, code: str, cited: tuple[Citation, ...]) -> Status:
        written = self.overlaid.on(kind, code, Status(raw["status"]), digest_of(raw))
        return weakest((written, *(c.basis.status for c in cited)))

    def common(self, kind: str, raw: Raw) -> dict[str, Any]:
        code = str(raw.get("code") or raw.get("year"))
        cited = self.cites(raw.get("basis") or raw.get("bases"))
        # a matter also rests on the duty that it serves, a ban on the article that lets it outlive publicity
        outlives = raw.get("outlives_basis")
        rests_on = (*cited, *self.cites(raw.get("duty")), *self.cites([outlives] if outlives else []))
        return {
            "kind": kind,
            "code": code,
            "title": raw.get("title") or raw.get("says") or code,
            "status": self.status(kind, raw, code, rests_on),
            "written": Status(raw["status"]),
            "source": raw["source"],
            "citations": cited,
            "effective_from": day(raw.get("effective_from")),
            "effective_to": day(raw.get("effective_to")),
            "note": raw.get("note") or "",
            "digest": digest_of(raw),
        }

    def push(self, kind: str, raw: Raw) -> PushRule:
        rule = raw["may_push"]
        cited = self.cites(rule["basis"])
        own = self.status("may_push", rule, raw["code"], cited)
        return PushRule(
            value=rule["value"],
            citations=cited,
            why=rule.get("why") or "",
            status=weakest((own, self.common(kind, raw)["status"])),
            written=Status(rule["status"]),
            digest=digest_of(rule),
        )

    def end(self, raw: Raw) -> End:
        return End(
            duration=duration_or_word(raw["duration"]) or "open",
            anchor=raw["anchor"],
            cap=length(raw.get("cap")),
            default=length(raw.get("default")),
            outlives=raw.get("outlives", False),
            citations=self.cites(raw["basis"]),
            note=raw.get("note") or "",
        )

    def end_rule(self, raw: Raw) -> EndRule:
        return EndRule(
            **self.common("end_rules", raw),
            public=self.end(raw["public"]),
            use=self.end(raw["use"]),
            keep=self.end(raw["keep"]),
        )

    def item(self, raw: Raw, content: Raw, ends: Mapping[str, EndRule], keys: Mapping[str, tuple[str, ...]]) -> Item:
        return Item(
            **self.common("items", raw),
            category=raw["category"],
            sign=raw["sign"],
            domains=tuple(raw["domains"]),
            occupations=tuple(raw["occupations"]),
            providers=tuple(raw["providers"]),
            provider_kind=raw.get("provider_kind"),
            fields=tuple(field(f) for f in content["field_sets"][raw["fields"]]),
            class_rule=raw["class_rule"],
            disclosure=raw["disclosure"],
            may_push=self.push("items", raw),
            vertical_channel=raw["vertical_channel"],
            ends=ends[raw["ends"]],
            update=raw["update"],
            natural_key=keys[raw["natural_key"]],
            list_types=tuple(raw.get("list_types") or ()),
        )

    def term(self, raw: Raw) -> Term:
        return Term(
            duration=duration_or_word(raw["duration"]),
            anchor=raw["anchor"],
            min=length(raw.get("min")),
            max=duration_or_word(raw.get("max")),
            citations=self.cites(raw.get("basis")),
            note=raw.get("note") or "",
        )

    def publication(self, raw: Raw, link: str) -> Publication:
        rule = raw["publication"]
        cited = self.cites([rule["article"]] if rule["article"] else [])
        written = rule.get("status", raw["status"])
        own = self.status("publication", {**rule, "status": written}, raw["code"], cited)
        return Publication(
            body=rule["body"],
            citation=cited[0] if cited else None,
            status=weakest((own, self.common("lists", raw)["status"])),
            written=Status(written),
            link=rule.get("link") or link,
            note=rule.get("note") or "",
            digest=digest_of(rule),
        )

    def list_type(self, raw: Raw, link: str) -> ListType:
        return ListType(
            **self.common("lists", raw),
            decider=raw["decider"],
            decider_level=raw["decider_level"],
            decider_department=raw["decider_department"],
            criteria=raw["criteria"],
            procedure=raw["procedure"],
            steps=tuple(Step(s["act"], s["title"], s["limit"]) for s in raw["steps"]),
            hearing=raw["hearing"],
            higher_consent=raw["higher_consent"],
            effective_on=raw["effective_on"],
            term=self.term(raw["term"]),
            early_exit=raw["early_exit"],
            may_not_list=raw["may_not_list"],
            remedy=raw.get("remedy") or {},
            publication=self.publication(raw, link),
            may_push=self.push("lists", raw),
            vertical_channel=raw["vertical_channel"],
            item=raw["item"],
            measures=tuple(raw["measures"]),
        )

    def measure(self, raw: Raw) -> Measure:
        return Measure(
            **self.common("measures", raw),
            sign=raw["kind"],
            content=raw["content"],
            target=tuple(raw["target"]),
            condition=raw.get("condition") or {},
            decided_by=raw["decided_by"],
            body=tuple(raw["body"]),
            force=raw["force"],
            matters=tuple(raw["matters"]),
            term=self.term(raw["term"]),
            outlives=raw["outlives"],
            outlives_citation=self.cite(raw["outlives_basis"]) if raw["outlives_basis"] else None,
            lifted_by_repair=raw["lifted_by_repair"],
        )

    def matter(self, raw: Raw, shown: list[str]) -> Matter:
        shows = [name for entry in raw["shows"] for name in (shown if entry == "common" else [entry])]
        return Matter(
            **self.common("matters", raw),
            department=raw["department"],
            matter_kind=raw["kind"],
            duty=self.cites(raw["duty"]),
            looks_at=tuple(raw["looks_at"]),
            items=tuple(raw["items"]),
            shows=tuple(shows),
            asks_for=raw["asks_for"],
            case_number=raw["case_number"],
            pre_adverse_notice=raw["pre_adverse_notice"],
            batch_max=raw["batch_max"],
        )
