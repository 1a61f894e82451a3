"""用户: the invented people of the cast file; each client signs in those of its own face."""

import hashlib
import hmac
import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Person:
    """人. A citizen without an ID number has an account whose identity nobody has verified."""

    username: str
    name: str
    id_number: str
    password: str
    face: str = "citizen"

    def subject(self, issuer: str) -> str:
        """用户标识 (sub): stable, and tells nothing."""
        return hashlib.sha256(f"{issuer}|{self.username}".encode()).hexdigest()[:32]


def of(path: Path, face: str) -> list[Person]:
    """Read at each use, so that newcomers to the cast can sign in without a restart."""
    rows = json.loads(path.read_text(encoding="utf-8"))
    return [
        Person(row["username"], row["display_name"], row["id_number"], row["password"], row["face"])
        for row in rows
        if row["face"] == face
    ]


def sign_in(people: list[Person], username: str, password: str) -> Person | None:
    """The one with this name and password, or None."""
    for one in people:
        if one.username == username and hmac.compare_digest(one.password.encode(), password.encode()):
            return one
    return None
