"""部门系统报送一张表: the same path as a clerk's upload; a clerk of the department confirms what it leads to."""

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence

from django.db import IntegrityError

from daoli_credit.accounts.models import ServiceKey
from daoli_credit.law import pack
from daoli_credit.workflow import RuleBroken, WorkflowError
from records.models import ImportBatch
from records.workflows.uploading import take_in

ONCE = "each_request_of_a_system_once"


class OtherContent(WorkflowError):
    """同一请求编号，内容不同 (409)."""


def known(item: str) -> str:
    """目录里有的事项. Raises RuleBroken."""
    if item not in pack.current().items:
        raise RuleBroken(f"没有“{item}”这个目录事项；请用目录里的事项代码")
    return item


def sheet(item: str, rows: Sequence[Mapping[str, object]]) -> bytes:
    """逐条报送的内容写成一张表, by the names of the item's fields or their titles. Raises RuleBroken."""
    edition = pack.current()
    titles = {field.name: field.zh for field in (*edition.identity, *edition.item(known(item)).fields)}
    columns: dict[str, None] = {}
    lines = []
    for row in rows:
        if any(isinstance(value, list | dict) for value in row.values()):
            raise RuleBroken("每一项的值应当是文字或者数字；几项的用“；”隔开写成一段文字")
        named = {titles.get(name, name): value for name, value in row.items()}
        if len(named) < len(row):
            raise RuleBroken("同一项写了两次（一次用栏目名，一次用字段名）；请只留一个")
        columns |= dict.fromkeys(named)
        lines.append(named)
    made = io.StringIO()
    writer = csv.DictWriter(made, list(columns), restval="")
    writer.writeheader()
    writer.writerows({name: "" if value is None else value for name, value in line.items()} for line in lines)
    try:
        return made.getvalue().encode()
    except UnicodeEncodeError:
        raise RuleBroken("内容里有不成字的代码（半个代理对）；请核对编码，用 UTF-8 报送") from None


def send(
    *, key: ServiceKey, item: str, name: str, data: bytes, stated: Mapping[str, str], request_id: str
) -> tuple[ImportBatch, bool]:
    """报送: the batch, and whether it is new; the same request again is answered with the same batch.

    Raises RuleBroken as an upload does, and OtherContent.
    """
    whose = ImportBatch(department=key.department, uploaded_key=key, request_id=request_id)
    if found := _sent_before(key, request_id, data):
        return found, False
    try:
        return take_in(whose, item=item, name=name, data=data, stated=stated, actor=key), True
    except IntegrityError as why:
        if ONCE in str(why) and (found := _sent_before(key, request_id, data)):
            return found, False
        raise


def _sent_before(key: ServiceKey, request_id: str, data: bytes) -> ImportBatch | None:
    found = ImportBatch.objects.filter(uploaded_key=key, request_id=request_id).first()
    if found and bytes(found.file_digest or b"") != hashlib.sha256(data).digest():
        raise OtherContent(f"这个请求编号已经用过（{found.number}），内容不同；新的内容请换一个编号")
    return found
