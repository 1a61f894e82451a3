"""规则."""

from django.apps import AppConfig
from django.core.checks import register


class LawConfig(AppConfig):
    name = "daoli_credit.law"
    label = "law"
    verbose_name = "规则"

    def ready(self) -> None:
        from daoli_credit.law.checks import edition_fits  # noqa: PLC0415 -- the models exist only once apps are ready

        register(edition_fits)
