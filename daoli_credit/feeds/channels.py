"""通道设置: where a feed is and with which key, as the environment says. A feed that is not set is absent."""

from dataclasses import dataclass

from django.conf import settings

from daoli_credit.signing import Party

LARGEST_BATCH = 500  # rows of one package, unless the platform takes fewer
IN_FLIGHT = 4  # batches of one feed on the wire at once, over as many connections that are kept


@dataclass(frozen=True)
class Channel(Party):
    """一个平台的接法.

    `host_key` is the pinned line of an SFTP server, `identity` our private key for it; `layout` is the version of the
    columns agreed with the platform (records/layouts); "" is the common one. `batch` is how many rows it takes at once.
    """

    host_key: str = ""
    identity: str = ""
    layout: str = ""
    batch: str = ""

    @property
    def by_files(self) -> bool:
        """文件交换."""
        return self.url.startswith("sftp://")

    @property
    def largest(self) -> int:
        """一批最多几件."""
        return int(self.batch or LARGEST_BATCH)

    @property
    def at_once(self) -> int:
        """同时在路上的批数: packages are laid down one after the other, as they are numbered."""
        return 1 if self.by_files else IN_FLIGHT


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
