"""The list types of these tests have been assessed; what happens without is in tests/protecting."""

import pytest

from tests import make_assessments


@pytest.fixture(autouse=True)
def assessed(request: pytest.FixtureRequest) -> None:
    if "cast" in request.fixturenames:
        request.getfixturevalue("cast")
        make_assessments.list_type("wage-arrears")
