"""同时: two clicks register once, and two hands hand over once."""

from records.models import Disclosure, LawfulRequest
from records.workflows import giving, requesting
from tests import make, make_requests
from tests.cast import assemble
from tests.together import together


def test_two_clicks_register_once_and_two_hands_give_once(committing_db: str) -> None:
    cast = assemble()
    make.effective(cast, serial=921)
    assert together(*[lambda: make_requests.asked(cast)] * 2) == ["AlreadyDone", "done"]
    one, head = LawfulRequest.objects.get(), make_requests.head_of_market(cast)
    said = together(
        lambda: requesting.approve(request_id=one.pk, actor=head, seen=1),
        lambda: requesting.refuse(request_id=one.pk, actor=head, refusal="body", opinion="不符", seen=1),
    )
    assert said == ["WrongState", "done"]
    if LawfulRequest.objects.get().status == "refused":
        one = make_requests.approved(cast)
    giving.extract(request_id=one.pk, actor=cast.clerk, seen=1)
    hand = lambda: giving.hand_over(request_id=one.pk, actor=cast.clerk, receipt="回执", seen=2)  # noqa: E731
    assert together(hand, hand) == ["AlreadyDone", "done"]
    assert Disclosure.objects.filter(channel="依法调取").count() == 1
