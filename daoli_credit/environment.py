"""Three readers of the environment. A value that is missing or unreadable stops the start, in words."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str | None = None) -> str:
    """A value, or the first line of the file that NAME_FILE points at (secrets are often mounted as files)."""
    path = os.environ.get(f"{name}_FILE", "")
    if path:
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as why:
            raise ImproperlyConfigured(f"{name}_FILE 指向的文件读不到：{path}（{why.strerror}）") from why
    value = os.environ.get(name, "")
    if value:
        return value
    if default is None:
        raise ImproperlyConfigured(f"缺少环境变量 {name}；见 README 的“正式部署”一节")
    return default


def flag(name: str, default: bool = False) -> bool:
    """1 or 0; anything else is a mistake worth stopping for."""
    value = text(name, "1" if default else "0")
    if value not in {"0", "1"}:
        raise ImproperlyConfigured(f"环境变量 {name} 只能是 0 或 1，现在是 {value!r}")
    return value == "1"


def number(name: str, default: int) -> int:
    """A whole number."""
    value = text(name, str(default))
    try:
        return int(value)
    except ValueError as why:
        raise ImproperlyConfigured(f"环境变量 {name} 应当是整数，现在是 {value!r}") from why
