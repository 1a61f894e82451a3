"""部门与用户."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "daoli_credit.accounts"
    label = "accounts"
    verbose_name = "部门与用户"
