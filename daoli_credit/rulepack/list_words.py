"""名单类型的用语: what a list type's page says beyond its criteria — who, by which steps, how long, how it ends."""

from collections.abc import Iterator, Mapping
from typing import Any

from daoli_credit.law.book import Pack
from daoli_credit.law.citations import Citation
from daoli_credit.law.list_rows import ListType

Pairs = Iterator[tuple[str, str]]
LEVELS = {"district": "区（县）级", "city": "设区的市级以上", "court": "人民法院", "vertical": "垂直管理机关"}
HEARINGS: Mapping[Any, str] = {
    True: "应当听证",
    False: "不听证",
    "when-penalty-hearing": "作为依据的处罚依法应当听证的，一并听证",
    None: "规则未载明",
}
CONSENT = {True: "须上一级机关同意", False: "不需要", None: "规则未载明"}
EFFECT = {
    "served": "决定送达之日",
    "decided": "决定作出之日（登记不改变生效日）",
    "by-document": "决定文书所载之日（登记不改变生效日）",
}
ANCHORS = {"decided_on": "决定之日", "published_on": "公布之日", "by-document": "文书所载之日", "served_on": "送达之日"}
UNITS = {"workday": "个工作日", "day": "日", "month": "个月", "year": "年"}
UNKNOWN = "规则未载明，按文书所载"


def named(pack: Pack, refs: object) -> str:
    """条款的名称 of references as the pack writes them, e.g. `penalty-law#63`."""
    given = [refs] if isinstance(refs, str) else list(refs or [])  # type: ignore[call-overload]
    found = []
    for ref in given:
        code, _, article = str(ref).partition("#")
        if code in pack.bases:
            found.append(str(Citation(pack.bases[code], article or None)))
    return "、".join(found)


def length(pack: Pack, code: str | None) -> str:
    """一个期限, with its basis."""
    if code is None:
        return UNKNOWN
    limit = pack.limit(code)
    value = UNKNOWN if limit.value is None else f"{limit.value}{UNITS.get(limit.unit, '')}"
    cited = "、".join(str(one) for one in limit.citations)
    return f"{limit.title}：{value}" + (f"（{cited}）" if cited else "")


def who(pack: Pack, row: ListType) -> Pairs:
    """由哪一级、哪个单位."""
    yield "层级", LEVELS.get(row.decider_level or "", "规则未载明")
    body = row.decider_department
    yield "本区办理单位", pack.departments.get(body, body) if body else "规则未写明；写明以前不能登记"


def how(pack: Pack, row: ListType) -> Pairs:
    """每一步的期限、听证、上级同意、生效日, and what the papers must say."""
    yield "各步期限", "；".join(f"{step.title}——{length(pack, step.limit)}" for step in row.steps if step.limit)
    cited = named(pack, row.hearing.get("basis"))
    note = row.hearing.get("note") or ""
    more = "，".join(word for word in (cited, str(note)) if word)
    yield "听证", HEARINGS.get(row.hearing.get("required"), UNKNOWN) + (f"（{more}）" if more else "")
    yield "上级同意", CONSENT[row.higher_consent]
    yield "生效日", EFFECT.get(row.effective_on, row.effective_on)
    if row.procedure == "administrative":
        yield "告知书应当载明", "；".join(pack.document_contents["notice"])
        yield "决定书应当载明", "；".join(pack.document_contents["decision"])
    else:
        yield "登记应当载明", "；".join(pack.document_contents["registration"])


def ends(pack: Pack, row: ListType) -> Pairs:
    """期限从哪天起、依据, and how it may end before."""
    yield "起算", ANCHORS.get(row.term.anchor or "", UNKNOWN)
    yield (
        "期限依据",
        "、".join(str(one) for one in row.term.citations) + (f"（{row.term.note}）" if row.term.note else ""),
    )
    conditions = "、".join(row.early_exit.get("conditions") or [])
    cited = named(pack, row.early_exit.get("basis"))
    yield "提前移出", f"{conditions}（{cited}）" if conditions else "没有规定，期满自动移出"
    code = row.early_exit.get("limit")
    yield "提前移出的期间", length(pack, code) if code else ""
    yield "救济", str(row.remedy.get("says") or "行政复议或者行政诉讼")


def outside(pack: Pack, row: ListType) -> Pairs:
    """公布机关和渠道, and whether anything is pushed from here."""
    body = row.publication.body
    yield "公布机关", (pack.departments.get(body, body) or "") if body else "由决定机关按其规定公布"
    yield "公布说明", row.publication.note
    yield "推送", "可以推送" if row.may_push.value and row.vertical_channel is None else "不推送，由决定机关的渠道报送"
