"""应用事项的门: whether a department may use a matter, and whose items it may see there by its own right."""

from collections.abc import Collection
from datetime import date

from daoli_credit.law import pack
from daoli_credit.law.doors import how
from daoli_credit.law.list_rows import Matter
from daoli_credit.law.rows import Item
from daoli_credit.law.status import Effect, Status

# What keeps a person from being misjudged always comes along: nobody can leave it out of an answer.
ALWAYS = ("item_title", "objection_mark", "own_statement", "source_and_time")
FIELDS = {
    "item_title": "事项名称",
    "document_number": "文书号",
    "authority": "认定机关",
    "decided_on": "认定日期",
    "class": "类别（轻微、一般、严重）",
    "use_until": "共享使用至",
    "objection_mark": "异议标注",
    "own_statement": "本人声明",
    "measure_article": "措施和条款",
    "source_and_time": "来源和时间",
    "ban_until": "禁业至",
    "term_end": "列入期限届满日",
    "certificate_number": "证书编号",
    "penalty_kinds": "处罚种类",
}


def field(name: str) -> str:
    """栏目的说法."""
    return FIELDS.get(name, name)


def of_department(code: str, on: date) -> list[Matter]:
    """本部门的应用事项, in force on the day, whatever they still wait for."""
    return [one for one in pack.current().matters.values() if one.department == code and one.in_force(on)]


def missing(matter: Matter) -> str:
    """规则上还缺什么, or "" when the matter may be used: a row of the pack that nobody confirmed opens no door."""
    if pack.may(matter, Effect.ADVERSE):
        return ""
    if matter.status is Status.NO_BASIS:
        return f"“{matter.title}”没有依据，不能用：{matter.source}"
    return f"“{matter.title}”{matter.status.label}，确认后才能用。{how('matters', matter.code, matter.status)}"


def own(matter: Matter, department: str) -> frozenset[str]:
    """本部门自己提供的事项, of those that the matter names."""
    rules = pack.current()
    return frozenset(code for code in matter.items if department in rules.item(code).providers)


def of_others(matter: Matter, department: str) -> dict[str, list[Item]]:
    """要向别的部门申请的事项: by the code of the department that provides them, in the order of the matter.

    An item that several departments provide is asked of each: each answers for its own records.
    """
    found: dict[str, list[Item]] = {}
    for item in (pack.current().item(code) for code in matter.items):
        for provider in item.providers:
            if provider != department:
                found.setdefault(provider, []).append(item)
    return found


def unprovided(matter: Matter) -> list[Item]:
    """没有本区提供单位的事项: their lists are kept by another level and are asked of its platform at each check."""
    return [item for item in (pack.current().item(code) for code in matter.items) if not item.providers]


def in_order(names: Collection[str], matter: Matter) -> list[str]:
    """栏目, in the order of the matter."""
    return [name for name in matter.shows if name in names]
