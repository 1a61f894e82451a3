"""演示的依法调取: one handed over and told, one whose telling is delayed, one refused, and three that wait."""

from datetime import date, timedelta

from daoli_credit.accounts.models import Department, User
from daoli_credit.demo import people, staff
from daoli_credit.demo.lived_in import checked, penalty
from daoli_credit.law import clock, workdays
from daoli_credit.looks.workflows import delaying, handed
from records import sealed_requests
from records.identity import Identity
from records.models import CreditRecord, LawfulRequest
from records.rules.id_number import RESIDENT
from records.workflows import giving, opening, requesting
from records.workflows import record as record_acts
from records.workflows.requesting import Asked

SERIAL, ITEM = 7601, "penalty-labour"
PEOPLE = tuple(
    Identity(name, RESIDENT, people.number(date(1979 + place, 8, 3 + place), 560 + place))
    for place, name in enumerate(("康永年", "宋丽萍", "鲁大海"))
)
SCAN = b"%PDF-1.4\n% demo: the document of the requesting body\n"


def _held(place: int, clerk: User, reviewer: User) -> CreditRecord:
    body, decided = clerk.home_department, clock.today() - timedelta(days=50 + place)
    if body is None:
        raise ValueError(f"演示人物 {clerk} 没有部门")
    with clock.at(decided + timedelta(days=4)):
        raw = penalty(ITEM, PEOPLE[place], body, decided=decided, serial=SERIAL + place, severity="general")
        record = record_acts.enter(department=body, checked=checked(ITEM, raw, clock.today()), actor=clerk)
        record_acts.submit(record_id=record.pk, actor=clerk, seen=record.revision)
        opening.note([record], reviewer)
        return record_acts.approve(record_id=record.pk, actor=reviewer, opinion="", seen=record.revision)


def _asked(clerk: User, place: int, *, answer_in: int | None, court: bool, number: str) -> LawfulRequest:
    """Registered today, for one of the invented people."""
    today, body = clock.today(), clerk.home_department
    if body is None:
        raise ValueError(f"演示人物 {clerk} 没有部门")
    asked = Asked(
        body="court" if court else "police",
        body_name="哈尔滨市道里区人民法院（示例）" if court else "哈尔滨市公安局道里分局（示例）",
        contact="曹承办" if court else "戴承办",
        channel="in-person" if court else "post",
        officers=2 if court else 0,
        document_number=f"{number}{'调取证据函' if court else '调取证据通知书'}",
        document_on=workdays.before(today, 1).on,
        received_on=today,
        answer_by=today + timedelta(days=answer_in) if answer_in is not None else None,
        article="civil-procedure-law#70" if court else "criminal-procedure-law#54",
        case_number=number,
        items=[ITEM],
        period_from=today - timedelta(days=730),
        period_to=today,
    )
    document = sealed_requests.document(SCAN + number.encode())
    return requesting.ask(body=body, asked=asked, who=PEOPLE[place], document=document, actor=clerk)


def _given(one: LawfulRequest, clerk: User, head: User, *, legal: User | None = None) -> None:
    """Signed, extracted and handed over today; with a legal officer the telling is delayed before that."""
    requesting.approve(request_id=one.pk, actor=head, seen=one.revision)
    one = giving.extract(request_id=one.pk, actor=clerk, seen=one.revision)
    if legal is not None:
        until = clock.today() + timedelta(days=60)
        why = "案件正在侦查，告知会妨碍取证"
        delay = delaying.ask(look_id=one.look_id or 0, article="pipl#35", reason=why, until=until, actor=clerk)
        delaying.sign(delay_id=delay.pk, actor=legal, seen=delay.revision)
    giving.hand_over(request_id=one.pk, actor=clerk, receipt=f"送达回证第{one.pk}号", seen=one.revision)


def tell() -> int:
    """讲这一段. Returns how many requests there are."""
    _, reviewer = staff.pair(Department.objects.get(code="human-resources"))
    clerk, head, legal = (User.objects.get(username=name) for name in ("xuwenjing", "dengguodong", "gaoyuan"))
    for place in range(len(PEOPLE)):
        _held(place, clerk, reviewer)
    with clock.at(workdays.before(clock.today(), 6).on):
        _given(_asked(clerk, 0, answer_in=7, court=True, number="（2026）黑0102民初2071号"), clerk, head)
        _given(_asked(clerk, 1, answer_in=5, court=False, number="哈公里刑〔2026〕318号"), clerk, head, legal=legal)
    with clock.at(workdays.before(clock.today(), 5).on):
        handed.tell_of_requests()
        population = _asked(clerk, 2, answer_in=None, court=True, number="（2026）黑0102执异40号")
        requesting.refuse(
            request_id=population.pk, actor=head, refusal="population",
            opinion="文书后附名单，没有指明一个人；请逐人出具", seen=population.revision,
        )  # fmt: skip
        late = _asked(clerk, 2, answer_in=4, court=True, number="（2026）黑0102民初2166号")
        requesting.approve(request_id=late.pk, actor=head, seen=late.revision)
    with clock.at(workdays.before(clock.today(), 1).on):
        ready = _asked(clerk, 1, answer_in=9, court=True, number="（2026）黑0102民初2210号")
        requesting.approve(request_id=ready.pk, actor=head, seen=ready.revision)
        giving.extract(request_id=ready.pk, actor=clerk, seen=ready.revision)
    _asked(clerk, 0, answer_in=12, court=True, number="（2026）黑0102民初2238号")
    return LawfulRequest.objects.count()
