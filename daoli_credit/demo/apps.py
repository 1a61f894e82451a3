"""演示."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "daoli_credit.demo"
    label = "demo"
    verbose_name = "演示"
