"""表尾: sums and signatures of a printed form are set apart, wherever in the line the count or a name stands."""

import pytest

from tests import make_importing as sheets
from tests.cast import Cast

NAME, NUMBER, DOCUMENT = "行政相对人名称", "证件号码", "行政处罚决定书文号"
EMPTY = dict.fromkeys(sheets.HEADER, "")


@pytest.mark.parametrize(
    "foot",
    [
        {NAME: "合计", NUMBER: "13"},
        {NAME: "合 计", NUMBER: "13 人"},
        {NAME: "制表人：赵敏", NUMBER: "审核人：孙建国"},
        {NAME: "经办人：赵敏", NUMBER: "联系电话：0451-84620000"},
        {NAME: "单位负责人：", DOCUMENT: "（盖章）"},
    ],
)
def test_a_foot_is_no_mistake(cast: Cast, foot: dict[str, str]) -> None:
    batch = sheets.checked(cast, sheets.sheet([sheets.row(1), EMPTY | foot]))
    assert sheets.counts(batch) == {"new": 1, "apart": 1}


@pytest.mark.parametrize(
    "line",
    [
        sheets.row(2, name="合计", number="999999198803120028"),  # whoever is named by a number is a row
        sheets.row(2, name="合计", number="9.99999E+17"),
        sheets.row(2, name="注某", number="E12345"),
        sheets.row(2, name="张三", number="13"),  # and whose name is no such word
    ],
)
def test_a_line_that_names_a_person_is_never_dropped(cast: Cast, line: dict[str, str]) -> None:
    batch = sheets.checked(cast, sheets.sheet([sheets.row(1), line]))
    assert "apart" not in sheets.counts(batch)
    assert batch.total == 2
