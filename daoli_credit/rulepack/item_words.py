"""目录事项的用语: what an item's page says — whom it is about, its columns, its class, its three ends, its rhythm."""

from collections.abc import Iterator

from daoli_credit.law.book import Pack
from daoli_credit.law.durations import parse
from daoli_credit.law.rows import End, Field, Item

Pairs = Iterator[tuple[str, str]]
CLASSES = {
    None: "不分类",
    "by-decision": "由认定部门书面认定轻微、一般或者严重",
    "minor": "轻微",
    "general": "一般",
    "serious": "严重",
}
CHANNELS = {
    None: "无",
    "procurement": "政府采购系统",
    "public-security": "公安系统",
    "tax": "税务系统",
    "mct": "文化和旅游系统",
    "samr": "市场监管系统",
    "court": "法院系统",
    "association": "行业协会系统",
    "certification-national": "全国认证认可系统",
    "drug-province": "省药品监管系统",
    "fire-rescue": "消防救援系统",
    "health-national": "全国卫生健康系统",
    "justice-province": "省司法行政系统",
    "pboc": "人民银行系统",
    "tourism-national": "全国导游监管系统",
}
RHYTHMS = {"workday-7": "产生之日起七个工作日内", "by-event": "有了就报，不要求本期无新增"}
LENGTHS = {
    "none": "无", "by-class": "按类别的最长期限", "by-document": "按文书载明的期限", "while-listed": "列入期间",
    "open": "状态存续期间", "life": "终身",
}  # fmt: skip


def whose(pack: Pack, row: Item) -> Pairs:
    """领域和人员."""
    yield "方案的领域", "、".join(pack.domains.get(code, code) for code in row.domains)
    yield "方案的职业人群", "、".join(pack.occupations.get(code, code) for code in row.occupations)


def how(row: Item) -> Pairs:
    """分类、期限、节奏和栏目."""
    yield "失信行为分类", CLASSES.get(row.class_rule, row.class_rule or "")
    yield "垂直渠道", CHANNELS.get(row.vertical_channel, row.vertical_channel or "")
    yield "公示", _end(row.ends.public)
    yield "共享使用", _end(row.ends.use)
    yield "留存", _end(row.ends.keep)
    yield "报送节奏", RHYTHMS.get(row.update) or f"每{parse(row.update)}"
    yield "栏目", "、".join(_column(field) for field in row.fields if not field.ignored)


def _end(row: End) -> str:
    if row.duration is None:
        return "规则未载明"
    words = LENGTHS.get(row.duration, row.duration) if isinstance(row.duration, str) else str(row.duration)
    return f"{words}，最长 {row.cap}" if row.cap and row.cap != row.duration else words


def _column(field: Field) -> str:
    return f"{field.zh}（必填）" if field.required else field.zh
