"""对外提供的登记: one row for each copy that goes out, in the transaction that hands it over."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import connection

from daoli_credit import arrays
from daoli_credit.law import clock, pack
from daoli_credit.law.durations import Duration
from records.models import CreditRecord, Disclosure

PUSH = "推送"
LIMIT = "keep-provision-log"  # 网络数据安全管理条例 第十二条: three years at least
GIVE = """
INSERT INTO records_disclosure
    (at, day, recipient, recipient_title, channel, record_number, revision, item, item_title, basis, person_key)
SELECT %(at)s, %(day)s, %(recipient)s, %(title)s, %(channel)s, one.record, one.revision, item.code, item.title,
    item.basis, one.key
FROM unnest(%(records)s::text[], %(revisions)s::integer[], %(items)s::text[], %(keys)s::bytea[])
    WITH ORDINALITY AS one (record, revision, item, key, at)
JOIN unnest(%(codes)s::text[], %(titles)s::text[], %(bases)s::text[]) AS item (code, title, basis)
    ON item.code = one.item
ORDER BY one.at
"""


def basis_of(item_code: str) -> str:
    """依据: the articles under which an item may be given away; those of the item itself when the rule names none."""
    item = pack.current().item(item_code)
    return "；".join(str(one) for one in (item.may_push.citations or item.citations))[:500]


def given(
    *, record_id: int, number: int | None, recipient: str, title: str, channel: str = PUSH, basis: str = ""
) -> Disclosure:
    """登记一次提供. `basis` is what the recipient relies on, where it is not the item's own rule."""
    record = CreditRecord.objects.select_related("item", "subject").get(pk=record_id)
    newest = record.revisions.order_by("-number").values_list("number", flat=True).first()
    one = _row(record, number or newest or 1, basis or basis_of(record.item_id))
    one.recipient, one.recipient_title, one.channel = recipient, title, channel
    one.save()
    return one


def given_many(numbers: Mapping[CreditRecord, int], *, recipient: str, title: str, channel: str = PUSH) -> None:
    """登记一组提供: of each record the revision that goes out, on its item's own rule."""
    facts: dict[str, Any] = {
        "at": clock.now(),
        "day": clock.today(),
        "recipient": recipient,
        "title": title,
        "channel": channel,
        "records": arrays.words([record.number for record in numbers]),
        "revisions": arrays.numbers(numbers.values()),
        "items": arrays.words([record.item_id for record in numbers]),
        "keys": arrays.keys([record.person_keys()[0] for record in numbers]),
    }
    first = {record.item_id: record for record in numbers}
    items = {code: record.item.title for code, record in first.items()}
    facts |= {"codes": list(items), "titles": list(items.values()), "bases": [basis_of(code) for code in items]}
    if items:
        with connection.cursor() as cursor:
            cursor.execute(GIVE, facts)


def _row(record: CreditRecord, number: int, basis: str) -> Disclosure:
    return Disclosure(
        at=clock.now(),
        day=clock.today(),
        record_number=record.number,
        revision=number,
        item=record.item_id,
        item_title=record.item.title,
        basis=basis,
        person_key=record.person_keys()[0],
    )


def kept() -> Duration:
    """保存多久, as the pack says."""
    return pack.current().limit(LIMIT).years


def forget_old(cursor: Any, today: date) -> int:
    """删去期满的登记, with a cursor of the owner: the application's role may only add. Returns how many went.

    The day on which the term ends is computed by the pack's arithmetic, not by that of SQL.
    """
    cursor.execute("SELECT DISTINCT day FROM records_disclosure")
    term = kept()
    over = [day for (day,) in cursor.fetchall() if term.after(day) < today]
    cursor.execute("DELETE FROM records_disclosure WHERE day = ANY (%s)", [over])
    gone: int = cursor.rowcount
    return gone
