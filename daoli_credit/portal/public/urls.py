"""公众网址."""

from django.urls import path

from daoli_credit.portal.public import catalogue, honours, pages, record, rights, stories, switches

urlpatterns = [
    path("", pages.home, name="home"),
    path("lists/", pages.lists, name="lists"),
    path("honours/", honours.honours, name="honours"),
    path("catalogue/", catalogue.catalogue, name="catalogue"),
    path("catalogue/<slug:code>/", catalogue.item, name="catalogue-item"),
    path("rights/", rights.rights, name="rights"),
    path("public/<str:token>/", record.record, name="public-record"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("en/", pages.english, name="english"),
    path("privacy/", pages.privacy, name="privacy"),
    path("look/text/", switches.text_size, name="text-size"),
    path("look/theme/", switches.theme, name="theme"),
    path("ui/", stories.stories, name="ui-stories"),
]
