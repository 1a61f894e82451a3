"""荣誉推荐: nobody before consent, three people, and everything ends by the person's own word."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from pytest_django import Settings

from daoli_credit.accounts.models import Department, Message, User
from daoli_credit.audit.models import Event, LookUp
from daoli_credit.feeds.models import Delivery
from daoli_credit.feeds.workflows import sweeping
from daoli_credit.law import clock, pack
from daoli_credit.workflow import AlreadyDone, RuleBroken, Stale, WrongState
from incentives.models import Nomination
from incentives.models.nomination_status import ITEM_OF, S, Source
from incentives.rules import honour
from incentives.workflows import consenting, honouring, nominating
from records import identity as identities
from records import outgoing
from records.models import CreditRecord, Holding, Revision, Subject
from records.models.revision import Kind
from records.workflows import holding, removals
from tests import make_assessments, make_feeds, make_honours
from tests.cast import Cast, identity


def test_a_nomination_stores_no_person(cast: Cast) -> None:
    before = Subject.objects.count(), LookUp.objects.count(), Message.objects.count()
    made = make_honours.invited()
    row = Nomination.objects.get(pk=made.nomination.pk)
    assert row.subject is None
    assert row.person_keys() == []
    assert (row.status, row.consented_on, row.record_id) == (S.INVITED, None, None)
    assert (Subject.objects.count(), LookUp.objects.count(), Message.objects.count()) == before


def test_of_the_code_only_a_keyed_digest_is_kept(cast: Cast) -> None:
    made = make_honours.invited()
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(n)::text FROM incentives_nomination n")
        (text,) = cursor.fetchone()
    assert made.code not in text
    assert made.code.replace("-", "") not in text


def test_the_five_sources_of_the_plan_and_their_bodies(cast: Cast) -> None:
    today, items = clock.today(), pack.current().items
    assert len(Source.values) == 5
    for source, code in ITEM_OF.items():
        assert items[code].sign == "positive"
        assert items[code].providers
        for body in items[code].providers:
            assert honour.refusal(source, body, on=today) == ""
        assert "不是" in honour.refusal(source, "court", on=today)
    assert honour.sources("youth-league", on=today) == [Source.VOLUNTEER]


def test_another_body_and_another_source_are_refused(cast: Cast) -> None:
    of = make_honours.league()
    with pytest.raises(RuleBroken, match="不是“诚信道德模范”的推荐单位"):
        nominating.nominate(department=of.body, source="model", document=make_honours.document(), actor=of.clerk)
    with pytest.raises(RuleBroken, match="五类来源"):
        nominating.nominate(department=of.body, source="score", document=make_honours.document(), actor=of.clerk)
    with pytest.raises(PermissionDenied):
        nominating.nominate(department=of.body, source="volunteer", document=make_honours.document(), actor=cast.clerk)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"number": " "}, "没有文件的不能推荐"),
        ({"title": "表彰 13800001234 的决定"}, "不写任何人的姓名和号码"),
        ({"ago": -1}, "还没有到"),
        ({"ago": 365 * 4}, "已经届满，不用推荐"),
    ],
)
def test_a_document_that_cannot_carry_it_is_refused(cast: Cast, changes: dict[str, Any], says: str) -> None:
    with pytest.raises(RuleBroken, match=says):
        make_honours.invited(**changes)
    assert not Nomination.objects.exists()


def test_consent_writes_the_person_for_the_first_time_and_publicity_apart(cast: Cast) -> None:
    row = make_honours.consented(cast.citizen)
    assert row.status == S.CONSENTED
    assert cast.citizen.is_person(row.person_keys())
    assert (row.consented_on, row.public_on) == (clock.today(), None)
    assert row.code_digest is None
    other = make_honours.consented(cast.namesake, who=identity("linxiuyun2"), serial=2, public=True)
    assert other.public_on == clock.today()
    said = Event.objects.get(act="honour.consented", object_id=str(row.pk))
    assert said.actor_label == "本人"


def test_nobody_consents_for_another(cast: Cast) -> None:
    made = make_honours.invited()
    for actor, who in ((cast.citizen, "linxiuyun2"), (cast.namesake, "linxiuyun")):
        with pytest.raises(RuleBroken, match="替别人同意不算数"):
            consenting.consent(
                nomination_id=made.nomination.pk, code=made.code, who=identity(who), public=False, actor=actor
            )
    for staff in (make_honours.league().clerk, cast.supervisor, User.objects.system()):
        with pytest.raises((PermissionDenied, RuleBroken)):
            consenting.consent(
                nomination_id=made.nomination.pk, code=made.code, who=identity("linxiuyun"), public=False, actor=staff
            )
    assert not Subject.objects.exists()


def test_a_refusal_writes_down_nobody(cast: Cast) -> None:
    made = make_honours.invited()
    row = consenting.refuse(nomination_id=made.nomination.pk, code=made.code, actor=cast.citizen)
    assert (row.status, row.subject, row.consented_on) == (S.REFUSED, None, None)
    event = Event.objects.get(act="honour.refused")
    assert (event.actor_id, event.actor_label) == ("invited", "受邀人")
    assert not Event.objects.filter(actor_id=cast.citizen.audit_id).exists()
    assert not LookUp.objects.exists()
    with pytest.raises(consenting.NoSuchInvitation):
        consenting.invited(made.code)


def test_a_code_is_good_once_in_its_time_and_until_it_is_replaced(cast: Cast) -> None:
    made = make_honours.invited()
    assert consenting.invited(made.code.lower().replace("-", " ")).pk == made.nomination.pk
    again = nominating.reissue(nomination_id=made.nomination.pk, actor=make_honours.league().clerk)
    with pytest.raises(consenting.NoSuchInvitation):
        consenting.invited(made.code)
    with pytest.raises(WrongState, match="失效"):
        consenting.refuse(nomination_id=made.nomination.pk, code=made.code, actor=cast.citizen)
    with (
        clock.at(again.nomination.good_until + timedelta(days=1)),
        pytest.raises(consenting.NoSuchInvitation),
    ):
        consenting.invited(again.code)
    with clock.at(again.nomination.good_until):
        assert consenting.invited(again.code)
    consenting.consent(
        nomination_id=made.nomination.pk, code=again.code, who=identity("linxiuyun"), public=False, actor=cast.citizen
    )
    with pytest.raises(consenting.NoSuchInvitation):
        consenting.invited(again.code)


def test_the_same_document_twice_for_one_person_is_refused_in_words(cast: Cast) -> None:
    make_honours.consented(cast.citizen)
    made = make_honours.invited()
    with pytest.raises(RuleBroken, match="已经同意过一次"):
        consenting.consent(
            nomination_id=made.nomination.pk,
            code=made.code,
            who=identity("linxiuyun"),
            public=False,
            actor=cast.citizen,
        )


def test_nominator_verifier_and_decider_are_three(cast: Cast) -> None:
    of = make_honours.league()
    from daoli_credit.accounts import roles  # noqa: PLC0415

    for person in (of.clerk, of.verifier):
        for role in ("clerk", "reviewer", "decider"):
            roles.grant(person, of.body, role)
    row = make_honours.consented(cast.citizen)
    clerk, verifier = User.objects.get(pk=of.clerk.pk), User.objects.get(pk=of.verifier.pk)
    with pytest.raises(RuleBroken, match="核实人不能是推荐人"):
        honouring.verify(nomination_id=row.pk, actor=clerk, opinion="一致")
    honouring.verify(nomination_id=row.pk, actor=verifier, opinion="一致")
    for person in (clerk, verifier):
        with pytest.raises(RuleBroken, match="决定人不能是"):
            honouring.decide(nomination_id=row.pk, actor=person, opinion="同意", document="哈里团荣〔2026〕1号")
    assert honouring.decide(nomination_id=row.pk, actor=of.decider, opinion="同意", document="哈里团荣〔2026〕1号")


def test_it_becomes_a_record_with_a_term_and_the_consent_in_it(cast: Cast) -> None:
    row = make_honours.effective(cast.citizen)
    record = CreditRecord.objects.get(nominations=row)
    assert (record.status, record.item_id, record.severity) == ("effective", "honour-volunteer", "")
    assert record.document_number == row.document_number
    assert record.content["consent_scope"] == ["归集", "政务共享"]
    assert record.use_until is not None
    assert record.use_until <= row.determined_on + timedelta(days=366 * 2)
    assert record.public_until is None
    assert (record.service, record.served_on) == ("direct", clock.today())
    titles = set(Message.objects.filter(person_key__in=row.person_keys()).values_list("title", flat=True))
    assert {"登记荣誉决定书", "信用信息记入告知书"} <= titles
    with clock.at(record.use_until + timedelta(days=1)):
        assert not Nomination.objects.honoured().exists()
        assert not Nomination.objects.about(cast.citizen.person_keys()).exists()
        assert not Nomination.objects.visible_to(make_honours.league().clerk).exists()


def test_it_leaves_the_district_only_with_a_consent_of_its_own(cast: Cast) -> None:
    row = make_honours.effective(cast.citizen, public=True)
    assert row.record is not None
    assert "consent" in {stop.code for stop in outgoing.refusals(row.record)}
    assert not outgoing.ready().filter(record=row.record).exists()


def test_withdrawing_ends_the_record_everywhere_at_once_and_calls_every_copy_back(
    cast: Cast, settings: Settings, tmp_path: Path
) -> None:
    settings.EVIDENCE_DIR = tmp_path / "evidence"
    make_assessments.feed(make_feeds.CHANNEL.code)
    row = make_honours.effective(cast.citizen)
    assert row.record is not None
    assert sweeping.sweep(make_feeds.CHANNEL) == 0
    # somebody holds a copy all the same, however it came there
    holding.taken(record_id=row.record.pk, recipient="hlj", title=make_feeds.CHANNEL.title, revision=1)
    gone = consenting.withdraw(nomination_id=row.pk, actor=cast.citizen)
    record = CreditRecord.objects.get(nominations=row)
    assert (gone.status, record.status, record.end_kind, record.ended_on) == (
        S.WITHDRAWN, "ended", "consent-withdrawn", clock.today(),
    )  # fmt: skip
    last = Revision.objects.filter(record=record).order_by("-number").first()
    assert last is not None
    assert last.kind == Kind.ENDED
    removals.journal()
    assert sweeping.sweep(make_feeds.CHANNEL) == 1
    assert Delivery.objects.get(record=record).revision == last
    assert Holding.objects.get(record=record).gone_at is None
    assert not Nomination.objects.honoured().exists()
    assert not Nomination.objects.visible_to(make_honours.league().clerk).exists()
    assert not Nomination.objects.about(cast.citizen.person_keys()).exists()
    with pytest.raises(AlreadyDone):
        consenting.withdraw(nomination_id=row.pk, actor=cast.citizen)


@pytest.mark.parametrize("stage", ["consented", "verified", "decided"])
def test_withdrawing_before_there_is_a_record_forgets_who_it_was(cast: Cast, stage: str) -> None:
    row = getattr(make_honours, stage)(cast.citizen)
    assert Subject.objects.exists()
    gone = consenting.withdraw(nomination_id=row.pk, actor=cast.citizen)
    assert (gone.status, gone.subject) == (S.WITHDRAWN, None)
    assert not Subject.objects.exists()
    assert Message.objects.get(title="撤回同意的回执").person_key is not None


def test_withdrawing_publicity_only_keeps_the_honour(cast: Cast) -> None:
    row = make_honours.effective(cast.citizen, public=True)
    with pytest.raises(WrongState):
        consenting.hide(nomination_id=row.pk, actor=cast.namesake)
    hidden = consenting.hide(nomination_id=row.pk, actor=cast.citizen)
    assert (hidden.status, hidden.agrees_to_publicity, hidden.public_ended_on) == (S.EFFECTIVE, False, clock.today())
    assert Nomination.objects.honoured().filter(pk=row.pk).exists()
    consenting.hide(nomination_id=row.pk, actor=cast.citizen)
    assert Event.objects.filter(act="honour.publicity-ended").count() == 1


def test_only_the_person_withdraws(cast: Cast) -> None:
    row = make_honours.effective(cast.citizen)
    of = make_honours.league()
    for actor in (cast.namesake, of.clerk, of.verifier, of.decider, cast.supervisor):
        with pytest.raises(PermissionDenied):
            consenting.withdraw(nomination_id=row.pk, actor=actor)


def test_a_nomination_is_dropped_with_reasons_at_every_step_and_the_person_forgotten(cast: Cast) -> None:
    of = make_honours.league()
    calls = [
        (make_honours.consented, nominating.drop, of.clerk),
        (make_honours.consented, honouring.reject, of.verifier),
        (make_honours.verified, nominating.drop, of.clerk),
        (make_honours.verified, honouring.decline, of.decider),
        (make_honours.decided, honouring.decline, of.decider),
    ]
    for serial, (stage, act, actor) in enumerate(calls, 11):
        row = stage(cast.citizen, serial=serial)
        with pytest.raises(RuleBroken, match="要写明意见"):
            act(nomination_id=row.pk, actor=actor, opinion=" ")
        gone = act(nomination_id=row.pk, actor=actor, opinion="文件里没有这一项。")
        assert (gone.status, gone.subject, gone.dropped_by) == (S.DROPPED, None, actor)
        assert not Subject.objects.exists()
    assert Message.objects.filter(title="不予登记通知").count() == len(calls)
    empty = make_honours.invited(20)
    assert nominating.drop(nomination_id=empty.nomination.pk, actor=of.clerk, opinion="发错了").status == S.DROPPED


def test_a_subject_with_other_records_stays(cast: Cast) -> None:
    first = make_honours.effective(cast.citizen)
    second = make_honours.consented(cast.citizen, serial=2)
    consenting.withdraw(nomination_id=second.pk, actor=cast.citizen)
    assert first.subject is not None
    assert Subject.objects.filter(pk=first.subject.pk).exists()
    assert identities.find(identity("linxiuyun").id_number) is not None


def test_a_revoked_honour_is_ended_with_its_document(cast: Cast) -> None:
    row, of = make_honours.effective(cast.citizen), make_honours.league()
    with pytest.raises(RuleBroken, match="文号"):
        honouring.annul(nomination_id=row.pk, actor=of.decider, opinion="表彰决定已撤销。", document=" ")
    with pytest.raises(PermissionDenied):
        honouring.annul(nomination_id=row.pk, actor=of.clerk, opinion="撤销", document="哈里团发〔2026〕9号")
    gone = honouring.annul(
        nomination_id=row.pk, actor=of.decider, opinion="表彰决定已撤销。", document="哈里团发〔2026〕9号"
    )
    record = CreditRecord.objects.get(nominations=row)
    assert (gone.status, record.end_kind) == (S.ANNULLED, "honour-revoked")
    assert Message.objects.filter(title="荣誉登记终止通知").count() == 1


def test_a_stale_page_and_a_double_click(cast: Cast) -> None:
    row, of = make_honours.consented(cast.citizen), make_honours.league()
    with pytest.raises(Stale):
        honouring.verify(nomination_id=row.pk, actor=of.verifier, opinion="一致", seen=row.revision - 1)
    honouring.verify(nomination_id=row.pk, actor=of.verifier, opinion="一致", seen=row.revision)
    with pytest.raises(AlreadyDone):
        honouring.verify(nomination_id=row.pk, actor=of.verifier, opinion="一致")


def test_another_department_sees_nothing_of_it(cast: Cast) -> None:
    make_honours.effective(cast.citizen)
    for user in (cast.clerk, cast.reviewer, cast.decider, cast.supervisor, cast.operator, cast.audit_officer):
        assert not Nomination.objects.visible_to(user).exists()
    assert Department.objects.get(code="youth-league")
