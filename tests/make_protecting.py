"""造评估、受托人和事件: by the true acts only."""

from datetime import timedelta
from typing import Any

from daoli_credit.accounts import assessing, entrusting, roles
from daoli_credit.accounts.models import Contractor, Department, ImpactAssessment, User
from daoli_credit.accounts.models.assessment import Subject
from daoli_credit.demo import assessed
from daoli_credit.law import clock
from daoli_credit.supervision.models import Incident
from daoli_credit.supervision.models.incident import Kind, Level
from daoli_credit.supervision.workflows import incident as incidents
from tests.cast import Cast


def office() -> Department:
    """区信用办."""
    return Department.objects.get(code="credit-office")


def second_drafter() -> User:
    """Another 信用办经办 who may also approve: so that only the second person is missing."""
    user = User.objects.create_staff(
        "both-protect", "not-used-1234567", display_name="测试经办", home_department=office()
    )
    roles.grant(user, office(), "operator")
    roles.grant(user, office(), "supervisor")
    return user


def content(**changes: Any) -> assessing.Content:
    """What an assessment says; `changes` overwrite single fields."""
    what = assessed.content("向信用平台报送", "逐条签名传送")
    return assessing.Content(**{**vars(what), **changes})


def drafted(cast: Cast, *, kind: Subject = Subject.FEED, code: str = "hrb", **changes: Any) -> ImpactAssessment:
    """A draft by 陈立."""
    return assessing.draft(
        body=office(), kind=kind, code=code, title="信用中国（哈尔滨）", what=content(**changes), actor=cast.operator
    )


def submitted(cast: Cast, **given: Any) -> ImpactAssessment:
    """One that waits for the second person."""
    return assessing.submit(assessment_id=drafted(cast, **given).pk, actor=cast.operator)


def approved(cast: Cast, **given: Any) -> ImpactAssessment:
    """One in force."""
    return assessing.approve(assessment_id=submitted(cast, **given).pk, actor=cast.supervisor)


def terms(**changes: Any) -> entrusting.Terms:
    """What is agreed with a contractor."""
    facts: dict[str, Any] = {
        "name": "打印服务（测试）", "purpose": "打印告知书", "method": "逐件传送", "data_kinds": "姓名、文书内容",
        "measures": "打印后即删", "supervision": "每月抽查", "starts_on": clock.today(),
        "ends_on": clock.today() + timedelta(days=300),
    }  # fmt: skip
    return entrusting.Terms(**{**facts, **changes})


def contractor(cast: Cast, code: str = "letters", **changes: Any) -> Contractor:
    """A contractor that is given nothing yet."""
    return entrusting.register(body=office(), code=code, what=terms(**changes), actor=cast.operator)


def found(cast: Cast, *, hours: float = 1, **changes: Any) -> Incident:
    """An incident found some hours ago."""
    facts: dict[str, Any] = {
        "kind": Kind.LEAK, "found_at": clock.now() - timedelta(hours=hours), "what": "一台打印机留有告知书底稿",
        "data_kinds": "姓名、文书内容", "people": 12,
    }  # fmt: skip
    return incidents.open_one(body=office(), what=incidents.Finding(**{**facts, **changes}), actor=cast.operator)


def graded(cast: Cast, level: Level = Level.LARGER, **given: Any) -> Incident:
    """研判过的."""
    what = incidents.Judgement(level=level, harm="可能被无关的人看到", remedy="收回底稿，清除打印机存储")
    return incidents.assess(incident_id=found(cast, **given).pk, what=what, actor=cast.operator)


def reported(cast: Cast, **given: Any) -> Incident:
    """已报告的."""
    what = incidents.Telling(told_authority_at=clock.now(), authority="区网信办（示例）", told_persons_on=clock.today())
    return incidents.report(incident_id=graded(cast, **given).pk, what=what, actor=cast.operator)
