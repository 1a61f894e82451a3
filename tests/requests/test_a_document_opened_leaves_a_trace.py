"""打开调取文书: it names the person in full, so whoever opens it stands in evidence; so does a name that differs."""

import pytest

from daoli_credit.audit.models import Event, LookUp
from daoli_credit.workflow import RuleBroken
from records.identity import Identity
from records.models.lawful_request import R
from records.workflows import giving
from tests import make, make_requests
from tests.cast import Cast, browser, identity


def test_each_opening_is_an_event_and_the_person_reads_of_the_request_only_when_it_is_extracted(cast: Cast) -> None:
    one = make_requests.asked(cast)
    head = make_requests.head_of_market(cast)
    for user in (cast.clerk, head):
        answer = browser(user).post(f"/desk/requests/{one.number}/files/document/")
        assert answer.status_code == 200
        assert answer["Cache-Control"] == "private, no-store"
    events = Event.objects.filter(act="request.document-read", object_id=str(one.pk)).order_by("pk")
    assert [event.actor_id for event in events] == [cast.clerk.audit_id, head.audit_id]
    assert not LookUp.objects.filter(person_key__in=cast.citizen.person_keys(), kind="look").exists()
    assert "打开调取文书" in browser(cast.clerk).get(f"/desk/requests/{one.number}/").content.decode()


def test_who_may_not_see_the_request_opens_nothing_and_leaves_no_event(cast: Cast) -> None:
    one = make_requests.asked(cast)
    for user in (cast.other_clerk, cast.reviewer, cast.audit_officer, cast.citizen):
        assert browser(user).post(f"/desk/requests/{one.number}/files/document/").status_code in {403, 404}
    assert not Event.objects.filter(act="request.document-read").exists()


def test_a_name_that_is_not_the_registered_one_is_an_answer_and_leaves_a_trace(cast: Cast) -> None:
    who = identity("linxiuyun")
    make.effective(cast, serial=921)
    one = make_requests.approved(cast, who=Identity("张三", who.id_type, who.id_number))
    with pytest.raises(RuleBroken, match="没有提取"):
        giving.extract(request_id=one.pk, actor=cast.clerk, seen=one.revision)
    one.refresh_from_db()
    assert one.status == R.APPROVED
    assert Event.objects.filter(act="request.name-differs", actor_id=cast.clerk.audit_id).count() == 1
    assert not LookUp.objects.filter(matter=giving.MATTER).exists()
