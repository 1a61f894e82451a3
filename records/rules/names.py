"""姓名: what is written where a name should stand, and is none. Nothing is guessed; whoever typed it puts it right."""

import re
import unicodedata

from daoli_credit import cipher
from records.rules.problem import Wrong
from records.rules.values import is_placeholder

LONGEST = 50
BODIES = (
    *("公司", "有限合伙", "合作社", "商行", "商店", "经营部", "门市部", "工作室", "事务所", "超市", "饭店", "酒店"),
    *("药房", "诊所", "医院", "学校", "幼儿园", "委员会"),
)
CALLED = ("先生", "女士")
HIDDEN = re.compile(r".*([*○□×]|[Xx]{2}).*|.X|.某{1,3}|某.{1,2}")
# Also the ideographs that this program's tables of characters do not know yet.
HAN = r"[\u3007\u3400-\u9fff\U00020000-\U0003ffff]"
DOT = re.compile(rf"(?<={HAN})[.．](?={HAN})")
BETWEEN = frozenset("·'’-.,()")


def _letter(char: str) -> bool:
    return char.isalpha() or char in BETWEEN or bool(re.match(HAN, char)) or unicodedata.category(char)[0] == "M"


def _hidden(name: str) -> bool:
    """遮盖过的: stars and boxes, or 某, in a name that has a Han character."""
    return bool(re.search(HAN, name) and HIDDEN.fullmatch(name))


def read(text: str) -> str:
    """读姓名: normalised. Raises Wrong for a formula, a number, a body, several people, or a name that is not whole."""
    name = cipher.normal_name(DOT.sub("·", text))
    if is_placeholder(name):
        raise Wrong("missing", "没有填写姓名", "姓名和证件号码都要有")
    if name[0] in "=+-@":
        raise Wrong("formula", "姓名一栏里是公式，不是姓名", "请把公式的结果作为文字粘贴")
    if len(name) > LONGEST:
        raise Wrong("too-long", f"姓名最多 {LONGEST} 个字", "请只填写姓名")
    if any(unicodedata.category(char) == "Co" for char in name):
        raise Wrong(
            "name-made", "姓名里有电脑上自造的字，别的电脑看不出是哪个字", "请用新版输入法按身份证重新输入这个字"
        )
    if _hidden(name):
        raise Wrong("name-whole", "姓名不完整，像是遮盖过的", "请按证件填写完整的姓名")
    if any(char.isnumeric() and not re.fullmatch(HAN, char) for char in name):
        raise Wrong("name-form", "姓名一栏里有数字", "请核对是不是填错了列；姓名按证件填写")
    if re.search("[、，,；;/|]", name.rstrip(",")) and re.search(HAN, name):
        raise Wrong("name-several", "一格里像是有几个人的姓名", "一行只写一个人；几个人分几行")
    if not all(map(_letter, name)):
        odd = next(char for char in name if not _letter(char))
        raise Wrong("name-form", f"姓名里有不该有的符号“{odd}”", "请按证件填写，只写姓名")
    if name.endswith(BODIES) or (len(name) > len(CALLED[0]) + 1 and name.endswith(CALLED)):
        raise Wrong("name-form", "姓名像是单位的名称或者称呼，不是人的姓名", "请按证件填写本人的姓名；单位不属于本系统")
    return name
