"""演示的事先告知和上级平台查询: told by the true acts; a platform that is not up is 未答复."""

import pytest
from pytest_django import Settings

from daoli_credit.demo import asked_above, prior_notices
from incentives.models import InboundAnswer, PreAdverseNotice
from tests import make_inbound
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_one_waits_for_the_person_one_was_answered_and_one_decided(cast: Cast) -> None:
    assert prior_notices.tell() == 3
    assert sorted(PreAdverseNotice.objects.values_list("status", flat=True)) == ["answered", "decided", "notified"]
    waiting = PreAdverseNotice.objects.get(status="notified")
    assert PreAdverseNotice.objects.about(cast.third.person_keys()).get() == waiting


def test_a_check_made_before_the_platforms_are_up_says_unanswered_and_is_made_once(
    cast: Cast, settings: Settings
) -> None:
    make_inbound.connect(settings)
    assert asked_above.tell() == asked_above.tell() == 1
    assert InboundAnswer.objects.get().outcome == "unreachable"
