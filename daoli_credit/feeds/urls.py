"""推送的地址: the pages under /desk/feeds/, and the door for receipts under /api/v1/."""

from django.urls import path

from daoli_credit.feeds.views import acts, pages, receipts, returned

urlpatterns = [
    path("desk/feeds/", pages.overview, name="feeds"),
    path("desk/feeds/returned/", returned.listing, name="feed-returned"),
    path("desk/feeds/returned/<slug:key>/", returned.answer, name="feed-answer"),
    path("desk/feeds/<slug:feed>/", pages.deliveries, name="feed-deliveries"),
    path("desk/feeds/<slug:feed>/pause/", acts.pause, name="feed-pause"),
    path("desk/feeds/<slug:feed>/resume/", acts.resume, name="feed-resume"),
    path("desk/feeds/<slug:feed>/recall/", acts.recall, name="feed-recall"),
    path("desk/feeds/<slug:feed>/retry-all/", acts.retry_all, name="feed-retry-all"),
    path("desk/feeds/<slug:feed>/copies/", pages.copies, name="feed-copies"),
    path("desk/feeds/<slug:feed>/reconcile/", acts.reconcile, name="feed-reconcile"),
    path("desk/feeds/<slug:feed>/<slug:key>/", pages.delivery, name="feed-delivery"),
    path("desk/feeds/<slug:feed>/<slug:key>/retry/", acts.retry, name="feed-retry"),
    path("api/v1/receipts/<slug:feed>/", receipts.receive, name="feed-receipts"),
]
