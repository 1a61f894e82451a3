"""登记: what the court decided is registered once by its liaison, and confirmed by a second person."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from daoli_credit.accounts import messages, roles
from daoli_credit.accounts.models import Department, User
from daoli_credit.audit.opinion import OpinionRefused
from daoli_credit.law import clock, pack
from daoli_credit.workflow import AlreadyDone, RuleBroken, WrongState
from incentives.models import Registration, RegistrationPaper
from incentives.rules import registrable
from incentives.workflows import registering
from incentives.workflows.proposing import NotAsARecord
from records.identity import Identity
from records.models import CreditRecord, Subject
from records.rules.id_number import RESIDENT
from records.sealed_attachments import opened
from tests import make_assessments, make_listing, make_registration
from tests.cast import Cast, identity
from tests.days import TOMORROW, all_dated


@pytest.fixture
def desk(cast: Cast) -> tuple[User, User, User]:
    return make_listing.desk(make_registration.court())


def test_a_confirmed_registration_is_a_record_in_force_and_the_person_is_told(
    cast: Cast, desk: tuple[User, User, User]
) -> None:
    clerk, _, decider = desk
    made = make_registration.confirmed(clerk, decider)
    record = made.record
    assert record is not None
    assert record.item_id == "court-enforcement"
    assert record.is_in_force(clock.today())
    assert (record.entered_by, record.reviewed_by) == (clerk, decider)
    assert record.content["conduct"] == "规避执行"
    assert record.use_until is not None
    assert record.use_until <= clock.today() + timedelta(
        days=730
    )  # two years from the decision, not from the registration
    told = messages.of(cast.citizen)
    titles = [one.title for one in told]
    assert titles.count("名单登记告知书") == 1
    text = messages.text(next(one for one in told if one.title == "名单登记告知书"))
    for words in (make_registration.REMEDY, "履行完毕后三个工作日内删除", "执行通知书载明", "黑0102执321号"):
        assert words in text


def test_nothing_of_it_is_pushed_from_here(cast: Cast, desk: tuple[User, User, User]) -> None:
    made = make_registration.confirmed(desk[0], desk[2])
    assert made.record is not None
    assert "court" in str(pack.current().item(made.record.item_id).vertical_channel)


def test_the_document_goes_to_the_record_and_stays_readable(cast: Cast, desk: tuple[User, User, User]) -> None:
    made = make_registration.confirmed(desk[0], desk[2])
    assert made.record is not None
    kept = made.record.attachments.get()
    assert opened(kept) == make_registration.PDF
    assert not RegistrationPaper.objects.exists()


def test_before_it_is_confirmed_nothing_is_known_of_it(cast: Cast, desk: tuple[User, User, User]) -> None:
    make_registration.registered(desk[0])
    assert not CreditRecord.objects.exists()
    assert not messages.of(cast.citizen)
    assert not Registration.objects.about(cast.citizen.person_keys()).exists()


def test_the_registrar_never_confirms_and_nobody_confirms_unseen(cast: Cast, desk: tuple[User, User, User]) -> None:
    clerk, _, decider = desk
    roles.grant(clerk, make_registration.court(), "decider")
    made = make_registration.registered(clerk)
    registering.see(registration_id=made.pk, actor=clerk)
    with pytest.raises(RuleBroken, match="确认人不能是登记人"):
        registering.confirm(registration_id=made.pk, actor=clerk)
    with pytest.raises(RuleBroken, match="先打开登记的文书"):
        registering.confirm(registration_id=made.pk, actor=decider)
    with pytest.raises(RuleBroken, match="撤回登记"):
        registering.send_back(registration_id=made.pk, actor=clerk, opinion="x")


@pytest.mark.parametrize(
    ("code", "department", "says"),
    [
        ("wage-arrears", "human-resources", "不是登记的名单.*立案"),
        ("court-dishonest", "human-resources", "由执行法院决定，由区法院的联络员登记"),
        ("defence-duty", "court", "没有写明.*区信用办"),
        ("debt-evasion", "court", "不是法定名单"),
        ("no-such", "court", "规则中没有"),
    ],
)
def test_what_is_not_registered_here_is_refused_with_where_to_turn(
    cast: Cast, desk: tuple[User, User, User], code: str, department: str, says: str
) -> None:
    assert re.search(says, registrable.refusal(code, department, on=clock.today()))
    if department == "court":
        with pytest.raises(RuleBroken, match=says):
            make_registration.registered(desk[0], list_type=code)
    assert not Subject.objects.exists()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"remedy": " "}, "请填写：救济途径"),
        ({"removal": ""}, "移出方式"),
        ({"told_how": ""}, "告知方式"),
        ({"told_proof": ""}, "告知证明"),
        ({"term_basis": ""}, "期限依据"),
        ({"document_number": ""}, "决定文书号"),
        ({"authority": ""}, "决定机关"),
        ({"legal_ground": ""}, "列入依据"),
        ({"decided_on": TOMORROW}, "决定日期 .* 还没有到"),
        ({"told_on": TOMORROW}, "告知日期 .* 还没有到"),
        ({"term_end": timedelta(days=-400)}, "不在决定日期以后"),
    ],
)
def test_what_is_missing_or_cannot_be_is_named(
    cast: Cast, desk: tuple[User, User, User], changes: dict[str, Any], says: str
) -> None:
    with pytest.raises(RuleBroken, match=says):
        make_registration.registered(desk[0], **all_dated(changes))
    assert not Registration.objects.exists()
    assert not Subject.objects.exists()


def test_content_that_no_record_may_hold_is_refused(cast: Cast, desk: tuple[User, User, User]) -> None:
    with pytest.raises(NotAsARecord, match="执行依据文号"):
        make_registration.registered(desk[0], particulars={"conduct": "规避执行", "performance": "全部未履行"})
    with pytest.raises(NotAsARecord, match="未满十八周岁"):
        make_registration.registered(desk[0], who=Identity("方小", RESIDENT, "999999201503120020"))
    with pytest.raises(OpinionRefused):
        make_registration.registered(desk[0], reason="见 13800001234")
    assert not Subject.objects.exists()


def test_without_document_or_duty_nothing_is_registered(cast: Cast, desk: tuple[User, User, User]) -> None:
    given: dict[str, Any] = {
        "department": make_registration.court(),
        "list_type": "court-dishonest",
        "who": identity("linxiuyun"),
        "facts": make_registration.facts(),
    }
    make_assessments.list_type("court-dishonest")
    with pytest.raises(RuleBroken, match="请附上决定文书"):
        registering.register(**given, document=None, actor=desk[0])
    for actor in (cast.wage_clerk, cast.operator, desk[2]):
        with pytest.raises(PermissionDenied):
            registering.register(**given, document=make_registration.document(desk[0]), actor=actor)


def test_the_same_document_for_the_same_person_is_registered_once(cast: Cast, desk: tuple[User, User, User]) -> None:
    make_registration.registered(desk[0])
    with pytest.raises(AlreadyDone, match="已经登记过"):
        make_registration.registered(desk[0])


def test_what_was_sent_back_leaves_no_document_and_may_be_registered_anew(
    cast: Cast, desk: tuple[User, User, User]
) -> None:
    made = make_registration.registered(desk[0])
    registering.send_back(registration_id=made.pk, actor=desk[2], opinion="文书日期不符")
    assert not RegistrationPaper.objects.exists()
    with pytest.raises(WrongState):
        registering.confirm(registration_id=made.pk, actor=desk[2])
    again = make_registration.registered(desk[0])
    assert registering.withdraw(registration_id=again.pk, actor=desk[0], opinion="重录").status == "returned"


def test_a_cancelled_registration_ends_its_record_at_once_and_says_under_which_document(
    cast: Cast, desk: tuple[User, User, User]
) -> None:
    made = make_registration.confirmed(desk[0], desk[2])
    with pytest.raises(RuleBroken, match="文书号"):
        registering.cancel(registration_id=made.pk, actor=desk[2], opinion="决定已被撤销", document=" ")
    gone = registering.cancel(
        registration_id=made.pk, actor=desk[2], opinion="决定已被撤销", document="（2026）黑0102执监9号"
    )
    assert gone.record is not None
    assert (gone.record.status, gone.record.end_kind) == ("ended", "revoked")
    assert "撤销名单登记通知" in [one.title for one in messages.of(cast.citizen)]


def test_a_type_without_assessment_or_suspended_registers_nobody(cast: Cast, desk: tuple[User, User, User]) -> None:
    assert "影响评估" in registrable.refusal("court-dishonest", "court", on=clock.today())
    made = make_registration.registered(desk[0])
    registering.see(registration_id=made.pk, actor=desk[2])
    make_listing.suspend("lists", "court-dishonest")
    with pytest.raises(RuleBroken, match="已暂停"):
        registering.confirm(registration_id=made.pk, actor=desk[2])


@pytest.mark.parametrize("code", ["tax-major", "telecom-fraud", "procurement-serious"])
def test_each_type_that_is_decided_outside_can_be_registered_by_its_own_body(cast: Cast, code: str) -> None:
    kind = pack.current().list_type(code)
    body = Department.objects.get(code=kind.decider_department)
    clerk, _, decider = make_listing.desk(body)
    made = make_registration.confirmed(clerk, decider, list_type=code, body=body, particulars={})
    assert made.record is not None
    assert made.record.content["remedy"] == make_registration.REMEDY
