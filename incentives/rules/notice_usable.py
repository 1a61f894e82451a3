"""据哪一项答复可以拟作不利决定."""

from daoli_credit.law import pack
from daoli_credit.law.status import Effect, may
from incentives.models import CheckAnswer
from incentives.models.check import Said


def refusal(answer: CheckAnswer) -> str:
    """为什么不能据这一项答复拟作不利决定, or ""."""
    found = pack.current().measures.get(answer.measure)
    if answer.said != Said.FOUND or not answer.measure or answer.sign == "reward":
        return "这一项不是可以据以限制的措施，不需要事先告知"
    if not answer.firm or found is None or not may(found, Effect.ADVERSE):
        return "这一项的依据还没有经两人确认，不得据以作出不利决定；请在“上线前确认清单”中确认"
    return ""
