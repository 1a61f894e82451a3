"""猜邀请码: five wrong codes, at whichever of the two forms, and there is a wait; a right one afterwards waits too."""

import pytest

from incentives.models import Nomination
from incentives.models.nomination_status import S
from tests import make_honours
from tests.accounts import tries
from tests.cast import Cast, browser

WRONG = "ABCD-EFGH-JKM{}"


@pytest.fixture(autouse=True)
def no_locks() -> None:
    tries.forget()


def test_both_forms_count_together_and_the_sixth_try_is_not_looked_at(cast: Cast) -> None:
    made = make_honours.invited()
    guesser = browser(cast.namesake)
    for n in range(2):
        assert guesser.post("/me/honours/code/", {"code": WRONG.format(n)}).status_code == 422
    answers = [
        guesser.post("/me/honours/answer/", {"code": WRONG.format(n), "answer": "no"}).status_code for n in range(2, 5)
    ]
    assert answers == [409, 409, 429]
    for form, more in (("code", {}), ("answer", {"answer": "no"})):
        page = guesser.post(f"/me/honours/{form}/", {"code": made.code, **more})
        assert page.status_code == 429
        assert "15 分钟" in page.content.decode()
    assert Nomination.objects.get().status == S.INVITED
    other = browser(cast.citizen).post("/me/honours/code/", {"code": made.code})
    assert other.status_code == 200  # whoever holds the letter is not kept out by somebody else's guesses
