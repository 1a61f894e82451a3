"""The list type that the attempts try to misuse has been assessed: they are refused for what they are."""

import pytest

from tests import make_assessments


@pytest.fixture(autouse=True)
def assessed(request: pytest.FixtureRequest) -> None:
    if "cast" in request.fixturenames:
        request.getfixturevalue("cast")
        make_assessments.list_type("wage-arrears")
