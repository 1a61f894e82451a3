"""一个登记库: as many records as asked for, with their people, sheets, revisions, evidence, holders and copies.

Nobody times the filling, so it goes past the acts: INSERT … SELECT as the cluster's superuser, triggers and foreign
keys silent, indexes built afterwards; every CHECK of the tables still holds. Only the people are sealed one by one, as
the product does, because pages open their envelopes. Records lie five years back in the order of their days; 24
departments report in blocks of 450 from a sheet and 50 by hand; one department has not reviewed for 120 days.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from itertools import islice
from threading import Thread

import psycopg2
from psycopg2.extensions import cursor as Cursor  # noqa: N812

from bench import register_sql as sql
from daoli_credit import cipher
from daoli_credit.accounts.cast import CAST
from daoli_credit.accounts.models import Department, User
from daoli_credit.demo import people, staff
from daoli_credit.embedded import testbed
from daoli_credit.law import clock, pack
from records import identity_sets
from records.identity import Identity
from records.rules.id_number import RESIDENT

PER_PERSON, PORTION = 5, 20_000
# 报送的份额, of a hundred; the others share the rest
SHARES = {"market-regulation": 30, "public-security": 10, "tax": 10, "health": 8, "human-resources": 8}
CLERKS = {"market-regulation": ("zhaomin", "sunjianguo"), "health": ("lijing", "wangtao")}
FILLED = (
    "records_subject", "records_subjectkey", "records_importbatch", "records_batchrow", "records_creditrecord",
    "records_revision", "records_holding", "records_archivecopy", "records_publicpage", "records_sentback",
    "records_daynote",
)  # fmt: skip
NO_NUMBERS = {"records_archivecopy", "records_publicpage"}


def _superuser() -> str:
    return testbed.owner_url().replace("daoli_owner@", "postgres@")


@contextmanager
def _silent() -> Iterator[Cursor]:
    """A cursor for which no trigger fires and no foreign key is asked."""
    connection = psycopg2.connect(_superuser())
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
            cursor.execute("SET synchronous_commit = off")
            cursor.execute("SET maintenance_work_mem = '1GB'")
            cursor.execute("SET work_mem = '256MB'")
            yield cursor
    finally:
        connection.close()


silent = _silent  # other jobs fill their own tables


@cache
def citizens() -> list[Identity]:
    """The citizens of the cast: subjects 1, 2, …; everybody else comes after them."""
    return [Identity(one.display_name, RESIDENT, one.id_number) for one in CAST if one.face == "citizen"]


def person(number: int) -> Identity:
    """The one who is subject `number`."""
    known = citizens()
    if number <= len(known):
        return known[number - 1]
    serial = number - len(known) - 1
    born = people.ELDEST + timedelta(days=serial // 1000)
    name = people.SURNAMES[serial % 30] + people.GIVEN[serial % 37] + people.GIVEN[serial % 31]
    return Identity(name, RESIDENT, people.number(born, serial % 1000))


def _people(count: int) -> None:
    """Subjects 1 to `count`, sealed as the product seals, without asking whether they are there."""
    source, number = map(person, range(1, count + 1)), 0
    with _silent() as cursor:
        while some := list(islice(source, PORTION)):
            sealed = identity_sets.sealed(some)
            (keys, *_) = cipher.person_keys_of([one.id_number for one in some])
            subjects, rows = io.StringIO(), io.StringIO()
            for one, key in zip(some, keys, strict=True):
                number += 1
                made = sealed[one.id_number]
                subjects.write(f"{number}\t{made.token}\t\\\\x{made.envelope.hex()}\t\\\\x{made.tail.hex()}\tnow\n")
                rows.write(f"{number}\t{number}\t{int.from_bytes(key[:2], 'big')}\t\\\\x{key.hex()}\n")
            for table, columns, text in (
                ("records_subject", "id, token, envelope, name_tail_key, created_at", subjects),
                ("records_subjectkey", "id, subject_id, key_id, digest", rows),
            ):
                text.seek(0)
                cursor.copy_expert(f"COPY {table} ({columns}) FROM STDIN", text)


def _slots() -> list[tuple[int, str, str, int, int]]:
    """A hundred shares: department, its code, item, clerk and reviewer."""
    edition = pack.current()
    users = dict(User.objects.values_list("username", "pk"))
    found: list[tuple[int, str, str, int, int]] = []
    lists = {code for code, item in edition.items.items() if item.list_types or item.code.startswith("honour")}
    bodies = [one for one in Department.objects.order_by("pk") if one.kind not in {"party", "judicial", "mass"}]
    offers = {
        one.code: [code for code, item in edition.items.items() if one.code in item.providers and code not in lists]
        for one in bodies
    }
    bodies = [one for one in bodies if offers[one.code]]
    others = [one for one in bodies if one.code not in SHARES]
    rest = (100 - sum(SHARES[one.code] for one in bodies if one.code in SHARES)) // len(others)
    for body in bodies:
        clerk, reviewer = CLERKS.get(body.code, (f"{body.code}-clerk", f"{body.code}-reviewer"))
        for n in range(SHARES.get(body.code, rest)):
            items = offers[body.code][:4]
            found.append((body.pk, body.code, items[n % len(items)], users[clerk], users[reviewer]))
    return found


def _staff() -> None:
    staff.the_cast("")
    for body in Department.objects.all():
        staff.pair(body)


def _indexes(cursor: Cursor, *, ready: bool) -> None:
    """Not kept while the rows go in; built whole afterwards."""
    for table in FILLED:
        if ready:
            cursor.execute(f"REINDEX TABLE {table}")
        else:
            cursor.execute(
                "UPDATE pg_index SET indisready = false, indisvalid = false WHERE indrelid = %s::regclass", [table]
            )


@contextmanager
def _evidence_unstamped(cursor: Cursor) -> Iterator[None]:
    """存证's triggers fire even for a replica: their rows would all be of this minute."""
    cursor.execute(
        "SELECT tgrelid::regclass::text, tgname FROM pg_trigger"
        " WHERE NOT tgisinternal AND tgparentid = 0 AND tgrelid::regclass::text ~ '^audit_(event|lookup)'"
    )
    kept = cursor.fetchall()
    for table, name in kept:
        cursor.execute(f'ALTER TABLE {table} DISABLE TRIGGER "{name}"')
    yield
    for table, name in kept:
        cursor.execute(f'ALTER TABLE {table} ENABLE ALWAYS TRIGGER "{name}"')


def fill(rows: int) -> int:
    """How many people there are now. The register is empty before; the cast gets no passwords here."""
    _staff()
    several = max(rows // PER_PERSON, 100)
    with _silent() as cursor:
        _indexes(cursor, ready=False)
        sealing = Thread(target=_people, args=[several])
        sealing.start()
        given = {
            "rows": rows,
            "people": several - len(citizens()),
            "own": max(rows // 12, 10),
            "today": clock.today(),
            "edition": pack.current().edition,
            "market": Department.objects.get(code="market-regulation").pk,
        }
        cursor.execute(sql.SLOTS)
        cursor.executemany("INSERT INTO bench_slot VALUES (DEFAULT, %s, %s, %s, %s, %s)", _slots())
        for statement in sql.RECORDS:
            cursor.execute(statement, given)
        sealing.join()
        _indexes(cursor, ready=True)
        with _evidence_unstamped(cursor):
            for statement in sql.AROUND:
                cursor.execute(statement, given)
        for table in (*FILLED, "audit_event", "audit_lookup"):
            if table not in NO_NUMBERS:
                cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id) + 1) FROM {table}")  # noqa: S608
            cursor.execute(f"VACUUM (ANALYZE) {table}")
    return several
