"""Account addresses that are ours, tried before allauth's own of the same path."""

from django.urls import path

from referrals.accounts import views
from referrals.accounts.openid import views as openid

urlpatterns = [
    path("session/", views.session_status, name="session_status"),
    path("session/keep/", views.keep_session, name="keep_session"),
    path("session/hold/", views.hold_screen, name="hold_screen"),
    path("continue/", views.go_on, name="go_on"),
    path("email/", views.own_address, name="own_address"),
    path("oidc/keys.json", openid.public_keys, name="openid_keys"),
    path("oidc/<slug:provider_id>/login/", openid.sign_in),
    path("oidc/<slug:provider_id>/login/callback/", openid.callback),
    path("oidc/<slug:provider_id>/logged-out/", openid.logged_out_elsewhere),
]
