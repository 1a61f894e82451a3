"""录入的页面: the consequence before saving, and nothing lost when the session is."""

from datetime import timedelta

from daoli_credit.law import clock
from records import kept_forms
from records.models import CreditRecord, KeptForm, Subject
from records.workflows import record as acts
from tests import make, make_rules
from tests.cast import Cast, browser, identity

FORM = "/desk/records/new/market-regulation/penalty-food/"


def _typed(cast: Cast, **more: str) -> dict[str, str]:
    return {**make.raw_penalty(department=cast.market), **more}


def test_the_consequence_is_computed_in_words_before_anything_is_saved(cast: Cast) -> None:
    answer = browser(cast.clerk).post(FORM, _typed(cast, then="foresee"))
    page = answer.content.decode()
    assert answer.status_code == 200
    for words in ("一般失信行为", "谁能看到", "共享使用", "最早可申请修复", "谁会收到", "信用修复告知书", "还没有保存"):
        assert words in page, words
    assert "林秀云" in page, "the form comes back filled in"
    assert not CreditRecord.objects.exists()
    assert not Subject.objects.exists()


def test_a_wrong_form_shows_no_consequence(cast: Cast) -> None:
    answer = browser(cast.clerk).post(FORM, _typed(cast, then="foresee", fine="五千元"))
    assert answer.status_code == 422
    assert "还没有保存" not in answer.content.decode()


def test_what_is_half_typed_is_kept_sealed_and_comes_back_after_the_session_is_lost(cast: Cast) -> None:
    clerk = browser(cast.clerk)
    half = {"party_name": "林秀云", "id_number": "99999919880", "facts": "写到一半"}
    assert "已暂存" in clerk.post(f"{FORM}keep/", half).content.decode()
    kept = KeptForm.objects.get()
    assert "林秀云".encode() not in bytes(kept.envelope)
    clerk.logout()
    assert clerk.post(f"{FORM}keep/", half).status_code == 302
    again = browser(cast.clerk)
    page = again.get(FORM).content.decode()
    assert "接着上次没有存完的填" in page
    assert "写到一半" in page
    assert "99999919880" in page
    assert "写到一半" not in browser(cast.both).get(FORM).content.decode(), "another clerk's is another's"
    assert not Subject.objects.exists()
    assert "林秀云" not in str(dict(again.session.items()))


def test_a_form_that_was_refused_is_kept_too_and_goes_when_saved_or_thrown_away(cast: Cast) -> None:
    clerk = browser(cast.clerk)
    assert clerk.post(FORM, _typed(cast, fine="五千元")).status_code == 422
    assert KeptForm.objects.count() == 1
    assert clerk.post(FORM, {"then": "forget"}).status_code == 302
    assert not KeptForm.objects.exists()
    clerk.post(FORM, _typed(cast, then="foresee"))
    assert KeptForm.objects.count() == 1
    assert clerk.post(FORM, _typed(cast, then="save")).status_code == 302
    assert not KeptForm.objects.exists()
    assert CreditRecord.objects.count() == 1


def test_after_a_week_it_is_gone(cast: Cast) -> None:
    browser(cast.clerk).post(f"{FORM}keep/", {"facts": "写到一半"})
    with clock.at(clock.today() + timedelta(days=8)):
        assert "写到一半" not in browser(cast.clerk).get(FORM).content.decode()
    KeptForm.objects.update(kept_at=clock.now() - timedelta(days=8))
    assert kept_forms.forget_old() == 1


def test_an_empty_or_enormous_form_is_not_kept(cast: Cast) -> None:
    clerk = browser(cast.clerk)
    assert "没有可以暂存" in clerk.post(f"{FORM}keep/", {}).content.decode()
    assert "没有可以暂存" in clerk.post(f"{FORM}keep/", {"facts": "长" * 100_001}).content.decode()
    assert browser(cast.other_clerk).post(f"{FORM}keep/", {"facts": "别局"}).status_code == 403
    assert not KeptForm.objects.exists()


def _used_before(cast: Cast, who: str, serial: int, ground: str) -> None:
    make.effective(cast, who=identity(who), serial=serial, legal_ground=ground)


def test_what_the_department_has_written_of_two_people_is_offered_and_fills_its_field(cast: Cast) -> None:
    ground, alone = "《食品安全法》第一百二十四条第一款第五项", "只对一个人这样写过"
    _used_before(cast, "linxiuyun", 11, ground)
    _used_before(cast, "guchanglin", 12, ground)
    _used_before(cast, "guchanglin", 13, alone)
    clerk = browser(cast.clerk)
    page = clerk.get(FORM).content.decode()
    assert f'value="legal_ground|{ground}"' in page
    assert alone not in page
    half = {**_typed(cast, fine="五千元", legal_ground=""), "use": f"legal_ground|{ground}"}
    answer = clerk.post(FORM, half)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert f">\n{ground}</textarea>" in page
    assert "五千元" in page, "what was typed stays, and is not judged yet"
    assert "不是数字" not in page
    assert ground not in browser(cast.both).get("/desk/records/new/market-regulation/penalty-drug/").content.decode()


def test_a_ready_text_for_no_field_changes_nothing(cast: Cast) -> None:
    answer = browser(cast.clerk).post(FORM, {"party_name": "林秀云", "use": "status|effective"})
    assert answer.status_code == 200
    assert 'value="林秀云"' in answer.content.decode()


def test_an_item_that_is_still_to_be_confirmed_says_so_before_anybody_types(cast: Cast) -> None:
    make_rules.agreed(cast, "suspend", "items", "penalty-food")
    page = browser(cast.clerk).get(FORM).content.decode()
    assert "现在只能存草稿" in page
    assert "/rules/items/penalty-food/" in page


def test_looking_at_the_consequence_does_not_make_an_old_page_new(cast: Cast) -> None:
    draft = make.draft(cast)
    address, old = f"/desk/records/{draft.number}/edit/", draft.revision
    acts.revise(
        record_id=draft.pk, checked=make.checked(_typed(cast, fine="0.3")), actor=cast.clerk, seen=draft.revision
    )
    clerk = browser(cast.clerk)
    for then in ({"then": "foresee"}, {"use": "facts|写法"}):
        page = clerk.post(address, {**_typed(cast, fine="0.4"), "seen": str(old), **then}).content.decode()
        assert f'name="seen" value="{old}"' in page, page[page.index("<main") :][:1500]
    answer = clerk.post(address, {**_typed(cast, fine="0.4"), "seen": str(old), "then": "save"})
    assert answer.status_code == 422
    draft.refresh_from_db()
    assert draft.content["fine"] == "0.3"


def test_of_whom_nothing_may_be_collected_nothing_is_kept_either(cast: Cast) -> None:
    clerk, minor = browser(cast.clerk), "999999201012310030"
    assert "已暂存" in clerk.post(f"{FORM}keep/", _typed(cast)).content.decode()
    said = clerk.post(f"{FORM}keep/", _typed(cast, id_number=minor)).content.decode()
    assert "依法不能收" in said
    assert not KeptForm.objects.exists(), "what stood there before is of the same form"
    answer = clerk.post(FORM, _typed(cast, id_number=minor, then="foresee"))
    assert answer.status_code == 422
    assert "未满十八周岁" in answer.content.decode()
    assert not KeptForm.objects.exists()
