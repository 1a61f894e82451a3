"""规则包的行，续: lists, measures and the matters in which they count."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from daoli_credit.law.citations import Citation
from daoli_credit.law.durations import Duration
from daoli_credit.law.rows import PushRule, Row
from daoli_credit.law.status import Status


@dataclass(frozen=True)
class Step:
    """步骤: an act of a list type's procedure and the limit that governs it."""

    act: str
    title: str
    limit: str | None


@dataclass(frozen=True, kw_only=True)
class Term:
    """期限长度: of a listing or a measure."""

    duration: Duration | str | None
    anchor: str | None
    min: Duration | None
    max: Duration | str | None
    citations: tuple[Citation, ...]
    note: str


@dataclass(frozen=True, kw_only=True)
class Publication:
    """公示依据: `citation` None means that this system shows nothing and only links."""

    body: str | None
    citation: Citation | None
    status: Status
    written: Status
    link: str
    note: str
    digest: str


@dataclass(frozen=True, kw_only=True)
class ListType(Row):
    """名单类型: decider, ordered steps, hearing, higher consent, day of effect, term and exit."""

    decider: str
    decider_level: str | None
    decider_department: str | None
    criteria: str
    procedure: str
    steps: tuple[Step, ...]
    hearing: Mapping[str, Any]
    higher_consent: bool | None
    effective_on: str
    term: Term
    early_exit: Mapping[str, Any]
    may_not_list: str | None
    remedy: Mapping[str, Any]
    publication: Publication
    may_push: PushRule
    vertical_channel: str | None
    item: str
    measures: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Measure(Row):
    """措施: what some law says that some body shall or may do. The system only points it out."""

    sign: str
    content: str
    target: tuple[str, ...]
    condition: Mapping[str, Any]
    decided_by: str
    body: tuple[str, ...]
    force: str
    matters: tuple[str, ...]
    term: Term
    outlives: bool
    outlives_citation: Citation | None
    lifted_by_repair: bool


@dataclass(frozen=True, kw_only=True)
class Matter(Row):
    """应用事项: who may look at what, for which duty."""

    department: str
    matter_kind: str
    duty: tuple[Citation, ...]
    looks_at: tuple[str, ...]
    items: tuple[str, ...]
    shows: tuple[str, ...]
    asks_for: str
    case_number: str
    pre_adverse_notice: bool
    batch_max: int


@dataclass(frozen=True, kw_only=True)
class Behaviour(Row):
    """方案所列行为和曾有的名单: where they may be taken to today, or why nowhere."""

    list_type: str | None
    related: str | None
    reason: str
    turn_to: str
