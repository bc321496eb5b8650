"""The public pages on which someone asks for an account."""

from django.urls import path

from referrals.accounts import views

urlpatterns = [
    path("", views.request_account, name="request_account"),
    path("received/", views.request_received, name="account_request_received"),
]
