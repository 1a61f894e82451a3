"""退回原因: a closed vocabulary; each reason says what it asks of the clerk. The words beside it say where."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Reason:
    """一种原因. `asks`: what the clerk is to do; `incomplete`: something that had to be there was missing."""

    code: str
    title: str
    asks: str
    incomplete: bool = False


REASONS = (
    Reason("differs", "内容与文书不一致", "逐项对照决定书，改正不一致的项目"),
    Reason("missing", "缺项或者写得不完整", "照文书补齐所缺的项目", incomplete=True),
    Reason("document", "文书号或者日期不对", "核对文书首页和落款，改正文书号、认定日期或者行为日期"),
    Reason("person", "当事人不对", "对照证件核对姓名和证件号码；认错了人的，改为文书所载的当事人"),
    Reason("class", "分类或者分类依据不对", "按认定部门的书面认定改正分类，写明依据的名称和条款"),
    Reason("service", "送达登记不对", "按送达回证改正送达方式和日期；还没有送达的留空"),
    Reason("not-collectable", "不属于这一目录事项", "核对目录；不应归集的不再报送，应当归入别的事项的另行录入"),
    Reason("twice", "已经报送过", "核对已有的记录；同一份文书不再报送第二次"),
    Reason("other", "其他", "照复核人写的办"),
)
BY_CODE = {one.code: one for one in REASONS}
OTHER = "other"
INCOMPLETE = tuple(one.code for one in REASONS if one.incomplete)


def known(codes: Sequence[str]) -> list[str]:
    """退回理由, in the order of the vocabulary, each once; what is not in it, and nothing named, counts as the last."""
    named = {code if code in BY_CODE else OTHER for code in codes} or {OTHER}
    return [one.code for one in REASONS if one.code in named]


def titles(codes: Sequence[str]) -> str:
    """退回理由, as a reader sees them in one line."""
    return "、".join(BY_CODE[code].title for code in known(codes))
