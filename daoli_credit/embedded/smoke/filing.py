"""卷宗原件和案卷: what was really served lies in the case's file; objections and repairs are bound like listings."""

from daoli_credit.embedded.smoke import listing
from daoli_credit.embedded.smoke.people import citizen, staff
from daoli_credit.embedded.world import World

SCAN = b"%PDF-1.4\n% the notice as it was served\n%%EOF\n"


def the_original_is_put_in_and_opened_because_of_a_look(world: World) -> None:
    """A program under the name of a PDF: refused; the scan is kept, opened byte for byte, and she reads of it."""
    clerk = staff(world, listing.CLERK)
    clerk.open(listing.case())
    wrong = {"file": ("告知书.pdf", b"MZ\x90\x00", "application/pdf")}
    clerk.submit("归卷", {"of": "notice"}, files=wrong, expect=422)
    clerk.must_show("只收 PDF")
    clerk.submit("归卷", {"of": "notice"}, files={"file": ("告知书.pdf", SCAN, "application/pdf")})
    clerk.must_show("原件已归卷", "不能替换")
    there = clerk.url
    clerk.submit("打开")
    her = citizen(world, listing.PARTY)
    her.open("/me/looks/")
    her.must_show("打开卷宗原件")
    clerk.open(there)
    clerk.follow("打印案卷")
    clerk.must_show("卷宗原件清单", "拟列入告知书")
    staff(world, listing.OTHER_BUREAU).open(there, expect=404)


STATIONS = [("送出去的原件归入卷宗，打开留痕，案卷有清单", the_original_is_put_in_and_opened_because_of_a_look)]
