"""部门、用户、会话、委托、联络员、消息。"""

from daoli_credit.accounts.models.delegation import Delegation
from daoli_credit.accounts.models.department import Department
from daoli_credit.accounts.models.liaison import Liaison
from daoli_credit.accounts.models.message import Message
from daoli_credit.accounts.models.shared_legal import SharedLegal
from daoli_credit.accounts.models.sitting import Sitting
from daoli_credit.accounts.models.user import User

__all__ = ["Delegation", "Department", "Liaison", "Message", "SharedLegal", "Sitting", "User"]
