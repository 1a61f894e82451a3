"""办一步: `taking`, held to the case's own path and its locks."""

from collections.abc import Iterator
from contextlib import contextmanager

from daoli_credit.accounts.models import User
from daoli_credit.workflow import PERSON, RuleBroken, WrongState, allowed, taking
from incentives.models import Listing
from incentives.models.status import BETWEEN, S
from incentives.rules import gate, route
from incentives.rules.steps import ASIDE, STEPS, on_its_way
from incentives.workflows import case_words


def _refuse_early(name: str, listing_id: int, actor: User) -> None:
    """While the person may still answer, whoever has a later step's duty is told until when and why."""
    step = STEPS[name]
    if step.target not in {*BETWEEN, S.DECIDED} or step.by is PERSON or name == "lapse":
        return
    listing = Listing.objects.select_related("department", "subject").get(pk=listing_id)
    if allowed(step, listing, actor) and (lock := gate.answer(listing)):
        raise RuleBroken(f"现在不能“{step.title}”。{lock.why}")


@contextmanager
def stepping(
    name: str, listing_id: int, *, actor: User, opinion: str = "", seen: int | None = None
) -> Iterator[Listing]:
    """办一步: `taking` with the case's own path and its locks. Raises what `taking` raises."""
    step = STEPS[name]
    _refuse_early(name, listing_id, actor)
    with taking(step, Listing, listing_id, actor=actor, opinion=opinion, seen=seen) as listing:
        if not on_its_way(listing, name):
            coming = route.comes_next(listing)
            raise WrongState(f"还轮不到“{step.title}”：这个名单类型的下一步是“{route.title(listing, coming)}”")
        lock = None if name in ASIDE else gate.before(listing, step.target)
        if lock and step.by is not PERSON:
            raise RuleBroken(f"现在不能“{step.title}”。{lock.why}")
        before = case_words.words(listing)
        yield listing
        case_words.demand(listing, before)
        listing.revision += 1
