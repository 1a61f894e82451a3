"""叠加: what the office has confirmed or suspended."""

import pytest
from django.db import IntegrityError, transaction

from daoli_credit.law import clock, loader, pack
from daoli_credit.law.models import Overlay
from daoli_credit.law.pack import Status

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def edition() -> None:
    loader.load("2026-11")


def say(action: str, kind: str, code: str, digest: str = "", *, second_by: str = "second") -> Overlay:
    return Overlay.objects.create(
        kind=kind,
        code=code,
        action=action,
        row_digest=digest,
        document_name="条文.pdf" if digest else "",
        document_digest="0" * 64 if digest else "",
        by="legal",
        second_by=second_by,
        reason="已核对原文",
        at=clock.now(),
    )


def confirm_catalogue() -> None:
    say("confirm", "bases", "national-catalogue-2024", pack.current().basis("national-catalogue-2024").digest)


def test_a_row_opens_when_it_and_its_bases_are_confirmed() -> None:
    say("confirm", "items", "penalty-food", pack.current().item("penalty-food").digest)
    assert pack.current().item("penalty-food").status is Status.TO_CONFIRM
    confirm_catalogue()
    assert pack.current().item("penalty-food").status is Status.CONFIRMED
    assert pack.current().item("penalty-drug").status is Status.TO_CONFIRM


def test_a_confirmation_survives_a_reload_of_the_same_rule() -> None:
    confirm_catalogue()
    loader.load("demo-2026")
    loader.load("2026-11")
    assert pack.current().basis("national-catalogue-2024").status is Status.CONFIRMED


def test_a_confirmation_does_not_carry_over_to_a_rewritten_rule() -> None:
    say("confirm", "bases", "national-catalogue-2024", "of an earlier wording")
    assert pack.current().basis("national-catalogue-2024").status is Status.TO_CONFIRM


def test_a_suspension_stops_even_what_was_read_in_the_law() -> None:
    say("suspend", "bases", "penalty-law")
    limit = pack.current().limit("hearing-request")
    assert limit.status is Status.SUSPENDED
    assert not pack.current().may(limit, "favour")


def test_the_latest_word_counts() -> None:
    digest = pack.current().basis("national-catalogue-2024").digest
    confirm_catalogue()
    say("suspend", "bases", "national-catalogue-2024")
    assert pack.current().basis("national-catalogue-2024").status is Status.SUSPENDED
    say("confirm", "bases", "national-catalogue-2024", digest)
    assert pack.current().basis("national-catalogue-2024").status is Status.CONFIRMED


def test_nobody_confirms_what_has_no_basis() -> None:
    say("confirm", "items", "penalty-traffic", pack.current().item("penalty-traffic").digest)
    assert pack.current().item("penalty-traffic").status is Status.NO_BASIS


def test_pushing_is_confirmed_apart_from_the_item() -> None:
    rules = pack.current()
    confirm_catalogue()
    say("confirm", "bases", "gf-2016-33", rules.basis("gf-2016-33").digest)
    say("confirm", "items", "penalty-food", rules.item("penalty-food").digest)
    assert not pack.current().may_push(pack.current().item("penalty-food"))
    say("confirm", "may_push", "penalty-food", rules.item("penalty-food").may_push.digest)
    assert pack.current().may_push(pack.current().item("penalty-food"))


def test_one_person_is_not_two() -> None:
    with pytest.raises(IntegrityError, match="law_overlay_needs_two_persons"), transaction.atomic():
        say("suspend", "bases", "penalty-law", second_by="legal")


def test_nothing_is_confirmed_without_the_text() -> None:
    with pytest.raises(IntegrityError, match="law_overlay_confirms_with_the_text"), transaction.atomic():
        say("confirm", "bases", "gf-2016-33")
