"""权限清单."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from daoli_credit.accounts.access import officers
from daoli_credit.accounts.selectors import duties


@require_GET
@officers("security", "audit")
def review(request: HttpRequest) -> HttpResponse:
    """权限清单: each row opens the person."""
    return render(request, "accounts/duties.html", {"review": duties.review()})
