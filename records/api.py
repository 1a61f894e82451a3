"""接口报送 /api/v1/imports/: a bureau's system sends a sheet or rows; the answers are those of the import page.

What it leads to is a preview that a clerk of the department confirms: a key enters nothing into the register.
"""

import re
from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse
from rest_framework.parsers import BaseParser, JSONParser
from rest_framework.request import Request
from rest_framework.response import Response

from daoli_credit.accounts.api import ServiceView
from daoli_credit.accounts.models import ServiceKey
from daoli_credit.workflow import RuleBroken
from records import batch_rows
from records.models import ImportBatch
from records.models.batch import Verdict
from records.reading.sheet import MOST_BYTES
from records.rules.values import tidy
from records.upload_form import STATED
from records.workflows import sent_by_system

PER_PAGE = 100
REQUEST_ID = re.compile(r"[\w.\-]{8,64}", re.ASCII)


class Bytes(BaseParser):  # type: ignore[misc]  # the framework has no types
    """一个文件, as it is."""

    media_type = "application/octet-stream"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> bytes:
        """The bytes; their kind is judged by content, later."""
        return bytes(stream.read())


class Csv(Bytes):
    """一个 CSV 文件."""

    media_type = "text/csv"


def _refused(code: int, says: str) -> Response:
    return Response({"code": code, "says": says}, status=code)


def _told(batch: ImportBatch) -> dict[str, object]:
    found = batch_rows.preview(batch)
    return {
        "number": batch.number,
        "status": batch.status,
        "says": batch.failure or batch.get_status_display(),
        "address": reverse("api-import", args=[batch.number]),
        "rows": batch.total,
        "counts": {verdict: n for verdict, _, n in found.tabs},
    }


class Imports(ServiceView):
    """POST: 报送一张表或者若干条. `Idempotency-Key` names the request; sent again, it is answered alike."""

    scope = "records"
    parser_classes = (JSONParser, Csv, Bytes)

    def post(self, request: Request) -> Response:
        """202 for a new batch, 200 for the same request again; 409, 413 and 422 in words."""
        key: ServiceKey = request.auth
        if int(request.headers.get("Content-Length") or 0) > MOST_BYTES:
            return _refused(413, f"一次最多 {MOST_BYTES >> 20} MB；请分几次报送，或者由经办在网页上传")
        request_id = request.headers.get("Idempotency-Key", "")
        if not REQUEST_ID.fullmatch(request_id):
            return _refused(422, "请在 Idempotency-Key 里写请求编号：8 到 64 位字母、数字、点、横线；重发用同一个")
        try:
            facts, data = self._sent(request)
            batch, is_new = sent_by_system.send(
                key=key,
                item=tidy(str(facts.get("item", ""))),
                name=f"{key.title}.csv",
                data=data,
                stated={name: tidy(str(facts.get(name) or "")) for name in STATED},
                request_id=request_id,
            )
        except sent_by_system.OtherContent as why:
            return _refused(409, str(why))
        except RuleBroken as why:
            return _refused(422, str(why))
        return Response(_told(batch), status=202 if is_new else 200)

    def _sent(self, request: Request) -> tuple[Any, bytes]:
        body = request.data
        if isinstance(body, bytes):
            sent_by_system.known(str(request.query_params.get("item", "")))
            return request.query_params, body
        rows = body.get("rows") if isinstance(body, dict) else None
        if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
            raise RuleBroken("请送一个 JSON 对象：item 是事项代码，rows 是各行（每行由栏目名到内容），rows 至少一条")
        return body, sent_by_system.sheet(tidy(str(body.get("item", ""))), rows)


class Import(ServiceView):
    """GET: 一批的结果. Rows that did not pass, with the reasons; identities masked as on the page."""

    scope = "records"

    def get(self, request: Request, number: str) -> Response:
        """404 for a batch that this key did not send."""
        batch = ImportBatch.objects.visible_to_system(request.auth).filter(number=number).first()
        if batch is None:
            return _refused(404, "没有这一批，或者不是这个密钥报送的")
        verdict = request.query_params.get("verdict", Verdict.WRONG)
        page = Paginator(batch_rows.rows(batch, verdict), PER_PAGE).get_page(request.query_params.get("page"))
        rows = [{"line": row.line, "verdict": row.verdict, "problems": row.problems} for row in page]
        return Response({**_told(batch), "shown": rows, "page": page.number, "pages": page.paginator.num_pages})
