"""推送与回执."""

from django.apps import AppConfig


class FeedsConfig(AppConfig):
    name = "daoli_credit.feeds"
    label = "feeds"
    verbose_name = "推送与回执"

    def ready(self) -> None:
        # what they seal is registered as they are read (daoli_credit.sealed)
        from daoli_credit.feeds import bodies  # noqa: F401, PLC0415
