"""安全事件: hours, not days; the authority and the persons are told; another closes it."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from daoli_credit.law import clock
from daoli_credit.supervision import incident_clock
from daoli_credit.supervision.models.incident import Level
from daoli_credit.supervision.workflows import incident as acts
from daoli_credit.workflow import RuleBroken
from tests import make_protecting
from tests.cast import Cast, browser

PAGE = "/supervision/incidents/"


def _refused(sql: str, *values: Any, says: str) -> None:
    with pytest.raises(IntegrityError, match=says), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.mark.parametrize(
    ("hours", "level", "kind", "word"),
    [
        (1, None, "warn", "还有 2 小时"),
        (3.5, None, "warn", "还有不到 1 小时"),
        (6, None, "bad", "已超过 2 小时"),
        (1, Level.MAJOR, "warn", "还有 2 小时"),
        (6, Level.GENERAL, "warn", "应立即通知"),
    ],
)
def test_the_clock_says_how_many_hours_are_left(
    cast: Cast, hours: float, level: Level | None, kind: str, word: str
) -> None:
    row = make_protecting.graded(cast, level, hours=hours) if level else make_protecting.found(cast, hours=hours)
    said = incident_clock.of(row)
    assert (said.kind, said.word) == (kind, word)
    assert "第五十七条" in said.says


def test_it_is_told_late_or_in_time(cast: Cast) -> None:
    assert incident_clock.of(make_protecting.reported(cast, hours=1)).word == "已通知"
    assert incident_clock.of(make_protecting.reported(cast, hours=9, what="另一起")).word == "已通知，迟于期限"


def test_whoever_opened_it_does_not_close_it(cast: Cast) -> None:
    row = make_protecting.reported(cast)
    with pytest.raises(PermissionDenied):
        acts.close(incident_id=row.pk, actor=cast.operator, opinion="复盘")
    _refused(
        "UPDATE supervision_incident SET status = 'closed', closed_by_id = opened_by_id, closed_on = %s WHERE id = %s",
        clock.today(), row.pk, says="closed_by_another",
    )  # fmt: skip
    with pytest.raises(RuleBroken, match="写明意见"):
        acts.close(incident_id=row.pk, actor=cast.supervisor, opinion="")
    assert acts.close(incident_id=row.pk, actor=cast.supervisor, opinion="已改流程").status == "closed"


def test_the_persons_are_told_or_the_reason_stands_there(cast: Cast) -> None:
    row = make_protecting.graded(cast)
    with pytest.raises(RuleBroken, match="第五十七条第二款"):
        acts.report(
            incident_id=row.pk, actor=cast.operator,
            what=acts.Telling(told_authority_at=clock.now(), authority="区网信办"),
        )  # fmt: skip
    with pytest.raises(RuleBroken, match="发现以后"):
        acts.report(
            incident_id=row.pk, actor=cast.operator,
            what=acts.Telling(
                told_authority_at=row.found_at - timedelta(hours=1), authority="区网信办", not_told_because="已收回"
            ),
        )  # fmt: skip
    _refused(
        "UPDATE supervision_incident SET status = 'reported', told_authority_at = now(), authority = 'x' WHERE id = %s",
        row.pk, says="a_reported_incident_says_who_was_told",
    )  # fmt: skip


def test_a_wrong_form_comes_back_whole(cast: Cast) -> None:
    row, client = make_protecting.graded(cast), browser(cast.operator)
    answer = client.post(f"{PAGE}{row.number}/report/", {"seen": row.revision, "report-authority": "区网信办（示例）"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "区网信办（示例）" in page
    assert "请填写通知监管部门的时间" in page
    typed = {"kind": "leak", "found_at": "2999-01-01T09:00", "what": "底稿没有收回", "data_kinds": "姓名"}
    answer = client.post(f"{PAGE}new/", typed)
    assert answer.status_code == 422
    assert "发现时间不能在将来" in answer.content.decode()
    assert "底稿没有收回" in answer.content.decode()


def test_the_audit_officer_reads_and_does_nothing_else(cast: Cast) -> None:
    row, client = make_protecting.found(cast), browser(cast.audit_officer)
    page = client.get(f"{PAGE}{row.number}/").content.decode()
    assert "还有" in page
    assert "记下研判" not in page
    assert client.post(f"{PAGE}{row.number}/assess/").status_code == 403
    assert browser(cast.system_officer).get(PAGE).status_code == 403
