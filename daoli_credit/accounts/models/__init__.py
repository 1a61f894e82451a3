"""部门、用户、委托、消息、影响评估、受托人。"""

from daoli_credit.accounts.models.assessment import ImpactAssessment
from daoli_credit.accounts.models.contractor import Contractor
from daoli_credit.accounts.models.delegation import Delegation
from daoli_credit.accounts.models.department import Department
from daoli_credit.accounts.models.message import Message
from daoli_credit.accounts.models.user import User

__all__ = ["Contractor", "Delegation", "Department", "ImpactAssessment", "Message", "User"]
