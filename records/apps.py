"""信用记录."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "records"
    label = "records"
    verbose_name = "信用记录"

    def ready(self) -> None:
        # what they seal is registered as they are read (daoli_credit.sealed)
        from records import archives, identity, sealed_exports, sealed_papers, sealed_sheets  # noqa: F401, PLC0415
