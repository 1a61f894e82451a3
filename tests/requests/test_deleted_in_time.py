"""依法调取件的保存期: some years after it was over it goes with its document, with a certificate, not a day before."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from daoli_credit.accounts.models import User
from daoli_credit.audit.models import Event, LookUp
from daoli_credit.law import clock
from records.models import Disclosure, LawfulRequest, RequestDeletion, RequestFile
from records.tasks import delete_old_requests
from records.workflows import request_retention, requesting
from tests import make, make_requests
from tests.cast import Cast, browser, identity


def until(one: LawfulRequest) -> date:
    day = request_retention.KEPT.until(one.over_on or clock.today())
    assert day is not None
    return day


def _handed(cast: Cast) -> LawfulRequest:
    make.effective(cast)
    return make_requests.handed(cast)


def test_on_the_last_day_nothing_goes_and_on_the_next_all_of_it_with_a_certificate(cast: Cast) -> None:
    one = _handed(cast)
    looks, given = LookUp.objects.count(), Disclosure.objects.count()
    with clock.at(until(one)):
        assert delete_old_requests() == 0
    with clock.at(until(one) + timedelta(days=1)):
        assert delete_old_requests() == 1
        assert delete_old_requests() == 0, "再来一次什么也没有"
    assert not LawfulRequest.objects.exists()
    assert not RequestFile.objects.exists()
    gone = RequestDeletion.objects.get()
    assert (gone.number, gone.department, gone.due_on) == (one.number, "market-regulation", until(one))
    assert (LookUp.objects.count(), Disclosure.objects.count()) == (looks, given), "各有各的保存期"
    event = Event.objects.get(act="request.deleted")
    assert (event.object_id, event.count) == (gone.certificate, 1)
    assert list(request_retention.faults()) == []
    call_command("verify_request_deletions")


def test_what_runs_is_kept_however_old_and_what_was_refused_goes_too(cast: Cast) -> None:
    running = make_requests.approved(cast)
    other = make_requests.asked(cast, document_number="（2026）黑0102民初1189号调取证据函")
    refused = requesting.refuse(
        request_id=other.pk,
        actor=make_requests.head_of_market(cast),
        opinion="没有指明一个人",
        refusal="population",
        seen=other.revision,
    )
    with clock.at(until(refused) + timedelta(days=20 * 366)):
        assert delete_old_requests() == 1
    assert list(LawfulRequest.objects.values_list("pk", flat=True)) == [running.pk]


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM records_requestfile",
        "DELETE FROM records_lawfulrequest",
        # one that still runs
        "INSERT INTO records_requestdeletion SELECT id, number, 'market-regulation', 'XH1', registered_on,"
        " registered_on + 1, registered_on + 2 FROM records_lawfulrequest WHERE over_on IS NULL",
        # not due yet
        "INSERT INTO records_requestdeletion SELECT id, number, 'market-regulation', 'XH1', over_on,"
        " over_on + 9, over_on + 9 FROM records_lawfulrequest WHERE over_on IS NOT NULL",
        # said and not done
        "INSERT INTO records_requestdeletion SELECT id, number, 'market-regulation', 'XH1', over_on,"
        " over_on + 1, over_on + 2 FROM records_lawfulrequest WHERE over_on IS NOT NULL;"
        " SET CONSTRAINTS ALL IMMEDIATE",
    ],
)
def test_the_database_refuses_every_other_way(cast: Cast, sql: str) -> None:
    _handed(cast)
    make_requests.asked(cast, document_number="（2026）黑0102民初1190号调取证据函")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert (LawfulRequest.objects.count(), RequestFile.objects.count()) == (2, 2)


def test_the_record_of_a_deletion_only_grows_and_its_department_reads_it(cast: Cast) -> None:
    one = _handed(cast)
    with clock.at(until(one) + timedelta(days=1)):
        request_retention.delete_due(actor=User.objects.system())
    gone = RequestDeletion.objects.get()
    page = browser(cast.clerk).get("/desk/requests/").content.decode()
    assert gone.certificate in page
    assert one.number in page
    for never in (identity("linxiuyun").name, identity("linxiuyun").id_number, one.document_number, one.contact):
        assert never not in page
    assert gone.certificate not in browser(cast.other_clerk).get("/desk/requests/").content.decode()
    with pytest.raises(DatabaseError), transaction.atomic():
        RequestDeletion.objects.update(number="DQ2026-999999")
    with pytest.raises(DatabaseError), transaction.atomic():
        RequestDeletion.objects.all().delete()
