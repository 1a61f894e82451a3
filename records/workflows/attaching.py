"""附件的办理: added to and taken from what is not yet reported. A file is sniffed and sealed before the act."""

from daoli_credit.accounts.models import User
from daoli_credit.workflow import AlreadyDone, RuleBroken, Step, department, once, taking
from records.models import Attachment, CreditRecord
from records.models.record import S

MOST = 5
OPEN = frozenset({S.DRAFT, S.RETURNED})
STEPS = {
    "attach": Step("record.attached", "加附件", OPEN, S.DRAFT, department("submit_record")),
    "detach": Step("record.detached", "去掉附件", OPEN, S.DRAFT, department("submit_record")),
}


def attach(*, record_id: int, made: Attachment, actor: User, seen: int) -> Attachment:
    """加附件: the reviewer sees what the clerk has added; what was on another's screen goes stale.

    Raises PermissionDenied, WrongState, Stale, AlreadyDone for the same file, RuleBroken for too many.
    """
    with taking(STEPS["attach"], CreditRecord, record_id, actor=actor, seen=seen) as record:
        if record.attachments.count() >= MOST:
            raise RuleBroken(f"一条记录最多 {MOST} 个附件；请先去掉不要的")
        made.record = record
        with once("the_same_file_once_on_a_record", "这个文件已经附在这条记录上"):
            made.save()
        record.revision += 1
    return made


def detach(*, record_id: int, token: str, actor: User, seen: int) -> None:
    """去掉附件. Raises PermissionDenied, WrongState, Stale, AlreadyDone when it is gone."""
    with taking(STEPS["detach"], CreditRecord, record_id, actor=actor, seen=seen) as record:
        gone, _ = record.attachments.filter(token=token).delete()
        if not gone:
            raise AlreadyDone("这个附件已经不在了")
        record.revision += 1
