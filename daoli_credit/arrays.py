"""成组的值: given to the database as one text, which both sides read faster than as many values."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from django.db.models import BooleanField, Model
from django.db.models.expressions import RawSQL

AT_ONCE = 50_000


def numbers(ids: Iterable[int]) -> str:
    """一组编号, for `%s::bigint[]` or `%s::integer[]`."""
    return "{" + ",".join(map(str, ids)) + "}"


def words(texts: Collection[str]) -> str:
    """一组文字, for `%s::text[]`."""
    said = '","'.join(texts)
    if "\\" in said or said.count('"') != 2 * max(len(texts) - 1, 0):
        said = '","'.join(text.replace("\\", r"\\").replace('"', r"\"") for text in texts)
    return '{"' + said + '"}' if texts else "{}"


def keys(values: Collection[bytes]) -> str:
    """一组字节, for `%s::bytea[]`."""
    return r'{"\\x' + r'","\\x'.join([one.hex() for one in values]) + '"}' if values else "{}"


def joined(values: Collection[bytes], wide: int) -> bytes:
    """一组等长的字节, one after the other: each is cut out by its place. Raises ValueError for another length."""
    if any(len(one) != wide for one in values):
        raise ValueError(f"每个都应是 {wide} 字节")
    return b"".join(values)


def shares(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """一组编号, so many at a time: a list of any length takes no more memory than one of them."""
    return (ids[at : at + AT_ONCE] for at in range(0, len(ids), AT_ONCE))


def listed(ids: Iterable[int]) -> RawSQL:
    """这一组编号, for `__in`."""
    return RawSQL("SELECT unnest(%s::bigint[])", [numbers(ids)])


def among(model: type[Model], ids: Iterable[int], column: str = "id") -> RawSQL:
    """这一组编号里的 rows of a table, a condition without a join.

    Where the planner has not counted new rows yet, it may walk the whole list for each of them, and a hundred thousand
    rows then take hours.
    """
    place = f'"{model._meta.db_table}"."{column}"'
    return RawSQL(f"{place} = ANY(%s::bigint[])", [numbers(ids)], output_field=BooleanField())  # noqa: S611  our own names
