"""暂停和恢复: two people; what rested on the row stops at once, everywhere, and comes back as it was."""

from datetime import timedelta

import pytest
from pytest_django import Settings

from daoli_credit.law import clock, loader, pack
from daoli_credit.law.entries import entry
from daoli_credit.law.models import Overlay
from daoli_credit.law.pack import Status
from daoli_credit.rulepack.models.change import Action
from daoli_credit.rulepack.workflows import changing
from daoli_credit.workflow import RuleBroken
from records import outgoing, publicity
from records.workflows import publicity as pages
from records.workflows import record as acts
from tests import make, make_repairs, make_rules
from tests.cast import Cast, assemble, browser

FOOD = ("items", "penalty-food")


def _resume(cast: Cast, kind: str, code: str) -> None:
    make_rules.agreed(cast, Action.RESUME, kind, code)


def test_a_suspended_item_is_neither_submitted_nor_approved(cast: Cast) -> None:
    draft, waiting = make.draft(cast, serial=1), make.submitted(cast, serial=2)
    make_rules.agreed(cast, Action.SUSPEND, *FOOD)
    with pytest.raises(RuleBroken, match=r"已暂停.*/rules/items/penalty-food/"):
        acts.submit(record_id=draft.pk, actor=cast.clerk, seen=draft.revision)
    with pytest.raises(RuleBroken, match=r"已暂停.*/rules/items/penalty-food/"):
        acts.approve(record_id=waiting.pk, actor=cast.reviewer, opinion="", seen=waiting.revision)
    _resume(cast, *FOOD)
    assert acts.submit(record_id=draft.pk, actor=cast.clerk, seen=draft.revision).status == "submitted"


def test_a_suspended_basis_closes_whatever_rests_on_it(cast: Cast) -> None:
    draft = make.draft(cast)
    basis = pack.current().item(FOOD[1]).citations[0].basis
    make_rules.agreed(cast, Action.SUSPEND, "bases", basis.code)
    with pytest.raises(RuleBroken, match="已暂停"):
        acts.submit(record_id=draft.pk, actor=cast.clerk, seen=draft.revision)


def test_what_was_public_and_pushed_is_so_no_more_and_then_again(cast: Cast) -> None:
    record = make_repairs.public(cast)
    pages.open_pages()
    assert publicity.page_of(record) is not None
    pushed = outgoing.ready().filter(record=record).exists()
    make_rules.agreed(cast, Action.SUSPEND, "items", record.item_id)
    assert publicity.page_of(record) is None
    assert not outgoing.ready().filter(record=record).exists()
    assert any("已暂停" in stop.words for stop in outgoing.refusals(record))
    _resume(cast, "items", record.item_id)
    assert publicity.page_of(record) is not None
    assert outgoing.ready().filter(record=record).exists() == pushed


def test_ending_and_withdrawing_go_on_while_a_rule_is_suspended(cast: Cast) -> None:
    record = make.effective(cast)
    make_rules.agreed(cast, Action.SUSPEND, *FOOD)
    assert record.use_until is not None
    from daoli_credit.accounts.models import User  # noqa: PLC0415  the system's act

    with clock.at(record.use_until + timedelta(days=1)):
        assert acts.expire(record_id=record.pk, actor=User.objects.system()).status == "ended"


def test_resuming_brings_back_the_confirmation_that_stood_before(cast: Cast) -> None:
    loader.load("2026-11")
    row = ("bases", "national-catalogue-2024")
    make_rules.agreed(cast, Action.CONFIRM, *row)
    make_rules.agreed(cast, Action.SUSPEND, *row)
    assert entry(pack.current(), *row).own is Status.SUSPENDED
    _resume(cast, *row)
    assert entry(pack.current(), *row).own is Status.CONFIRMED


def test_resuming_what_was_never_confirmed_leaves_it_to_confirm(cast: Cast) -> None:
    loader.load("2026-11")
    row = ("bases", "national-catalogue-2024")
    make_rules.agreed(cast, Action.SUSPEND, *row)
    _resume(cast, *row)
    assert entry(pack.current(), *row).own is Status.TO_CONFIRM


def test_a_suspension_outlives_another_edition_and_a_rewritten_row(cast: Cast) -> None:
    make_rules.agreed(cast, Action.SUSPEND, "limits", "defence-general")
    loader.load("2026-11")
    assert pack.current().limit("defence-general").status is Status.SUSPENDED


def test_only_what_is_suspended_is_resumed_and_nothing_is_suspended_twice(cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="没有暂停"):
        make_rules.proposed(cast, Action.RESUME, *FOOD)
    make_rules.agreed(cast, Action.SUSPEND, *FOOD)
    with pytest.raises(RuleBroken, match="已经暂停"):
        make_rules.proposed(cast, Action.SUSPEND, *FOOD)


def test_one_proposal_at_a_time(cast: Cast) -> None:
    make_rules.proposed(cast, Action.SUSPEND, *FOOD)
    from daoli_credit.accounts import roles  # noqa: PLC0415  a second legal officer

    roles.grant(cast.reviewer, cast.market, "legal")
    with pytest.raises(RuleBroken, match="已有一件等第二人同意"):
        changing.propose(
            action=Action.SUSPEND, kind=FOOD[0], code=FOOD[1], seen=entry(pack.current(), *FOOD).digest,
            reason="我也要暂停", actor=cast.reviewer,
        )  # fmt: skip


def test_by_post_a_suspension_needs_no_text(cast: Cast) -> None:
    seen = entry(pack.current(), *FOOD).digest
    body = {"seen": seen, "reason": "食品安全法修订，待核对"}
    assert browser(cast.legal).post("/desk/rules/items/penalty-food/suspend/", body).status_code == 302
    page = browser(cast.legal).get("/rules/items/penalty-food/").content.decode()
    assert "等第二人同意" in page
    assert "食品安全法修订" not in browser(None).get("/rules/items/penalty-food/").content.decode()


@pytest.mark.usefixtures("committing_db")
def test_every_process_refuses_from_the_next_act_on(settings: Settings) -> None:
    """The other process holds the rules for two seconds; its next act looks again before it judges."""
    cast = assemble()
    draft = make.draft(cast)
    settings.TESTING, settings.DEMO = False, True  # as in `run`: the rules are kept between two looks
    assert pack.may(pack.current().item("penalty-food"), "adverse")
    row = entry(pack.current(), *FOOD)
    # what another process does: the row comes into the database, and nobody tells this process
    Overlay.objects.create(
        kind=row.kind, code=row.code, action="suspend", row_digest=row.digest, by="a", second_by="b", reason="暂停",
        at=clock.now(),
    )  # fmt: skip
    assert pack.may(pack.current().item("penalty-food"), "adverse"), "还在两秒之内，页面可以是旧的"
    with pytest.raises(RuleBroken, match="已暂停"):
        acts.submit(record_id=draft.pk, actor=cast.clerk, seen=draft.revision)


def test_a_visitor_and_the_person_are_not_sent_to_a_door_that_is_not_theirs(cast: Cast) -> None:
    record = make.effective(cast)
    make_rules.agreed(cast, Action.SUSPEND, *FOOD)
    door = "办理入口"
    for user, address in ((None, "/rules/items/penalty-food/"), (cast.citizen, f"/me/records/{record.number}/")):
        page = browser(user).get(address).content.decode()
        assert "推送依据已暂停" in page
        assert door not in page
        assert "由法制审核人员提出" not in page.split("<main")[1].split("</main")[0].replace("办理经过", "")
    assert door in browser(cast.clerk).get(f"/desk/records/{record.number}/").content.decode()


def test_the_list_before_going_live_says_why_a_row_is_suspended(cast: Cast) -> None:
    assert make_rules.READ not in browser(cast.clerk).get("/desk/rules/").content.decode()
    make_rules.agreed(cast, Action.SUSPEND, *FOOD)
    assert f"已暂停：{make_rules.READ}" in browser(cast.clerk).get("/desk/rules/").content.decode()
    _resume(cast, *FOOD)
    assert make_rules.READ not in browser(cast.clerk).get("/desk/rules/").content.decode()
