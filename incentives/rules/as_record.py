"""案件将成为怎样的记录: the fields of a list's catalogue item, as `records.rules.intake` reads them.

The same rules judge a case at its beginning (as if it were decided today) and the record at its end.
"""

from collections.abc import Mapping
from datetime import date

from daoli_credit.law import pack
from daoli_credit.law.list_rows import ListType
from records.identity import Identity
from records.models.record import Service

TOLD_HOW = {
    Service.DIRECT: "直接送达",
    Service.LEFT: "留置送达",
    Service.POST: "邮寄送达",
    Service.ENTRUSTED: "委托送达",
    Service.PUBLIC: "公告送达",
    Service.ELECTRONIC: "经确认的电子送达",
}
NOT_YET = "尚未作出"


def reminder(kind: ListType) -> str:
    """惩戒措施提示: what a law lets others do; the list itself orders none of it."""
    measures = pack.current().measures
    named = "；".join(measures[code].title for code in kind.measures if code in measures)
    return f"有关部门可以依法采取：{named}。各项措施以其法律、法规规定的条件和期限为限。"[:2000]


def removal(kind: ListType) -> str:
    """移除条件和程序."""
    conditions = "、".join(kind.early_exit.get("conditions") or [])
    early = f"具备下列条件的，可以申请提前移出：{conditions}。" if conditions else ""
    return f"期限届满自动移出，无须申请。{early}列入决定被撤销、变更的，立即停止并撤回。"


def remedy(kind: ListType) -> str:
    """救济措施: the type's own, or reconsideration and suit."""
    if says := kind.remedy.get("says"):
        return str(says)
    edition = pack.current()
    again, suit = edition.limit("reconsider"), edition.limit("sue")
    return (
        f"不服列入决定的，可以自知道之日起{again.value}日内申请行政复议（{'、'.join(map(str, again.citations))}），"
        f"或者自知道之日起{suit.value}个月内提起行政诉讼（{'、'.join(map(str, suit.citations))}）。"
    )


def raw(
    kind: ListType,
    who: Identity,
    *,
    authority: str,
    authority_code: str,
    reason: str,
    legal_ground: str,
    today: date,
    document_number: str = NOT_YET,
    decided_on: date | None = None,
    told_on: date | None = None,
    told_how: str = Service.DIRECT,
    service: str = "",
    served_on: date | None = None,
) -> Mapping[str, str]:
    """一条名单类记录 as text; what is not known yet is put as if it happened today."""
    return {
        "party_name": who.name,
        "party_type": "自然人",
        "id_type": who.id_type,
        "id_number": who.id_number,
        "document_number": document_number,
        "list_type": kind.code,
        "reason": reason,
        "legal_ground": legal_ground,
        "decided_on": (decided_on or today).isoformat(),
        "told_on": (told_on or today).isoformat(),
        "told_how": TOLD_HOW[Service(told_how)],
        "measures_reminder": reminder(kind),
        "removal": removal(kind),
        "remedy": remedy(kind),
        "authority": authority,
        "authority_code": authority_code,
        "service": service,
        "served_on": served_on.isoformat() if served_on else "",
    }
