"""The story of the newer rooms with planted people: each room keeps something about somebody, by its true acts."""

import json
from datetime import timedelta
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from daoli_credit.accounts import real_name
from daoli_credit.accounts.models import User
from daoli_credit.law import clock
from incentives.models import Check, CheckSet
from incentives.workflows import checking, checking_sets, consenting, notice_proposing
from incentives.workflows.notice_proposing import Intent
from records import papers, sealed_papers
from records.identity import Identity
from records.models import CreditRecord, ExportRequest, Paper
from records.models.identity_case import K
from records.workflows import archiving, exporting, identity_opening, noticing, requesting
from records.workflows import paper as paper_acts
from records.workflows import record as record_acts
from records.workflows.settling import Answer
from tests import (
    make,
    make_amendments,
    make_checks,
    make_ends,
    make_exports,
    make_honours,
    make_identity,
    make_inbound,
    make_listing,
    make_matters,
    make_notices,
    make_objections,
    make_registration,
    make_requests,
)
from tests.accounts import codes
from tests.accounts.test_service_keys import working
from tests.cast import Cast, browser


def pdf(who: Identity) -> bytes:
    """A document that names somebody, as documents do."""
    return b"%PDF-1.7\n" + f"{who.name} {who.id_number}".encode() + b"\n%%EOF\n"


def citizen(who: Identity, subject: str) -> User:
    """Signed in by real name."""
    return real_name.citizen(real_name.Identity("issuer", subject, who.id_number, who.name))


def check_and_tell(cast: Cast, who: Identity, other: Identity) -> None:
    """Asked about on the page, by a sheet and by a system; told before an adverse decision, answered, decided."""
    decided = clock.today() - timedelta(days=40)
    with clock.at(clock.today() - timedelta(days=35)):
        make.effective(cast, who=who, serial=801, decided=decided, **make_checks.REVOKED)
    opened = make_checks.case(cast, "食许〔2026〕801号")
    desk = browser(cast.clerk)
    page = reverse("check-new", args=[opened.pk])
    asked = desk.post(page, {"number": who.id_number, "name": who.name, "request_id": "page-0001"})
    assert asked.status_code == 302, asked.content.decode()
    check = Check.objects.latest("pk")
    assert desk.get(reverse("check", args=[check.number])).status_code == 200
    sheet = f"申请编号,姓名,证件号码\n{opened.case_number}-1,{who.name},{who.id_number}\n"
    wrong = f"申请编号,姓名,证件号码\n{opened.case_number}-2,{other.name},{other.id_number[:-1]}0\n"
    for text, name in ((sheet, who.id_number), (wrong, other.id_number)):
        file = SimpleUploadedFile(f"{name}.csv", text.encode())
        assert desk.post(reverse("check-set-new", args=[opened.pk]), {"file": file}).status_code == 302
        made = CheckSet.objects.latest("pk")
        checking_sets.run(set_id=made.pk, actor=User.objects.system())
        assert desk.get(reverse("check-set", args=[made.number])).status_code == 200
    _by_system(cast, opened.case_number, who)
    answer = check.answers.filter(measure="m-food-ban-5y").earliest("pk")
    notice = notice_proposing.draft(answer_id=answer.pk, intent=Intent("不予核发食品经营许可。"), actor=cast.clerk)
    notice_proposing.notify(notice_id=notice.pk, actor=cast.clerk, document="哈里市监先告〔2026〕801号")
    notice_proposing.serve_notice(
        notice_id=notice.pk, actor=cast.clerk, day=clock.today(), **make_notices.SERVICE
    )  # fmt: skip
    person = browser(citizen(who, "checked"))
    text = f"我是{who.name}，{make_notices.TEXT}"
    act = reverse("me-prior-notice-act", args=[notice.number, "state"])
    person.post(act, {"text": text, "seen": 1})
    for address in ("/me/", "/me/looks/", reverse("me-prior-notice", args=[notice.number])):
        person.get(address)


def _by_system(cast: Cast, case_number: str, who: Identity) -> None:
    headers = {"Authorization": f"Daoli {working(cast, 'checks')}", "Idempotency-Key": "planted-0001"}
    for application in (case_number, f"{case_number}-{who.id_number}", who.name):
        body = {
            "case_number": case_number,
            "applicants": [{"application": application, "name": who.name, "number": who.id_number}],
        }
        Client().post(reverse("api-checks"), json.dumps(body), content_type="application/json", headers=headers)


def ask_above(cast: Cast, who: Identity, settings: Settings, folder: Path) -> None:
    """A platform above is asked about somebody, and answers."""
    with make_inbound.above("hlj", folder) as place:
        make_inbound.connect(settings, url=place.url)
        opened = make_matters.case(cast, "董备〔2026〕801号", make_inbound.FILING)
        checking.check(case_id=opened.pk, number=who.id_number, name=who.name, by=checking.By(user=cast.clerk))


def register(who: Identity) -> None:
    """A court registers its decision with the scan of it; a second one waits."""
    clerk, _, decider = make_listing.desk(make_registration.court())
    make_registration.PDF, kept = pdf(who), make_registration.PDF
    try:
        make_registration.confirmed(clerk, decider, who=who)
        make_registration.registered(clerk, who=who, document_number="（2026）黑0102执802号")
    finally:
        make_registration.PDF = kept


def request_and_open(cast: Cast, who: Identity) -> None:
    """A court asks for one person's records; the document, the answer and a sealed copy of an ended record."""
    one = make_requests.asked(cast, who=who, scan=pdf(who))
    requesting.approve(request_id=one.pk, actor=make_requests.head_of_market(cast), seen=one.revision)
    desk = browser(cast.clerk)
    desk.post(f"/desk/requests/{one.number}/extract/", {"seen": one.revision + 1})
    for what in ("document", "answer"):
        desk.post(f"/desk/requests/{one.number}/files/{what}/")
    ended = make.effective(cast, who=who, serial=803)
    notice = make_ends.noted(cast, CreditRecord.objects.get(pk=ended.pk))
    noticing.confirm(notice_id=notice.pk, actor=cast.reviewer, seen=notice.revision)
    archiving.seal_ended(actor=User.objects.system())


def file_an_original(cast: Cast, who: Identity) -> None:
    """The scan of a notice, put into the file of a case."""
    case = make_listing.notified(cast, who=who)
    file = SimpleUploadedFile(f"{who.name}告知书.pdf", pdf(who), content_type="application/pdf")
    answer = browser(cast.wage_clerk).post(f"/desk/listings/{case.number}/originals/", {"of": "notice", "file": file})
    assert answer.status_code == 302, answer.content.decode()


def serve_electronically(cast: Cast, who: Identity) -> None:
    """A letter served electronically, with the confirmation that the person has signed."""
    paper = Paper.objects.select_related("message").filter(message__noun="creditrecord").latest("pk")
    matter = papers.of_person(paper.message)
    assert matter is not None
    paper_acts.serve(
        paper_id=paper.pk,
        matter=matter,
        actor=cast.clerk,
        how="electronic",
        when=clock.today(),
        proof="邮件回执 18",
        confirmation=sealed_papers.confirmation(paper, pdf(who), cast.clerk),
    )


def say_and_end(cast: Cast) -> None:
    """Returned once, objected to, corrected, and then over: what was said lies under seal with the record."""
    record = make.submitted(cast, serial=804)
    record = record_acts.send_back(
        record_id=record.pk, actor=cast.reviewer, opinion="请核对", seen=record.revision, reasons=["differs"]
    )
    record_acts.submit(record_id=record.pk, actor=cast.clerk, seen=record.revision)
    make.opened(record, cast.reviewer)
    record_acts.approve(record_id=record.pk, actor=cast.reviewer, opinion="", seen=record.revision)
    record = CreditRecord.objects.get(pk=record.pk)
    meant = "当事人经营超过保质期的另一批食品。"
    objection = make_objections.raised(cast, record, points={"facts": meant})
    make_objections.answer(cast, objection, Answer("facts", upheld=True, now=meant))
    record = CreditRecord.objects.get(pk=record.pk)
    make_amendments.agreed(cast, make_amendments.proposed(cast, record, changes={"facts": f"{meant}数量已经核对。"}))
    make_ends.noticed(cast, CreditRecord.objects.get(pk=record.pk))
    archiving.seal_ended(actor=User.objects.system())


def honour(cast: Cast, who: Identity) -> None:
    """Invited without a name, consented by the person, verified, decided, in force."""
    person = citizen(who, "honoured")
    made = make_honours.invited(801)
    nobody = {"code": made.code, "number": made.nomination.number, "agree": "on", "name": who.name}
    answered = browser(person).post(
        "/me/honours/answer/", {**nobody, "id_type": who.id_type, "id_number": who.id_number, "answer": "yes"}
    )
    assert answered.status_code == 302, answered.content.decode()
    refused = make_honours.invited(802)
    consenting.refuse(nomination_id=refused.nomination.pk, code=refused.code, actor=person)


def export_and_correct(cast: Cast, who: Identity, new: Identity) -> None:
    """A file of records with full identity, a case about a name, a form kept half filled, a second factor."""
    codes.enrol(cast.other_reviewer)
    export = make_exports.asked(cast, full_identity=True)
    if export.status == "waiting":
        exporting.approve(export_id=export.pk, actor=cast.reviewer, seen=export.revision)
    exporting.make(export_id=export.pk, actor=User.objects.system())
    number = ExportRequest.objects.get(pk=export.pk).number
    browser(cast.clerk).post(f"/desk/exports/{number}/fetch/")
    identity_opening.open_(
        kind=K.NAME,
        id_number=who.id_number,
        other_number="",
        name=new.name,
        grounds=make_identity.grounds(reason="公安机关更正姓名"),
        papers=(),
        actor=cast.counter,
    )
    typed = {"party_name": who.name, "id_number": who.id_number, "facts": "写到一半"}
    browser(cast.clerk).post(
        reverse("record-form-keep", args=["market-regulation", "penalty-food"]), typed
    )  # fmt: skip
