"""宣传教育."""

from django.apps import AppConfig


class EducationConfig(AppConfig):
    name = "education"
    label = "education"
    verbose_name = "宣传教育"
