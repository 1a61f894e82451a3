"""部门、用户、会话、第二因素、委托、联络员、消息、激活信、接口密钥、影响评估、受托人。"""

from daoli_credit.accounts.models.assessment import ImpactAssessment
from daoli_credit.accounts.models.contractor import Contractor
from daoli_credit.accounts.models.delegation import Delegation
from daoli_credit.accounts.models.department import Department
from daoli_credit.accounts.models.external_login import ExternalLogin
from daoli_credit.accounts.models.letter import ActivationLetter
from daoli_credit.accounts.models.liaison import Liaison
from daoli_credit.accounts.models.message import Message
from daoli_credit.accounts.models.second_factor import RecoveryCode, SecondFactor
from daoli_credit.accounts.models.service_key import ServiceKey
from daoli_credit.accounts.models.shared_legal import SharedLegal
from daoli_credit.accounts.models.sitting import Sitting
from daoli_credit.accounts.models.user import User

__all__ = [
    "ActivationLetter",
    "Contractor",
    "Delegation",
    "Department",
    "ExternalLogin",
    "ImpactAssessment",
    "Liaison",
    "Message",
    "RecoveryCode",
    "SecondFactor",
    "ServiceKey",
    "SharedLegal",
    "Sitting",
    "User",
]
