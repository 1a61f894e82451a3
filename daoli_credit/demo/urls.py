"""演示的地址, under /demo/; they exist in the demo only."""

from django.urls import path

from daoli_credit.demo import views

urlpatterns = [
    path("", views.story, name="demo"),
    path("try/<slug:code>/", views.try_it, name="demo-try"),
]
