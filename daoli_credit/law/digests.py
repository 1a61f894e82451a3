"""摘要: of a row, and of a whole edition's content."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

# A row that is only better sourced is the same rule; a confirmation of it stands.
NOT_THE_RULE = {"status", "source"}


def canonical(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest_of(row: Mapping[str, Any]) -> str:
    """行摘要: of what the row says, without its status and source."""
    return sha256(canonical({k: v for k, v in row.items() if k not in NOT_THE_RULE})).hexdigest()[:32]


def whole(content: Mapping[str, Any]) -> str:
    """版本摘要: of everything in the edition."""
    return sha256(canonical(content)).hexdigest()
