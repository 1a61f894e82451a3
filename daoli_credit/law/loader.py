"""载入规则版本: read, check, compare, and put into use in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.db import transaction

from daoli_credit.law import clock, editions, pack
from daoli_credit.law.assemble import build
from daoli_credit.law.check_pack import errors_in
from daoli_credit.law.digests import canonical, whole
from daoli_credit.law.editions import PACKS, BadPack
from daoli_credit.law.entries import entries
from daoli_credit.law.models import Edition
from daoli_credit.law.rewritten import Rewritten, columns

Codes = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Moved:
    """叠加受影响的一行: a row on which the office has a word, and what the load makes of it."""

    kind: str
    code: str
    title: str
    before: str
    after: str


@dataclass(frozen=True)
class LoadReport:
    """载入结果: per kind, the codes that the edition adds, changes and removes."""

    edition: str
    title: str
    demo: bool
    digest: str
    added: Codes
    changed: Codes
    removed: Codes
    written: bool
    overlaid: tuple["Moved", ...] = ()
    rewritten: tuple[Rewritten, ...] = ()

    @property
    def is_same(self) -> bool:
        return not (self.added or self.changed or self.removed)


def load(edition: str, *, dry_run: bool = False, packs: Path = PACKS) -> LoadReport:
    """载入: make the edition the one in use; a second load of the same content changes nothing.

    Raises BadPack with all errors, DemoRefused for a demo edition outside demo and tests.
    """
    content, files = editions.read(edition, packs)
    pack.refuse_demo(demo=content["edition"]["demo"])
    errors = errors_in(content, files)
    if errors:
        raise BadPack(errors)
    with transaction.atomic():
        in_use = Edition.objects.select_for_update().filter(active=True).first()
        digest = whole(content)
        write = not dry_run and (in_use is None or in_use.digest != digest)
        report = compare(in_use.content if in_use else {}, content, digest, written=write)
        report = replace(report, overlaid=moved(in_use.content if in_use else None, content))
        if write:
            put_into_use(content, digest)
    pack.forget()
    return report


def put_into_use(content: dict[str, Any], digest: str) -> None:
    Edition.objects.filter(active=True).update(active=False)
    named = content["edition"]
    Edition.objects.update_or_create(
        digest=digest,
        defaults={
            "code": named["code"],
            "title": named["title"],
            "demo": named["demo"],
            "content": content,
            "loaded_at": clock.now(),
            "active": True,
        },
    )


def compare(before: Mapping[str, Any], after: Mapping[str, Any], digest: str, *, written: bool) -> LoadReport:
    """比较两个版本的内容, section by section."""
    added, changed, removed, rewritten = {}, {}, {}, []
    for section in sorted(after.keys() | before.keys()):
        old, new = by_code(before.get(section)), by_code(after.get(section))
        added[section] = tuple(code for code in new if code not in old)
        removed[section] = tuple(code for code in old if code not in new)
        changed[section] = tuple(c for c in new if c in old and canonical(old[c]) != canonical(new[c]))
        rewritten += [one for code in changed[section] for one in columns(section, code, old[code], new[code])]
    named = after["edition"]
    return LoadReport(
        edition=named["code"],
        title=named["title"],
        demo=named["demo"],
        digest=digest,
        added={k: v for k, v in added.items() if v},
        changed={k: v for k, v in changed.items() if v},
        removed={k: v for k, v in removed.items() if v},
        written=written,
        rewritten=tuple(rewritten),
    )


def moved(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> tuple[Moved, ...]:
    """叠加受影响的各行: a rewritten row waits again, a suspended one stays so, one may be gone."""
    said = pack.overlaid()
    if before is None or not (said.confirmed or said.suspended):
        return ()
    rows = {(kind, code) for kind, code, _ in said.confirmed} | said.suspended
    old, new = ({(e.kind, e.code): e for e in entries(build(one, said))} for one in (before, after))
    found = []
    for row in sorted(rows):
        was, now = old.get(row), new.get(row)
        words = (was.own.label if was else "不在", now.own.label if now else "已不在")
        if was and words[0] != words[1]:
            found.append(Moved(*row, was.title, *words))
    return tuple(found)


def by_code(section: Any) -> dict[str, Any]:
    """Rows by the key that names them; anything that is no list of rows is compared under its own key."""
    if isinstance(section, dict):
        return section
    if not isinstance(section, list) or not section:
        return {} if not section else {"": section}
    first = section[0] if isinstance(section[0], dict) else {}
    key = next((key for key in ("code", "year", "number", "name") if key in first), None)
    return {str(row[key]): row for row in section} if key else {"": section}
