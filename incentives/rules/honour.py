"""可否推荐, and what the nomination would become: the record of an honour as `records.rules.intake` reads it."""

from dataclasses import dataclass
from datetime import date

from daoli_credit.law import ends, pack
from daoli_credit.law.list_rows import Measure
from incentives.models import Nomination
from incentives.models.nomination_status import ITEM_OF, Source
from records.identity import Identity
from records.rules.collectable import honourable, not_firm

COLLECT, SHARE, PUBLIC = "归集", "政务共享", "社会公开"
REWARD, ANY_HONOUR = "reward", "sign:positive"


@dataclass(frozen=True)
class Where:
    """一项激励: what it is, where to take it, and the sentence that grounds it."""

    measure: Measure
    matters: tuple[str, ...]
    bodies: tuple[str, ...]


def sources(department_code: str, *, on: date) -> list[Source]:
    """这个单位可以推荐的来源."""
    items = pack.current().items
    return [
        source for source, code in ITEM_OF.items() if code in items and honourable(items[code], department_code, on=on)
    ]


def refusal(source: str, department_code: str, *, on: date) -> str:
    """不能推荐的理由, or "": one of the plan's sources, by a body that the pack names for it."""
    if source not in Source.values:
        return "请从方案所列的五类来源中选择"
    item = pack.current().items.get(ITEM_OF[Source(source)])
    if item is None or not honourable(item, department_code, on=on):
        return f"本单位不是“{Source(source).label}”的推荐单位"
    return not_firm(item)


def use_until(source: str, *, determined_on: date, valid_until: date | None) -> date | None:
    """这项荣誉登记后用到哪一天: the document's own end, capped by the pack."""
    item = pack.current().item(ITEM_OF[Source(source)])
    return ends.compute(item, None, determined_on=determined_on, term_end=valid_until).use_until


def raw(nomination: Nomination, who: Identity, *, consented_on: date, public: bool) -> dict[str, str]:
    """记录的各项, from the document and the consent."""
    scope = [COLLECT, SHARE, *([PUBLIC] if public else [])]
    until = nomination.valid_until
    return {
        "party_name": who.name,
        "id_type": who.id_type,
        "id_number": who.id_number,
        "document_number": nomination.document_number,
        "honour_title": nomination.honour_title,
        "year": str(nomination.determined_on.year),
        "decided_on": nomination.determined_on.isoformat(),
        "authority": nomination.authority,
        "valid_until": until.isoformat() if until else "",
        "consented_on": consented_on.isoformat(),
        "consent_scope": "；".join(scope),
    }


def fits(measure: Measure, item_code: str) -> bool:
    """这项措施是不是给这种荣誉的激励."""
    return measure.sign == REWARD and (ANY_HONOUR in measure.target or f"item:{item_code}" in measure.target)


def rewards(item_code: str, *, on: date) -> list[Where]:
    """这种荣誉有哪些激励, in the order of the pack, each in the matters that may see this honour at all."""
    edition = pack.current()
    found = []
    for measure in edition.measures.values():
        if not fits(measure, item_code) or not measure.in_force(on):
            continue
        matters = tuple(
            code for code in measure.matters if code in edition.matters and item_code in edition.matters[code].items
        )
        if matters:
            found.append(Where(measure, matters, measure.body))
    return found
