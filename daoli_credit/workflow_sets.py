"""成批办理: the two writers of a status for a set, which is done as a whole or not at all, with one event."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction

from daoli_credit.arrays import among, listed, shares
from daoli_credit.audit import events, merkle
from daoli_credit.law import pack
from daoli_credit.workflow import Actor, Row, RuleBroken, Step, WrongState, noun


@contextmanager
def taking_many(
    step: Step,
    rows: models.QuerySet[Row],
    *,
    department: tuple[int, str],
    actor: Actor,
    opinion: str = "",
    about: str = "*",
    facts: Mapping[str, Any] | None = None,
) -> Iterator[list[int]]:
    """办一批: one lock, one update and one event (count and Merkle root of the ids) for a set of one department.

    `about` names the set in evidence, e.g. the number of an import. `facts` is what the step writes alike into every
    row, in the very update that writes the status: a row with fifteen indexes is not written twice. Yields the ids.
    Raises PermissionDenied, and WrongState when a single row is not in a source status: all or none.
    """
    if facts and not facts.keys().isdisjoint({"status", "revision", "department", "department_id"}):
        raise TypeError("状态只由步骤表改写，内容版本和部门不由成批办理改写")
    pack.look_again()
    with transaction.atomic():
        model = rows.model
        mine = actor.is_system if step.by.kind == "system" else actor.may(step.by.verb, department[0])
        if step.by.kind in {"person", "bearer", "officer"} or not mine:
            raise PermissionDenied(f"您没有成批“{step.title}”的职责")
        locked = list(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk", "status", "department_id"))
        if any(owner != department[0] for _, _, owner in locked):
            raise PermissionDenied("这一批里有别的部门的件，整批未办")
        wrong = [status for _, status, _ in locked if status not in step.source]
        if wrong:
            raise WrongState(f"这一批里有 {len(wrong)} 件不能“{step.title}”，整批未办")
        if step.opinion and not opinion.strip():
            raise RuleBroken(f"“{step.title}”要写明意见")
        ids = [pk for pk, _, _ in locked]
        yield ids
        if not ids:
            return
        model._default_manager.filter(pk__in=listed(ids)).update(**(facts or {}), status=step.target)
        events.record(
            act=step.act,
            noun=noun(model),
            object_id=about,
            actor=actor,
            department=department[1],
            from_status="|".join(sorted({status for _, status, _ in locked})),
            to_status=step.target,
            opinion=opinion.strip(),
            count=len(ids),
            root=merkle.root_of_values(ids),
        )


@contextmanager
def making_many(
    step: Step, model: type[Row], ids: Sequence[int], *, department: tuple[int, str], actor: Actor, about: str
) -> Iterator[str]:
    """生成一批: the rows of a set come into being by a step, in its target status, with one event of the whole set.

    The body writes the rows `ids` (which may grow while it does) with the status that is yielded; afterwards every one
    of them must stand so, in the department. Raises PermissionDenied, and WrongState when a row does not stand or
    stands otherwise.
    """
    with transaction.atomic():
        if step.by.kind != "department" or not actor.may(step.by.verb, department[0]):
            raise PermissionDenied(f"您没有成批“{step.title}”的职责")
        yield step.target
        if not ids:
            return
        rows = model._default_manager.filter(status=step.target, department_id=department[0])
        if sum(rows.filter(among(model, some)).count() for some in shares(ids)) != len(ids):
            raise WrongState("这一批没有全部生成，整批未办")
        events.record(
            act=step.act,
            noun=noun(model),
            object_id=about,
            actor=actor,
            department=department[1],
            to_status=step.target,
            count=len(ids),
            root=merkle.root_of_values(ids),
        )
