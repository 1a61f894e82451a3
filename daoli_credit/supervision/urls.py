"""督导: mounted at /supervision/."""

from django.urls import path

from daoli_credit.supervision.views.clauses import clauses, plan_text
from daoli_credit.supervision.views.evidence import seals
from daoli_credit.supervision.views.figures import figure
from daoli_credit.supervision.views.overview import overview
from daoli_credit.supervision.views.rules import rules
from daoli_credit.supervision.views.tasks import task, tasks

urlpatterns = [
    path("", overview, name="supervision"),
    path("tasks/", tasks, name="supervision-tasks"),
    path("tasks/<str:number>/", task, name="supervision-task"),
    path("figures/<slug:code>/", figure, name="supervision-figure"),
    path("clauses/", clauses, name="supervision-clauses"),
    path("plan/", plan_text, name="supervision-plan"),
    path("evidence/", seals, name="supervision-evidence"),
    path("rules/", rules, name="rules"),
]
