"""门户."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "daoli_credit.portal"
    label = "portal"
    verbose_name = "门户"
