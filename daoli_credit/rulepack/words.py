"""规则用语: the kinds of rows by their Chinese names, and what each row says, term by term."""

from collections.abc import Callable, Iterator
from typing import Any

from daoli_credit.law.book import Pack
from daoli_credit.law.citations import Basis
from daoli_credit.law.durations import Duration
from daoli_credit.law.entries import Entry
from daoli_credit.law.list_rows import Behaviour, ListType, Matter, Measure, Publication, Term
from daoli_credit.law.rows import ClassRule, End, EndRule, Item, KeyDate, Limit, Plain, Prohibited, PushRule
from daoli_credit.law.status import Effect
from daoli_credit.rulepack import item_words, list_words

# Every kind of row that the pack has, in the order of the page; a test says that none is left out.
KINDS: dict[str, str] = {
    "bases": "法律依据",
    "items": "目录事项",
    "may_push": "可以推送的事项",
    "end_rules": "公示、使用和留存期限",
    "lists": "名单类型",
    "publication": "名单的公示依据",
    "behaviours": "方案所列行为",
    "excluded": "曾有的名单",
    "measures": "措施",
    "blocklist": "不得用作措施",
    "matters": "应用事项",
    "prohibited": "拒收规则",
    "limits": "期限",
    "classes": "轻微、一般、严重",
    "counting_rules": "怎样计算期间",
    "service_methods": "送达方式",
    "years": "放假和调休",
    "keydates": "宣传节点（方案）",
    "extra": "宣传节点（其他）",
}
LEVELS = {
    "law": "法律",
    "administrative-regulation": "行政法规",
    "judicial-interpretation": "司法解释",
    "state-council-document": "国务院文件",
    "departmental-rule": "部门规章和规范性文件",
    "local-regulation": "地方性法规",
    "local-document": "地方文件",
    "standard": "标准",
}
EFFECTS: dict[Effect, str] = {
    Effect.ADVERSE: "不利的办理：归集、列入、推送、公示不利信息",
    Effect.FAVOUR: "有利于本人的办理：停止、答复、标注、拒收、撤下",
    Effect.PLAN: "排期：计划日期、提醒",
    Effect.REFUSE: "据以拒绝一项办理",
}
PROCEDURES = {"administrative": "行政程序", "judicial": "司法决定，只登记", "registered": "外部决定，只登记"}
SIGNS = {
    "adverse": "不利信息", "positive": "有利信息", "neutral": "一般信息",
    "restrict": "限制", "manage": "监管", "reward": "激励",
}  # fmt: skip
ACTIONS = {"refuse": "拒收", "drop-field": "删去该栏", "not-a-person": "非个人主体，另列", "hold": "转人工判断"}
UNITS = {"workday": "个工作日", "day": "日", "month": "个月", "year": "年", "hour": "小时", "count": "次", "char": "字"}
TERMS = {
    "none": "无", "by-class": "按类别的最长期限", "by-document": "按文书载明的期限", "while-listed": "列入期间",
    "open": "状态存续期间", "life": "终身",
}  # fmt: skip
FAVOURS = {"person": "当事人", "organ": "约束机关", "both": "双方"}
UNKNOWN = "规则未载明；由办理单位写明日期和依据，不阻断办理"

Pairs = Iterator[tuple[str, str]]


def says(pack: Pack, row: Entry) -> list[tuple[str, str]]:
    """这一条写了什么: term and value, without what is empty."""
    tell = TELLERS[type(row.row)]
    return [(term, value) for term, value in tell(pack, row.row) if value]


def _names(pack: Pack, codes: tuple[str, ...]) -> str:
    return "、".join(pack.departments.get(code, code) for code in codes)


def _length(value: Duration | str | None) -> str:
    if value is None:
        return UNKNOWN
    return TERMS.get(value, value) if isinstance(value, str) else str(value)


def _basis(pack: Pack, row: Basis) -> Pairs:
    yield "文号", row.number
    yield "效力层级", LEVELS.get(row.level, row.level)
    yield "条文核对到", row.text_as_of.isoformat() if row.text_as_of else ""
    yield "替代", pack.bases[row.replaces].title if row.replaces else ""
    successor = pack.successor(row.code)
    yield "继任依据", successor.title if successor else ""


def _item(pack: Pack, row: Item) -> Pairs:
    yield "性质", SIGNS[row.sign]
    yield "目录类别", pack.categories[row.category]
    yield from item_words.whose(pack, row)
    yield "归集单位", _names(pack, row.providers)
    yield "给谁看", row.disclosure
    yield "推送", "；".join(pack.push_refusals(row)) or "可以推送"
    yield "期限规则", row.ends.title
    yield from item_words.how(row)
    yield "对应名单", "、".join(pack.list_type(code).title for code in row.list_types)


def _push(pack: Pack, row: PushRule) -> Pairs:
    yield "理由", row.why


def _end(row: End) -> str:
    words = _length(row.duration)
    return f"{words}，最长 {row.cap}" if row.cap and row.cap != row.duration else words


def _ends(pack: Pack, row: EndRule) -> Pairs:
    yield "公示", _end(row.public)
    yield "共享使用", _end(row.use)
    yield "留存", _end(row.keep)
    yield "用于", "、".join(item.title for item in pack.items.values() if item.ends.code == row.code)


def _term(row: Term) -> str:
    return _length(row.duration)


def _list(pack: Pack, row: ListType) -> Pairs:
    yield "程序", PROCEDURES.get(row.procedure, row.procedure)
    yield "由谁决定", row.decider
    yield from list_words.who(pack, row)
    yield "列入条件", row.criteria
    yield "不予列入", row.may_not_list or ""
    yield "步骤", " → ".join(step.title for step in row.steps)
    yield from list_words.how(pack, row)
    yield "期限", _term(row.term)
    yield from list_words.ends(pack, row)
    yield "公示", str(row.publication.citation) if row.publication.citation else "本系统不公示，只给出查询网址"
    yield from list_words.outside(pack, row)
    yield "措施", "、".join(pack.measures[code].title for code in row.measures)


def _publication(pack: Pack, row: Publication) -> Pairs:
    yield "公布机关", pack.departments.get(row.body or "", row.body or "")
    yield "说明", row.note


def _behaviour(pack: Pack, row: Behaviour) -> Pairs:
    yield "今天怎样对待", row.reason
    yield "去哪里办", row.turn_to
    other = row.list_type or row.related
    yield "法定名单", pack.list_type(other).title if other else ""


def _measure(pack: Pack, row: Measure) -> Pairs:
    yield "种类", SIGNS.get(row.sign, row.sign)
    yield "内容", row.content
    yield "由谁决定", row.decided_by
    yield "实施单位", _names(pack, row.body)
    yield "应当还是可以", {"must": "应当", "may": "可以，逐次写明理由"}.get(row.force, row.force)
    yield "期限", _term(row.term)
    yield "超过公示期", str(row.outlives_citation) if row.outlives_citation else ""


def _matter(pack: Pack, row: Matter) -> Pairs:
    yield "办理单位", pack.departments.get(row.department, row.department)
    yield "可看的事项", "、".join(pack.item(code).title for code in row.items)
    yield "措施和激励", "、".join(pack.measures[code].title for code in row.looks_at)
    yield "不利决定前", "须事先告知本人" if row.pre_adverse_notice else ""


def _prohibited(pack: Pack, row: Prohibited) -> Pairs:
    yield "怎样处理", ACTIONS[row.action]
    yield "怎样说", row.message
    yield "去哪里办", row.turn_to
    yield "看这些栏目", "、".join(row.fields)


def _limit(pack: Pack, row: Limit) -> Pairs:
    yield "期限", UNKNOWN if row.value is None else f"{row.value} {UNITS[row.unit]}"
    yield "怎样计算", pack.counting_rules[row.counting].title
    yield "利于", FAVOURS.get(row.favours, row.favours)


def _class(pack: Pack, row: ClassRule) -> Pairs:
    yield "最短", str(row.min) if row.min else "无"
    yield "最长", str(row.max)
    yield "提示", "；".join(row.hints)


def _keydate(pack: Pack, row: KeyDate) -> Pairs:
    yield "日期", row.value or "、".join(day.isoformat() for day in row.dates.values())
    yield "宣传期", f"前 {row.before} 日至后 {row.after} 日"


def _plain(pack: Pack, row: Plain) -> Pairs:
    more = row.more
    if row.kind == "years":
        yield "放假", "；".join(f"{span['title']} {span['from']} 至 {span['to']}" for span in more["rest"])
        yield "调休上班", "、".join(more["worked"])
        yield "通知", str(more.get("notice") or "")
    yield "前提", str(more.get("only_if") or "")
    yield "视为送达", str(more.get("counts_on") or "")


TELLERS: dict[type, Callable[[Pack, Any], Pairs]] = {
    Basis: _basis, Item: _item, PushRule: _push, EndRule: _ends, ListType: _list, Publication: _publication,
    Behaviour: _behaviour, Measure: _measure, Matter: _matter, Prohibited: _prohibited, Limit: _limit,
    ClassRule: _class, KeyDate: _keydate, Plain: _plain,
}  # fmt: skip
