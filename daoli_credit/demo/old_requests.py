"""演示的依法调取保存期满: the police asked years ago, it was answered and told, and is gone with its document."""

from datetime import timedelta

from daoli_credit.accounts.models import Department, User
from daoli_credit.demo.requests import ITEM, PEOPLE, SCAN
from daoli_credit.law import clock
from daoli_credit.looks.workflows import handed
from records import sealed_requests
from records.workflows import giving, request_retention, requesting
from records.workflows.requesting import Asked


def tell() -> None:
    """讲这一段. Nothing was held then, which was an answer too."""
    years = request_retention.KEPT.term()
    if years is None:
        return
    body = Department.objects.get(code="human-resources")
    clerk, head = (User.objects.get(username=name) for name in ("xuwenjing", "dengguodong"))
    over = clock.today() - timedelta(days=years.years * 366 + 20)
    number = f"哈公里刑〔{over.year}〕204号"
    with clock.at(over):
        asked = Asked(
            body="police",
            body_name="哈尔滨市公安局道里分局（示例）",
            contact="戴承办",
            channel="post",
            officers=0,
            document_number=f"{number}调取证据通知书",
            document_on=over - timedelta(days=2),
            received_on=over,
            answer_by=None,
            article="criminal-procedure-law#54",
            case_number=number,
            items=[ITEM],
            period_from=over - timedelta(days=400),
            period_to=over,
        )
        document = sealed_requests.document(SCAN + number.encode())
        one = requesting.ask(body=body, asked=asked, who=PEOPLE[2], document=document, actor=clerk)
        one = requesting.approve(request_id=one.pk, actor=head, seen=one.revision)
        one = giving.extract(request_id=one.pk, actor=clerk, seen=one.revision)
        giving.hand_over(request_id=one.pk, actor=clerk, receipt="挂号信 XA 2041 号", seen=one.revision)
    with clock.at(over + timedelta(days=1)):
        handed.tell_of_requests()
    request_retention.delete_due(actor=User.objects.system())
