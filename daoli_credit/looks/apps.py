"""查询的监督."""

from django.apps import AppConfig


class LooksConfig(AppConfig):
    name = "daoli_credit.looks"
    label = "looks"
    verbose_name = "查询的监督"
