"""名单与措施."""

from django.apps import AppConfig


class IncentivesConfig(AppConfig):
    name = "incentives"
    label = "incentives"
    verbose_name = "名单与措施"

    def ready(self) -> None:
        # which of its letters are formal documents, and what of it falls due, is registered as it is read
        from incentives import due, due_checks, due_more, papers  # noqa: F401, PLC0415

        # the platforms above are sources of every check (incentives.workflows.check_sources)
        from incentives.workflows import inbound  # noqa: F401, PLC0415
