"""推送的地址: the pages under /desk/feeds/, and the door for receipts under /api/v1/."""

from django.urls import path

from daoli_credit.feeds.views import acts, lists, pages, receipts, returned, sheets, standing

urlpatterns = [
    path("desk/feeds/", pages.overview, name="feeds"),
    path("desk/feeds/returned/", returned.listing, name="feed-returned"),
    path("desk/feeds/returned/<slug:key>/", returned.answer, name="feed-answer"),
    path("desk/feeds/stopped/", lists.stopped, name="feed-stopped"),
    path("desk/feeds/owed/", standing.owed, name="feed-owed"),
    path("desk/feeds/record/<slug:number>/", lists.record, name="feed-record"),
    path("desk/feeds/<slug:feed>/", pages.deliveries, name="feed-deliveries"),
    path("desk/feeds/<slug:feed>/pause/", acts.pause, name="feed-pause"),
    path("desk/feeds/<slug:feed>/resume/", acts.resume, name="feed-resume"),
    path("desk/feeds/<slug:feed>/hurry/", acts.hurry, name="feed-hurry"),
    path("desk/feeds/<slug:feed>/recall/", acts.recall, name="feed-recall"),
    path("desk/feeds/<slug:feed>/retry-all/", acts.retry_all, name="feed-retry-all"),
    path("desk/feeds/<slug:feed>/copies/", pages.copies, name="feed-copies"),
    path("desk/feeds/<slug:feed>/differences/", lists.differing, name="feed-differences"),
    path("desk/feeds/<slug:feed>/say-again/", lists.say_again, name="feed-say-again"),
    path("desk/feeds/<slug:feed>/sheet/", sheets.sheet, name="feed-sheet"),
    path("desk/feeds/<slug:feed>/coming/", lists.prepared, name="feed-coming"),
    path("desk/feeds/<slug:feed>/holding/", standing.holding, name="feed-holding"),
    path("desk/feeds/<slug:feed>/log/", standing.decided, name="feed-log"),
    path("desk/feeds/<slug:feed>/reconcile/", acts.reconcile, name="feed-reconcile"),
    path("desk/feeds/<slug:feed>/<slug:key>/", pages.delivery, name="feed-delivery"),
    path("desk/feeds/<slug:feed>/<slug:key>/retry/", acts.retry, name="feed-retry"),
    path("api/v1/receipts/<slug:feed>/", receipts.receive, name="feed-receipts"),
]
