"""字段对照: what a platform reads is data with a version; nothing is cut, nothing is invented, an item falls back."""

import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daoli_credit.accounts.models import User
from daoli_credit.law import clock, pack
from records import outgoing
from records.models import CreditRecord
from records.rules import layouts
from tests import make
from tests.cast import Cast, identity

DOUBLE = "double-publicity-2018"
FACTS: dict[str, object] = {
    "name": "林秀云", "id_type": "居民身份证", "id_number": "999999198803120028", "item": "penalty-food",
    "item_title": "食品安全行政处罚", "department": "区市场监管局", "document_number": "哈里市监罚〔2026〕1号",
    "determined_on": "2026-01-05", "severity": "general", "disclosure": "政务共享", "public_until": None,
    "use_until": "2027-01-05", "disputed": False, "contested": False, "statement": "", "content": {},
}  # fmt: skip


def _sent(record: CreditRecord, layout: str) -> dict[str, object]:
    revision = record.revisions.order_by("-number").first()
    assert revision is not None
    told = outgoing.publication(revision, actor=User.objects.system(), title="市平台", layout=layout)
    return dict(json.loads(told))


@pytest.mark.django_db
def test_a_penalty_is_said_in_the_common_columns_of_the_trade(cast: Cast) -> None:
    record = make.effective(cast)
    sent = _sent(record, DOUBLE)
    person = identity("linxiuyun")
    assert sent["layout"] == DOUBLE
    assert (sent["CF_XDR_MC"], sent["CF_XDR_ZJHM"], sent["CF_XDR_LB"]) == (person.name, person.id_number, "自然人")
    assert (sent["CF_WSH"], sent["CF_CFLB"]) == (record.document_number, record.content["penalty_kinds"])
    assert sent["CF_NR"] == record.content["penalty_content"]
    assert not sent.keys() & {"name", "id_number", "content", "document_number"}


@pytest.mark.django_db
def test_the_last_day_of_publicity_is_the_computed_one_and_does_not_move(cast: Cast) -> None:
    record = make.effective(cast)
    before = _sent(record, DOUBLE)["CF_GSJZQ"]
    with clock.at(clock.today() + timedelta(days=3)):
        assert _sent(record, DOUBLE)["CF_GSJZQ"] == before
    assert before == (record.public_until.isoformat() if record.public_until else None)


@pytest.mark.django_db
def test_without_an_agreed_layout_nothing_is_renamed(cast: Cast) -> None:
    sent = _sent(make.effective(cast), "")
    assert sent["layout"] == "daoli-1"
    assert sent["name"] == identity("linxiuyun").name


@pytest.mark.django_db
def test_an_item_that_the_layout_cannot_say_goes_in_the_common_one() -> None:
    fields = next(one for one in pack.current().items.values() if one.sign == "positive").fields
    assert layouts.chosen(DOUBLE, fields).code == layouts.COMMON


def test_a_missing_or_too_long_column_is_named_and_its_content_is_not() -> None:
    layout = layouts.known()[DOUBLE]
    for wrong, column in (({"document_number": "长" * 129}, "CF_WSH"), ({"id_number": ""}, "CF_XDR_ZJHM")):
        with pytest.raises(layouts.Unmapped, match=column) as said:
            layouts.written(layout, FACTS | wrong, [])
        assert "长长" not in str(said.value)


@given(st.dictionaries(st.sampled_from(sorted(FACTS)), st.text(min_size=1, max_size=50)))
def test_what_is_written_is_what_was_there(changed: dict[str, str]) -> None:
    facts = FACTS | {name: value for name, value in changed.items() if name != "content"}
    told = layouts.written(layouts.known()[DOUBLE], facts, [])
    for column in layouts.known()[DOUBLE].columns:
        assert told[column.to] == (column.say or facts[column.source])
