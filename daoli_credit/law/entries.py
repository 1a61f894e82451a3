"""规则条目: any row of the pack by kind and code, in one shape, for whoever shows, confirms or suspends it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from daoli_credit.law.book import Pack, found
from daoli_credit.law.citations import Basis, Citation
from daoli_credit.law.list_rows import ListType, Matter, Measure
from daoli_credit.law.rows import Item, Row
from daoli_credit.law.status import ALLOWED, FIRM, Effect, Status


@dataclass(frozen=True, kw_only=True)
class Entry:
    """规则条目. `own` is the row's status with the office's word, `status` what its bases and hosts leave of it."""

    kind: str
    code: str
    title: str
    written: Status
    own: Status
    status: Status
    source: str
    note: str
    citations: tuple[Citation, ...]
    effective_from: date | None
    effective_to: date | None
    digest: str
    row: object
    host: tuple[str, str] | None = None  # the row that this value belongs to and is never stronger than

    @property
    def drives(self) -> tuple[Effect, ...]:
        """今天可以驱动什么."""
        return tuple(effect for effect in Effect if self.status in ALLOWED[effect])

    @property
    def weak(self) -> tuple[Basis, ...]:
        """不够硬的依据: the bases that have to be confirmed or resumed as well."""
        return tuple({c.basis.code: c.basis for c in self.citations if c.basis.status not in FIRM}.values())


def entry(pack: Pack, kind: str, code: str) -> Entry:
    """取一条. UnknownCode if the edition has none."""
    return found({one.code: one for one in entries(pack, kind)}, code, "规则")


def entries(pack: Pack, kind: str = "") -> Iterator[Entry]:
    """全部条目, or those of one kind, in the order of the pack."""
    if kind in {"", "bases"}:
        yield from (_basis(pack, one) for one in pack.bases.values())
    if kind not in {"bases", "may_push", "publication"}:
        yield from (_row(pack, row) for row in pack.rows() if kind in {"", row.kind})
    if kind in {"", "may_push"}:
        yield from (_push(pack, item) for item in pack.items.values() if item.may_push.value)
    if kind in {"", "publication"}:
        yield from (_publication(pack, one) for one in pack.lists.values() if one.publication.citation)


def _basis(pack: Pack, one: Basis) -> Entry:
    return Entry(
        kind="bases",
        code=one.code,
        title=one.title,
        written=one.written,
        own=one.status,
        status=one.status,
        source=one.source,
        note="",
        citations=(),
        effective_from=one.effective_from,
        effective_to=one.effective_to,
        digest=one.digest,
        row=one,
    )


def _row(pack: Pack, row: Row) -> Entry:
    more: tuple[Citation, ...] = row.duty if isinstance(row, Matter) else ()
    if isinstance(row, Measure) and row.outlives_citation:
        more = (row.outlives_citation,)
    return Entry(
        kind=row.kind,
        code=row.code,
        title=row.title,
        written=row.written,
        own=pack.overlaid.on(row.kind, row.code, row.written, row.digest),
        status=row.status,
        source=row.source,
        note=row.note,
        citations=(*row.citations, *(one for one in more if one not in row.citations)),
        effective_from=row.effective_from,
        effective_to=row.effective_to,
        digest=row.digest,
        row=row,
    )


def _push(pack: Pack, item: Item) -> Entry:
    rule = item.may_push
    return Entry(
        kind="may_push",
        code=item.code,
        title=f"{item.title}：可以推送",
        written=rule.written,
        own=pack.overlaid.on("may_push", item.code, rule.written, rule.digest),
        status=rule.status,
        source=rule.why,
        note="",
        citations=rule.citations,
        effective_from=item.effective_from,
        effective_to=item.effective_to,
        digest=rule.digest,
        row=rule,
        host=("items", item.code),
    )


def _publication(pack: Pack, one: ListType) -> Entry:
    rule = one.publication
    return Entry(
        kind="publication",
        code=one.code,
        title=f"{one.title}：可以公示",
        written=rule.written,
        own=pack.overlaid.on("publication", one.code, rule.written, rule.digest),
        status=rule.status,
        source=rule.note,
        note="",
        citations=(rule.citation,) if rule.citation else (),
        effective_from=one.effective_from,
        effective_to=one.effective_to,
        digest=rule.digest,
        row=rule,
        host=("lists", one.code),
    )
