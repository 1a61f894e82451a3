"""核查月报, for anybody: how much was asked, in which matters."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from incentives.selectors.check_counts import SMALLEST, monthly_counts


@require_GET
@login_not_required
def counts(request: HttpRequest) -> HttpResponse:
    """核查月报."""
    return render(request, "checks/counts.html", {"cells": monthly_counts(), "smallest": SMALLEST})
