"""工作台: what waits for this person, whatever room it waits in; and the way to each of their rooms."""

import pytest

from tests import make_objections
from tests.cast import Cast, browser


def _desk(cast: Cast, who: str) -> str:
    answer = browser(getattr(cast, who)).get("/desk/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_waits_in_another_room_stands_on_the_desk(cast: Cast) -> None:
    page = _desk(cast, "reviewer")
    assert "还有这些等您办" not in page
    make_objections.raised(cast)
    page = _desk(cast, "reviewer")
    assert "还有这些等您办" in page
    assert page.index("/desk/objections/", page.index("还有这些等您办")) > 0


@pytest.mark.parametrize(("who", "rooms"), [("feed_operator", ["/desk/feeds/"]), ("system_officer", ["/desk/people/"])])
def test_who_has_no_part_in_records_finds_the_way_to_their_rooms(cast: Cast, who: str, rooms: list[str]) -> None:
    page = _desk(cast, who)
    own = page[page.index("您的工作在这里") :]
    assert "今天没有等您办的事" in page
    assert all(f'href="{room}"' in own for room in rooms)
