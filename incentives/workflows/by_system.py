"""部门的办理系统: a bureau's own system as the one who acts, by the key that two officers gave its department."""

from dataclasses import dataclass

from daoli_credit.accounts.models import ServiceKey
from daoli_credit.accounts.service_keys import DUTIES


@dataclass(frozen=True)
class BySystem:
    """以密钥办理: no person and no officer; of its own department's duties those that a scope of the key names."""

    key: ServiceKey

    @property
    def audit_id(self) -> str:
        """Which key, in evidence."""
        return self.key.audit_id

    @property
    def audit_label(self) -> str:
        """Which system, in words."""
        return self.key.audit_label

    @property
    def is_system(self) -> bool:
        """Our own timetable it is not."""
        return False

    @property
    def officer(self) -> str:
        """None of the three."""
        return ""

    @property
    def is_citizen(self) -> bool:
        """Nobody."""
        return False

    def may(self, verb: str, department_id: int) -> bool:
        """有权: in the key's department, by its scope."""
        mine = {DUTIES[scope] for scope in self.key.scopes if scope in DUTIES}
        return verb in mine and department_id == self.key.department_id

    def is_person(self, keys: list[bytes]) -> bool:
        """Nobody's."""
        return False
