"""可否推送: whether a record may leave for the platforms today, and if not, what stops it (design.md §4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from daoli_credit.accounts.models.department import Kind
from daoli_credit.law.rows import Item
from records.models import CreditRecord

# Bodies whose determinations travel by their own system (design.md §4, 推送).
NOT_OURS = (Kind.VERTICAL,)
# What an honour's 同意范围 must hold before it leaves the district.
SENDING = "推送"


@dataclass(frozen=True)
class Stop:
    """不推送的一个原因. `waits` means that it goes by itself once that is made good."""

    code: str
    title: str
    words: str
    waits: bool = False


UNSERVED = Stop("unserved", "等待登记送达", "决定书还没有登记送达；登记以后自动推送", waits=True)
UNTOLD = Stop("untold", "没有告知文书", "两份告知书还没有发给当事人", waits=True)
SUSPENDED = Stop("suspended", "暂停中", "这条记录暂停对外提供；恢复以后自动推送", waits=True)
LAPSED = Stop("lapsed", "依据失效", "所依据的规定失效，暂停推送；改挂继任依据以后自动推送", waits=True)
NO_CONSENT = Stop("consent", "本人没有同意推送", "荣誉信息只有本人单独同意的才推送；本人同意登记，不等于同意送出本区")
UNKNOWN = Stop("item", "规则不许推送", "现行规则里没有这个事项")
NOT_IN_FORCE = Stop("not-in-force", "不在效", "只推送已经生效、没有到期的记录")


def stops(
    record: CreditRecord,
    item: Item,
    *,
    on: date,
    barred: Sequence[str],
    suspended: bool,
    told: bool,
    lapsed: bool = False,
) -> tuple[Stop, ...]:
    """不推送的原因, the lasting ones first; empty when it may go. `barred` is what the pack says of the item."""
    if not record.is_in_force(on):
        return (NOT_IN_FORCE,)
    found = [Stop("item", "规则不许推送", why) for why in barred]
    if item.sign == "positive" and SENDING not in record.content.get("consent_scope", ()):
        found.append(NO_CONSENT)
    if record.department.kind in NOT_OURS:
        words = f"{record.department.name}是垂直管理单位，由它的系统报送，本系统不重复推送"
        found.append(Stop("vertical", "垂直管理单位", words))
    if suspended:
        found.append(SUSPENDED)
    if lapsed:
        found.append(LAPSED)
    if record.served_on is None:
        found.append(UNSERVED)
    if not told:
        found.append(UNTOLD)
    return tuple(found)
