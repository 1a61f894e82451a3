"""check: a sheet of N applicants against 20,000 listed people, from its parsed rows to the committed answer.

The N numbers are a load test, not a use: a matter lets fifty through without a second person.

bare   COPY of the N keys, ready, into a temporary table without index, and one join with the listed: nothing is kept
limit  the same, and COPY of the N looks that the law asks for, ready, into the table that keeps them (leaf, indexes)
peer   one query for each number, on one connection: its digit, its key, one indexed look into the register, one look
       written; PEER_ROWS of them are timed
ours   every rule of the sheet, keys, match, names, a look for each applicant, the measures of whoever is listed with a
       check and a copy of each answer, the sealed result
"""

import io
import json
import platform
import random
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from django.db import connection, transaction

from bench import spans
from bench.the_sheet import bureau, sheet
from daoli_credit import cipher
from daoli_credit.accounts import assessments
from daoli_credit.accounts.models import User
from daoli_credit.accounts.models.assessment import Subject as Assessed
from daoli_credit.audit import events, look_sets
from daoli_credit.audit.models import LookUp
from daoli_credit.demo import assessed, people
from daoli_credit.embedded import clones, testbed
from daoli_credit.law import clock, pack
from daoli_credit.workflow import taking
from incentives.models import Check, CheckSet, MatterCase
from incentives.models.check_set import K
from incentives.rules import applicants
from incentives.workflows import check_examining, checking, checking_sets, matter_case, set_answers
from records.models import CreditRecord, SubjectKey
from records.rules import columns, id_number
from records.workflows import importing, opening, uploading

MATTER, ITEM, LISTED, HITS = "food-permit", "penalty-food", 20_000, 60
PEER_ROWS = 3_000
CASE = "食许〔2026〕1号"
OUT = Path("bench-check.json")
Spent = tuple[float, float]
STATED = {"severity": "general", "severity_basis": "行政处罚裁量基准（示例）"}


def _listed() -> MatterCase:
    """20,000 people with a food penalty that revoked a permit, in force, and one open case. Not timed."""
    clerk, body = bureau()
    reviewer = User.objects.get(username="sunjianguo")
    system = User.objects.system()
    if assessments.in_force(Assessed.MATTER, MATTER, on=clock.today()) is None:
        assessed.a_matter(MATTER, pack.current().matters[MATTER].title)
    opened = matter_case.register(matter=MATTER, body=body, case_number=CASE, opened_on=clock.today(), actor=clerk)
    lines = [line for at, line in enumerate(sheet(LISTED * 5)) if at == 0 or at % 5 == 1]
    places = {zh: at for at, zh in enumerate(lines[0][1])}
    for _, cells in lines[1:]:
        cells[places["处罚类别"]] = "吊销许可证件"
    batch = uploading.upload(department=body, item=ITEM, name="x.csv", data=b"-", stated=STATED, actor=clerk)
    batch = importing.begin(batch_id=batch.pk, actor=system)
    found = columns.match(pack.current().item(ITEM), [cells for _, cells in lines[:1]], today=clock.today())
    batch = importing.preview(batch=batch, kind="CSV", found=found, body=lines[1:], actor=system)
    importing.commit(batch_id=batch.pk, actor=clerk, seen=batch.revision)
    _in_force(reviewer)
    with clones.cursor_at(testbed.owner_url()) as cursor:  # the application may not
        cursor.execute("ANALYZE records_subject, records_subjectkey, records_creditrecord")
    assert CreditRecord.objects.provided(on=clock.today()).count() == LISTED
    return opened


def _in_force(reviewer: User) -> None:
    """Every record takes effect, opened first as the database demands; by one statement, for nobody times this."""
    opening.note(list(CreditRecord.objects.filter(status="submitted").select_related("subject")), reviewer)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE records_creditrecord SET status = 'effective', reviewed_by_id = %s, effective_on = submitted_on",
            [reviewer.pk],
        )


def applications(rows: int) -> list[tuple[int, list[str]]]:
    """Parsed rows of applicants; one of sixty is listed, under the name that is known."""
    dice, listed = random.Random(7), sheet(LISTED * 5)[1::5]  # noqa: S311  the same sheet every time
    hits = dice.sample(range(LISTED), min(LISTED, max(1, rows // HITS)))
    body = []
    for n in range(rows):
        number = people.number(people.ELDEST + timedelta(days=6000 + n // 1000), n % 1000)
        name = "申请人"
        if n % HITS == 0 and n // HITS < len(hits):
            known = listed[hits[n // HITS]][1]
            name, number = known[0], known[3]
        body.append((n + 2, [f"{CASE}-{n:06d}", name, number]))
    return body


def ours(opened: MatterCase, body: list[tuple[int, list[str]]]) -> tuple[Spent, int]:
    """What it took, and how many were found."""
    clerk = User.objects.get(username="zhaomin")
    made = checking_sets.upload(case_id=opened.pk, name="x.csv", data=b"-", by=checking.By(user=clerk))
    system = User.objects.system()
    with taking(checking_sets.STEPS["read"], CheckSet, made.pk, actor=system):
        pass
    one = CheckSet.objects.select_related("case__department", "department", "asked_by").get(pk=made.pk)
    head = applicants.columns([["申请编号", "姓名", "证件号码"]])
    watch = spans.Watch()
    found = check_examining.Examined(checking.By(user=clerk))
    found.scope = checking.demand_open(one.case, found.by, clock.today())
    check_examining.judge(found, one.case, head, body)
    assert not found.causes, found.causes
    one.decided_by = User.objects.get(username="sunjianguo")
    with taking(checking_sets.STEPS["answer"], CheckSet, one.pk, actor=system) as done:
        done.rows, done.most, done.done_at = found.count, found.most, clock.now()
        done.answered_on, done.decided_by, done.decided_on = clock.today(), one.decided_by, clock.today()
        set_answers.answer(done, found.applicants(), found.asked())
    spent = watch.read()
    assert CheckSet.objects.get(pk=one.pk).status == K.DONE
    assert LookUp.objects.filter(case_number=CASE).count() == len(body)
    return spent, Check.objects.filter(of_set=one).count()


READY = """
SELECT count(*) FROM ready q JOIN records_subjectkey k ON k.digest = q.digest
JOIN records_creditrecord r ON r.subject_id = k.subject_id AND r.status = 'effective'
"""


def limit(keys: list[bytes], *, logged: bool) -> tuple[Spent, int]:
    """COPY and join with the keys ready; with the looks, ready as well, where they are kept."""
    clerk = User.objects.get(username="zhaomin")
    text = "".join(f"\\\\x{key.hex()}\n" for key in keys)
    watch = spans.Watch()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE ready (digest bytea) ON COMMIT DROP")
        cursor.copy_expert("COPY ready FROM STDIN", io.StringIO(text))
        cursor.execute(READY)
        hits: int = cursor.fetchone()[0]
        if logged:
            look_sets.look_up_set(
                actor=clerk,
                person_keys=keys,
                matter=MATTER,
                case_number=CASE,
                purpose="办理食品经营许可",
                shown=["measures"],
                department="market-regulation",
            )
    return watch.read(), hits


def peer(body: list[tuple[int, list[str]]]) -> float:
    """Seconds for each number by itself: digit, key, one query, one look."""
    clerk, found = User.objects.get(username="zhaomin"), 0
    begun = time.perf_counter()
    for _, (_, _, number) in body[:PEER_ROWS]:
        if id_number.check_digit(number[:17]) != number[17]:
            raise ValueError("校验位")
        key = cipher.person_keys(number)[0]
        with transaction.atomic():
            events.look_up(
                actor=clerk,
                person_key=key,
                matter=MATTER,
                case_number=CASE,
                purpose="办理食品经营许可",
                shown=["measures"],
                department="market-regulation",
            )
            rows = SubjectKey.objects.filter(digest=key, subject__creditrecord__status="effective")
            found += bool(list(rows.values_list("subject__creditrecord__content", flat=True)))
    return (time.perf_counter() - begun) / min(PEER_ROWS, len(body))


def _fresh(job: Callable[[MatterCase], Any]) -> Any:
    with testbed.fresh_database():
        return job(_listed())


def run(rows: int, rounds: int) -> None:
    """Interleaved rounds; medians with their range; the last line is the one to quote."""
    with testbed.fresh_database():
        body = applications(rows)
        keys = cipher.person_keys_of([cells[2] for _, cells in body])[0]
    rates: spans.Rates = {"check/ours": [], "check/limit": [], "check/bare": [], "check/peer": []}
    work: list[float] = []
    bare_work: list[float] = []
    for number in range(1, rounds + 1):
        (seconds, mine), found = _fresh(partial(_ours, body))
        rates["check/ours"].append(rows / seconds)
        ((one, least), hits), ((two, less), _), each = _fresh(partial(_others, keys, body))
        rates["check/limit"].append(rows / one)
        rates["check/bare"].append(rows / two)
        rates["check/peer"].append(1 / each)
        assert found == hits, (found, hits)
        work.append(least / mine)
        bare_work.append(less / mine)
        spans.told(number, rates)
    report(rows, rates, work, bare_work)


def _ours(body: list[tuple[int, list[str]]], opened: MatterCase) -> tuple[Spent, int]:
    return ours(opened, body)


def _others(keys: list[bytes], body: list[tuple[int, list[str]]], opened: MatterCase) -> Any:
    bare = limit(keys, logged=False)
    return limit(keys, logged=True), bare, peer(body)


def report(rows: int, rates: spans.Rates, work: list[float], bare_work: list[float]) -> None:
    """The table, the JSON and the line."""
    spans.table(rates)
    ratio = spans.ratio(rates, "check")
    pairs = zip(rates["check/ours"], rates["check/bare"], strict=True)
    bare = median(mine / least for mine, least in pairs)
    times = median(rates["check/ours"]) / median(rates["check/peer"])
    facts = {
        "job": "check",
        "rows": rows,
        "listed": LISTED,
        "rates": rates,
        "ratio": ratio,
        "processor": work,
        "bare": bare,
        "bare_processor": bare_work,
        "peer": times,
        "on": platform.platform(),
    }
    OUT.write_text(json.dumps(facts, ensure_ascii=False, indent=1), encoding="utf-8")
    print(
        f"check ratio={ratio:.2f} processor={median(work):.2f} bare={bare:.2f}"
        f" bare-processor={median(bare_work):.2f} peer={times:.1f}x n={rows}"
    )
