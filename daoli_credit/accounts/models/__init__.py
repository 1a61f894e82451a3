"""部门、用户、委托、消息。"""

from daoli_credit.accounts.models.delegation import Delegation
from daoli_credit.accounts.models.department import Department
from daoli_credit.accounts.models.message import Message
from daoli_credit.accounts.models.user import User

__all__ = ["Delegation", "Department", "Message", "User"]
