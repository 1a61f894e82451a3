"""卷宗原件: the scans of a case as the bureau made, served and received them; sealed, never replaced."""

import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models

from daoli_credit import sealed
from daoli_credit.accounts.models import User
from incentives.models.listing import Listing
from records.models.attachment import Format


class ScanOf(models.TextChoices):
    """是哪一件."""

    GROUND = "ground", "依据的文书"
    NOTICE = "notice", "告知书"
    NOTICE_PROOF = "notice-proof", "告知送达证明"
    CONFIRMATION = "confirmation", "送达地址、电子送达确认书"
    DEFENCE = "defence", "当事人提交的材料"
    HEARING = "hearing", "听证笔录"
    DISCUSSION = "discussion", "集体讨论记录"
    HIGHER = "higher", "上级同意文书"
    DECISION = "decision", "列入决定书"
    DECISION_PROOF = "decision-proof", "决定送达证明"
    OTHER = "other", "其他材料"


# 当事人可以查阅、复制的: what was made about them, sent to them or said by them; not what the office discussed inside.
FOR_THE_PERSON = (
    ScanOf.GROUND, ScanOf.NOTICE, ScanOf.NOTICE_PROOF, ScanOf.CONFIRMATION, ScanOf.DEFENCE, ScanOf.HEARING,
    ScanOf.DECISION, ScanOf.DECISION_PROOF,
)  # fmt: skip


class ListingPapers(models.QuerySet["ListingPaper"]):
    """The ways in. Nothing here reads the bytes."""

    def of_case(self, listing: Listing) -> Self:
        """一件案件的原件, for whoever may see the case."""
        return self.filter(listing=listing).defer("envelope")

    def visible_to(self, user: User) -> Self:
        """本单位可见: with its case, and gone with it."""
        return self.filter(listing__in=Listing.objects.visible_to(user)).defer("envelope")

    def about(self, keys: list[bytes]) -> Self:
        """本人可以查阅的, from the notice on, also after the end."""
        return self.filter(listing__in=Listing.objects.about(keys), of__in=FOR_THE_PERSON).defer("envelope")


class ListingPaper(models.Model):
    """卷宗里一件原件. The name that the file had is not kept: people write names and numbers into it."""

    listing = models.ForeignKey(Listing, models.PROTECT, related_name="scans", verbose_name="案件")
    token = models.UUIDField("编号", default=uuid.uuid4, unique=True, editable=False)
    of = models.CharField("是哪一件", max_length=16, choices=ScanOf)
    format = models.CharField("格式", max_length=4, choices=Format)
    size = models.PositiveIntegerField("大小（字节）")
    digest = models.BinaryField("摘要", max_length=32)
    envelope = models.BinaryField("内容（封存）")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="归卷人")
    added_on = models.DateField("归卷日")

    objects: ClassVar[models.Manager["ListingPaper"]] = ListingPapers.as_manager()

    class Meta:
        verbose_name = "卷宗原件"
        verbose_name_plural = "卷宗原件"
        ordering: ClassVar = ["pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_scan_says_what_it_is_and_in_which_format",
                condition=models.Q(of__in=ScanOf.values, format__in=Format.values),
            ),
            models.UniqueConstraint(name="the_same_scan_once_in_a_case", fields=["listing", "digest"]),
        ]

    def __str__(self) -> str:
        return f"{self.get_of_display()}（{self.get_format_display()}）"

    @property
    def kilobytes(self) -> int:
        """大小, for people."""
        return -(-self.size // 1024)


def _context(kept: ListingPaper) -> bytes:
    return b"attachment|" + kept.token.bytes


sealed.register(
    sealed.Envelope("incentives.ListingPaper", "envelope", _context, portion=2),
    sealed.Other("incentives.ListingPaper", "digest", "文件的摘要，不用密钥"),
)
