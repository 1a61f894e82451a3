"""导入的文件: what a clerk takes away of an import: the template, the receipt, the rows that were not entered."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from daoli_credit.accounts.access import requires
from daoli_credit.accounts.views.answers import user_of
from daoli_credit.law import pack
from daoli_credit.workflow import RuleBroken
from records import batches
from records.models import Receipt
from records.reading import template, workbook
from records.upload_form import offered
from records.views.importing import visible
from records.workflows import wrong_rows

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@requires("submit_record")
def blank(request: HttpRequest, department: str, item: str) -> HttpResponse:
    """模板: the columns of one item that this department may report, as the reader wants them."""
    if f"{department}/{item}" not in {code for _, items in offered(user_of(request)) for code, _ in items}:
        raise Http404("没有可以导入的这个目录事项")
    kind = pack.current().item(item)
    fields = [field for field in (*pack.current().identity, *kind.fields) if not field.ignored]
    return _sheet(template.write(fields), f"{kind.title} 模板.xlsx")


@require_GET
@requires("view_records")
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """入库回执: the very bytes whose digest stands in the evidence; `?as=text` to keep them."""
    batch = visible(request, number)
    found = get_object_or_404(Receipt, batch=batch)
    if request.GET.get("as") == "text":
        said = content_disposition_header(as_attachment=True, filename=f"{number} 入库回执.txt") or "attachment"
        headers = {"Content-Disposition": said, "Cache-Control": "no-store"}
        return HttpResponse(found.text.encode(), content_type="text/plain; charset=utf-8", headers=headers)
    return render(
        request,
        "records/import_receipt.html",
        {"batch": batch, "receipt": found, "digest": bytes(found.digest).hex(), "whole": batches.receipt_holds(found)},
    )


@require_GET
@requires("submit_record")
def wrong(request: HttpRequest, number: str) -> HttpResponse:
    """下载未入库的行: the same layout, every cell text, the reason in the last column; very many in several files."""
    batch = visible(request, number)
    part, apart = request.GET.get("part", ""), request.GET.get("what") == "apart"
    at = int(part) if part.isascii() and part.isdecimal() and len(part) < 6 else 1
    try:
        titles, rows, of = wrong_rows.take(batch=batch, actor=user_of(request), part=at, apart=apart)
    except RuleBroken as why:
        messages.error(request, str(why))
        return redirect("import", number)
    which = "非个人主体的行" if apart else "未入库的行"
    return _sheet(workbook.write(titles, rows), f"{number} {which}{f' 第{at}份' if of > 1 else ''}.xlsx")


def _sheet(data: bytes, name: str) -> HttpResponse:
    said = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    headers = {"Content-Disposition": said, "Cache-Control": "no-store"}
    return HttpResponse(data, content_type=XLSX, headers=headers)
