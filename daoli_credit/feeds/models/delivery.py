"""推送单: one revision owed to one feed. Nothing is deleted; what is no longer owed is settled and says why."""

import uuid
from typing import ClassVar, Self

from django.db import models

from daoli_credit import sealed
from daoli_credit.accounts.models import Department, User
from daoli_credit.feeds.models.feed import Feed
from records.models import CreditRecord, Revision


class State(models.TextChoices):
    """传送状态. Technical, not legal: no right follows from it, and only `feeds.workflows.delivery` writes it."""

    WAITING = "waiting", "待发送"
    SENDING = "sending", "发送中"
    AWAITING = "awaiting", "待回执"
    HELD = "held", "待人工处理"
    CONFIRMED = "confirmed", "已确认"
    SUPERSEDED = "superseded", "已被后来的版本取代"
    UNNEEDED = "unneeded", "无需发送"


UNSETTLED = (State.WAITING, State.SENDING, State.AWAITING, State.HELD)


class Lane(models.TextChoices):
    """通道. Withdrawals are claimed first."""

    WITHDRAWAL = "withdrawal", "撤回"
    ORDINARY = "ordinary", "普通"


class Held(models.TextChoices):
    """待人工处理的原因."""

    NONE = "", "无"
    REJECTED = "rejected", "对方退回"
    EXHAUSTED = "exhausted", "多次重试未成"
    NO_RECEIPT = "no-receipt", "逾期没有回执"
    UNMAPPED = "unmapped", "报文无法生成"
    CONTRADICTION = "contradiction", "前后回执矛盾"


def new_key() -> str:
    """幂等键: chosen once, the same at every resend."""
    return uuid.uuid4().hex


class Deliveries(models.QuerySet["Delivery"]):
    """The way in for pages; the machinery asks by feed and state."""

    def visible_to(self, user: User) -> Self:
        """可见: those who watch the feeds, and the office that supervises; record numbers only, nobody's identity."""
        watches = user.may_anywhere("operate_feeds") or user.may_anywhere("supervise")
        return self if watches else self.none()

    def returned_to(self, user: User) -> Self:
        """退给本部门的: held, and the user's department is the one that has to look at the content."""
        return self.filter(state=State.HELD, held_owner_id__in=user.departments("submit_record"))


class Delivery(models.Model):
    """推送单. The body is sealed when it is first claimed and resent byte for byte."""

    key = models.CharField("幂等键", max_length=32, unique=True, default=new_key, editable=False)
    feed = models.ForeignKey(Feed, models.PROTECT, db_index=False, related_name="deliveries", verbose_name="平台")
    revision = models.ForeignKey(Revision, models.PROTECT, db_index=False, related_name="+", verbose_name="版本")
    record = models.ForeignKey(CreditRecord, models.PROTECT, db_index=False, related_name="+", verbose_name="信用记录")
    number = models.PositiveIntegerField("版本号")
    lane = models.CharField("通道", max_length=12, choices=Lane)
    state = models.CharField("传送状态", max_length=12, choices=State, default=State.WAITING)
    body = models.BinaryField("报文（封存）", null=True)
    digest = models.BinaryField("报文摘要（SHA-256）", max_length=32, null=True)
    attempts = models.PositiveSmallIntegerField("已试次数", default=0)
    package = models.PositiveBigIntegerField("最近一次所在的包", null=True, blank=True)
    not_before = models.DateTimeField("不早于", null=True, blank=True)
    next_try_at = models.DateTimeField("下次尝试", null=True, blank=True)
    lease = models.UUIDField("租约", null=True, blank=True)
    lease_until = models.DateTimeField("租约至", null=True, blank=True)
    answered_at = models.DateTimeField("对方受理时间", null=True, blank=True)
    held_reason = models.CharField("待处理原因", max_length=16, choices=Held, blank=True, default="")
    held_words = models.CharField("说明", max_length=300, blank=True, default="")
    held_owner = models.ForeignKey(Department, models.PROTECT, db_index=False, null=True, blank=True, related_name="+")
    owner_says = models.CharField("部门的答复", max_length=300, blank=True, default="")
    created_at = models.DateTimeField("建立时间")
    settled_at = models.DateTimeField("了结时间", null=True, blank=True)
    body_dropped_at = models.DateTimeField("报文到期清除时间", null=True, blank=True)

    objects: ClassVar[models.Manager["Delivery"]] = Deliveries.as_manager()

    class Meta:
        verbose_name = "推送单"
        verbose_name_plural = "推送单"
        ordering: ClassVar = ["-pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(name="a_revision_is_owed_once_to_a_feed", fields=["revision", "feed"]),
            models.UniqueConstraint(
                name="one_delivery_of_a_record_on_the_wire",
                fields=["feed", "record"],
                condition=models.Q(state="sending"),
            ),
            models.CheckConstraint(name="a_delivery_has_a_known_state", condition=models.Q(state__in=State.values)),
            models.CheckConstraint(
                name="what_is_sent_has_its_stored_bytes",
                condition=~models.Q(state__in=["sending", "awaiting", "confirmed"])
                | models.Q(body__isnull=False, digest__isnull=False)
                | models.Q(state="confirmed", body_dropped_at__isnull=False, digest__isnull=False),
            ),
            models.CheckConstraint(
                name="only_settled_bodies_are_dropped",
                condition=models.Q(body_dropped_at__isnull=True)
                | models.Q(body__isnull=True, settled_at__isnull=False, body_dropped_at__gt=models.F("settled_at")),
            ),
            models.CheckConstraint(
                name="sending_needs_a_lease",
                condition=models.Q(state="sending", lease__isnull=False, lease_until__isnull=False)
                | (~models.Q(state="sending") & models.Q(lease__isnull=True, lease_until__isnull=True)),
            ),
            models.CheckConstraint(
                name="held_says_why_and_whose",
                condition=~models.Q(state="held") | (~models.Q(held_reason="") & models.Q(held_owner__isnull=False)),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["feed", "-lane", "id"],
                name="delivery_unsettled",
                condition=models.Q(state__in=["waiting", "sending", "awaiting", "held"]),
            ),
            # what is due is found without passing what waits for its receipt
            models.Index(fields=["feed", "-lane", "id"], name="delivery_waiting", condition=models.Q(state="waiting")),
            # the record first: it answers for the foreign key too (docs/adr/0028)
            models.Index(fields=["record", "feed", "number"], name="delivery_of_record"),
            models.Index(fields=["held_owner"], name="delivery_held_by", condition=models.Q(held_owner__isnull=False)),
            # bodies whose term is over are found without reading the others
            models.Index(
                fields=["settled_at"],
                name="delivery_body_kept",
                condition=models.Q(body__isnull=False, settled_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.feed_id} {self.revision}"

    @property
    def withdraws(self) -> bool:
        """是撤回."""
        return self.lane == Lane.WITHDRAWAL

    @property
    def may_be_out(self) -> bool:
        """可能已经送出: somebody may have got a copy from this one, whether or not they said so."""
        return self.attempts > 0


sealed.register(sealed.Other("feeds.Delivery", "digest", "报文摘要，不用密钥"))
