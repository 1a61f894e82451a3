"""对外提供登记: how often what was given to whom, on which basis. Counts only; small ones are not shown."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from daoli_credit.accounts.access import protectors
from daoli_credit.law import clock
from records import disclosures as register


@require_GET
@protectors
def disclosures(request: HttpRequest) -> HttpResponse:
    """对外提供登记 of one year."""
    this = clock.today().year
    years = [this, this - 1, this - 2, this - 3]
    wanted = request.GET.get("year", "")
    year = next((one for one in years if str(one) == wanted), this)
    context = {
        "year": year,
        "years": years,
        "cells": register.counts(date(year, 1, 1), date(year, 12, 31)),
        "fewest": register.FEWEST,
    }
    return render(request, "supervision/disclosures.html", context)
