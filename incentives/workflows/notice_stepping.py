"""事先告知办一步: `taking`, held to its locks."""

from collections.abc import Iterator
from contextlib import contextmanager

from daoli_credit.accounts.models import User
from daoli_credit.workflow import PERSON, RuleBroken, allowed, taking
from incentives.models import PreAdverseNotice
from incentives.rules import notice_gate
from incentives.rules.notice_steps import STEPS
from incentives.workflows import case_words

RELATED = ("department", "subject", "record", "answer__check_made", "check_made__case")


def _refuse_early(name: str, notice_id: int, actor: User) -> None:
    """Whoever has the duty is told until when and why, before the status would only say 409."""
    notice = PreAdverseNotice.objects.select_related(*RELATED).get(pk=notice_id)
    if name == "decide" and allowed(STEPS[name], notice, actor) and (lock := notice_gate.before(notice, name)):
        raise RuleBroken(f"现在不能“{STEPS[name].title}”。{lock.why}")


@contextmanager
def stepping(
    name: str, notice_id: int, *, actor: User, opinion: str = "", seen: int | None = None
) -> Iterator[PreAdverseNotice]:
    """办一步. Raises what `taking` raises."""
    step = STEPS[name]
    _refuse_early(name, notice_id, actor)
    with taking(step, PreAdverseNotice, notice_id, actor=actor, opinion=opinion, seen=seen) as notice:
        if step.by is not PERSON and (lock := notice_gate.before(notice, name)):
            raise RuleBroken(f"现在不能“{step.title}”。{lock.why}")
        before = case_words.words(notice)
        yield notice
        case_words.demand(notice, before)
        notice.revision += 1
