"""确认规则: with the text, by a legal officer and another; then, and not before, it drives what it may."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction

from daoli_credit.audit.models import Event
from daoli_credit.law import loader, overlay, pack
from daoli_credit.law.entries import entry
from daoli_credit.law.models import Overlay
from daoli_credit.law.pack import Status
from daoli_credit.rulepack.models import RuleChange, RuleText
from daoli_credit.rulepack.models.change import Action, G
from daoli_credit.rulepack.workflows import changing
from daoli_credit.workflow import AlreadyDone, RuleBroken, WrongState
from tests import make_rules
from tests.cast import Cast, browser
from tests.make_rules import PDF, READ

CATALOGUE = ("bases", "national-catalogue-2024")
ADDRESS = "/desk/rules/bases/national-catalogue-2024/confirm/"


@pytest.fixture(autouse=True)
def edition(db: None) -> None:
    loader.load("2026-11")


def _digest() -> str:
    return entry(pack.current(), *CATALOGUE).digest


def _body(**more: object) -> dict[str, object]:
    return {"seen": _digest(), "reason": READ, "text": SimpleUploadedFile("条文.pdf", PDF), **more}


def test_a_proposal_alone_opens_nothing(cast: Cast) -> None:
    make_rules.proposed(cast, Action.CONFIRM, *CATALOGUE)
    assert pack.current().basis(CATALOGUE[1]).status is Status.TO_CONFIRM
    assert not Overlay.objects.exists()


def test_the_second_person_opens_the_adverse_path_at_once(cast: Cast) -> None:
    item = pack.current().item("penalty-food")
    assert not pack.current().may(item, "adverse")
    make_rules.firm(cast, "items", "penalty-food")
    assert pack.current().may(pack.current().item("penalty-food"), "adverse")
    assert not pack.current().may(pack.current().item("penalty-drug"), "adverse")


def test_a_confirmation_stands_after_the_pack_is_loaded_again(cast: Cast) -> None:
    make_rules.agreed(cast, Action.CONFIRM, *CATALOGUE)
    loader.load("demo-2026")
    loader.load("2026-11")
    assert pack.current().basis(CATALOGUE[1]).status is Status.CONFIRMED


def test_every_step_leaves_its_event_and_the_overlay_says_who_and_what_text(cast: Cast) -> None:
    change = make_rules.agreed(cast, Action.CONFIRM, *CATALOGUE)
    acts = list(Event.objects.filter(noun="rulechange", object_id=str(change.pk)).values_list("act", flat=True))
    assert sorted(acts) == ["rule.agreed", "rule.proposed"]
    word = Overlay.objects.get()
    assert (word.by, word.second_by) == (cast.legal.username, cast.supervisor.username)
    assert word.document_digest == change.text.digest
    assert word.reason.startswith(change.number)


def test_the_proposer_is_told(cast: Cast) -> None:
    make_rules.agreed(cast, Action.CONFIRM, *CATALOGUE)
    from daoli_credit.accounts import messages  # noqa: PLC0415  only this test reads letters

    (letter,) = messages.of(cast.legal)
    assert "已由第二人同意" in messages.text(letter)


def test_nobody_agrees_to_the_own_proposal(cast: Cast) -> None:
    from daoli_credit.accounts import roles  # noqa: PLC0415  both duties in one hand

    change = make_rules.proposed(cast, Action.CONFIRM, *CATALOGUE)
    office = change.department
    roles.grant(cast.legal, office, "supervisor")
    with pytest.raises(RuleBroken, match="由另一人"):
        changing.agree(change_id=change.pk, actor=cast.legal)
    with pytest.raises(IntegrityError, match="a_rule_change_needs_two_persons"), transaction.atomic():
        _sql(change, "decided_by_id = proposed_by_id, decided_on = proposed_on, status = 'agreed'")


def test_only_a_legal_officer_proposes_and_only_the_second_person_agrees(cast: Cast) -> None:
    for actor in (cast.clerk, cast.supervisor, cast.system_officer, cast.citizen):
        with pytest.raises(PermissionDenied):
            changing.propose(
                action=Action.SUSPEND, kind="bases", code="penalty-law", seen="", reason="因故", actor=actor
            )
    change = make_rules.proposed(cast, Action.CONFIRM, *CATALOGUE)
    for actor in (cast.clerk, cast.legal, cast.operator, cast.security_officer):
        with pytest.raises(PermissionDenied):
            changing.agree(change_id=change.pk, actor=actor)


def test_a_double_click_is_a_success_for_both(cast: Cast) -> None:
    change = make_rules.proposed(cast, Action.CONFIRM, *CATALOGUE)
    with pytest.raises(AlreadyDone):
        make_rules.proposed(cast, Action.CONFIRM, *CATALOGUE)
    changing.agree(change_id=change.pk, actor=cast.supervisor)
    with pytest.raises(AlreadyDone):
        changing.agree(change_id=change.pk, actor=cast.supervisor)
    assert Overlay.objects.count() == RuleChange.objects.count() == 1
    with pytest.raises(WrongState):
        changing.refuse(change_id=change.pk, actor=cast.supervisor, opinion="迟了")


def test_what_was_rewritten_since_is_not_agreed_to(cast: Cast) -> None:
    change = make_rules.proposed(cast, Action.CONFIRM, "limits", "defence-general")
    loader.load("demo-2026")  # the demo writes this limit anew
    with pytest.raises(RuleBroken, match="改写了"):
        changing.agree(change_id=change.pk, actor=cast.supervisor)
    assert not Overlay.objects.exists()


def test_refusing_needs_a_reason_and_leaves_the_rule_alone(cast: Cast) -> None:
    change = make_rules.proposed(cast, Action.CONFIRM, *CATALOGUE)
    with pytest.raises(RuleBroken, match="写明意见"):
        changing.refuse(change_id=change.pk, actor=cast.supervisor, opinion=" ")
    assert changing.refuse(change_id=change.pk, actor=cast.supervisor, opinion="附件缺第三条").status == G.REFUSED
    assert pack.current().basis(CATALOGUE[1]).status is Status.TO_CONFIRM
    make_rules.proposed(cast, Action.CONFIRM, *CATALOGUE)  # and may be proposed again


def test_no_basis_and_what_is_firm_already_are_not_confirmed(cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="没有依据，确认不了"):
        make_rules.proposed(cast, Action.CONFIRM, "items", "penalty-traffic")
    with pytest.raises(RuleBroken, match="不用再确认"):
        make_rules.proposed(cast, Action.CONFIRM, "bases", "penalty-law")


def test_by_post_the_officer_proposes_and_the_head_agrees(cast: Cast) -> None:
    answer = browser(cast.legal).post(ADDRESS, _body())
    assert (answer.status_code, answer["Location"]) == (302, "/rules/bases/national-catalogue-2024/")
    change = RuleChange.objects.get()
    head = browser(cast.supervisor)
    page = head.get(f"/desk/rules/changes/{change.number}/").content.decode()
    assert READ in page
    assert "条文.pdf" in page
    kept = head.get(f"/desk/rules/changes/{change.number}/text/")
    assert kept.content == PDF
    assert kept["Content-Disposition"].startswith("attachment")
    assert kept["X-Content-Type-Options"] == "nosniff"
    agreed = head.post(f"/desk/rules/changes/{change.number}/agree/", {"seen": change.revision})
    assert agreed.status_code == 302
    assert pack.current().basis(CATALOGUE[1]).status is Status.CONFIRMED


@pytest.mark.parametrize(
    ("file", "says"),
    [
        (None, "请附上您核对过的条文"),
        (SimpleUploadedFile("条文.pdf", b"MZ\x90\x00"), "只收 PDF、PNG、JPEG"),
        (SimpleUploadedFile("条文.pdf", b"<html><script>1</script>"), "只收 PDF、PNG、JPEG"),
        (SimpleUploadedFile("条文.pdf", PDF[:-8]), "文件不完整"),
        (SimpleUploadedFile("条文.pdf", b""), "空的"),
    ],
)
def test_a_bad_text_is_refused_in_words_and_nothing_is_kept(
    cast: Cast, file: SimpleUploadedFile | None, says: str
) -> None:
    body = {"seen": _digest(), "reason": READ, **({"text": file} if file else {})}
    answer = browser(cast.legal).post(ADDRESS, body)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert READ in answer.content.decode()
    assert not RuleChange.objects.exists()
    assert not RuleText.objects.exists()


def test_too_large_a_text_and_somebodys_number_are_refused(cast: Cast) -> None:
    large = SimpleUploadedFile("条文.pdf", PDF[:-6] + b"0" * (10 * 1024 * 1024) + b"%%EOF")
    answer = browser(cast.legal).post(ADDRESS, _body(text=large))
    assert answer.status_code == 422
    assert "超过 10 MB" in answer.content.decode()
    answer = browser(cast.legal).post(ADDRESS, _body(reason="请问 999999198803120028"))
    assert answer.status_code == 422
    assert "不要写证件号码" in answer.content.decode()


def test_an_old_page_does_not_propose_what_it_did_not_show(cast: Cast) -> None:
    answer = browser(cast.legal).post(ADDRESS, _body(seen="0" * 32))
    assert answer.status_code == 422
    assert "改写了" in answer.content.decode()


def test_the_text_lies_sealed(cast: Cast) -> None:
    change = make_rules.proposed(cast, Action.CONFIRM, *CATALOGUE)
    assert PDF not in bytes(change.text.envelope)


def _sql(change: RuleChange, what: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE rulepack_rulechange SET {what} WHERE id = %s", [change.pk])  # noqa: S608  our own words


def test_the_database_confirms_nothing_without_its_text(cast: Cast) -> None:
    change = RuleChange.objects.create(
        number="GB2026-999999", action=Action.CONFIRM, kind="bases", code="x", title="x", edition="x",
        row_digest="x", reason="x", proposed_by=cast.legal, proposed_on="2026-11-01",
        department=cast.market,
    )  # fmt: skip
    decided = f"status = 'agreed', decided_by_id = {cast.supervisor.pk}, decided_on = proposed_on"
    with pytest.raises(IntegrityError, match="没有附条文"), transaction.atomic():
        _sql(change, decided)


@pytest.mark.parametrize("what", ["reason = 'y'", "row_digest = 'y'", "code = 'y'", "proposed_on = '2020-01-01'"])
def test_the_database_keeps_what_was_proposed(cast: Cast, what: str) -> None:
    change = make_rules.proposed(cast, Action.CONFIRM, *CATALOGUE)
    with pytest.raises(IntegrityError, match="不能改写"), transaction.atomic():
        _sql(change, what)
    with pytest.raises(IntegrityError, match="不能删除"), transaction.atomic():
        RuleChange.objects.filter(pk=change.pk)._raw_delete("default")
    with pytest.raises(IntegrityError, match="不能改写"), transaction.atomic():
        RuleText.objects.update(digest="0" * 64)


def test_the_database_keeps_every_word_of_the_office(cast: Cast) -> None:
    make_rules.agreed(cast, Action.CONFIRM, *CATALOGUE)
    for spoil in (lambda: Overlay.objects.update(action="suspend"), lambda: Overlay.objects.all().delete()):
        with pytest.raises(IntegrityError, match="只增不改"), transaction.atomic():
            spoil()
    row = entry(pack.current(), "bases", "penalty-law")
    with pytest.raises(IntegrityError, match="law_overlay_does_a_known_thing"), transaction.atomic():
        overlay.say("forget", row, by="a", second_by="b", reason="x")
    with pytest.raises(IntegrityError, match="law_overlay_says_who_and_why"), transaction.atomic():
        overlay.say("suspend", row, by="", second_by="b", reason="x")


def test_a_good_text_beside_a_bad_reason_is_to_be_chosen_again_and_the_form_says_so(cast: Cast) -> None:
    page = browser(cast.legal).post(ADDRESS, _body(reason="")).content.decode()
    assert "请写明核对情况和理由" in page
    assert "请再选一次" in page
    assert not RuleChange.objects.exists()


def test_what_was_refused_leads_its_legal_officer_to_proposing_again(cast: Cast) -> None:
    change = make_rules.proposed(cast, Action.CONFIRM, *CATALOGUE)
    there = f"/desk/rules/changes/{change.number}/"
    number = browser(cast.supervisor).post(f"{there}refuse/", {"opinion": "请打 13800138000", "seen": change.revision})
    assert "请打 13800138000" in number.content.decode()
    browser(cast.supervisor).post(f"{there}refuse/", {"opinion": "附件缺第三条", "seen": change.revision})
    page = browser(cast.legal).get(there).content.decode()
    assert "附件缺第三条" in page
    assert f'href="{ADDRESS}"' in page
    assert f'href="{ADDRESS}"' not in browser(cast.supervisor).get(there).content.decode()
