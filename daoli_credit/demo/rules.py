"""演示的规则确认: one row suspended, its confirmation waiting for the second person, one proposal refused."""

from datetime import timedelta

from daoli_credit.accounts.models import User
from daoli_credit.law import clock, pack
from daoli_credit.law.entries import entry
from daoli_credit.rulepack.models import RuleChange
from daoli_credit.rulepack.models.change import Action
from daoli_credit.rulepack.rules.papers import Paper, paper
from daoli_credit.rulepack.workflows import changing

SUSPENDED = ("items", "penalty-drug")
DOUBTED = ("items", "penalty-agri")
PAGE = b"BT /F1 18 Tf 72 740 Td (Demonstration only: the text of a law would be here.) Tj ET"


def text() -> Paper:
    """条文附件: a one-page PDF that says what it is."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(PAGE), PAGE),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    data, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    at = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    data += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, at)
    return paper("药品管理法条文（演示）.pdf", data)


def _propose(action: str, row: tuple[str, str], reason: str, attached: Paper | None = None) -> RuleChange:
    return changing.propose(
        action=action,
        kind=row[0],
        code=row[1],
        seen=entry(pack.current(), *row).digest,
        reason=reason,
        actor=User.objects.get(username="yuanzheng"),
        paper=attached,
    )


def tell() -> int:
    """讲这一段. Returns how many there are."""
    today, head = clock.today(), User.objects.get(username="hezhiyuan")
    with clock.at(today - timedelta(days=20)):
        doubted = _propose(Action.SUSPEND, DOUBTED, "种子条例可能修改，先暂停（演示）")
    with clock.at(today - timedelta(days=19)):
        opinion = "修改还没有公布施行，现行条文没有变；公布以后再提"
        changing.refuse(change_id=doubted.pk, actor=head, opinion=opinion)
    with clock.at(today - timedelta(days=9)):
        stopped = _propose(Action.SUSPEND, SUSPENDED, "实施条例修订，处罚种类的条号待核对（演示）")
    with clock.at(today - timedelta(days=8)):
        changing.agree(change_id=stopped.pk, actor=head)
    with clock.at(today - timedelta(days=1)):
        read = "已对照公布的文本：处罚种类和期限没有变，条号与规则所写一致（演示）"
        _propose(Action.CONFIRM, SUSPENDED, read, text())
    return RuleChange.objects.count()
