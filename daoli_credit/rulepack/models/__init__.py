"""规则确认的名词."""

from daoli_credit.rulepack.models.change import RuleChange
from daoli_credit.rulepack.models.text import RuleText

__all__ = ["RuleChange", "RuleText"]
