"""措施任务: one record, one measure, one implementing body: what it did, and when it has to stop. No person in it.

The facts stand on the row, so that the database can refuse. The task carries its measure as the pack had it when the
task was made; the row goes when its record is deleted (`records.reach`).
"""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from daoli_credit.accounts.models import Department, User
from daoli_credit.accounts.models.columns import who, words
from daoli_credit.workflow import Stepped
from records.models import CreditRecord


class T(models.TextChoices):
    """状态. Rewards are offered and given, limits are applied and lifted."""

    OPEN = "open", "待反馈"
    APPLIED = "applied", "已实施"
    NOT_APPLIED = "not-applied", "不予适用"
    TO_LIFT = "to-lift", "应解除"
    LIFTED = "lifted", "已解除"
    OFFERED = "offered", "已告诉本人"
    GIVEN = "given", "已报告兑现"
    DECLINED = "declined", "本人谢绝"
    MOOT = "moot", "无须办理"


class Sign(models.TextChoices):
    """种类, as in the pack."""

    RESTRICT = "restrict", "限制"
    MANAGE = "manage", "管理"
    REWARD = "reward", "激励"


class Force(models.TextChoices):
    """应当还是可以."""

    MUST = "must", "应当"
    MAY = "may", "可以"


class LiftWhy(models.TextChoices):
    """解除的原因. Every one of them ends the measure; none is a matter of discretion."""

    NONE = "", "没有到解除的时候"
    ENDED = "ended", "记录的共享使用期已满"
    REPAIRED = "repaired", "记录已修复"
    TERM = "term", "措施自身的期限已满"
    ANNULLED = "annulled", "记录已撤回、撤销、更正或者终止"
    BASIS = "basis", "措施的依据已失效或者暂停"
    OWN = "own", "本单位自行解除"


# In the hands of the body, or still to be done by it.
RUNNING = (T.OPEN, T.APPLIED, T.TO_LIFT, T.OFFERED)
IN_USE = (T.APPLIED, T.TO_LIFT)
WAITS = (T.OPEN, T.TO_LIFT, T.OFFERED)
REWARDS = (T.OFFERED, T.GIVEN, T.DECLINED)
LIMITS = (T.APPLIED, T.NOT_APPLIED, T.TO_LIFT, T.LIFTED)


class Tasks(models.QuerySet["MeasureTask"]):
    """The two ways in."""

    def visible_to(self, user: User) -> Self:
        """本单位的任务, whatever became of them: an ended record leaves its measure to be lifted, and no person."""
        return self.filter(department_id__in=user.departments("report_measure"))

    def about(self, keys: list[bytes]) -> Self:
        """关于本人的, by person key."""
        return self.filter(record__subject__key_rows__digest__in=keys).distinct()

    def waiting(self) -> Self:
        """等反馈、等解除的."""
        return self.filter(status__in=WAITS)


def _day(title: str) -> "models.DateField[date | None, date | None]":
    return models.DateField(title, null=True, blank=True)


def _empty(*days: str) -> Q:
    return Q(**{f"{day}__isnull": True for day in days})


def _set(*days: str) -> Q:
    return Q(**{f"{day}__isnull": False for day in days})


RULES: list[tuple[str, Q]] = [
    ("a_task_has_a_known_status", Q(status__in=T.values) & Q(sign__in=Sign.values) & Q(force__in=Force.values)),
    ("a_measure_rests_on_an_article", ~Q(citation="")),
    (
        "rewards_are_given_and_limits_are_applied",
        (~Q(status__in=[one.value for one in REWARDS]) | Q(sign="reward"))
        & (~Q(status__in=[one.value for one in LIMITS]) | ~Q(sign="reward")),
    ),
    (
        "what_is_applied_has_day_number_and_reporter",
        (_empty("applied_on") & ~Q(status__in=["applied", "to-lift", "lifted"]))
        | (_set("applied_on", "reported_by", "reported_on") & ~Q(document_number="")),
    ),
    ("a_may_has_its_reason_each_time", _empty("applied_on") | Q(force="must") | ~Q(reason="")),
    ("not_applying_says_why", ~Q(status="not-applied") | (_set("reported_by", "reported_on") & ~Q(reason=""))),
    ("nothing_is_applied_before_the_record_has_effect", _empty("applied_on") | Q(applied_on__gte=F("effect_on"))),
    ("nothing_is_reported_before_it_is_done", _empty("applied_on") | Q(reported_on__gte=F("applied_on"))),
    (
        "what_is_to_be_lifted_says_why_and_until_when",
        (_empty("lift_from", "lift_due_on") & Q(lift_why="") & ~Q(status="to-lift"))
        | (_set("lift_from", "lift_due_on") & ~Q(lift_why="") & Q(lift_due_on__gte=F("lift_from"))),
    ),
    (
        "lifted_after_applied",
        (_empty("lifted_on") & ~Q(status="lifted"))
        | (_set("lifted_on", "applied_on", "lifted_by", "lift_from") & Q(lifted_on__gte=F("applied_on"))),
    ),
    (
        "only_a_law_outlives_a_record",
        Q(outlives=False, outlives_citation="") | (Q(outlives=True) & ~Q(outlives_citation="")),
    ),
    (
        "a_reward_has_its_day_and_reporter",
        ~Q(status__in=[one.value for one in REWARDS]) | _set("done_on", "reported_by", "reported_on"),
    ),
    (
        "nothing_is_given_before_the_record_has_effect",
        _empty("done_on") | (Q(done_on__gte=F("effect_on")) & Q(reported_on__gte=F("done_on"))),
    ),
]


class MeasureTask(Stepped):
    """措施任务. `done_on` is the day of a reward's last report, `applied_on` that of a limit."""

    status = models.CharField("状态", max_length=12, choices=T, default=T.OPEN)
    number = models.CharField("系统编号", max_length=24, unique=True)
    record = models.ForeignKey(CreditRecord, models.PROTECT, related_name="measure_tasks", verbose_name="信用记录")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="实施部门")
    measure = models.SlugField("措施", max_length=60)
    matter = models.SlugField("应用事项", max_length=60)
    title = models.CharField("名称", max_length=200)
    sign = models.CharField("种类", max_length=8, choices=Sign)
    force = models.CharField("应当还是可以", max_length=4, choices=Force)
    citation = models.CharField("依据", max_length=500)
    outlives = models.BooleanField("可超过公示期", default=False)
    outlives_citation = words("超过公示期的依据", 200)
    lifts_with_repair = models.BooleanField("修复后解除", default=True)
    ask = words("须人工核对", 200)
    edition = models.CharField("规则版本", max_length=40)
    effect_on = models.DateField("记录生效日")
    until = _day("届满日")
    until_says = words("届满日说明", 300)
    made_on = models.DateField("派发日")

    applied_on = _day("实施日")
    done_on = _day("提供或者兑现日")
    document_number = words("实施文书号", 128)
    reason = words("裁量理由或者说明", 500)
    reported_by = who("反馈人")
    reported_on = _day("反馈日")

    lift_from = _day("应解除之日")
    lift_why = models.CharField("解除的原因", max_length=12, choices=LiftWhy, blank=True, default="")
    lift_due_on = _day("解除期限")
    lifted_on = _day("解除日")
    lifted_by = who("解除反馈人")
    over_on = _day("无须办理之日")

    objects: ClassVar[models.Manager["MeasureTask"]] = Tasks.as_manager()

    class Meta:
        verbose_name = "措施任务"
        verbose_name_plural = "措施任务"
        ordering: ClassVar = ["-pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="one_task_per_record_measure_and_body", fields=["record", "measure", "department"]
            ),
            *(models.CheckConstraint(name=name, condition=rule) for name, rule in RULES),
        ]
        indexes: ClassVar = [
            models.Index(fields=["department", "status", "-id"], name="measure_task_by_department"),
            models.Index(
                fields=["id"],
                name="running_measure_tasks",
                condition=Q(status__in=["open", "not-applied", "applied", "offered"]),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def in_department(self) -> tuple[int, str]:
        """The body that carries the measure out."""
        return self.department_id, self.department.code

    def person_keys(self) -> list[bytes]:
        """Keys of the person whose record it rests on."""
        return self.record.person_keys()

    @property
    def reward(self) -> bool:
        """激励."""
        return self.sign == Sign.REWARD
