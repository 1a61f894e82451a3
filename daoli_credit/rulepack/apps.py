"""规则确认."""

from django.apps import AppConfig


class RulePackConfig(AppConfig):
    name = "daoli_credit.rulepack"
    label = "rulepack"
    verbose_name = "规则确认"
