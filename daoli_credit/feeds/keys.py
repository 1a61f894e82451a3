"""密钥和证书, for the operator's page: which are in use with a platform and until when; never the keys themselves."""

import base64
import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cryptography import x509

from daoli_credit.feeds.channels import Channel
from daoli_credit.law import clock

SOON = 30  # days; a new certificate has to be asked for, issued and told to the platform


@dataclass(frozen=True)
class Keys:
    """与一个平台用的: key ids, the print of the pinned host key, our certificate's last day or why it is not known."""

    signs: str
    also: str
    host: str
    until: date | None
    unreadable: bool

    @property
    def over(self) -> bool:
        """证书过期了."""
        return self.until is not None and self.until < clock.today()

    @property
    def soon(self) -> bool:
        """证书快到期了."""
        return self.until is not None and 0 <= (self.until - clock.today()).days <= SOON


def of(channel: Channel) -> Keys:
    """一个平台的. Reads the certificate from where it lies, as the wire does at its next connection."""
    until, unreadable = None, False
    if channel.certificate:
        try:
            found = x509.load_pem_x509_certificate(Path(channel.certificate).read_bytes())
            until = found.not_valid_after_utc.astimezone(clock.CHINA).date()
        except (OSError, ValueError):
            unreadable = True
    return Keys(channel.key_id, channel.old_key_id, _print(channel.host_key), until, unreadable)


def _print(line: str) -> str:
    """As `ssh-keygen -lf` says it; "" for no line, or one that is none."""
    try:
        _, blob, *_ = line.split()
        digest = hashlib.sha256(base64.b64decode(blob, validate=True)).digest()
    except ValueError:
        return ""
    return "SHA256:" + base64.b64encode(digest).decode().rstrip("=")
