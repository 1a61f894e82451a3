"""登录后去哪里, and in the demo, who may be chosen."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def own_address(request: HttpRequest, wanted: str) -> str:
    """本站地址: the wanted address when it is a path of this site, otherwise nothing."""
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours and wanted.startswith("/") else ""


def cast(face: str) -> list[dict[str, Any]]:
    """演示人物 of one face, read from the file that `run` made; nobody outside the demo."""
    if not (settings.DEMO and settings.CAST_FILE):
        return []
    people = json.loads(Path(settings.CAST_FILE).read_text(encoding="utf-8"))
    return [one for one in people if one["face"] == face]
