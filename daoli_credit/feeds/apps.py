"""推送与回执."""

from django.apps import AppConfig


class FeedsConfig(AppConfig):
    name = "daoli_credit.feeds"
    label = "feeds"
    verbose_name = "推送与回执"
