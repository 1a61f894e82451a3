"""登录、账号、窗口和接口密钥的网址."""

from django.urls import path

from daoli_credit.accounts import api
from daoli_credit.accounts.views import (
    account,
    citizen,
    counter,
    here,
    letter,
    second_factor,
    second_step,
    service_keys,
    staff,
    unit,
)

urlpatterns = [
    path("sign-in/", staff.sign_in, name="sign-in"),
    path("sign-out/", staff.sign_out, name="sign-out"),
    path("here/", here.here, name="here"),
    path("sign-in/second/", second_step.second_step, name="sign-in-second"),
    path("sign-in/unit/<slug:code>/", unit.start, name="sign-in-unit"),
    path("sign-in/unit/<slug:code>/back/", unit.back, name="sign-in-unit-back"),
    path("sign-in/citizen/", citizen.start, name="sign-in-citizen"),
    path("sign-in/citizen/back/", citizen.back, name="sign-in-citizen-back"),
    path("sign-in/citizen/unverified/", citizen.unverified, name="sign-in-unverified"),
    path("sign-in/citizen/password/", letter.sign_in, name="sign-in-citizen-password"),
    path("sign-in/letter/", letter.activate, name="sign-in-letter"),
    path("account/", account.account, name="account"),
    path("account/password/", account.password, name="account-password"),
    path("account/sessions/end/", account.end_others, name="account-sessions-end"),
    path("account/second-factor/", second_factor.enrolment, name="account-second-factor"),
    path("account/second-factor/qr.svg", second_factor.qr, name="account-second-factor-qr"),
    path("account/second-factor/codes/", second_factor.renew, name="account-recovery-codes"),
    path("account/second-factor/remove/", second_factor.remove, name="account-second-factor-remove"),
    path("account/link/<slug:code>/", unit.link, name="account-link"),
    path("account/unlink/<slug:code>/", unit.unlink, name="account-unlink"),
    path("desk/counter/", counter.counter, name="counter"),
    path("desk/second-factors/", second_factor.everybody, name="second-factors"),
    path("desk/second-factors/<int:user_id>/reset/", second_factor.reset, name="second-factor-reset"),
    path("desk/service-keys/", service_keys.keys, name="service-keys"),
    path("desk/service-keys/<int:key_id>/approve/", service_keys.approve, name="service-key-approve"),
    path("desk/service-keys/<int:key_id>/revoke/", service_keys.revoke, name="service-key-revoke"),
    path("api/v1/whoami/", api.WhoAmI.as_view(), name="api-whoami"),
]
