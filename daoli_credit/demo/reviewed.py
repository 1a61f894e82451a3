"""演示的复核和自查更正: what is in somebody's hands, what came back changed, own corrections, a sheet to be sampled."""

import csv
import io
import random
from datetime import date, timedelta

from daoli_credit.accounts.models import Department, User
from daoli_credit.audit import events
from daoli_credit.audit.models import LookUp
from daoli_credit.demo import lived_in, people
from daoli_credit.demo.lived_in import checked, penalty
from daoli_credit.demo.repairs import in_force
from daoli_credit.law import clock, pack, workdays
from records import selectors
from records.identity import Identity
from records.models import Amendment, CreditRecord, ImportBatch
from records.rules.id_number import RESIDENT
from records.workflows import amendment, importing, opening, sampling, takes, uploading
from records.workflows import record as acts

SERIAL = 3201
PERMIT = "permit-market"
WHO = (
    Identity("韩立新", RESIDENT, people.number(date(1982, 3, 14), 991)),
    Identity("曹玉芬", RESIDENT, people.number(date(1973, 7, 8), 992)),
    Identity("冯国强", RESIDENT, people.number(date(1988, 12, 1), 993)),
    Identity("于晓东", RESIDENT, people.number(date(1991, 6, 25), 995)),
    Identity("董淑琴", RESIDENT, people.number(date(1969, 10, 19), 996)),
)


def permit_sheet(market: Department, today: date, serials: range) -> bytes:
    """一张许可表, with the item's own titles; invented people."""
    dice = random.Random(lived_in.SEED)  # noqa: S311  the same story every time
    item = pack.current().item(PERMIT)
    fields = [field for field in (*pack.current().identity, *item.fields) if not field.ignored]
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(field.zh for field in fields)
    for serial in serials:
        who, decided = people.invented(dice, serial), today - timedelta(days=12)
        raw = {
            "party_name": who.name,
            "party_type": "自然人",
            "id_type": who.id_type,
            "id_number": who.id_number,
            "document_number": f"哈里市监许〔{decided.year}〕{serial:04d}号",
            "document_title": "准予行政许可决定书",
            "permit_kind": "普通",
            "certificate_title": "食品经营许可证",
            "permit_content": "预包装食品销售",
            "decided_on": decided.isoformat(),
            "valid_from": decided.isoformat(),
            "authority": f"{market.name}（示例）",
            "authority_code": lived_in.CODE,
            "state": "有效",
            "source_unit": f"{market.name}（示例）",
            "source_unit_code": lived_in.CODE,
        }
        writer.writerow(raw.get(field.name, "") for field in fields)
    return text.getvalue().encode()


def permits(market: Department, clerk: User, serials: range, name: str) -> ImportBatch:
    """A committed sheet of permits."""
    data = permit_sheet(market, clock.today(), serials)
    batch = uploading.upload(department=market, item=PERMIT, name=name, data=data, stated={}, actor=clerk)
    batch = importing.read_and_check(batch_id=batch.pk, actor=User.objects.system())
    return importing.commit(batch_id=batch.pk, actor=clerk, seen=batch.revision)


def _look(record: CreditRecord, by: User, purpose: str) -> LookUp:
    return events.look_up(
        actor=by,
        person_key=record.person_keys()[0],
        matter=selectors.HANDLING,
        case_number=record.number,
        purpose=purpose,
        shown=["record", "identity"],
        department=record.department.code,
    )


def _submitted(who: Identity, market: Department, clerk: User, serial: int, days_ago: int) -> CreditRecord:
    today = clock.today()
    with clock.at(workdays.before(today, days_ago).on):
        decided = clock.today() - timedelta(days=4)
        raw = penalty("penalty-food", who, market, decided=decided, serial=serial, severity="general")
        made = acts.enter(department=market, checked=checked("penalty-food", raw, clock.today()), actor=clerk)
        return acts.submit(record_id=made.pk, actor=clerk, seen=made.revision)


def _came_back_changed(who: Identity, market: Department, clerk: User, reviewer: User) -> None:
    """退回以后改了再报: the reviewer finds it on top, with what was changed."""
    record, today = _submitted(who, market, clerk, SERIAL, 4), clock.today()
    with clock.at(workdays.before(today, 3).on):
        words = "决定书写的是罚款三千元，处罚内容和金额两栏都要改。"
        acts.send_back(record_id=record.pk, actor=reviewer, opinion=words, seen=1, reasons=["differs"])
    with clock.at(workdays.before(today, 1).on):
        raw = penalty("penalty-food", who, market, decided=record.determined_on, serial=SERIAL, severity="general")
        raw |= {"fine": "0.3", "penalty_content": "罚款3000元"}
        acts.revise(record_id=record.pk, checked=checked("penalty-food", raw, clock.today()), actor=clerk, seen=1)
        acts.submit(record_id=record.pk, actor=clerk, seen=2)


def _propose(record: CreditRecord, clerk: User, serial: int, **facts: object) -> Amendment:
    return amendment.propose(
        record_id=record.pk,
        actor=clerk,
        document=f"哈里市监更〔{clock.today().year}〕{serial}号",
        seen=record.revision,
        because=_look(record, clerk, "核对更正后的内容"),
        **facts,  # type: ignore[arg-type]
    )


def _amended(clerk: User, reviewer: User) -> None:
    """自查更正: one agreed to, one withdrawn, one that waits for 孙建国."""
    today = clock.today()
    wrong, not_his, waits = (
        in_force("penalty-food", who, clerk, reviewer, SERIAL + 1 + place) for place, who in enumerate(WHO[2:])
    )
    with clock.at(workdays.before(today, 6).on):
        first = _propose(
            wrong, clerk, 1, kind="correct", changes={"fine": "0.1", "penalty_content": "罚款1000元"},
            reason="案卷复查发现，录入时把另一份决定书的金额抄到了这一条。",
        )  # fmt: skip
        second = _propose(
            not_his, clerk, 2, kind="withdraw", cause="document-revoked",
            reason="行政复议决定已撤销原处罚决定。",
        )  # fmt: skip
    with clock.at(workdays.before(today, 5).on):
        for one in (first, second):
            amendment.agree(
                amendment_id=one.pk, actor=reviewer, seen=1, because=_look(one.record, reviewer, "复核更正的内容")
            )
    with clock.at(workdays.before(today, 1).on):
        _propose(
            waits, clerk, 3, kind="correct", changes={"facts": "当事人被查实在中央大街门店经营超过保质期的食品。"},
            reason="决定书载明的门店地址漏录。",
        )  # fmt: skip


def tell() -> int:
    """讲这一段. Returns how many own corrections it has made."""
    market = Department.objects.get(code="market-regulation")
    clerk, reviewer, both = (User.objects.get(username=name) for name in ("zhaomin", "sunjianguo", "liujie"))
    _came_back_changed(WHO[0], market, clerk, reviewer)
    held = _submitted(WHO[1], market, clerk, SERIAL + 9, 2)
    takes.take(work=held, actor=both)
    _amended(clerk, reviewer)
    today = clock.today()
    with clock.at(workdays.before(today, 5).on):
        batch = permits(market, clerk, range(3301, 3325), "食品经营许可.csv")
    with clock.at(workdays.before(today, 4).on):
        drawn = sampling.draw(batch_id=batch.pk, actor=reviewer)
        opening.note(list(CreditRecord.objects.filter(number__in=drawn.drawn)), reviewer)
        sampling.judge(batch_id=batch.pk, actor=reviewer, wrong=[])
    with clock.at(workdays.before(today, 1).on):
        permits(market, clerk, range(3331, 3351), "食品经营许可（续）.csv")
    return Amendment.objects.count()
