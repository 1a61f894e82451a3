"""荣誉推荐和激励兑现的地址, under /desk/."""

from django.urls import path

from incentives.views import benefits, filing_more, honour_acts, honours

urlpatterns = [
    path("honours/", honours.listing, name="honour-list"),
    path("honours/new/", honours.new, name="honour-new"),
    path("honours/<str:number>/", honours.detail, name="honour"),
    path("honours/<str:number>/file/", filing_more.honour, name="honour-file"),
    path("honours/<str:number>/<slug:name>/", honour_acts.act, name="honour-act"),
    path("benefits/", benefits.listing, name="benefit-list"),
    path("benefits/new/", benefits.new, name="benefit-new"),
    path("benefits/<str:number>/retract/", benefits.retract, name="benefit-retract"),
]
