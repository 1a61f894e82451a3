"""登记的事实: what the deciding body's document says, whole, and held to the rules of intake."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from daoli_credit.audit.opinion import checked as without_numbers
from daoli_credit.law import clock, pack
from daoli_credit.workflow import RuleBroken
from incentives.rules import registrable
from incentives.workflows.proposing import NotAsARecord
from records.identity import Identity
from records.rules import intake

WORDS = ("authority", "legal_ground", "reason", "told_proof", "remedy", "removal", "term_basis")
NAMES = {
    "document_number": "决定文书号", "authority": "决定机关", "legal_ground": "列入依据", "reason": "列入事由",
    "told_how": "告知方式", "told_proof": "告知证明", "remedy": "救济途径", "removal": "移出方式",
    "term_basis": "期限依据",
}  # fmt: skip


@dataclass(frozen=True)
class Facts:
    """登记的事实, as the deciding body's document says them."""

    document_number: str
    decided_on: date
    authority: str
    authority_code: str
    legal_ground: str
    reason: str
    told_on: date
    told_how: str
    told_proof: str
    remedy: str
    removal: str
    term_basis: str
    term_end: date | None = None
    particulars: Mapping[str, str] | None = None


def judged(code: str, who: Identity, facts: Facts) -> intake.Checked:
    """核对: held to the rules of intake as any record. Raises NotAsARecord."""
    kind = pack.current().list_type(code)
    text = {name: str(value) if value else "" for name, value in vars(facts).items() if name != "particulars"}
    raw = registrable.raw(kind, who, {**text, **(facts.particulars or {})})
    verdict = intake.check(kind.item, raw, today=clock.today())
    if verdict.checked is None:
        raise NotAsARecord(verdict.problems)
    return verdict.checked


def demand_whole(facts: Facts) -> None:
    """齐全: nothing is missing, no day is impossible, nobody's numbers stand in the words.

    Raises OpinionRefused, and RuleBroken naming what is missing or cannot be.
    """
    if missing := [title for name, title in NAMES.items() if not str(getattr(facts, name)).strip()]:
        raise RuleBroken(f"请填写：{'、'.join(missing)}")
    today = clock.today()
    for day, title in ((facts.decided_on, "决定日期"), (facts.told_on, "告知日期")):
        if day > today:
            raise RuleBroken(f"{title} {day} 还没有到，请核对")
    if facts.term_end is not None and facts.term_end <= facts.decided_on:
        raise RuleBroken(f"届满日 {facts.term_end} 不在决定日期以后，请核对")
    for name in WORDS:
        without_numbers(str(getattr(facts, name)))
