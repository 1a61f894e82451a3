"""演示的身份核定: a name that does not fit waits for the window, two numbers wait for a decision, one person has died,
and a bureau has handed another death to the window.

Of one it was found that they have no full capacity: all that was adverse has ended, and the letter says so.

And a record with the scan of its decision, as the bureau's own system gave it out.
"""

from datetime import date, timedelta

from daoli_credit.accounts.models import Department, User
from daoli_credit.demo import people
from daoli_credit.demo.lived_in import checked, penalty
from daoli_credit.demo.repairs import in_force
from daoli_credit.law import clock, workdays
from records import sealed_attachments
from records.identity import Identity
from records.models import CreditRecord, IdentityCase
from records.models.attachment import Paper
from records.models.identity_case import K
from records.rules import permits
from records.rules.id_number import RESIDENT, check_digit
from records.workflows import attaching, identity_handing, identity_opening, opening
from records.workflows import identity_case as acts
from records.workflows import record as record_acts
from records.workflows.identity_opening import Grounds

SERIAL = 3301
PERMIT = "81999919830616902"
RENAMED = Identity("范雨桐", RESIDENT, people.number(date(1989, 6, 16), 951))
TWICE = (
    Identity("陈嘉明", permits.PERMIT, PERMIT + check_digit(PERMIT)),
    Identity("陈嘉明", RESIDENT, people.number(date(1983, 6, 16), 953)),
)
DEAD = Identity("潘守义", RESIDENT, people.number(date(1951, 2, 3), 955))
HANDED = Identity("齐国梁", RESIDENT, people.number(date(1948, 9, 9), 959))
WARD = Identity("邱长河", RESIDENT, people.number(date(1993, 12, 5), 959))
SCANNED = Identity("喻春梅", RESIDENT, people.number(date(1979, 3, 8), 957))
SCAN = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj
4 0 obj<</Length 62>>stream
BT /F1 20 Tf 72 760 Td (DEMO - not a real decision) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>
%%EOF
"""


def _opened(kind: K, who: Identity, window: User, *, other: str = "", reason: str, paper: str) -> IdentityCase:
    grounds = Grounds(reason, paper, "哈里公证字〔2026〕31号", clock.today() - timedelta(days=4))
    return identity_opening.open_(
        kind=kind, id_number=who.id_number, other_number=other, name="", grounds=grounds, papers=(), actor=window
    )


def _with_scan(clerk: User, reviewer: User, market: Department) -> CreditRecord:
    """A penalty whose decision was scanned."""
    decided = clock.today() - timedelta(days=40)
    with clock.at(workdays.due(decided, 2).on):
        raw = penalty("penalty-food", SCANNED, market, decided=decided, serial=SERIAL + 5, severity="general")
        record = record_acts.enter(department=market, checked=checked("penalty-food", raw, clock.today()), actor=clerk)
        made = sealed_attachments.prepared(SCAN, Paper.DECISION, clerk)
        attaching.attach(record_id=record.pk, made=made, actor=clerk, seen=record.revision)
        record_acts.submit(record_id=record.pk, actor=clerk, seen=record.revision + 1)
    with clock.at(workdays.due(decided, 3).on):
        opening.note([CreditRecord.objects.get(pk=record.pk)], reviewer)
        return record_acts.approve(record_id=record.pk, actor=reviewer, opinion="", seen=record.revision + 1)


def _handed(clerk: User, reviewer: User) -> IdentityCase:
    """The family brought the proof to the bureau, which hands it to the window."""
    record = in_force("penalty-food", HANDED, clerk, reviewer, SERIAL + 6)
    with clock.at(workdays.before(clock.today(), 1).on):
        return identity_handing.hand(
            record=record,
            kind=K.DEATH,
            grounds=Grounds(
                "家属到本单位交来证明", "居民死亡医学证明", "哈死医证〔2026〕114号", clock.today() - timedelta(days=6)
            ),
            papers=[sealed_attachments.prepared(SCAN, Paper.PROOF, clerk)],
            actor=clerk,
        )


def tell() -> int:
    """讲这一段. Returns how many cases it has made."""
    names = ("zhaomin", "sunjianguo", "tianli", "hezhiyuan")
    clerk, reviewer, window, head = (User.objects.get(username=name) for name in names)
    market = Department.objects.get(code="market-regulation")
    for place, who in enumerate((RENAMED, *TWICE, DEAD, WARD)):
        in_force("penalty-food", who, clerk, reviewer, SERIAL + place)
    _with_scan(clerk, reviewer, market)
    _handed(clerk, reviewer)
    with clock.at(workdays.before(clock.today(), 2).on):
        typed = Identity("范雨彤", RENAMED.id_type, RENAMED.id_number)
        identity_opening.ask(department=market, claimed=typed, actor=clerk)
        _opened(
            K.SAME,
            TWICE[0],
            window,
            other=TWICE[1].id_number,
            reason="本人换领居住证，旧号码不再使用",
            paper="公安机关出具的身份证明",
        )
        died = _opened(K.DEATH, DEAD, window, reason="家属持证明到窗口报告", paper="居民死亡医学证明")
        ward = _opened(K.CAPACITY, WARD, window, reason="法定代理人持判决到窗口报告", paper="宣告判决书")
    with clock.at(workdays.before(clock.today(), 1).on):
        for case in (died, ward):
            acts.settle(case_id=case.pk, actor=head, opinion="材料齐全", seen=case.revision)
    return IdentityCase.objects.count()
