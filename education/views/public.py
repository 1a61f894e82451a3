"""公众看到的宣传教育: what was held, newest first, and the calendar of the year. No sign-in, nobody by name."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from daoli_credit.law import clock
from education import selectors
from education.models import Campaign

PER_PAGE = 12


@require_GET
@login_not_required
def campaigns(request: HttpRequest) -> HttpResponse:
    """宣传教育."""
    held = Campaign.objects.published().select_related("department").prefetch_related("partners")
    page = Paginator(held, PER_PAGE).get_page(request.GET.get("page"))
    today = clock.today()
    facts = {"page": page, "dates": selectors.year_of(today.year), "today": today}
    return render(request, "education/public.html", facts)
