"""抽查: of permits, titles and honours only; drawn so that anybody can draw again; one mistake ends the sampling."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from daoli_credit.audit.models import Event
from daoli_credit.audit.opinion import checked
from daoli_credit.demo.reviewed import permits
from daoli_credit.workflow import AlreadyDone, RuleBroken, WrongState
from records.models import CreditRecord, ImportBatch, Sample
from records.rules import sampling
from records.workflows import many, opening
from records.workflows import sampling as acts
from tests import make_importing as sheets
from tests.cast import Cast, browser


def _permits(cast: Cast, rows: int = 25) -> ImportBatch:
    return permits(cast.market, cast.clerk, range(5001, 5001 + rows), "许可.csv")


def _open(cast: Cast, sample: Sample) -> None:
    opening.note(list(CreditRecord.objects.filter(number__in=sample.drawn)), cast.reviewer)


@given(st.text(min_size=1), st.sets(st.text(alphabet="0123456789", min_size=6, max_size=6), max_size=300))
def test_from_the_same_seed_anybody_draws_the_same_ones(seed: str, numbers: set[str]) -> None:
    drawn = sampling.draw(seed, list(numbers))
    assert drawn == sampling.draw(seed, sorted(numbers, reverse=True))
    assert len(set(drawn)) == len(drawn) == sampling.size(len(numbers))
    assert set(drawn) <= numbers


def test_no_seed_is_ever_taken_for_somebodys_telephone_number() -> None:
    """One in 650 seeds written in hexadecimal holds eleven digits that read like one: its sheet could not be drawn."""
    seeds = {sampling.fresh_seed() for _ in range(1000)}
    assert len(seeds) == 1000
    assert not any(character.isdigit() for seed in seeds for character in seed)
    assert checked("，".join(list(seeds)[:10]))


@pytest.mark.parametrize(("population", "drawn"), [(1, 1), (10, 10), (11, 11), (25, 12), (110, 20), (5000, 100)])
def test_how_many_are_drawn(population: int, drawn: int) -> None:
    assert sampling.size(population) == drawn


def test_a_sample_without_a_mistake_approves_the_rest_and_says_how_it_was_drawn(cast: Cast) -> None:
    batch = _permits(cast)
    sample = acts.draw(batch_id=batch.pk, actor=cast.reviewer)
    assert (len(sample.of), len(sample.drawn)) == (25, 12)
    assert sample.drawn == sampling.draw(sample.seed, sample.of)
    _open(cast, sample)
    acts.judge(batch_id=batch.pk, actor=cast.reviewer, wrong=[])
    assert set(CreditRecord.objects.values_list("status", flat=True)) == {"effective"}
    event = Event.objects.get(act="record.approved")
    assert event.count == 25
    assert sample.seed in event.opinion
    assert "12 / 25" in event.opinion
    page = browser(cast.reviewer).get(f"/desk/imports/{batch.number}/sample/").content.decode()
    assert sample.seed in page
    assert "没有发现差错" in page


def test_one_mistake_goes_back_and_all_the_others_are_opened_one_by_one(cast: Cast) -> None:
    batch = _permits(cast)
    sample = acts.draw(batch_id=batch.pk, actor=cast.reviewer)
    _open(cast, sample)
    wrong = sample.drawn[0]
    acts.judge(batch_id=batch.pk, actor=cast.reviewer, wrong=[wrong], opinion="许可内容与证书不一致")
    assert CreditRecord.objects.get(number=wrong).status == "returned"
    rest = dict.fromkeys(CreditRecord.objects.filter(status="submitted").values_list("pk", flat=True), 1)
    assert len(rest) == 24
    with pytest.raises(RuleBroken, match="打开过"):
        many.approve(batch=batch, seen=rest, actor=cast.reviewer)
    with pytest.raises(AlreadyDone):
        acts.judge(batch_id=batch.pk, actor=cast.reviewer, wrong=[])


def test_what_was_drawn_is_opened_before_it_is_judged(cast: Cast) -> None:
    batch = _permits(cast)
    with pytest.raises(WrongState, match="没有抽取"):
        acts.judge(batch_id=batch.pk, actor=cast.reviewer, wrong=[])
    acts.draw(batch_id=batch.pk, actor=cast.reviewer)
    with pytest.raises(RuleBroken, match="全部"):
        acts.judge(batch_id=batch.pk, actor=cast.reviewer, wrong=[])
    with pytest.raises(AlreadyDone):
        acts.draw(batch_id=batch.pk, actor=cast.reviewer)
    client = browser(cast.reviewer)
    assert client.get(f"/desk/imports/{batch.number}/sample/").content.decode().count("这一件有差错") == 12
    said = client.post(f"/desk/imports/{batch.number}/sample/act/", {"act": "judge"}, follow=True)
    assert "抽查没有发现差错" in said.content.decode()


def test_adverse_information_is_never_sampled(cast: Cast) -> None:
    batch = sheets.committed(cast)
    with pytest.raises(RuleBroken, match="不抽查"):
        acts.draw(batch_id=batch.pk, actor=cast.reviewer)
    with pytest.raises(IntegrityError, match="不抽查"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO records_sample (batch_id, seed, of, drawn, drawn_by_id, drawn_on, wrong)"
            " VALUES (%s, 'x', '[\"a\"]', '[\"a\"]', %s, '2026-11-01', '[]')",
            [batch.pk, cast.reviewer.pk],
        )
    assert "抽查这一批" not in browser(cast.reviewer).get(f"/desk/imports/{batch.number}/review/").content.decode()


def test_neither_the_uploader_nor_a_stranger_draws_and_a_drawing_is_not_rewritten(cast: Cast) -> None:
    batch = _permits(cast, 3)
    for user in (cast.clerk, cast.other_reviewer):
        with pytest.raises(PermissionDenied):
            acts.draw(batch_id=batch.pk, actor=user)
    own = permits(cast.market, cast.both, range(5101, 5104), "许可.csv")
    with pytest.raises(RuleBroken, match="另一人"):
        acts.draw(batch_id=own.pk, actor=cast.both)
    acts.draw(batch_id=batch.pk, actor=cast.reviewer)
    with pytest.raises(IntegrityError, match="不能改写"), transaction.atomic():
        Sample.objects.update(seed="mine")
