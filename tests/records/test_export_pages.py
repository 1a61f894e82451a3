"""导出的页面: a wrong form comes back whole; the file comes with its name; the second person decides by POST."""

from daoli_credit.accounts.models import User
from records.models import ExportRequest
from records.workflows import exporting
from tests import make, make_exports
from tests.cast import Cast, browser

CASE = "哈里市监档〔2026〕8号"
TYPED = {
    "purpose": "整理本部门的档案",
    "case_number": CASE,
    "form": "csv",
    "record_status": "effective",
}


def _typed(cast: Cast, **changes: str) -> dict[str, str]:
    return {"department": str(cast.market.pk), **TYPED, **changes}


def test_the_list_offers_the_export_with_its_filter(cast: Cast) -> None:
    make.effective(cast)
    page = browser(cast.clerk).get("/desk/records/?status=effective").content.decode()
    assert 'href="/desk/exports/new/?status=effective"' in page
    form = browser(cast.clerk).get("/desk/exports/new/?status=effective").content.decode()
    assert '<option value="effective" selected>' in form
    assert "申请导出" not in browser(cast.reviewer).get("/desk/records/").content.decode()


def test_a_wrong_form_comes_back_with_what_was_typed_and_nothing_is_asked(cast: Cast) -> None:
    make.effective(cast)
    clerk = browser(cast.clerk)
    for change, says in (
        ({"case_number": ""}, "没有办件的，不能导出"),
        ({"purpose": ""}, "请选择用途"),
        ({"department": str(cast.health.pk)}, "请选择您有导出职责的部门"),
        ({"case_number": "13812345678"}, "不要写证件号码或电话"),
        ({"record_status": "draft"}, "没有记录，不用导出"),
        ({"form": "pdf"}, "请从所列的文件种类里选择"),
    ):
        answer = clerk.post("/desk/exports/new/", _typed(cast, **change))
        page = answer.content.decode()
        assert answer.status_code == 422
        assert says in page
        assert CASE in page or "case_number" in change
    assert not ExportRequest.objects.exists()


def test_asked_made_and_fetched_by_the_requester_only(cast: Cast) -> None:
    make.effective(cast)
    clerk = browser(cast.clerk)
    page = clerk.post("/desk/exports/new/", _typed(cast), follow=True).content.decode()
    assert "正在制作" in page
    export = ExportRequest.objects.get()
    exporting.make(export_id=export.pk, actor=User.objects.system())
    address = f"/desk/exports/{export.number}/"
    assert "领取文件" in clerk.get(address).content.decode()
    file = clerk.post(f"{address}fetch/")
    assert file["Content-Disposition"] == f'attachment; filename="{export.number}.csv"'
    assert "no-store" in file["Cache-Control"]
    assert browser(cast.both).post(f"{address}fetch/").status_code == 403
    assert "/fetch/" not in browser(cast.reviewer).get(address).content.decode()


def test_the_second_person_finds_it_on_top_and_a_second_click_is_a_success(cast: Cast) -> None:
    make.effective(cast)
    export = make_exports.asked(cast, full_identity=True)
    address = f"/desk/exports/{export.number}/"
    second = browser(cast.reviewer)
    assert "同意导出" in second.get(address).content.decode()
    assert "等本部门另一人复核" in browser(cast.clerk).get(address).content.decode()
    empty = second.post(f"{address}refuse/", {"opinion": "", "seen": "1"})
    assert empty.status_code == 422
    assert "请写明不同意的理由" in empty.content.decode()
    for _ in range(2):
        page = second.post(f"{address}approve/", {"seen": "1"}, follow=True).content.decode()
    assert "已经办好了" in page
    for opinion in ("", "改主意了"):
        assert second.post(f"{address}refuse/", {"opinion": opinion, "seen": "1"}).status_code == 409
