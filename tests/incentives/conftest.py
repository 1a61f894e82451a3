"""The list types of these tests have been assessed (个人信息保护法 第五十五条); what happens without is tests/protecting's."""

import pytest

from tests import make_assessments


@pytest.fixture(autouse=True)
def assessed(request: pytest.FixtureRequest) -> None:
    if "cast" in request.fixturenames:
        request.getfixturevalue("cast")
        make_assessments.list_type("wage-arrears")
