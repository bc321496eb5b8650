"""Demo accounts: one for each role, in demo mode alone, any number of times."""

from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from referrals.management.commands.demo_accounts import ACCOUNTS, DEMO_PASSWORD

from .conftest import sign_in

pytestmark = pytest.mark.django_db


def test_they_are_made_once_and_printed(client):
    told = StringIO()
    for _ in range(2):
        call_command("demo_accounts", stdout=told)
    assert User.objects.filter(email__endswith="@demo.example").count() == len(ACCOUNTS)
    for account in ACCOUNTS:
        assert account.address in told.getvalue()
    assert DEMO_PASSWORD in told.getvalue()


@pytest.mark.parametrize(
    ("address", "where"),
    [
        ("editor@demo.example", "/admin/"),
        ("admin@demo.example", "/admin/"),
        ("coordinator@demo.example", "/triage/"),
        ("consultant@demo.example", "/referrals/"),
    ],
)
def test_each_signs_in_and_starts_where_the_work_is(client, address, where):
    call_command("demo_accounts", stdout=StringIO())
    assert sign_in(client, address, DEMO_PASSWORD)["Location"] == where


def test_production_has_none(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="demo mode alone"):
        call_command("demo_accounts", stdout=StringIO())
    assert not User.objects.exists()
