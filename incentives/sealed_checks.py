"""封存的核查: what was answered, and the sheets of sets; sealed in the database and nowhere else."""

import json
import zlib
from collections.abc import Sequence
from typing import Any

from daoli_credit import cipher
from incentives.models import CheckAnswer, CheckSet, CheckSheet
from incentives.models.check import context_of as answer_context
from incentives.models.check_set import context_of as sheet_context

PIECE = 2 << 20


class NotKept(Exception):
    """原表已经不在: past its time of keeping."""


def seal(answer: CheckAnswer, said: dict[str, object]) -> None:
    """封存一项答复."""
    answer.envelope = cipher.seal(json.dumps(said, ensure_ascii=False).encode(), context=answer_context(answer))


def opened(answer: CheckAnswer) -> dict[str, Any]:
    """打开一项答复, because of a look that the caller has compared with the check."""
    found: dict[str, Any] = json.loads(cipher.unseal(bytes(answer.envelope), context=answer_context(answer)))
    return found


def keep(of: CheckSet, data: bytes, *, result: bool) -> None:
    """封存一张表: as uploaded, or the lines of the result. What was there of that kind before goes."""
    keep_parts(of, parts(of, data, result=result), result=result)


def parts(of: CheckSet, data: bytes, *, result: bool) -> list[CheckSheet]:
    """封存的各段 of a sheet, not kept yet."""
    pressed, made = zlib.compress(data, 1), []
    for number, at in enumerate(range(0, len(pressed), PIECE)):
        part = CheckSheet(check_set=of, result=result, part=number)
        part.envelope = cipher.seal(pressed[at : at + PIECE], context=sheet_context(part))
        made.append(part)
    return made


def keep_parts(of: CheckSet, made: Sequence[CheckSheet], *, result: bool) -> None:
    """存下各段; what was there of that kind before goes."""
    forget(of, result=result)
    CheckSheet.objects.bulk_create(made, batch_size=2)


def sheet(of: CheckSet, *, result: bool) -> bytes:
    """打开一张表: for the worker, and for the department whose applicants stand in it. Raises NotKept."""
    kept = list(CheckSheet.objects.filter(check_set=of, result=result).select_related("check_set").order_by("part"))
    if not kept:
        raise NotKept("原表已经删除；还要核查的，请重新上传")
    return zlib.decompress(b"".join(cipher.unseal(bytes(one.envelope), context=sheet_context(one)) for one in kept))


def forget(of: CheckSet, *, result: bool) -> None:
    """删去一张表. Harmless twice."""
    CheckSheet.objects.filter(check_set=of, result=result).delete()


def lines(of: CheckSet) -> Sequence[Sequence[Any]]:
    """结果各行: application, masked number and check number of each, in the order of the sheet. Raises NotKept."""
    found: list[list[Any]] = json.loads(sheet(of, result=True))
    return found
