"""部门与用户."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "daoli_credit.accounts"
    label = "accounts"
    verbose_name = "部门与用户"

    def ready(self) -> None:
        # what they seal is registered as they are read (daoli_credit.sealed)
        from daoli_credit.accounts import access, external, held, letters, messages, second_factor  # noqa: F401, PLC0415

        held.known_by(access.rights_of)
