"""据称的姓名: what somebody says a person is called, sealed on the case until two people have decided."""

from daoli_credit import cipher, sealed
from records.models import IdentityCase


def _context(case: IdentityCase) -> bytes:
    return b"identity-case|" + case.token.bytes


sealed.register(sealed.Envelope("records.IdentityCase", "claimed", _context))


def keep(case: IdentityCase, name: str) -> None:
    """封存到件上; the caller saves the row."""
    case.claimed = cipher.seal(cipher.normal_name(name).encode(), context=_context(case))


def name_of(case: IdentityCase) -> str:
    """据称的姓名, "" when the case is about none."""
    if case.claimed is None:
        return ""
    return cipher.unseal(bytes(case.claimed), context=_context(case)).decode()
