"""Demo mode: people who can work at once, and test patients on the list."""

import io

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from referrals.models import EntitledReferrer, Referral
from referrals.service.people import standing_of

pytestmark = pytest.mark.django_db


def test_the_demo_people_can_work_at_once_and_twice_changes_nothing():
    call_command("demo_accounts", stdout=io.StringIO())
    for _ in range(2):
        call_command("demo_referrals", stdout=io.StringIO())
    assert Referral.objects.filter(state="SUBMITTED").count() == 3
    assert EntitledReferrer.objects.count() == 1
    people = {user.username.split("@")[0]: standing_of(user) for user in User.objects.all()}
    assert people["radiologist"].may("decide_referral")
    assert people["coordinator"].may("book_referral")
    assert people["consultant"].entitlements
    assert people["delegate"].delegations
    for referral in Referral.objects.all():
        assert referral.nhs_number.startswith("999")
        assert referral.patient_name.startswith("TESTPATIENT")


def test_production_has_none(settings):
    settings.DEMO = False
    with pytest.raises(CommandError):
        call_command("demo_referrals", stdout=io.StringIO())
