"""暂缓告知: only under an article, with a second signature and an end; the look-up row is never touched."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from daoli_credit.audit.models import LookUp
from daoli_credit.law import clock
from daoli_credit.looks.models import LookDelay
from daoli_credit.looks.rules import grounds
from daoli_credit.looks.workflows import delaying as acts
from daoli_credit.looks.workflows import judging
from daoli_credit.workflow import AlreadyDone, RuleBroken
from tests import make_looks
from tests.cast import Cast, browser


def _sees(cast: Cast) -> str:
    return browser(cast.citizen).get("/me/looks/?of=others").content.decode()


def test_nothing_is_hidden_until_another_person_has_signed(cast: Cast) -> None:
    look = make_looks.listing_looked(cast)
    assert look.case_number in _sees(cast)
    delay = make_looks.asked_delay(cast, look)
    assert look.case_number in _sees(cast)
    acts.sign(delay_id=delay.pk, actor=cast.legal, seen=delay.revision)
    assert look.case_number not in _sees(cast)
    assert browser(cast.citizen).get(f"/me/looks/{look.pk}/explain/").status_code == 404
    assert look.case_number not in browser(cast.citizen).get("/me/").content.decode()


def test_after_its_day_the_look_is_there_with_article_and_day(cast: Cast) -> None:
    look = make_looks.listing_looked(cast)
    delay = make_looks.signed_delay(cast, look)
    with clock.at(delay.until_on):
        assert look.case_number not in _sees(cast)
    with clock.at(delay.until_on + timedelta(days=1)):
        page = _sees(cast)
        assert look.case_number in page
        assert f"告知曾依《中华人民共和国个人信息保护法》第三十五条暂缓到 {delay.until_on}" in page


def test_a_refused_delay_hides_nothing_and_the_person_reads_that_it_was_asked_for(cast: Cast) -> None:
    look = make_looks.listing_looked(cast)
    delay = make_looks.asked_delay(cast, look)
    acts.refuse(delay_id=delay.pk, actor=cast.legal, opinion="告知不会妨碍", seen=1)
    page = _sees(cast)
    assert look.case_number in page
    assert "曾依《中华人民共和国个人信息保护法》第三十五条提出暂缓告知，没有得到同意" in page


def test_it_is_lifted_before_its_day_by_the_one_who_signs(cast: Cast) -> None:
    delay = make_looks.signed_delay(cast)
    with pytest.raises(PermissionDenied):
        acts.lift(delay_id=delay.pk, actor=cast.wage_clerk, opinion="查完了", seen=1)
    acts.lift(delay_id=delay.pk, actor=cast.legal, opinion="查完了", seen=1)
    assert f"暂缓到 {clock.today()}" in _sees(cast)


def test_who_may_not_ask_or_sign(cast: Cast) -> None:
    look = make_looks.listing_looked(cast)
    facts = {"article": "pipl#35", "reason": "妨碍调查", "until": clock.today() + timedelta(days=9)}
    for user in (cast.clerk, cast.legal, cast.supervisor, cast.citizen):
        with pytest.raises(PermissionDenied):
            acts.ask(look_id=look.pk, actor=user, **facts)  # type: ignore[arg-type]
    delay = make_looks.asked_delay(cast, look)
    for user in (cast.wage_clerk, cast.decider, cast.reviewer, cast.audit_officer):
        with pytest.raises(PermissionDenied):
            acts.sign(delay_id=delay.pk, actor=user, seen=1)
    with pytest.raises(AlreadyDone):
        make_looks.asked_delay(cast, look)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"article": "pipl#6"}, "没有法律依据的，不能暂缓"),
        ({"reason": " "}, "妨碍哪一项法定职责"),
        ({"until": timedelta(days=0)}, "要有止日"),
        ({"until": timedelta(days=190)}, "要有止日"),
    ],
)
def test_without_article_reason_or_a_near_end_nothing_is_asked(
    cast: Cast, change: dict[str, object], says: str
) -> None:
    look = make_looks.listing_looked(cast)
    facts = {"article": "pipl#35", "reason": "妨碍调查", "until": timedelta(days=9), **change}
    facts["until"] = clock.today() + facts["until"]  # type: ignore[operator]
    with pytest.raises(RuleBroken, match=says):
        acts.ask(look_id=look.pk, actor=cast.wage_clerk, **facts)  # type: ignore[arg-type]
    assert not LookDelay.objects.exists()


def test_what_the_person_has_already_asked_about_cannot_be_delayed(cast: Cast) -> None:
    look = make_looks.listing_looked(cast)
    delay = make_looks.asked_delay(cast, look)
    make_looks.raised(cast, look)
    with pytest.raises(RuleBroken, match="当事人已经看到"):
        acts.sign(delay_id=delay.pk, actor=cast.legal, seen=1)


def test_a_longer_time_is_a_new_one_signed_anew(cast: Cast) -> None:
    look = make_looks.listing_looked(cast)
    first = make_looks.signed_delay(cast, look)
    with clock.at(first.until_on):
        second = make_looks.signed_delay(cast, look)
    with clock.at(first.until_on + timedelta(days=1)):
        assert look.case_number not in _sees(cast)
    with clock.at(second.until_on + timedelta(days=1)):
        assert look.case_number in _sees(cast)


def test_the_audit_administrator_sees_it_at_once_and_an_improper_look_is_told_all_the_same(cast: Cast) -> None:
    look = make_looks.listing_looked(cast)
    delay = make_looks.asked_delay(cast, look)
    assert delay.number in browser(cast.audit_officer).get("/desk/odd-looks/").content.decode()
    acts.sign(delay_id=delay.pk, actor=cast.legal, seen=1)
    odd = make_looks.odd(cast, look)
    judging.confirm(odd_id=odd.pk, actor=cast.audit_officer, finding="与办件无关", seen=1)
    assert look.case_number in _sees(cast)


def test_both_articles_stand_in_the_pack_with_checked_text(cast: Cast) -> None:
    assert [citation.ref for citation in grounds.citations()] == ["pipl#35", "pipl#18"]
    assert all(citation.says for citation in grounds.citations())


def test_the_database_refuses_what_is_unlawful(cast: Cast) -> None:
    delay = make_looks.asked_delay(cast)
    row = LookUp.objects.get(pk=delay.look_id)
    before = (row.day, bytes(row.leaf), row.purpose)
    statements = (
        "UPDATE looks_lookdelay SET status = 'signed' WHERE id = %s",
        "UPDATE looks_lookdelay SET status = 'signed', signed_by_id = requested_by_id, signed_on = now() WHERE id = %s",
        "UPDATE looks_lookdelay SET until_on = until_on + 1 WHERE id = %s",
        "DELETE FROM looks_lookdelay WHERE id = %s",
        "INSERT INTO looks_lookdelay (status, revision, number, look_id, department_id, looked_by_id, article, reason,"
        " asked_on, until_on, requested_by_id) SELECT 'refused', 1, 'ZH-X', look_id, department_id, looked_by_id,"
        " article, reason, asked_on, (asked_on + interval '6 months 1 day')::date, requested_by_id"
        " FROM looks_lookdelay WHERE id = %s",
        "INSERT INTO looks_lookdelay (status, revision, number, look_id, department_id, looked_by_id, article, reason,"
        " asked_on, until_on, requested_by_id, signed_by_id, signed_on) SELECT 'signed', 1, 'ZH-Y', look_id,"
        " department_id, looked_by_id, article, reason, asked_on, asked_on, requested_by_id, NULL, NULL"
        " FROM looks_lookdelay WHERE id = %s",
    )
    for statement in statements:
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [delay.pk])
    row.refresh_from_db()
    assert (row.day, bytes(row.leaf), row.purpose) == before
