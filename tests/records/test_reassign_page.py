"""改派的表单: what is missing is said in our own words where it is missing, and nothing that was typed is lost."""

import pytest

from daoli_credit.demo.reviewed import permits
from records.models import Take
from tests import make
from tests.cast import Cast, browser


def _address(cast: Cast, sheet: bool) -> str:
    if sheet:
        batch = permits(cast.market, cast.clerk, range(5001, 5004), "许可.csv")
        return f"/desk/imports/{batch.number}/take/"
    return f"/desk/records/{make.submitted(cast).number}/take/"


@pytest.mark.parametrize("sheet", [False, True])
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"to": "", "opinion": "休假"}, "请选择改派给谁"),
        ({"to": "both", "opinion": ""}, "请写明改派的原因"),
        ({"to": "clerk", "opinion": "休假"}, "请从可以复核这一件的人里选择"),
        ({"to": "x", "opinion": "休假"}, "请从可以复核这一件的人里选择"),
        ({"to": "both", "opinion": "他的电话13800000000打不通"}, "不要写"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_is_still_there(
    cast: Cast, sheet: bool, typed: dict[str, str], said: str
) -> None:
    whom = {"both": str(cast.both.pk), "clerk": str(cast.clerk.pk)}
    body = {"act": "reassign", **typed, "to": whom.get(typed["to"], typed["to"])}
    answer = browser(cast.reviewer).post(_address(cast, sheet), body)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert typed["opinion"] in page
    assert (f'value="{cast.both.pk}" selected' in page) == (typed["to"] == "both")
    assert '<details class="more" open>' in page
    assert not Take.objects.exists()


def test_the_form_speaks_for_itself_and_not_the_browser(cast: Cast) -> None:
    """A browser's own bubble is in the language of the browser."""
    record = make.submitted(cast)
    page = browser(cast.reviewer).get(f"/desk/records/{record.number}/").content.decode()
    form = page.partition("改派给别人")[2].partition("</form>")[0]
    assert "novalidate" in form
    assert " required" not in form


def test_a_second_click_is_a_success(cast: Cast) -> None:
    there, client = _address(cast, sheet=False), browser(cast.reviewer)
    body = {"act": "reassign", "to": cast.both.pk, "opinion": "休假"}
    assert client.post(there, body).status_code == client.post(there, body).status_code == 302
    assert Take.objects.get().taker == cast.both
