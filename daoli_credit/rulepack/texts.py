"""条文附件的封存和打开."""

from daoli_credit import cipher
from daoli_credit.rulepack.models import RuleChange, RuleText
from daoli_credit.rulepack.models.text import context
from daoli_credit.rulepack.rules.papers import Paper


def keep(change: RuleChange, paper: Paper) -> RuleText:
    """封存附件."""
    text = RuleText(
        change=change, name=paper.name, kind=paper.kind, size=len(paper.data), digest=paper.digest, envelope=b""
    )
    text.envelope = cipher.seal(paper.data, context=context(text))
    text.save()
    return text


def opened(text: RuleText) -> bytes:
    """打开附件: the text of a law and nothing about anybody. Raises cipher.Unsealable when it was altered."""
    return cipher.unseal(bytes(text.envelope), context=context(text))
