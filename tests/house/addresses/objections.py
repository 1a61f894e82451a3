"""Objects of the objection pages: market regulation's objections, raised by 林秀云."""

from django.urls import reverse

from records.workflows import objection as acts
from tests import make, make_objections
from tests.cast import Cast


def addresses(cast: Cast) -> dict[str, str]:
    """Name → address of an object of each kind."""
    raised = make_objections.raised(cast, make.effective(cast, serial=61))
    waiting = make_objections.raised(cast, make.effective(cast, serial=62))
    acts.ask(objection_id=waiting.pk, actor=cast.reviewer, opinion="请写明缴款的银行", seen=waiting.revision)
    unmarked = make.effective(cast, serial=63)
    names = (
        "objection",
        "objection-file",
        "objection-ask",
        "objection-extend",
        "objection-answer",
        "me-objection-withdraw",
    )
    return {
        **{name: reverse(name, args=[raised.number]) for name in names},
        **{name: reverse(name, args=[waiting.number]) for name in ("me-objection", "me-objection-supply")},
        **{name: reverse(name, args=[unmarked.number]) for name in ("me-object", "me-statement", "me-statement-end")},
    }
