"""方案、任务、责任分工、条款。"""

from daoli_credit.supervision.models.clause import Clause
from daoli_credit.supervision.models.plan import Plan
from daoli_credit.supervision.models.task import Assignment, Task

__all__ = ["Assignment", "Clause", "Plan", "Task"]
