"""下载清单: what a page of the operator shows, as a sheet to go through with the platform; record numbers only."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from daoli_credit.accounts.access import requires
from daoli_credit.accounts.views.answers import user_of
from daoli_credit.feeds import sheets
from daoli_credit.feeds.forms import PastDayForm
from daoli_credit.feeds.standing import standing_of
from records.reading import workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_POST
@requires("operate_feeds")
def sheet(request: HttpRequest, feed: str) -> HttpResponse:
    """下载这份清单: the rows of the filter that was on the screen, the taking out being an event."""
    standing, user, asked = standing_of(feed), user_of(request), request.POST
    if standing is None or not standing.feed.pk:
        raise Http404
    if asked.get("what") == "differences":
        kind, owner = asked.get("kind", ""), asked.get("owner", "")
        made = sheets.of_differences(feed, kind=kind, cleared=asked.get("shown") == "cleared", owner=owner)
    elif asked.get("what") == "copies":
        form = PastDayForm(asked)
        if not form.is_valid():
            raise Http404
        made = sheets.of_copies(feed, day=form.cleaned_data["day"])
    else:
        chosen = {name: asked.get(name, "") for name in ("state", "reason", "owner")}
        made = sheets.of_deliveries(user, feed, **chosen)
    rows = sheets.taken_out(made, feed=standing, actor=user)
    name = f"{standing.title}{made.title}.xlsx"
    said = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    headers = {"Content-Disposition": said, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(workbook.write(made.head, rows, name=made.title), content_type=XLSX, headers=headers)
