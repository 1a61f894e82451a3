"""督导."""

from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "daoli_credit.supervision"
    label = "supervision"
    verbose_name = "督导"

    def ready(self) -> None:
        # what falls due is registered as it is read (daoli_credit.accounts.due)
        from daoli_credit.supervision import due  # noqa: F401, PLC0415
