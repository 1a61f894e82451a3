"""实名用户: the invented citizens of the cast file. Staff in the same file cannot sign in here."""

import hashlib
import hmac
import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Citizen:
    """市民. One without an ID number has an account whose identity nobody has verified."""

    username: str
    name: str
    id_number: str
    password: str

    def subject(self, issuer: str) -> str:
        """用户标识 (sub): stable, and tells nothing."""
        return hashlib.sha256(f"{issuer}|{self.username}".encode()).hexdigest()[:32]


def citizens(path: Path) -> list[Citizen]:
    """Read at each use, so that newcomers to the cast can sign in without a restart."""
    rows = json.loads(path.read_text(encoding="utf-8"))
    return [
        Citizen(row["username"], row["display_name"], row["id_number"], row["password"])
        for row in rows
        if row["face"] == "citizen"
    ]


def sign_in(people: list[Citizen], username: str, password: str) -> Citizen | None:
    """The citizen with this name and password, or None."""
    for one in people:
        if one.username == username and hmac.compare_digest(one.password.encode(), password.encode()):
            return one
    return None
