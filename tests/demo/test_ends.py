"""演示的终止: each stage can be seen, and the one whose time is over is really gone."""

from daoli_credit.demo import ends
from daoli_credit.demo.ends import PEOPLE
from records import identity
from records.models import ArchiveCopy, ArchiveOpening, Deletion, EndNotice
from records.workflows import proving
from tests.cast import Cast, browser


def test_every_stage_of_an_end_stands_in_the_demo(cast: Cast) -> None:
    assert ends.tell() == 2
    assert set(ArchiveCopy.objects.values_list("end_kind", flat=True)) == {"elsewhere", "expired"}
    assert EndNotice.objects.get(status="noted").record.department == cast.market
    assert ArchiveOpening.objects.get().status == "approved"
    assert Deletion.objects.count() == 1
    assert identity.find(PEOPLE[0].id_number) is None
    assert proving.faults() == []
    page = browser(cast.legal).get("/desk/ends/").content.decode()
    assert "XH" in page
    assert "FC" in page
    assert "已在别处修复" in browser(cast.reviewer).get("/desk/ends/").content.decode()
