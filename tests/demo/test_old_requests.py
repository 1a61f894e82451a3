"""演示里保存期满的依法调取: by the true acts of its days, told to the person, and gone."""

from daoli_credit.accounts.models import Message
from daoli_credit.demo import old_requests
from records.models import LawfulRequest, RequestDeletion, RequestFile
from records.workflows import request_retention
from tests.cast import Cast


def test_a_request_of_years_ago_has_a_certificate_and_nothing_else(cast: Cast) -> None:
    old_requests.tell()
    gone = RequestDeletion.objects.get()
    assert gone.due_on < gone.deleted_on
    assert not LawfulRequest.objects.exists()
    assert not RequestFile.objects.exists()
    assert Message.objects.filter(title="您的信用信息依法被调取过").count() == 1
    assert list(request_retention.faults()) == []
