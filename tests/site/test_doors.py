"""Pages that say no lead to the one sign-in, and addresses of callers cannot be forged."""

import pytest
from allauth.account.adapter import get_adapter
from django.contrib.auth.models import User
from django.test import RequestFactory
from django.urls import reverse

from ir_info.views import forbidden

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def plain_static(settings):
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


def refused(user=None):
    request = RequestFactory().get("/triage/measures/?typed=something")
    if user is not None:
        request.user = user
    return forbidden(request).content.decode()


def test_the_403_page_leads_to_the_sign_in_and_back_again():
    page = refused()
    assert f'href="{reverse("account_login")}?next=%2Ftriage%2Fmeasures%2F"' in page
    assert "/admin/" not in page
    assert "something" not in page


def test_who_is_signed_in_is_told_that_the_account_does_not_open_it():
    page = refused(User.objects.create_user("someone", "someone@test.example", "x"))
    assert "your account does not open this page" in page
    assert reverse("account_login") not in page


def address(forwarded=None, remote="10.0.0.9"):
    extra = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    request = RequestFactory().get("/", REMOTE_ADDR=remote, **extra)
    return get_adapter(request).get_client_ip(request)


def test_without_a_proxy_a_forged_header_changes_nothing(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    assert address("198.51.100.7") == "10.0.0.9"


def test_behind_proxies_the_address_is_the_one_that_the_first_trusted_proxy_saw(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert address("203.0.113.5") == "203.0.113.5"
    assert address("198.51.100.7, 203.0.113.5") == "203.0.113.5"
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2
    assert address("198.51.100.7, 203.0.113.5, 192.0.2.1") == "203.0.113.5"
