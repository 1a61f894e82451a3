"""启动核对: the edition named in the settings exists and may be used here."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error

from daoli_credit.law import editions, pack


def edition_fits(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """规则版本与环境相符: a demo edition is refused before anything starts, not at the first page."""
    try:
        edition = editions.named(settings.EDITION)
        pack.refuse_demo(demo=edition["demo"])
    except editions.BadPack as why:
        return [Error(str(why), id="law.E001")]
    except pack.DemoRefused as why:
        return [Error(str(why), hint="DAOLI_EDITION 应为正式版本", id="law.E002")]
    return []
