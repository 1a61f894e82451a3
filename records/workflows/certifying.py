"""核对销毁证明: each stands in the evidence with its count and the root of its numbers, and none without rows."""

from collections.abc import Iterable, Sequence

from django.db.models import Model

from daoli_credit.audit import merkle
from daoli_credit.audit.models import Event
from daoli_credit.workflow import noun


def faults(act: str, deletion: type[Model], rows: Iterable[tuple[str, Sequence[str]]], *, what: str) -> list[str]:
    """查出的问题, in words. `rows`: the certificate and the numbers of each row, in the order of their deletion."""
    sets: dict[str, list[Sequence[str]]] = {}
    for certificate, numbers in rows:
        sets.setdefault(certificate, []).append(numbers)
    events = {one.object_id: one for one in Event.objects.filter(act=act, noun=noun(deletion))}
    found = [f"存证里的销毁证明 {one} 没有{what}" for one in sorted(set(events) - set(sets))]
    for certificate, its in sorted(sets.items()):
        event = events.get(certificate)
        root = merkle.root_of_values(number for numbers in its for number in numbers)
        if event is None:
            found.append(f"销毁证明 {certificate} 没有存证（或者存证已期满删除）")
        elif event.count != len(its) or bytes(event.root or b"") != root:
            found.append(f"销毁证明 {certificate} 与存证的数量或者摘要不符")
    return found
