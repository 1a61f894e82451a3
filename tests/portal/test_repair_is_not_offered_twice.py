"""已经申请的: whoever comes to the form again is led to the running case, and sees no empty form."""

from records.models import Repair
from tests import make_repairs
from tests.cast import Cast, browser


def test_the_form_of_a_running_repair_leads_to_its_case(cast: Cast) -> None:
    record = make_repairs.old(cast)
    her, there = browser(cast.citizen), f"/me/records/{record.number}/repair/"
    assert "提交修复申请" in her.get(there).content.decode()
    repair = make_repairs.applied(cast, record)
    answer = her.get(there, follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain == [(f"/me/repairs/{repair.number}/", 302)]
    assert "不用再申请" in page
    assert "提交修复申请" not in page
    typed = {"paid": "on", "corrected": "on", "promised": "on"}
    assert her.post(there, typed).status_code == 302
    assert Repair.objects.count() == 1
