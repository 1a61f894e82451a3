"""我的信息: one's own, all of it that is in force, and nobody else's."""

from daoli_credit.audit.models import LookUp
from tests import make
from tests.cast import Cast, browser
from tests.cast import identity as of_cast


def _text(cast: Cast, who: str, address: str) -> str:
    return browser(getattr(cast, who)).get(address).content.decode()


def test_a_person_sees_the_record_in_force_and_not_the_draft(cast: Cast) -> None:
    shown, draft = make.effective(cast, serial=1), make.draft(cast, serial=2)
    page = _text(cast, "citizen", "/me/")
    assert shown.document_number in page
    assert draft.document_number not in page
    assert "本系统不给个人打分、不排名" in page


def test_the_page_holds_no_full_name_and_no_full_number(cast: Cast) -> None:
    record = make.effective(cast)
    for address in ("/me/", f"/me/records/{record.number}/", "/me/looks/"):
        page = _text(cast, "citizen", address)
        assert "林秀云" not in page
        assert of_cast("linxiuyun").id_number not in page


def test_the_namesake_sees_nothing_of_it(cast: Cast) -> None:
    record = make.effective(cast)
    assert record.document_number not in _text(cast, "namesake", "/me/")
    assert browser(cast.namesake).get(f"/me/records/{record.number}/").status_code == 404


def test_a_message_of_another_person_is_not_found(cast: Cast) -> None:
    record = make.effective(cast)
    token = record.documents.get(kind="effect-notice").message.token
    assert browser(cast.citizen).get(f"/me/messages/{token}/").status_code == 200
    assert browser(cast.namesake).get(f"/me/messages/{token}/").status_code == 404


def test_opening_a_message_marks_it_read_once(cast: Cast) -> None:
    message = make.effective(cast).documents.get(kind="effect-notice").message
    assert message.first_read_at is None
    client = browser(cast.citizen)
    client.get(f"/me/messages/{message.token}/")
    message.refresh_from_db()
    first = message.first_read_at
    client.get(f"/me/messages/{message.token}/")
    message.refresh_from_db()
    assert first is not None
    assert message.first_read_at == first


def test_every_look_of_an_officer_is_on_the_persons_page_with_case_and_purpose(cast: Cast) -> None:
    record = make.submitted(cast)
    reviewer = browser(cast.reviewer)
    reviewer.get(f"/desk/records/{record.number}/")
    reviewer.post(f"/desk/records/{record.number}/reveal/", {"purpose": "对照决定书核对当事人"})
    page = _text(cast, "citizen", "/me/looks/")
    assert "孙建国" in page
    assert record.number in page
    assert "对照决定书核对当事人" in page
    assert "完整姓名和证件号码" in page


def test_a_look_without_purpose_shows_nothing_more(cast: Cast) -> None:
    record = make.submitted(cast)
    answer = browser(cast.reviewer).post(f"/desk/records/{record.number}/reveal/", {"purpose": ""})
    assert answer.status_code == 422
    assert "林秀云" not in answer.content.decode()
    assert not LookUp.objects.filter(shown__contains=["identity"]).exists()


def test_a_list_shows_masked_people_only(cast: Cast) -> None:
    make.submitted(cast)
    for address in ("/desk/", "/desk/records/", "/desk/records/queue/"):
        page = _text(cast, "reviewer", address)
        assert "林*云" in page
        assert "林秀云" not in page
        assert of_cast("linxiuyun").id_number not in page


def test_a_citizen_without_a_verified_number_is_shown_the_counter(cast: Cast) -> None:
    cast.citizen.person_key = None
    cast.citizen.save()
    answer = browser(cast.citizen).get("/me/", follow=True)
    assert "身份未核验" in answer.content.decode()
