"""Addresses of the private room, and of the public gate that leads to it."""

from django.urls import include, path

urlpatterns = [
    path("refer/", include("referrals.gate.urls")),
    path("referrals/", include("referrals.form.urls")),
    path("triage/", include("referrals.triage.urls")),
]
