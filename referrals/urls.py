"""Addresses of the private room, and of the public gate that leads to it."""

from django.urls import include, path

from referrals.downtime import views as downtime

urlpatterns = [
    path("refer/", include("referrals.gate.urls")),
    path("referrals/blank-form/", downtime.blank_form, name="blank_form"),
    path("referrals/", include("referrals.form.urls")),
    path("triage/", include("referrals.triage.urls")),
]
