"""All addresses. A test fails for one that docs/access.md does not list."""

from django.conf import settings
from django.urls import include, path

from daoli_credit.portal import health, metrics
from daoli_credit.portal.desk import calendar, leaving
from daoli_credit.portal.desk import views as desk
from daoli_credit.supervision.views import quality
from daoli_credit.supervision.views.no_news import no_news
from education.views.public import campaigns
from incentives.views import directory
from incentives.views.check_counts import counts as check_counts
from incentives.views.measure_book import book

handler400 = "daoli_credit.portal.public.errors.bad_request"
handler403 = "daoli_credit.portal.public.errors.forbidden"
handler404 = "daoli_credit.portal.public.errors.not_found"
handler500 = "daoli_credit.portal.public.errors.server_error"

urlpatterns = [
    path("healthz/", health.alive, name="alive"),
    path("readyz/", health.ready, name="ready"),
    path("metrics/", metrics.metrics, name="metrics"),
    path("", include("daoli_credit.portal.public.urls")),
    path("", include("daoli_credit.accounts.urls")),
    path("me/", include("daoli_credit.portal.citizen.urls")),
    path("desk/", desk.home, name="desk"),
    path("desk/calendar/", calendar.calendar, name="calendar"),
    path("desk/calendar/file/", calendar.file, name="calendar-file"),
    path("desk/calendar/office/", calendar.office, name="calendar-office"),
    path("desk/", include("daoli_credit.accounts.desk_urls")),
    path("desk/people/<int:pk>/close/", leaving.close, name="person-close"),
    path("rules/", include("daoli_credit.rulepack.urls")),
    path("desk/rules/", include("daoli_credit.rulepack.desk_urls")),
    path("desk/records/", include("records.urls")),
    path("desk/listings/", include("incentives.urls")),
    path("desk/checks/", include("incentives.check_urls")),
    path("desk/prior-notices/", include("incentives.notice_urls")),
    path("desk/inbound/", include("incentives.inbound_urls")),
    path("checks/", check_counts, name="check-counts"),
    path("api/v1/checks/", include("incentives.check_api_urls")),
    path("api/v1/cases/", include("incentives.case_api_urls")),
    path("matters/", directory.matters, name="matters"),
    path("matters/<slug:code>/", directory.matter, name="matter"),
    path("desk/matters/", include("incentives.matter_urls")),
    path("desk/sharing/", include("incentives.sharing_urls")),
    path("desk/", include("incentives.honour_urls")),
    path("desk/measures/", include("incentives.measure_urls")),
    path("measures/", book, name="measures"),
    path("", include("daoli_credit.feeds.urls")),
    path("desk/", include("daoli_credit.looks.urls")),
    path("campaigns/", campaigns, name="campaigns"),
    path("desk/campaigns/", include("education.urls")),
    path("desk/no-news/", no_news, name="no-news"),
    path("desk/quality/", quality.board, name="quality"),
    path("desk/quality/<slug:department>/<slug:what>/", quality.rows, name="quality-rows"),
    path("desk/imports/", include("records.urls_import")),
    path("api/v1/imports/", include("records.urls_api")),
    path("desk/exports/", include("records.export_urls")),
    path("desk/amendments/", include("records.amendment_urls")),
    path("desk/ends/", include("records.end_urls")),
    path("desk/objections/", include("records.objection_urls")),
    path("desk/", include("records.contest_urls")),
    path("desk/papers/", include("records.paper_urls")),
    path("desk/identities/", include("records.identity_urls")),
    path("desk/repairs/", include("records.repair_urls")),
    path("desk/requests/", include("records.request_urls")),
    path("desk/lapses/", include("records.lapse_urls")),
    path("desk/evidence/", include("daoli_credit.portal.evidence.urls")),
    path("supervision/", include("daoli_credit.supervision.urls")),
    *([path("demo/", include("daoli_credit.demo.urls"))] if settings.DEMO else []),
]
