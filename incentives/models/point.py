"""要点: each thing that the person said of a case, a row of its own with its own answer.

The words stay where the person wrote them, in the sealed message; a point says from where to where.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from incentives.models.listing import Listing
from incentives.models.papers import Defence


class Outcome(models.TextChoices):
    """怎样回应的."""

    ADOPTED = "adopted", "采纳"
    PARTLY = "partly", "部分采纳"
    NOT_ADOPTED = "not-adopted", "不采纳"
    NO_POINT = "no-point", "不是意见（称呼、落款等）"
    IN_WORDS = "in-words", "见回应原文"  # answered before points were rows


CHOICES = [one for one in Outcome.choices if one[0] != Outcome.IN_WORDS]
ANSWERED = Q(replied_on__isnull=False, outcome__in=Outcome.values) & (~Q(reply="") | Q(outcome="no-point"))


class Point(models.Model):
    """一点意见. Without `defence` it was said at the hearing; without `message` it stands in the hearing's record."""

    listing = models.ForeignKey(Listing, models.PROTECT, related_name="points", verbose_name="案件")
    defence = models.ForeignKey(
        Defence, models.PROTECT, related_name="points", null=True, blank=True, verbose_name="陈述申辩"
    )
    message = models.ForeignKey(
        "accounts.Message", models.PROTECT, related_name="+", null=True, blank=True, verbose_name="消息"
    )
    place = models.PositiveSmallIntegerField("序号")
    begins = models.PositiveIntegerField("从第几个字", default=0)
    ends = models.PositiveIntegerField("到第几个字", null=True, blank=True)
    outcome = models.CharField("怎样回应", max_length=12, choices=Outcome, blank=True, default="")
    reply = models.TextField("理由", blank=True, default="")
    replied_on = models.DateField("回应日", null=True, blank=True)

    class Meta:
        verbose_name = "要点"
        verbose_name_plural = "要点"
        ordering: ClassVar = ["listing", "place"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_point_per_place_in_a_case", fields=["listing", "place"]),
            models.CheckConstraint(
                name="a_point_has_its_place_and_its_words",
                condition=Q(place__gte=1) & (Q(ends__isnull=True) | Q(ends__gt=F("begins"))),
            ),
            models.CheckConstraint(
                name="a_point_is_answered_whole",
                condition=Q(outcome="", reply="", replied_on__isnull=True) | ANSWERED,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.listing} {self.place}"
