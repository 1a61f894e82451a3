"""查询的监督."""

from django.apps import AppConfig


class LooksConfig(AppConfig):
    name = "daoli_credit.looks"
    label = "looks"
    verbose_name = "查询的监督"

    def ready(self) -> None:
        # what falls due is registered as it is read (daoli_credit.accounts.due)
        from daoli_credit.looks import due  # noqa: F401, PLC0415
