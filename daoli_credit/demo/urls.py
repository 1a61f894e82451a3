"""演示的地址, under /demo/; they exist in the demo only."""

from django.urls import path

from daoli_credit.demo import drill_views, views

urlpatterns = [
    path("", views.story, name="demo"),
    path("drill/<slug:feed>/", drill_views.page, name="demo-drill"),
    path("try/<slug:code>/", views.try_it, name="demo-try"),
]
