"""通道设置: where a feed is and with which key, as the environment says. A feed that is not set is absent."""

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True)
class Channel:
    """一个平台的接法. The key never leaves this process and is in no row."""

    code: str
    title: str
    url: str
    key: str
    key_id: str


class Unconfigured(LookupError):
    """平台没有接通: no settings for this code."""


def all_of_them() -> list[Channel]:
    """已接通的平台, in the order of the environment."""
    return [Channel(code=code, **facts) for code, facts in settings.FEEDS.items()]


def of(code: str) -> Channel:
    """一个平台的接法. Raises Unconfigured."""
    for channel in all_of_them():
        if channel.code == code:
            return channel
    raise Unconfigured(f"平台 {code} 没有接通")
