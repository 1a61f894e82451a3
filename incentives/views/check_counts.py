"""核查月报, for anybody: how much was asked, in which matters."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from incentives.selectors.check_counts import SMALLEST, monthly_counts


@require_GET
@login_not_required
def counts(request: HttpRequest) -> HttpResponse:
    """核查月报: all matters, or the one that is asked for."""
    cells, wanted = monthly_counts(), request.GET.get("matter", "")[:60]
    facts = {
        "cells": [one for one in cells if not wanted or one.matter == wanted],
        "matters": sorted({(one.matter, one.title) for one in cells}, key=lambda one: one[1]),
        "wanted": wanted,
        "smallest": SMALLEST,
    }
    return render(request, "checks/counts.html", facts)
