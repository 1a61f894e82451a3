"""存证."""

from django.apps import AppConfig
from django.core.checks import Tags, register

from daoli_credit.audit.checks import application_cannot_alter_evidence


class AuditConfig(AppConfig):
    name = "daoli_credit.audit"
    label = "audit"
    verbose_name = "存证"

    def ready(self) -> None:
        register(application_cannot_alter_evidence, Tags.security, deploy=True)
