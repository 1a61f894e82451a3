"""办理: a table says what may follow what, an act says what it means, and `taking` keeps the books.

`taking` (one row) and, in `workflow_sets`, `taking_many` (a set) and `making_many` (a set that comes into being) are
the only writers of a status in the whole product.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models, transaction

from daoli_credit.audit import events
from daoli_credit.audit.acts import register
from daoli_credit.audit.models import Event
from daoli_credit.law import pack


class Actor(Protocol):
    """办理人: whoever takes a step; accounts.User is one."""

    @property
    def audit_id(self) -> str: ...
    @property
    def audit_label(self) -> str: ...
    @property
    def is_system(self) -> bool: ...
    @property
    def officer(self) -> str: ...
    @property
    def is_citizen(self) -> bool: ...
    def may(self, verb: str, department_id: int) -> bool: ...
    def is_person(self, keys: list[bytes]) -> bool: ...


@dataclass(frozen=True)
class By:
    """由谁办: a department's verb, the person the row is about, one of the three officers, or the system."""

    kind: str
    verb: str = ""


def department(verb: str) -> By:
    """By whoever holds the verb on the row's department."""
    return By("department", verb)


def officer(which: str) -> By:
    """By one of the three officers (三员), who hold no duty in any department."""
    return By("officer", which)


PERSON = By("person")
# 凭码的本人: a signed-in citizen who holds the one-time code of a row that knows nobody yet; the act compares the code
BEARER = By("bearer")
SYSTEM = By("system")


@dataclass(frozen=True)
class Step:
    """一步: act code, its name, from which statuses, to which, by whom, and whether it needs an opinion."""

    act: str
    title: str
    source: frozenset[str]
    target: str
    by: By
    opinion: bool = False

    def __post_init__(self) -> None:
        register(self.act, self.title, duty=self.by.verb)


class WorkflowError(Exception):
    """办理不成: carries a Chinese sentence for the person at the screen."""


class WrongState(WorkflowError):
    """状态不允许 (409)."""


class Stale(WorkflowError):
    """内容已变更 (409): somebody changed the row after it was shown."""


class AlreadyDone(WorkflowError):
    """已办理: the same act by the same actor reached its target before; a double click is a success."""


class RuleBroken(WorkflowError):
    """规则不允许 (422): the law or the house forbids this act now; the sentence says which and until when."""


@contextmanager
def once(constraint: str, says: str) -> Iterator[None]:
    """只有一件: what this unique constraint refuses was done before; any other refusal of the database stays one.

    Raises AlreadyDone with the sentence; IntegrityError when another constraint refused.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as why:
        refused = getattr(getattr(why.__cause__, "diag", None), "constraint_name", None)
        if refused != constraint:
            raise
        raise AlreadyDone(says) from why


class Stepped(models.Model):
    """What `taking` needs of a noun with steps: a status, a revision of its content, and a department."""

    status = models.CharField("状态", max_length=24)
    revision = models.PositiveIntegerField("内容版本", default=1)

    class Meta:
        abstract = True

    @property
    def in_department(self) -> tuple[int, str]:
        """Id and code of the department that the row belongs to."""
        raise TypeError(f"{type(self).__name__} 没有所属部门")

    def department_for(self, verb: str) -> tuple[int, str]:
        """Where the verb is asked for. A row between two departments names the other one for the other's verb."""
        return self.in_department

    def person_keys(self) -> list[bytes]:
        """Keys of the person that the row is about; empty for rows about nobody."""
        return []


Row = TypeVar("Row", bound=Stepped)


def noun(model: type[models.Model]) -> str:
    """The noun's name in evidence."""
    return model._meta.model_name or model.__name__.lower()


def allowed(step: Step, row: Stepped, actor: Actor) -> bool:
    """有权: may this actor take this step on this row, whatever its status?"""
    if step.by.kind == "system":
        return actor.is_system
    if step.by.kind == "person":
        return actor.is_person(row.person_keys())
    if step.by.kind == "bearer":
        return actor.is_citizen
    if step.by.kind == "officer":
        return actor.officer == step.by.verb
    return actor.may(step.by.verb, row.department_for(step.by.verb)[0])


def available(steps: Mapping[str, Step], row: Stepped, actor: Actor) -> dict[str, Step]:
    """可办: the steps for the buttons of a page, from the same table that refuses the POST."""
    return {name: step for name, step in steps.items() if row.status in step.source and allowed(step, row, actor)}


def _done_before(step: Step, row: Stepped, actor: Actor) -> bool:
    if row.status != step.target:
        return False
    last = Event.objects.filter(noun=noun(type(row)), object_id=str(row.pk)).order_by("-id").first()
    return last is not None and last.act == step.act and last.actor_id == actor.audit_id


@contextmanager
def taking(
    step: Step, model: type[Row], pk: Any, *, actor: Actor, opinion: str = "", seen: int | None = None
) -> Iterator[Row]:
    """办一步: locks the row, checks right, status and what the actor saw, runs the body, writes status and evidence.

    The officer's own last look at this case is told what it led to, so that the person reads it in 谁看过.

    `seen` is the revision that the actor had on screen. Everything happens in one transaction or not at all.
    Raises PermissionDenied (403), WrongState or Stale (409), AlreadyDone, RuleBroken, and the model's DoesNotExist.
    """
    pack.look_again()
    with transaction.atomic():
        row: Row = model._default_manager.select_for_update(of=("self",)).get(pk=pk)
        if not allowed(step, row, actor):
            raise PermissionDenied(f"您没有“{step.title}”这项职责")
        if row.status not in step.source:
            if _done_before(step, row, actor):
                raise AlreadyDone(f"“{step.title}”已经办好了")
            raise WrongState(f"这一件现在不能“{step.title}”：状态已经变化，请看最新情况")
        if seen is not None and seen != row.revision:
            raise Stale("内容已变更：您打开之后有人改过，请看过最新内容再办")
        if step.opinion and not opinion.strip():
            raise RuleBroken(f"“{step.title}”要写明意见")
        source = row.status
        yield row
        row.status = step.target
        row.save()
        events.record(
            act=step.act,
            noun=noun(model),
            object_id=str(row.pk),
            actor=actor,
            department=row.department_for(step.by.verb)[1],
            from_status=source,
            to_status=step.target,
            opinion=opinion.strip(),
            revision=row.revision,
        )
        if step.by.kind == "department" and (keys := row.person_keys()):
            numbers = [getattr(row, "number", "")]
            events.led_to(actor=actor, case_numbers=numbers, person_keys=keys, result=step.act)
