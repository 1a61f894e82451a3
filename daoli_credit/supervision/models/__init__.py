"""方案、任务、责任分工、条款、本期无新增、安全事件。"""

from daoli_credit.supervision.models.clause import Clause
from daoli_credit.supervision.models.incident import Incident
from daoli_credit.supervision.models.no_news import NoNews
from daoli_credit.supervision.models.plan import Plan
from daoli_credit.supervision.models.task import Assignment, Task

__all__ = ["Assignment", "Clause", "Incident", "NoNews", "Plan", "Task"]
