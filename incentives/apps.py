"""激励与惩戒."""

from django.apps import AppConfig


class IncentivesConfig(AppConfig):
    name = "incentives"
    label = "incentives"
    verbose_name = "激励与惩戒"
