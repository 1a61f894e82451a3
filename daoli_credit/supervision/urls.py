"""督导: mounted at /supervision/."""

from django.urls import path

from daoli_credit.supervision.views import assessments, contractors, incidents
from daoli_credit.supervision.views.benefits import benefits
from daoli_credit.supervision.views.clauses import clauses, plan_text
from daoli_credit.supervision.views.disclosures import disclosures
from daoli_credit.supervision.views.evidence import seals
from daoli_credit.supervision.views.figures import figure
from daoli_credit.supervision.views.measures import measures
from daoli_credit.supervision.views.overview import overview
from daoli_credit.supervision.views.rules import rules
from daoli_credit.supervision.views.tasks import task, tasks
from daoli_credit.supervision.views.undoings import undoings

urlpatterns = [
    path("", overview, name="supervision"),
    path("tasks/", tasks, name="supervision-tasks"),
    path("tasks/<str:number>/", task, name="supervision-task"),
    path("figures/<slug:code>/", figure, name="supervision-figure"),
    path("benefits/", benefits, name="supervision-benefits"),
    path("clauses/", clauses, name="supervision-clauses"),
    path("plan/", plan_text, name="supervision-plan"),
    path("evidence/", seals, name="supervision-evidence"),
    path("rules/", rules, name="rules"),
    path("assessments/", assessments.listing, name="assessment-list"),
    path("assessments/new/", assessments.new, name="assessment-new"),
    path("assessments/<str:number>/", assessments.detail, name="assessment"),
    path("assessments/<str:number>/edit/", assessments.edit, name="assessment-edit"),
    path("assessments/<str:number>/<slug:act>/", assessments.act, name="assessment-act"),
    path("contractors/", contractors.listing, name="contractor-list"),
    path("contractors/new/", contractors.new, name="contractor-new"),
    path("contractors/<slug:code>/", contractors.detail, name="contractor"),
    path("contractors/<slug:code>/<slug:act>/", contractors.act, name="contractor-act"),
    path("incidents/", incidents.listing, name="incident-list"),
    path("incidents/new/", incidents.new, name="incident-new"),
    path("incidents/<str:number>/", incidents.detail, name="incident"),
    path("incidents/<str:number>/assess/", incidents.assess, name="incident-assess"),
    path("incidents/<str:number>/report/", incidents.report, name="incident-report"),
    path("incidents/<str:number>/close/", incidents.close, name="incident-close"),
    path("disclosures/", disclosures, name="disclosures"),
    path("measures/", measures, name="supervision-measures"),
    path("undoings/", undoings, name="supervision-undoings"),
]
