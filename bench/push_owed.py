"""Records that are owed to a platform, as many as are asked for: one by the true acts, the rest filled in beside it."""

from bench import filling
from daoli_credit.feeds.channels import Channel
from daoli_credit.feeds.models import Feed
from records import identity, identity_sets
from records.models import CreditRecord
from records.rules.id_number import check_digit
from tests import make, make_assessments
from tests.cast import Cast, assemble

OTHERS = 20_000


def people() -> Cast:
    cast = assemble()
    make_assessments.feed("hlj")
    return cast


def _number(n: int) -> str:
    """The n-th invented number: another day of birth every thousand."""
    digits = f"999999{1940 + n // 336_000}{1 + n // 28_000 % 12:02}{1 + n // 1_000 % 28:02}{n % 1_000:03}"
    return digits + check_digit(digits)


def _subjects(count: int) -> list[int]:
    """As many invented persons."""
    made: list[int] = []
    for low in range(0, count, 50_000):
        numbers = [_number(n) for n in range(low, min(low + 50_000, count))]
        people = [
            identity.Identity("某某" + chr(0x4E00 + n % 20_000), "resident-id", one) for n, one in enumerate(numbers)
        ]
        made += identity_sets.register(people, identity_sets.keys_of(numbers)).values()
    return made


def owed(cast: Cast, count: int) -> None:
    """`count` records in force: one by the true acts, the rest copied from it in the database, of other persons."""
    first = make.effective(cast, serial=1)
    others = _subjects(min(count - 1, OTHERS))
    with filling.silent() as cursor:  # a million triggers are not what is measured
        own = {"id", "number", "document_number", "subject_id"}
        names = ", ".join(str(one.column) for one in CreditRecord._meta.concrete_fields if one.column not in own)
        cursor.execute(
            f"INSERT INTO records_creditrecord (number, document_number, subject_id, {names})"  # noqa: S608 - our own
            f" SELECT 'B' || n, document_number || n, whose, {names}"
            " FROM records_creditrecord, generate_series(1, %s) n,"
            " LATERAL (SELECT (%s::bigint[])[1 + (n - 1) %% %s] AS whose) one WHERE id = %s ORDER BY n",
            [count - 1, others, len(others), first.pk],
        )
        for table in ("records_revision", "records_serveddocument"):
            cursor.execute("SELECT column_name FROM information_schema.columns WHERE table_name = %s", [table])
            kept = [name for (name,) in cursor.fetchall() if name not in {"id", "record_id"}]
            filled, theirs = ", ".join(kept), ", ".join(f"t.{one}" for one in kept)
            cursor.execute(
                f"INSERT INTO {table} (record_id, {filled}) SELECT r.id, {theirs}"  # noqa: S608 - our own tables
                f" FROM {table} t, records_creditrecord r WHERE t.record_id = %s AND r.id <> %s ORDER BY r.id",
                [first.pk, first.pk],
            )


def swept(channel: Channel) -> None:
    """The deliveries of all of them, in one statement: what is measured begins after the sweep."""
    Feed.objects.get_or_create(code=channel.code)
    with filling.silent() as cursor:
        cursor.execute(
            "INSERT INTO feeds_delivery (key, feed_id, revision_id, record_id, number, lane, state, attempts,"
            " held_reason, held_words, owner_says, created_at) SELECT md5(id::text), %s, id, record_id, number,"
            " 'ordinary', 'waiting', 0, '', '', '', now() FROM records_revision ORDER BY id",
            [channel.code],
        )
        cursor.execute("ANALYZE")  # as the server does it by itself in time
