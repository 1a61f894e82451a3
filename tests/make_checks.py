"""造核查: an open case and what is known of an applicant, by the true acts only."""

from datetime import timedelta

from daoli_credit.accounts.models import User
from daoli_credit.law import clock
from incentives.models import Check, MatterCase
from incentives.workflows import checking, sharing
from records.models import CreditRecord
from records.workflows import record as record_acts
from tests import make, make_matters
from tests.cast import Cast, identity

REVOKED = {"penalty_kinds": "吊销许可证件"}
BAN_FIELDS = {
    "entity_name": "示例餐饮有限公司",
    "entity_code": "1199999900000000AP",
    "role": "法定代表人",
    "facts": "当事人对有关违法行为负有直接责任。",
    "legal_ground": "《中华人民共和国食品安全法》第一百三十五条",
    "severity": "serious",
    "severity_basis": "行政处罚裁量基准（示例）",
}


def case(cast: Cast, number: str = "食许〔2026〕118号") -> MatterCase:
    """An open permit case of market regulation."""
    return make_matters.case(cast, number)


def number_of(username: str) -> str:
    """A citizen's ID number."""
    return identity(username).id_number


def ban(cast: Cast, *, serial: int = 1, ago: int = 40, **more: str) -> CreditRecord:
    """A food penalty of 林秀云 that revoked a permit: five years' ban by 食品安全法 135."""
    decided = clock.today() - timedelta(days=ago)
    with clock.at(clock.today() - timedelta(days=max(ago - 5, 0))):
        return make.effective(cast, serial=serial, decided=decided, **{**REVOKED, **more})


def shared(cast: Cast) -> None:
    """Market regulation may read in its permits which bans the health bureau has ordered."""
    make_matters.assess()
    row = make_matters.asked(cast, make_matters.PERMIT, "health", "responsibility-ban")
    row = sharing.agree(sharing_id=row.pk, items=row.items, fields=row.fields, actor=cast.other_reviewer)
    sharing.activate(sharing_id=row.pk, until=row.wanted_until, actor=cast.supervisor)


def ban_elsewhere(cast: Cast, *, serial: int = 1) -> CreditRecord:
    """林秀云 may not do this work for some time, by an order of the health bureau."""
    today, who = clock.today(), identity("linxiuyun")
    raw = {
        "party_name": who.name,
        "party_type": "自然人",
        "id_type": who.id_type,
        "id_number": who.id_number,
        "document_number": f"哈里卫禁〔{today.year}〕{serial}号",
        "decided_on": (today - timedelta(days=30)).isoformat(),
        "authority": cast.health.name,
        "ban_until": (today + timedelta(days=300)).isoformat(),
        **BAN_FIELDS,
    }
    facts = make.checked(raw, "responsibility-ban")
    record = record_acts.enter(department=cast.health, checked=facts, actor=cast.other_clerk)
    record = record_acts.submit(record_id=record.pk, actor=cast.other_clerk, seen=record.revision)
    make.opened(record, cast.other_reviewer)
    return record_acts.approve(record_id=record.pk, actor=cast.other_reviewer, opinion="", seen=record.revision)


def ask(cast: Cast, opened: MatterCase, username: str = "linxiuyun", actor: User | None = None, **more: str) -> Check:
    """核查 a citizen of the cast."""
    return checking.check(
        case_id=opened.pk, number=number_of(username), by=checking.By(user=actor or cast.clerk), **more
    )
