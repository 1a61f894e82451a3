"""督导."""

from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "daoli_credit.supervision"
    label = "supervision"
    verbose_name = "督导"
