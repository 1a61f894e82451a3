"""演示的依法调取: each stage can be seen, what is delayed is not told, and nothing handed over is kept."""

from collections import Counter

from daoli_credit.accounts.models import Message
from daoli_credit.demo import requests
from records.models import Disclosure, LawfulRequest, RequestFile
from tests.cast import Cast, browser


def test_every_stage_of_a_request_stands_in_the_demo(cast: Cast) -> None:
    assert requests.tell() == 6
    stages = Counter(LawfulRequest.objects.values_list("status", flat=True))
    assert stages == {"handed": 2, "refused": 1, "approved": 1, "extracted": 1, "asked": 1}
    assert Disclosure.objects.filter(channel="依法调取").count() == 2
    assert Message.objects.filter(title="您的信用信息依法被调取过").count() == 1  # the other one is delayed
    assert RequestFile.objects.filter(kind="answer").count() == 1
    page = browser(cast.wage_clerk).get("/desk/requests/").content.decode()
    assert "逾期" in page
    assert "康永年" not in page
