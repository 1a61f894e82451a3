"""信用主体: a natural person about whom at least one record was entered. No address, no kin, no note, no tag."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from typing import ClassVar

from django.db import connection, models

from daoli_credit import sparse
from daoli_credit.arrays import numbers


class Left(models.TextChoices):
    """退出的原因. Neither is a credit subject any more (记录不再收, 已有的不利记录终止)."""

    NONE = "", "没有退出"
    CAPACITY = "no-capacity", "不具有完全民事行为能力"
    DEATH = "deceased", "已经去世"


class Subject(models.Model):
    """信用主体. Name and numbers lie in one sealed envelope; `records.identity.reveal` alone opens it.

    `same_as` joins two numbers of one person by a decision of two (docs/adr/0050): nothing is moved, so that taking it
    back restores everything. `left_on` says since when the person is no credit subject. Both change by a case only.
    """

    token = models.UUIDField("编号", default=uuid.uuid4, unique=True, editable=False)
    envelope = models.BinaryField("身份（封存）")
    name_tail_key = models.BinaryField("姓名加末六位标识", max_length=34, db_index=True)
    created_at = models.DateTimeField("建立时间", auto_now_add=True)
    same_as = models.ForeignKey(
        "self", models.PROTECT, related_name="joined", null=True, blank=True, verbose_name="认定为同一人"
    )
    has_joined = models.BooleanField("有认定为同一人的", default=False, db_default=False)
    left_on = models.DateField("退出日", null=True, blank=True)
    left_why = models.CharField("退出原因", max_length=12, choices=Left, blank=True, default="", db_default="")

    class Meta:
        verbose_name = "信用主体"
        verbose_name_plural = "信用主体"
        default_permissions = ()

    def __str__(self) -> str:
        return f"信用主体 {self.pk}"

    read_keys: list[bytes] | None = None  # what `read` and `learn` found for a whole set; nothing else fills it

    def person_keys(self) -> list[bytes]:
        """The person keys under every key of the ring, newest first; then those of the same person's other numbers."""
        if self.read_keys is not None:
            return self.read_keys
        own = [bytes(row.digest) for row in sorted(self.key_rows.all(), key=lambda row: -row.key_id)]
        return [*own, *further_keys(own)] if self.same_as_id or self.has_joined else own

    def standing(self) -> "Subject":
        """今后的号码: under which the outside is told of this person."""
        return (self.same_as if self.same_as_id else None) or self

    def family(self) -> models.QuerySet["Subject"]:
        """同一人的全部主体, this one among them."""
        head = self.same_as_id or self.pk
        return Subject.objects.filter(models.Q(pk=head) | models.Q(same_as=head)).order_by("pk")


class SubjectKey(models.Model):
    """个人标识: one row per ring key. Uniqueness on each makes one person one subject, also while keys rotate."""

    subject = models.ForeignKey(Subject, models.CASCADE, db_index=False, related_name="key_rows")
    key_id = models.PositiveSmallIntegerField("密钥号")
    digest = models.BinaryField("个人标识", max_length=34, unique=True)

    class Meta:
        verbose_name = "个人标识"
        verbose_name_plural = "个人标识"
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_person_key_per_ring_key", fields=["subject", "key_id"]),
        ]

    def __str__(self) -> str:
        return f"{self.subject} · 密钥 {self.key_id}"


READ = """
SELECT s.id, s.token, s.envelope, s.same_as_id, s.has_joined, k.key_id, k.digest
FROM records_subject AS s LEFT JOIN records_subjectkey AS k ON k.subject_id = s.id
WHERE s.id = ANY(%s::bigint[])
"""


def read(ids: Iterable[int]) -> dict[int, Subject]:
    """一组主体, by number: their envelopes, and each says its own person keys without asking again."""
    found, own = dict[int, Subject](), defaultdict[int, list[tuple[int, bytes]]](list)
    with connection.cursor() as cursor:
        cursor.execute(READ, [numbers(ids)])
        for pk, token, envelope, same_as, joins, key_id, digest in cursor.fetchall():
            if pk not in found:
                columns = {"id": pk, "token": token, "envelope": envelope, "same_as_id": same_as, "has_joined": joins}
                found[pk] = sparse.row(Subject, columns)
            if digest is not None:
                own[pk].append((key_id, bytes(digest)))
    for pk, one in found.items():
        one.read_keys = _known(one, own[pk])
    return found


KEYS = "SELECT subject_id, key_id, digest FROM records_subjectkey WHERE subject_id = ANY(%s::bigint[])"


def learn(subjects: Iterable[Subject]) -> None:
    """各主体的个人标识, asked once for all of them: each says its own without asking again."""
    found, own = list(subjects), defaultdict[int, list[tuple[int, bytes]]](list)
    with connection.cursor() as cursor:
        cursor.execute(KEYS, [numbers({one.pk for one in found})])
        for pk, key_id, digest in cursor.fetchall():
            own[pk].append((key_id, bytes(digest)))
    for one in found:
        one.read_keys = _known(one, own[one.pk])


def _known(subject: Subject, own: list[tuple[int, bytes]]) -> list[bytes]:
    """Newest first, then those of the same person's other numbers."""
    digests = [digest for _, digest in sorted(own, reverse=True)]
    return [*digests, *further_keys(digests)] if subject.same_as_id or subject.has_joined else digests


def further_keys(keys: Iterable[bytes]) -> list[bytes]:
    """同一人其他号码的个人标识: empty for nearly everybody, asked of the index of keys."""
    known = list(keys)
    rows = SubjectKey.objects.filter(digest__in=known).values_list(
        "subject_id", "subject__same_as_id", "subject__has_joined"
    )
    heads = {head or pk for pk, head, joins in rows if head or joins}
    if not heads:
        return []
    family = models.Q(subject__in=heads) | models.Q(subject__same_as__in=heads)
    others = SubjectKey.objects.filter(family).exclude(digest__in=known).order_by("subject_id", "-key_id")
    return [bytes(digest) for digest in others.values_list("digest", flat=True)]
