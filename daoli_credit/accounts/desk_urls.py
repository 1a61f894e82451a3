"""工作台上的人员、部门和权限的网址. Portal has the page that closes an account: it shows nouns of all packages."""

from django.urls import path

from daoli_credit.accounts.views import delegations, departments, duties, granting, people

urlpatterns = [
    path("people/", people.listing, name="people"),
    path("people/new/", people.new, name="person-new"),
    path("people/<int:pk>/", people.detail, name="person"),
    path("people/<int:pk>/password/", people.password, name="person-password"),
    path("people/<int:pk>/move/", people.move, name="person-move"),
    path("people/<int:pk>/grant/", granting.grant, name="person-grant"),
    path("people/<int:pk>/withdraw/", granting.withdraw, name="person-withdraw"),
    path("people/<int:pk>/legal/", granting.share, name="person-legal"),
    path("legal-shares/<int:pk>/end/", granting.end_share, name="legal-share-end"),
    path("delegations/", delegations.delegations, name="delegations"),
    path("delegations/<int:pk>/end/", delegations.end, name="delegation-end"),
    path("departments/", departments.listing, name="departments"),
    path("departments/new/", departments.new, name="department-new"),
    path("departments/<slug:code>/", departments.detail, name="department"),
    path("departments/<slug:code>/edit/", departments.edit, name="department-edit"),
    path("departments/<slug:code>/close/", departments.close, name="department-close"),
    path("departments/<slug:code>/keep/", departments.keep, name="department-keep"),
    path("departments/<slug:code>/liaison/", departments.liaison, name="department-liaison"),
    path("rights/", duties.review, name="duty-review"),
]
