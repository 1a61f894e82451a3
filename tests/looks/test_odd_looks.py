"""异常查询: rules point, the audit administrator judges, and never sees the person; a citizen is never an input."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from daoli_credit.accounts import messages
from daoli_credit.accounts.models import User
from daoli_credit.audit import events
from daoli_credit.audit.models import Event, LookUp
from daoli_credit.law import clock, workdays
from daoli_credit.looks import tasks
from daoli_credit.looks.models import OddLook
from daoli_credit.looks.workflows import judging as acts
from daoli_credit.looks.workflows import watching
from daoli_credit.workflow import RuleBroken
from tests import make, make_looks, make_objections
from tests.cast import Cast, browser, identity


def _found() -> set[tuple[int, str]]:
    return set(OddLook.objects.exclude(rule="night").values_list("look_id", "rule"))


def _look(cast: Cast, record_number: str, **changes: object) -> LookUp:
    facts = {
        "actor": cast.reviewer, "person_key": bytes(cast.citizen.person_key or b""), "matter": "record-handling",
        "case_number": record_number, "purpose": "查看", "shown": ["record"], "department": "market-regulation",
    }  # fmt: skip
    return events.look_up(**{**facts, **changes})  # type: ignore[arg-type]


def _sunday() -> timedelta:
    day = clock.today()
    while workdays.is_workday(day):
        day -= timedelta(days=1)
    return clock.today() - day


def test_looks_without_an_open_case_of_their_own_department_are_pointed_at(cast: Cast) -> None:
    record = make.submitted(cast)
    _look(cast, record.number)
    invented = _look(cast, "DL2026-999999")
    foreign = _look(cast, record.number, actor=cast.other_reviewer, department="health")
    _look(cast, "人社许可2026-1", matter="a-matter-of-the-pack")
    tasks.watch_looks()
    assert _found() == {(invented.pk, "no-case"), (foreign.pk, "no-case")}


def test_twice_finds_nothing_more_and_later_looks_are_found_later(cast: Cast) -> None:
    first = _look(cast, "DL2026-999998")
    assert watching.sweep(actor=cast.audit_officer) >= 1
    assert watching.sweep(actor=cast.audit_officer) == 0
    second = _look(cast, "DL2026-999999")
    tasks.watch_looks()
    tasks.watch_looks()
    assert _found() == {(first.pk, "no-case"), (second.pk, "no-case")}
    assert Event.objects.filter(act="odd-look.found").count() == OddLook.objects.count()


def test_own_name_and_a_colleagues_name_are_compared_inside(cast: Cast) -> None:
    record = make.submitted(cast)
    User.objects.filter(pk=cast.reviewer.pk).update(display_name="林秀云")
    own = _look(cast, record.number)
    colleague = _look(cast, record.number, actor=cast.both)
    _look(
        cast,
        record.number,
        actor=cast.both,
        person_key=make.submitted(cast, serial=2, who=identity("guchanglin")).person_keys()[0],
    )
    tasks.watch_looks()
    assert _found() == {(own.pk, "own-name"), (colleague.pk, "colleague")}


def test_a_burst_is_pointed_at_and_a_page_of_a_batch_is_not(cast: Cast) -> None:
    record = make.submitted(cast)
    keys = [n.to_bytes(34, "big") for n in range(1, 18)]
    events.look_up_many(
        actor=cast.both, looks=[(key, record.number) for key in keys], matter="import-review", purpose="逐件复核",
        shown=["record"], department="market-regulation",
    )  # fmt: skip
    looks = [_look(cast, record.number, person_key=key) for key in keys]
    tasks.watch_looks()
    assert _found() == {(looks[15].pk, "burst")}


def test_a_look_on_a_day_of_rest_is_pointed_at(cast: Cast) -> None:
    with clock.at(clock.today() - _sunday()):
        look = make_looks.looked(cast)
    tasks.watch_looks()
    assert OddLook.objects.filter(look_id=look.pk, rule="night").exists()


def test_what_a_citizen_or_the_system_does_is_never_an_input(cast: Cast) -> None:
    record = make.effective(cast)
    make_looks.raised(cast, make_looks.looked(cast, record))
    make_objections.raised(cast, make.effective(cast, serial=3))
    reader = browser(cast.citizen)
    for _ in range(20):
        reader.get("/me/")
        reader.get(f"/me/records/{record.number}/")
    _look(cast, "DL2026-999999", actor=User.objects.system(), matter="push")
    _look(cast, "DL2026-999999", actor=cast.citizen)
    tasks.watch_looks()
    citizens = {"user:" + str(pk) for pk in User.objects.exclude(face="staff").values_list("pk", flat=True)}
    pointed = LookUp.objects.filter(pk__in=OddLook.objects.values("look_id"))
    assert not pointed.filter(actor_id__in=citizens).exists()
    assert not pointed.exclude(kind="look").exists()
    assert not _found()


def test_the_audit_administrator_sees_who_when_and_why_and_never_whom(cast: Cast) -> None:
    record = make.submitted(cast)
    odd = make_looks.odd(cast, make_looks.looked(cast, record))
    reader = browser(cast.audit_officer)
    for address in ("/desk/odd-looks/", f"/desk/odd-looks/{odd.pk}/"):
        page = reader.get(address).content.decode()
        assert "孙建国" in page
        assert record.number in page
        for never in ("林秀云", "林*云", identity("linxiuyun").id_number, "0028"):
            assert never not in page
    assert reader.get(f"/desk/records/{record.number}/").status_code == 403


def test_asked_explained_and_confirmed_and_the_person_is_told(cast: Cast) -> None:
    odd = make_looks.odd(cast)
    acts.ask(odd_id=odd.pk, actor=cast.audit_officer, seen=1)
    assert browser(cast.reviewer).get(f"/desk/odd-looks/{odd.pk}/").status_code == 404
    with pytest.raises(RuleBroken, match="另一人说明"):
        acts.explain(odd_id=odd.pk, actor=cast.reviewer, text="加班", seen=1)
    desk = browser(cast.both)
    assert "审计管理员要求说明" in desk.get("/desk/looks/").content.decode()
    said = desk.post(f"/desk/odd-looks/{odd.pk}/explain/", {"opinion": "没有安排加班", "seen": "1"})
    assert said.status_code == 302
    auditor = browser(cast.audit_officer)
    empty = auditor.post(f"/desk/odd-looks/{odd.pk}/confirm/", {"opinion": "", "seen": "1"})
    assert empty.status_code == 422
    assert "请写明意见" in empty.content.decode()
    auditor.post(f"/desk/odd-looks/{odd.pk}/confirm/", {"opinion": "与办件无关", "seen": "1"})
    odd.refresh_from_db()
    assert odd.status == "confirmed"
    assert LookUp.objects.get(kind="outcome").result == "look.improper"
    assert "经核查不当" in messages.of(cast.citizen)[0].title
    assert "经核查，这次查询不当" in browser(cast.citizen).get("/me/looks/").content.decode()


def test_cleared_with_a_reason_and_the_person_is_not_troubled(cast: Cast) -> None:
    odd = make_looks.odd(cast)
    before = messages.of(cast.citizen).count()
    acts.clear(odd_id=odd.pk, actor=cast.audit_officer, finding="值班表上有", seen=1)
    assert messages.of(cast.citizen).count() == before
    assert not LookUp.objects.filter(kind="outcome").exists()


def test_nobody_but_the_audit_administrator_judges(cast: Cast) -> None:
    odd = make_looks.odd(cast)
    for user in (cast.system_officer, cast.security_officer, cast.supervisor, cast.both):
        with pytest.raises(PermissionDenied):
            acts.clear(odd_id=odd.pk, actor=user, finding="没事", seen=1)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE looks_oddlook SET status = 'cleared' WHERE id = %s", [odd.pk])
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE looks_oddlook SET explained_by_id = looker_id WHERE id = %s", [odd.pk])
