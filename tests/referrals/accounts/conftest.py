"""People, second factors and clocks for the tests of accounts."""

import re
import time
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.auth.models import User
from django.core import mail
from django.core.management import call_command

PASSWORD = "three-random-words-here"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The organisations, too."""
    with django_db_blocker.unblock():
        call_command("seed_referrals", verbosity=0)


@pytest.fixture(autouse=True)
def light(settings):
    """Plain names of style sheets, for nothing is built here; and a quick hash, for many sign in."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.fixture
def strict(settings):
    """As production has it: nobody goes without the second factor."""
    settings.DEMO = False


def make_person(address="ada.lovelace@coch.nhs.uk", **more) -> User:
    user = User.objects.create_user(
        address, address, PASSWORD, first_name="Ada", last_name="Lovelace", **more
    )
    EmailAddress.objects.create(user=user, email=address, verified=True, primary=True)
    return user


@pytest.fixture
def person(db) -> User:
    return make_person()


def code_of(secret: str) -> str:
    return f"{hotp_value(secret, next(yield_hotp_counters_from_time())):06d}"


@pytest.fixture
def app_secret(person) -> str:
    """The person has an authenticator app, and recovery codes."""
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    RecoveryCodes.activate(person)
    return secret


def sign_in(client, address="ada.lovelace@coch.nhs.uk", password=PASSWORD, **more):
    return client.post("/accounts/login/", {"login": address, "password": password}, **more)


def sign_in_fully(client, secret, **more):
    sign_in(client)
    return client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)}, **more)


def link_in_last_mail() -> str:
    """The path of the link in the newest e-mail."""
    found = re.search(r"https?://\S+/accounts/\S+/", mail.outbox[-1].body)
    return urlsplit(found.group(0)).path


def recovery_codes(user) -> list[str]:
    kept = Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES)
    return kept.wrap().get_unused_codes()


class Clock:
    """The time that middleware sees, moved by hand."""

    def __init__(self):
        self.ahead = 0.0

    def pass_time(self, seconds):
        self.ahead += seconds


@pytest.fixture
def clock(monkeypatch):
    moved = Clock()
    real = time.time
    monkeypatch.setattr("referrals.accounts.middleware.time.time", lambda: real() + moved.ahead)
    return moved
