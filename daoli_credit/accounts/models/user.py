"""用户: staff, citizens and the one system user."""

import functools
from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models

from daoli_credit import sealed
from daoli_credit.accounts import also_known, held
from daoli_credit.accounts.models.department import Department


class Face(models.TextChoices):
    """哪一面: the shell that a user lives in."""

    STAFF = "staff", "工作人员"
    CITIZEN = "citizen", "市民"
    SYSTEM = "system", "系统"


class Officer(models.TextChoices):
    """三员: one column, so that nobody can hold two."""

    NONE = "", "无"
    SYSTEM = "system", "系统管理员"
    SECURITY = "security", "安全管理员"
    AUDIT = "audit", "审计管理员"


@functools.cache
def _verbs() -> frozenset[str]:
    return frozenset(verb for verb, _ in Department._meta.permissions)


class Users(BaseUserManager["User"]):
    """Users by username; nobody is made a superuser."""

    def create_staff(self, username: str, password: str, **fields: Any) -> "User":
        """工作人员."""
        user = self.model(username=username, face=Face.STAFF, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def citizen(self, *, username: str, person_key: bytes | None, other_keys: Sequence[bytes] = ()) -> "User":
        """市民: made at the first sign-in. Without a verified ID number there is no person key and nothing to see."""
        known = {"face": Face.CITIZEN, "person_key": person_key, "other_keys": list(other_keys)}
        user, made = self.get_or_create(username=username, defaults=known)
        if made:
            user.set_unusable_password()
            user.save(update_fields=["password"])
        if user.person_key is None and person_key is not None:
            user.person_key = person_key
            user.save(update_fields=["person_key"])
        return user

    def system(self) -> "User":
        """系统: acts on time in the person's favour; has no password and cannot sign in."""
        user, made = self.get_or_create(username="system", defaults={"face": Face.SYSTEM, "display_name": "系统"})
        if made:
            user.set_unusable_password()
            user.save(update_fields=["password"])
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """用户. A citizen's row holds no name and no number, only the person key of a verified identity."""

    username = models.CharField("登录名", max_length=80, unique=True)
    face = models.CharField("类别", max_length=8, choices=Face)
    display_name = models.CharField("姓名（工作人员）", max_length=40, blank=True)
    home_department = models.ForeignKey(Department, models.PROTECT, verbose_name="所在部门", null=True, blank=True)
    officer = models.CharField("三员", max_length=8, choices=Officer, blank=True, default="")
    person_key = models.BinaryField("个人标识", max_length=34, null=True, blank=True)
    other_keys = ArrayField(
        models.BinaryField(max_length=34), verbose_name="其他密钥下的个人标识", default=list, blank=True
    )
    is_active = models.BooleanField("在用", default=True)
    must_change_password = models.BooleanField("须先改口令", default=False)
    created_at = models.DateTimeField("建立时间", auto_now_add=True)

    objects: ClassVar[Users] = Users()
    USERNAME_FIELD = "username"

    class Meta:
        verbose_name = "用户"
        verbose_name_plural = "用户"
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(name="nobody_is_superuser", condition=models.Q(is_superuser=False)),
            models.CheckConstraint(name="an_officer_is_staff", condition=models.Q(officer="") | models.Q(face="staff")),
            models.CheckConstraint(
                name="citizens_have_no_name_and_no_department",
                condition=~models.Q(face="citizen") | models.Q(display_name="", home_department__isnull=True),
            ),
            models.CheckConstraint(
                name="only_citizens_have_a_person_key",
                condition=models.Q(person_key__isnull=True) | models.Q(face="citizen"),
            ),
            models.CheckConstraint(
                name="other_keys_stand_beside_a_person_key",
                condition=models.Q(other_keys=[]) | models.Q(person_key__isnull=False),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["person_key"], name="user_by_person_key")]

    def __str__(self) -> str:
        return self.display_name or self.get_face_display()

    @property
    def is_system(self) -> bool:
        """The one that acts on time."""
        return self.face == Face.SYSTEM

    @property
    def is_citizen(self) -> bool:
        """A person by real name, for their own matters."""
        return self.face == Face.CITIZEN and self.person_key is not None

    @property
    def audit_id(self) -> str:
        """Who, in evidence."""
        return f"user:{self.pk}"

    @property
    def audit_label(self) -> str:
        """Who, in words: an official by name, a citizen only as 本人."""
        return "本人" if self.face == Face.CITIZEN else self.display_name

    @property
    def department_code(self) -> str:
        """Where the user belongs, in evidence."""
        return self.home_department.code if self.home_department else ""

    @functools.cached_property
    def _rights(self) -> held.Rights:
        return held.rights(self)

    def departments(self, verb: str) -> frozenset[int]:
        """Departments on which the user holds the verb, asked once per request (the user object lives as long).

        Raises KeyError for a verb that nobody declared.
        """
        if verb not in _verbs():
            raise KeyError(verb)
        return self._rights.get(verb, frozenset())

    def may(self, verb: str, department_id: int) -> bool:
        """Does the user hold the verb on this department, today?"""
        return department_id in self.departments(verb)

    def may_anywhere(self, *verbs: str) -> bool:
        """Does the user hold one of the verbs on any department?"""
        return any(self.departments(verb) for verb in verbs)

    def is_person(self, keys: list[bytes]) -> bool:
        """Is this the person with one of these keys?"""
        return self.face == Face.CITIZEN and any(key in keys for key in self.person_keys())

    def own_keys(self) -> list[bytes]:
        """The citizen's own keys as stored, the current one first; sign-in and rotation refresh them."""
        return [bytes(key) for key in (self.person_key, *self.other_keys) if key is not None]

    def person_keys(self) -> list[bytes]:
        """The same, then those of numbers that two people have found to be the same person's.

        Rows that are never rewritten stand under the key of their day: pages ask with all of these.
        """
        own = self.own_keys()
        return [*own, *also_known.further(own)]


sealed.register(
    sealed.PersonKey("accounts.User", "person_key", former="other_keys"),
    sealed.Other("accounts.User", "other_keys", "以前各把密钥下的标识，换密钥时由 person_key 移来"),
)
