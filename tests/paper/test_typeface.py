"""The font of the documents: which characters it has; a lacking one is refused by name, never a blank box."""

import hashlib

import pytest

from daoli_credit.paper import typeface
from daoli_credit.paper.sheet import Sheet, pdf
from daoli_credit.paper.typeface import MissingGlyph, missing

SHA256 = "f3ea58c171429ca1a4168fcd6383f3ea24eab22e4b607ce983be336768960626"
# Characters outside the basic block that names, places and chemistry use.
BEYOND = "㑇㕮㘎㛃㧟㧐㸆㺄䏝䏡䏲䓖䓛䓨䗖䗛䗪䘏䜣䝙䞍䠶䢺䢼䥽䦃䲟䲠䲢䴓䴔䴕䴖䴗䴘䴙䶮𠙶𠳐𡎚𡐓𣗋𣲗𣲘𣸣𤧛𤩽𤫉𥔲𥕢𥖨𥻗𦈡𦒍𦙶𦝼𦭜𦰡𧿹𨐈𨙸𨚕𨟠𨭉𨱇𨱏𨱑𨱔𨺙𩽾𩾃𩾌𪟝𪣻𪤗𪨰𪨶𪩘𪾢𫄧𫄨𫄷𫄸𫇭𫌀𫍣𫍯𫍲𫍽𫐄𫐐𫐓𫑡𫓧𫓯𫓶𫓹𫔍𫔎𫔶𫖮𫖯𫖳𫗧𫗴𫘜𫘝𫘦𫘧𫘨𫘪𫘬𫚕𫚖𫚭𫛭𫞩𫟅𫟦𫟹𫟼𫠆𫠊𫠜𫢸𫫇𫭟𫭢𫭼𫮃𫰛𫵷𫶇𫷷𫸩𬀩𬀪𬂩𬃊𬇕𬇙𬇹𬉼𬊈𬊤𬌗𬍛𬍡𬍤𬒈𬒔𬒗𬕂𬘓𬘘𬘡𬘩𬘫𬘬𬘭𬘯𬙂𬙊𬙋𬜬𬜯𬞟𬟁𬟽𬣙𬣞𬣡𬣳𬤇𬤊𬤝𬨂𬨎𬩽𬪩𬬩𬬭𬬮𬬱𬬸𬬹𬬻𬬿𬭁𬭊𬭎𬭚𬭛𬭤𬭩𬭬𬭯𬭳𬭶𬭸𬭼𬮱𬮿𬯀𬯎𬱖𬱟𬳵𬳶𬳽𬳿𬴂𬴃𬴊𬶋𬶍𬶏𬶐𬶟𬶠𬶨𬶭𬶮𬷕𬸘𬸚𬸣𬸦𬸪𬹼𬺈𬺓"  # noqa: E501


def _block(first: int, last: int) -> str:
    return "".join(map(chr, range(first, last + 1)))


def _coded(codec: str) -> str:
    """Every Han character of an encoding of two bytes."""
    pairs = (bytes((high, low)) for high in range(0x81, 0xFF) for low in range(0x40, 0xFF))
    decoded = (pair.decode(codec, errors="ignore") for pair in pairs)
    return "".join(char for char in decoded if len(char) == 1 and "\u4e00" <= char <= "\u9fff")


def test_the_font_is_the_one_that_was_built() -> None:
    assert hashlib.sha256(typeface.FILE.read_bytes()).hexdigest() == SHA256
    assert typeface.FILE.stat().st_size < 15_000_000


def test_every_character_of_gb2312_and_gbk_is_there() -> None:
    assert len(_coded("gb2312")) > 6700
    assert len(_coded("gbk")) > 20_900
    assert missing(_coded("gb2312")) == missing(_coded("gbk")) == ""


def test_the_first_level_of_gb18030_is_there() -> None:
    """基本区到 U+9FA5 and 扩展 A: 27,484 characters without a gap, and the 66 that came later."""
    assert missing(_block(0x4E00, 0x9FA5)) == missing(_block(0x3400, 0x4DB5)) == ""
    assert missing(_block(0x9FA6, 0x9FB3) + _block(0x9FB4, 0x9FBB)) == ""


def test_rare_characters_of_names_are_there() -> None:
    assert missing(BEYOND) == ""
    assert missing("䶮𠮷㛃喆堃昇珺犇祎翀韡燚鑫仝亓仉佘逄") == ""


def test_signs_of_official_writing_are_there() -> None:
    assert missing("〔2026〕第１号“”‘’《》〈〉【】……——、，。；：？！（）％￥①⑩㈠Ⅰ℃№×÷±·○〇") == ""


def test_a_lacking_character_is_named_and_no_document_is_made() -> None:
    lacking = "\U0003347b"
    with pytest.raises(MissingGlyph, match="U\\+3347B") as refused:
        pdf(Sheet("告知书", f"{lacking}先生\n", "DL1", addressee=f"张{lacking}"))
    assert refused.value.missing == lacking
    with pytest.raises(MissingGlyph):
        pdf(Sheet("告知书", "\x07\n", "DL1"))
