"""Objects of the identity pages and of papers: one case asked, one proposed, one settled; a draft with a scan."""

from django.urls import reverse

from records import sealed_attachments
from records.identity import Identity
from records.models.attachment import Paper
from records.models.identity_case import K
from records.workflows import attaching, identity_opening
from records.workflows import record as records
from tests import make, make_identity
from tests.cast import Cast
from tests.cast import identity as of

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def addresses(cast: Cast) -> dict[str, str]:
    """Name → address of an object of each kind."""
    who = make_identity.second_number("guchanglin", 801)
    other = make_identity.second_number("guchanglin", 803)
    make.effective(cast, who=who, serial=81)
    make.effective(cast, who=other, serial=82)
    asked = identity_opening.ask(
        department=cast.market, claimed=Identity("顾长霖", who.id_type, who.id_number), actor=cast.clerk
    )
    scan = sealed_attachments.prepared(PDF, Paper.PROOF, cast.counter)
    proposed = identity_opening.open_(
        kind=K.DEATH,
        id_number=who.id_number,
        other_number="",
        name="",
        grounds=make_identity.grounds(paper="死亡医学证明"),
        papers=[scan],
        actor=cast.counter,
    )
    settled = make_identity.joined(cast, make_identity.second_number("guchanglin", 805), _third(cast))
    return {
        **{name: reverse(name, args=[asked.number]) for name in ("identity", "identity-propose", "identity-keep")},
        **{
            name: reverse(name, args=[proposed.number])
            for name in ("identity-reveal", "identity-settle", "identity-refuse")
        },
        "identity-undo": reverse("identity-undo", args=[settled.number]),
        "identity-paper": reverse("identity-paper", args=[proposed.number, scan.token]),
        "record-form-keep": reverse("record-form-keep", args=["market-regulation", "penalty-food"]),
        **_papers(cast),
    }


def _third(cast: Cast) -> Identity:
    """Two more numbers of 顾长林, with a record each."""
    one, two = make_identity.second_number("guchanglin", 805), make_identity.second_number("guchanglin", 807)
    make.effective(cast, who=one, serial=83)
    make.effective(cast, who=two, serial=84)
    return two


def _papers(cast: Cast) -> dict[str, str]:
    draft = make.draft(cast, who=of("linxiuyun"), serial=85)
    shown = make.draft(cast, serial=86)
    kept = []
    for record in (draft, shown):
        made = sealed_attachments.prepared(PDF, Paper.DECISION, cast.clerk)
        kept.append(attaching.attach(record_id=record.pk, made=made, actor=cast.clerk, seen=record.revision))
    records.submit(record_id=shown.pk, actor=cast.clerk, seen=2)
    make.opened(shown, cast.reviewer)
    records.approve(record_id=shown.pk, actor=cast.reviewer, opinion="", seen=2)
    return {
        **{name: reverse(name, args=[draft.number]) for name in ("record-attach", "record-detach", "record-discard")},
        "record-paper": reverse("record-paper", args=[draft.number, kept[0].token]),
        "me-attachment": reverse("me-attachment", args=[shown.number, kept[1].token]),
    }
