"""审计管理员: finds an act, proves it, exports what was found; sees who looked and never at whom."""

import csv
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from daoli_credit.audit import acts, check_proof, events, roots, sealer, verification
from daoli_credit.audit.models import Event, LookUp, Verification
from daoli_credit.law import clock
from daoli_credit.portal.evidence import export, search
from tests import make
from tests.cast import Cast, assemble, browser, identity

PAGES = ("evidence", "evidence-looks", "evidence-seals")


@pytest.fixture
def auditor(cast: Cast) -> Client:
    return browser(cast.audit_officer)


def text(client: Client, address: str, **asked: Any) -> str:
    answer = client.get(address, asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_act_is_told_in_plain_chinese(cast: Cast, auditor: Client) -> None:
    record = make.submitted(cast)
    page = text(auditor, reverse("evidence"), noun="creditrecord", object_id=record.pk)
    assert "赵敏" in page
    assert f"<b>报送</b>：信用记录 {record.pk}" in page
    assert "由“草稿”到“待复核”" in page


def test_every_filter_narrows_the_list(cast: Cast, auditor: Client) -> None:
    record = make.effective(cast)
    today = clock.today()
    yes = {
        "from_day": today, "to_day": today, "department": "market-regulation", "actor": "孙建国",
        "act": "record.approved", "noun": "creditrecord", "object_id": record.pk,
    }  # fmt: skip
    no = {
        "from_day": today + timedelta(days=1), "to_day": today - timedelta(days=1), "department": "health",
        "actor": "李静", "act": "record.returned", "noun": "listing", "object_id": record.pk + 1,
    }  # fmt: skip
    approved = Event.objects.get(act="record.approved").pk
    link = reverse("evidence-event", args=[approved])
    assert link in text(auditor, reverse("evidence"), **yes)
    for name, value in no.items():
        asked = {**yes, name: value}
        if name == "from_day":
            asked["to_day"] = value
        if name == "to_day":
            asked["from_day"] = value
        assert link not in text(auditor, reverse("evidence"), **asked), name


def test_pages_follow_the_key_and_lose_nothing(cast: Cast) -> None:
    for n in range(25):
        events.record(act="user.signed-in", noun="specimen", object_id=n, actor=cast.clerk)
    rows = search.events({"noun": "specimen"})
    every = [row.pk for row in rows]
    first = search.leaf(rows, before=None, after=None, size=10)
    second = search.leaf(rows, before=str(first.older), after=None, size=10)
    third = search.leaf(rows, before=str(second.older), after=None, size=10)
    assert [row.pk for page in (first, second, third) for row in page.rows] == every
    assert first.newer is None
    assert third.older is None
    back = search.leaf(rows, before=None, after=str(third.newer), size=10)
    assert [row.pk for row in back.rows] == [row.pk for row in second.rows]
    top = search.leaf(rows, before=None, after=str(back.newer), size=10)
    assert [row.pk for row in top.rows] == [row.pk for row in first.rows]
    assert top.newer is None


@pytest.mark.parametrize("before", ["x", "-1", "9" * 40, "1' OR '1'='1", "²"])
def test_a_page_that_cannot_be_is_the_newest(cast: Cast, auditor: Client, before: str) -> None:
    make.draft(cast)
    assert "录入" in text(auditor, reverse("evidence"), before=before)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"from_day": "2026-13-40"}, "请写成 2026-03-05 这样的日期"),
        ({"from_day": "2026-03-05", "to_day": "2026-03-04"}, "结束的一天早于开始的一天"),
        ({"actor": "13800138000"}, "这里不能按证件号码或电话查找"),
        ({"act": "x.y"}, "没有这个行为"),
        ({"object_id": "1" * 41}, "最多 40 个字"),
    ],
)
def test_a_filter_that_cannot_be_is_refused_in_words(
    cast: Cast, auditor: Client, asked: dict[str, str], said: str
) -> None:
    for answer in (auditor.get(reverse("evidence"), asked), auditor.post(reverse("evidence-export"), asked)):
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert next(iter(asked.values())) in answer.content.decode()


def test_looks_say_who_and_why_and_never_at_whom(cast: Cast, auditor: Client) -> None:
    record = make.submitted(cast)
    reviewer = browser(cast.reviewer)
    reviewer.post(f"/desk/records/{record.number}/reveal/", {"purpose": "对照决定书核对当事人"})
    look = LookUp.objects.filter(kind="look").latest("id")
    page = text(auditor, reverse("evidence-looks"), case_number=look.case_number, kind="look", actor="孙建国")
    assert "没有这样的查询记录" in text(auditor, reverse("evidence-looks"), case_number=look.case_number, kind="own")
    assert "孙建国" in page
    assert "对照决定书核对当事人" in page
    assert "完整姓名和证件号码" in page
    who = identity("linxiuyun")
    for secret in (who.name, who.id_number, "林*云", bytes(look.person_key).hex(), bytes(look.person_key[2:]).hex()):
        assert secret not in page


def test_no_page_of_evidence_names_a_person(cast: Cast, auditor: Client) -> None:
    make.effective(cast)
    who = identity("linxiuyun")
    for name in PAGES:
        page = text(auditor, reverse(name))
        assert who.name not in page
        assert who.id_number not in page


@pytest.mark.parametrize("officer", ["audit_officer", "system_officer", "security_officer"])
def test_officers_read_no_records(cast: Cast, officer: str) -> None:
    record = make.effective(cast)
    client = browser(getattr(cast, officer))
    for address in (
        f"/desk/records/{record.number}/", "/desk/records/", "/desk/records/queue/", "/desk/listings/",
        "/desk/repairs/", "/desk/imports/", "/desk/feeds/", f"/me/records/{record.number}/", "/me/",
    ):  # fmt: skip
        assert client.get(address).status_code == 403, address
    assert client.post(f"/desk/records/{record.number}/reveal/", {"purpose": "审计"}).status_code == 403


def test_only_the_audit_administrator_opens_evidence(cast: Cast) -> None:
    for user in (cast.supervisor, cast.clerk, cast.system_officer, cast.security_officer, cast.citizen):
        for name in PAGES:
            assert browser(user).get(reverse(name)).status_code == 403
        assert browser(user).post(reverse("evidence-export")).status_code == 403


def exported(client: Client, **asked: Any) -> list[list[str]]:
    answer = client.post(reverse("evidence-export"), asked)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    body = b"".join(answer.streaming_content if hasattr(answer, "streaming_content") else [])
    return list(csv.reader(body.decode("utf-8-sig").splitlines()))


def test_an_export_holds_what_was_found_says_who_took_it_and_is_an_event(cast: Cast, auditor: Client) -> None:
    make.effective(cast)
    rows = exported(auditor, act="record.approved")
    assert "导出人：秦峰" in rows[0][0]
    assert "行为：复核通过" in rows[1][0]
    assert [row[6] for row in rows[3:]] == ["复核通过"]
    told = Event.objects.get(act=export.EXPORTED)
    assert told.actor_label == "秦峰"
    assert told.opinion == "行为：复核通过"
    assert f"第 {told.pk} 号事件" in rows[0][0]


def test_a_cell_that_a_spreadsheet_would_run_is_text(cast: Cast, auditor: Client) -> None:
    for n, evil in enumerate(("=HYPERLINK(1)", "+1", "-1", "@x", "\t=1", " =1")):
        events.record(act="user.signed-in", noun="specimen", object_id=n + 1, actor=cast.clerk, opinion=evil)
    cells = [row[12] for row in exported(auditor, act="user.signed-in")[3:]]
    assert len(cells) == 6
    assert all(cell.startswith("'") for cell in cells)


def test_an_export_has_an_end_and_says_so(cast: Cast, auditor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "MOST", 3)
    make.effective(cast)
    rows = exported(auditor)
    assert "只取最新 3 条" in rows[1][0]
    assert len(rows) == 6


def test_a_proof_waits_for_the_seal(cast: Cast, auditor: Client) -> None:
    event = events.record(act="user.signed-in", noun="user", object_id=1, actor=cast.clerk)
    answer = auditor.post(reverse("evidence-proof", args=[event.pk]), follow=True)
    assert "还没有封存，过一分钟再导出" in answer.content.decode()
    assert "待封存" in answer.content.decode()


@pytest.fixture
def committed(committing_db: str) -> Cast:
    return assemble()


def test_a_downloaded_proof_holds_outside_and_its_download_is_an_event(
    committed: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    event = events.record(act="user.signed-in", noun="user", object_id=1, actor=committed.clerk)
    sealer.seal()
    answer = browser(committed.audit_officer).post(reverse("evidence-proof", args=[event.pk]))
    assert answer.status_code == 200
    kept = tmp_path / "proof.json"
    kept.write_bytes(answer.content)
    assert check_proof.main([str(kept), str(roots.place())]) == 0
    assert "通过" in capsys.readouterr().out
    assert Event.objects.filter(act=export.PROVED, object_id=str(event.pk)).exists()
    kept.write_text(
        json.dumps(json.loads(answer.content) | {"row": {**json.loads(answer.content)["row"], "opinion": "改"}})
    )
    assert check_proof.main([str(kept), str(roots.place())]) == 1


def test_a_verification_is_asked_for_once_run_once_and_told(committed: Cast, settings: Settings) -> None:
    settings.CELERY_TASK_ALWAYS_EAGER = False
    auditor = browser(committed.audit_officer)
    events.record(act="user.signed-in", noun="user", object_id=1, actor=committed.clerk)
    sealer.seal()
    for _ in range(2):
        assert auditor.post(reverse("evidence-verify")).status_code == 302
    assert Verification.objects.count() == 1
    assert "正在核验" in text(auditor, reverse("evidence-seals"))
    done = verification.run()
    assert done is not None
    assert done.faults == 0
    assert verification.run() is None
    page = text(auditor, reverse("evidence-seals"))
    assert "秦峰 提出" in page
    assert "全部相符" in page
    assert "库外的根" in page
    assert Event.objects.filter(act=verification.ASKED).count() == 1


def test_a_verification_left_by_a_dead_worker_is_taken_up_again(committed: Cast) -> None:
    row = verification.ask(committed.audit_officer, "credit-office")
    assert row is not None
    Verification.objects.filter(pk=row.pk).update(begun_at=clock.now())
    assert verification.run() is None
    Verification.objects.filter(pk=row.pk).update(begun_at=clock.now() - 2 * verification.LEASE)
    again = verification.run()
    assert again is not None
    assert again.pk == row.pk


def test_every_act_has_a_sentence_in_chinese() -> None:
    assert all(any("\u4e00" <= mark <= "\u9fff" for mark in said) for said in acts.registered().values())
