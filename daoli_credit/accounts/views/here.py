"""还在填写: writing in a form is not idleness, so the page says so while somebody types."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET


@login_not_required
@require_GET
def here(request: HttpRequest) -> HttpResponse:
    """还在填写 (204): opening the session is what moves its end on, 20 or 30 minutes from now and 8 hours at most
    (`sitting`). A visitor has none, and gets none."""
    _ = request.user.is_authenticated
    return HttpResponse(status=204)
