"""信用记录."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "records"
    label = "records"
    verbose_name = "信用记录"

    def ready(self) -> None:
        # what they seal is registered as they are read (daoli_credit.sealed)
        from daoli_credit.accounts import also_known  # noqa: PLC0415
        from records import (  # noqa: F401, PLC0415
            archives,
            due,
            histories,
            identity,
            identity_claims,
            kept_forms,
            sealed_attachments,
            sealed_exports,
            sealed_papers,
            sealed_requests,
            sealed_sheets,
        )
        from records.models.subject import further_keys  # noqa: PLC0415

        also_known.register(further_keys)
