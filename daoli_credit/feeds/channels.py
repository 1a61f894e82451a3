"""通道设置: where a feed is and with which key, as the environment says. A feed that is not set is absent."""

from dataclasses import dataclass

from django.conf import settings

from daoli_credit.signing import HmacSm3, Signer


@dataclass(frozen=True)
class Channel:
    """一个平台的接法. The keys never leave this process and are in no row.

    `old_key` is still believed while both sides change over; only `key` signs. `ca`, `certificate` and
    `certificate_key` are paths; `host_key` is the pinned line of an SFTP server, `identity` our private key for it.
    `layout` is the version of the columns agreed with the platform (records/layouts); "" is the common one.
    """

    code: str
    title: str
    url: str
    key: str
    key_id: str
    old_key: str = ""
    old_key_id: str = ""
    ca: str = ""
    certificate: str = ""
    certificate_key: str = ""
    host_key: str = ""
    identity: str = ""
    layout: str = ""

    @property
    def by_files(self) -> bool:
        """文件交换."""
        return self.url.startswith("sftp://")

    def signer(self) -> Signer:
        """签名用的密钥."""
        return HmacSm3(self.key.encode(), self.key_id)

    def believed(self) -> tuple[Signer, ...]:
        """验签认的密钥: ours of today, and the one before it while it is still named."""
        old = (HmacSm3(self.old_key.encode(), self.old_key_id),) if self.old_key else ()
        return (self.signer(), *old)


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
