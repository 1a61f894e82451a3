"""登录的网址."""

from django.urls import path

from daoli_credit.accounts.views import citizen, staff

urlpatterns = [
    path("sign-in/", staff.sign_in, name="sign-in"),
    path("sign-out/", staff.sign_out, name="sign-out"),
    path("sign-in/citizen/", citizen.start, name="sign-in-citizen"),
    path("sign-in/citizen/back/", citizen.back, name="sign-in-citizen-back"),
    path("sign-in/citizen/unverified/", citizen.unverified, name="sign-in-unverified"),
]
