"""存证的行：事件、查询记录、封存。只读给应用看；写入走 events.py 和 sealer.py，表与触发器在 sql/。"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from daoli_credit import sealed


class Event(models.Model):
    """事件: one act that was done. Ids, codes and the officer's label only; no name, number or content of a subject."""

    id = models.BigAutoField("编号", primary_key=True)
    at = models.DateTimeField("数据库时间", db_default=Now())
    day = models.DateField("业务日")
    actor_id = models.TextField("经手人编号")
    actor_label = models.TextField("经手人")
    department = models.TextField("部门代码", blank=True)
    act = models.TextField("行为代码")
    noun = models.TextField("对象种类")
    object_id = models.TextField("对象编号")
    from_status = models.TextField("原状态", blank=True)
    to_status = models.TextField("新状态", blank=True)
    opinion = models.TextField("意见", max_length=500, blank=True)
    revision = models.IntegerField("版本", null=True)
    count = models.IntegerField("数量", default=1)
    root = models.BinaryField("批量根", null=True)
    leaf = models.BinaryField("叶子", db_default=models.Value(b""))

    class Meta:
        db_table = "audit_event"
        verbose_name = verbose_name_plural = "事件"
        indexes = (models.Index(fields=["noun", "object_id", "id"], name="audit_event_object"),)

    def __str__(self) -> str:
        return f"事件 {self.pk} {self.act} {self.noun}:{self.object_id}"


class LookUp(models.Model):
    """查询记录: who looked at whom, for which matter and case, and what was shown; an outcome is a second row."""

    class Kind(models.TextChoices):
        LOOK = "look", "查询"
        OWN = "own", "本人查看"
        OUTCOME = "outcome", "结果"

    id = models.BigAutoField("编号", primary_key=True)
    at = models.DateTimeField("数据库时间", db_default=Now())
    day = models.DateField("业务日")
    kind = models.TextField("种类", choices=Kind)
    ref = models.BigIntegerField("所属查询", null=True)
    actor_id = models.TextField("查询人编号")
    actor_label = models.TextField("查询人")
    department = models.TextField("部门代码", blank=True)
    person_key = models.BinaryField("人员键")
    matter = models.TextField("应用事项代码", blank=True)
    case_number = models.TextField("办件编号", blank=True)
    purpose = models.TextField("用途", blank=True)
    shown = ArrayField(models.TextField(), verbose_name="所示内容代码", default=list)
    result = models.TextField("结果代码", blank=True)
    leaf = models.BinaryField("叶子", db_default=models.Value(b""))

    class Meta:
        db_table = "audit_lookup"
        verbose_name = verbose_name_plural = "查询记录"
        indexes = (
            models.Index("person_key", models.F("id").desc(), name="audit_lookup_person"),
            models.Index(fields=["actor_id", "at"], name="audit_lookup_actor"),
        )

    def __str__(self) -> str:
        return f"查询记录 {self.pk} {self.get_kind_display()}"


class Seal(models.Model):
    """封存: one batch of leaves under one Merkle root, chained to the seal before it."""

    id = models.BigIntegerField("编号", primary_key=True)
    previous = models.BinaryField("前一链值", unique=True)
    root = models.BinaryField("根")
    count = models.IntegerField("叶数")
    first_at = models.DateTimeField("最早")
    last_at = models.DateTimeField("最晚")
    sealed_at = models.DateTimeField("封存时间")
    chain = models.BinaryField("链值")

    class Meta:
        db_table = "audit_seal"
        verbose_name = verbose_name_plural = "封存"

    def __str__(self) -> str:
        return f"封存 {self.pk}（{self.count} 条）"


class Verification(models.Model):
    """一次核验: asked for on the page or by the timetable, run by a worker; what it said, and to whom it was said."""

    asked_at = models.DateTimeField("提出时间", db_default=Now())
    asked_by_id = models.TextField("提出人编号")
    asked_by = models.TextField("提出人")
    begun_at = models.DateTimeField("开始时间", null=True)
    ended_at = models.DateTimeField("结束时间", null=True)
    faults = models.IntegerField("不符处数", null=True)
    lines = models.JSONField("逐项结论", default=list)

    class Meta:
        db_table = "audit_verification"
        verbose_name = verbose_name_plural = "存证核验"
        default_permissions = ()
        constraints = (
            models.CheckConstraint(
                name="a_verification_ends_with_a_result",
                condition=models.Q(ended_at__isnull=True, faults__isnull=True)
                | models.Q(ended_at__isnull=False, faults__gte=0, begun_at__isnull=False),
            ),
            models.UniqueConstraint(
                name="one_verification_at_a_time",
                fields=["ended_at"],
                condition=models.Q(ended_at__isnull=True),
                nulls_distinct=False,
            ),
        )

    def __str__(self) -> str:
        return f"存证核验 {self.pk}"


sealed.register(
    sealed.Other("audit.LookUp", "person_key", "只增不改，用密钥环里每一把密钥去读"),
    *(
        sealed.Other(f"audit.{model}", column, "存证的根、叶子和链值，不用密钥")
        for model, columns in {"Event": "root leaf", "LookUp": "leaf", "Seal": "previous root chain"}.items()
        for column in columns.split()
    ),
)
