"""收录方: who holds a copy, and what a late word does."""

from typing import Any

from records.models import Holding
from records.workflows import holding
from tests import make
from tests.cast import Cast, browser

FACTS: dict[str, Any] = {"recipient": "hlj", "title": "省平台"}


def test_what_was_handed_out_counts_as_held_until_it_is_known_to_be_gone(cast: Cast) -> None:
    record = make.effective(cast)
    assert not holding.still_held(record.pk)
    holding.handed(record_id=record.pk, **FACTS)
    assert holding.still_held(record.pk)
    assert "已送出，等待对方确认" in browser(cast.citizen).get(f"/me/records/{record.number}/").content.decode()
    holding.refused(record_id=record.pk, recipient="hlj", words="字段不全")
    assert not holding.still_held(record.pk)
    assert "对方退回：字段不全" in browser(cast.clerk).get(f"/desk/records/{record.number}/").content.decode()
    assert "字段不全" not in browser(cast.citizen).get(f"/me/records/{record.number}/").content.decode()


def test_a_refused_newer_revision_leaves_the_older_copy_held(cast: Cast) -> None:
    record = make.effective(cast)
    holding.taken(record_id=record.pk, revision=1, **FACTS)
    holding.refused(record_id=record.pk, recipient="hlj", words="字段不全")
    assert holding.still_held(record.pk)


def test_removal_is_asked_then_confirmed_and_an_older_word_brings_nothing_back(cast: Cast) -> None:
    record = make.effective(cast)
    holding.handed(record_id=record.pk, **FACTS)
    holding.taken(record_id=record.pk, revision=1, **FACTS)
    holding.asked(record_id=record.pk, recipient="hlj")
    first = Holding.objects.get().asked_at
    holding.asked(record_id=record.pk, recipient="hlj")
    assert Holding.objects.get().asked_at == first
    assert "已要求撤下，等待对方确认" in browser(cast.clerk).get(f"/desk/records/{record.number}/").content.decode()
    holding.confirm_gone(record_id=record.pk, revision=2, **FACTS)
    holding.taken(record_id=record.pk, revision=1, **FACTS)
    assert not holding.still_held(record.pk)
    assert "已确认撤下" in browser(cast.citizen).get(f"/me/records/{record.number}/").content.decode()
