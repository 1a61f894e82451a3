"""密钥文件: random per data directory, made once, read by the processes through NAME_FILE variables."""

import json
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from daoli_credit.embedded import ssh

MAKERS: dict[str, Callable[[], str]] = {
    "SECRET_KEY": lambda: secrets.token_urlsafe(64),
    "DAOLI_KEYRING": lambda: json.dumps({"current": 1, "keys": {"1": secrets.token_hex(32)}}),
    "OIDC_CLIENT_SECRET": lambda: secrets.token_urlsafe(32),
    "DAOLI_STAFF_OIDC_UNIT_CLIENT_SECRET": lambda: secrets.token_urlsafe(32),
    "DAOLI_FEED_HLJ_KEY": lambda: secrets.token_hex(32),
    "DAOLI_FEED_HRB_KEY": lambda: secrets.token_hex(32),
    "DAOLI_INBOUND_HLJ_KEY": lambda: secrets.token_hex(32),
    "DAOLI_INBOUND_HRB_KEY": lambda: secrets.token_hex(32),
    # 市平台 takes files: our key for its server, and its server's own
    "DAOLI_FEED_HRB_IDENTITY": ssh.private_key,
    "DAOLI_PLATFORM_HRB_HOST_KEY": ssh.private_key,
    "DAOLI_PLATFORM_TOKEN": lambda: secrets.token_urlsafe(32),  # orders faults at the sandbox platforms
}


def secret_files(data: Path) -> dict[str, str]:
    """NAME_FILE → path, mode 0600. A lost key ring is not made up for: what it sealed stays sealed."""
    folder = data / "secrets"
    folder.mkdir(mode=0o700, exist_ok=True)
    found = {}
    for name, make in MAKERS.items():
        path = folder / name.lower()
        if not path.exists():
            half = path.with_suffix(".half")
            with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as handle:
                handle.write(make())
            half.rename(path)
        found[f"{name}_FILE"] = str(path)
    return found
