"""规则与目录: the edition in use and what is still to be confirmed. Read only."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from daoli_credit.accounts.access import requires
from daoli_credit.law import pack
from daoli_credit.law.status import Status
from daoli_credit.supervision import rules as loaded


@requires("supervise")
def rules(request: HttpRequest) -> HttpResponse:
    """规则与目录: the counts; `?file=` and `?status=` open the rows behind a figure."""
    standing = loaded.standing()
    context: dict[str, object] = {"standing": standing}
    if standing:
        file, status = request.GET.get("file", ""), request.GET.get("status", "")
        context |= {
            "files": loaded.files(),
            "statuses": list(Status),
            "file_title": loaded.FILES.get(file, ("",))[0],
            "status_title": Status(status).label if status in list(Status) else "",
            "rows": loaded.rows(pack.current(), file, status),
        }
    return render(request, "supervision/rules.html", context)
