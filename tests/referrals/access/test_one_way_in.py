"""Refused sources cannot create a referral by any door."""

import dataclasses
import uuid
from datetime import date, timedelta

import pytest
from django.core import serializers
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from referral_people import answers, applicant, consultant, delegate, draft, person, sent

from referrals.models import (
    AllowListing,
    AuditEvent,
    EntitledReferrer,
    Organisation,
    Referral,
    ReferralMove,
    RefusalCount,
)
from referrals.service import drafts, gate, submission

pytestmark = pytest.mark.django_db

REFUSED_CODES = [
    "M86005",
    "RY7",
    "RW4",
    "RXA",
    "RBL02",
    "REM",
    "RBT",
    "RBN",
    "",
    "ZZZ99",
    "RJR' --",
]


@pytest.mark.parametrize("code", REFUSED_CODES)
def test_a_refused_organisation_never_creates_a_referral(code):
    line = consultant()
    asked = applicant(line, organisation_code=code)
    with pytest.raises(gate.ReferralRefused) as refused:
        drafts.create_referral(asked, answers=answers())
    assert refused.value.decision.why
    assert Referral.objects.count() == 0
    assert RefusalCount.objects.get().count == 1
    event = AuditEvent.objects.get(action="refused")
    assert "9990000018" not in str(event.about)


def test_each_organisation_of_the_table_that_is_not_active_is_refused():
    line = consultant()
    active = set(
        AllowListing.objects.filter(active=True).values_list("organisation__code", flat=True)
    )
    refused = 0
    for organisation in Organisation.objects.exclude(code__in=active):
        with pytest.raises(gate.ReferralRefused):
            drafts.create_referral(applicant(line, organisation_code=organisation.code))
        refused += 1
    assert refused >= 8
    assert Referral.objects.count() == 0


@pytest.mark.parametrize("acting_as", ["gp", "", None, "patient", "CONSULTANT"])
def test_someone_who_is_neither_consultant_nor_delegate_is_refused(acting_as):
    with pytest.raises(gate.ReferralRefused):
        drafts.create_referral(applicant(consultant(), acting_as=acting_as))
    assert Referral.objects.count() == 0


@pytest.mark.parametrize(
    "change",
    [
        {"status": "suspended"},
        {"status": "expired"},
        {"status": "pending"},
        {"expires_on": date.today() - timedelta(days=1)},
        {"granted_on": date.today() + timedelta(days=1), "expires_on": date.today() + timedelta(9)},
    ],
)
def test_entitlement_must_be_in_force_today(change):
    line = consultant()
    EntitledReferrer.objects.filter(pk=line.pk).update(**change)
    line.refresh_from_db()
    with pytest.raises(gate.ReferralRefused):
        drafts.create_referral(applicant(line))


def test_nobody_acts_on_anothers_line_of_the_register():
    line = consultant()
    stranger = person("stranger")
    superuser = person("boss", is_superuser=True, is_staff=True)
    for user in (stranger, superuser):
        for acting_as in ("consultant", "delegate"):
            with pytest.raises(gate.ReferralRefused):
                drafts.create_referral(
                    dataclasses.replace(applicant(line), user=user, acting_as=acting_as)
                )
    assert Referral.objects.count() == 0


def test_an_emergency_never_becomes_a_referral():
    line = consultant()
    for answer in ("now", "24 h", "", "yes"):
        with pytest.raises(gate.ReferralRefused):
            drafts.create_referral(applicant(line, is_emergency=answer))
    told = applicant(
        line,
        is_emergency="24 h",
        discussed_with="Dr On Call",
        discussed_at=timezone.now() - timedelta(hours=1),
    )
    assert drafts.create_referral(told).is_emergency == "24 h"


def test_scope_is_asked_when_the_procedure_is_chosen():
    line = consultant(scope=["urinary"])
    with pytest.raises(gate.ReferralRefused):
        drafts.create_referral(applicant(line, procedure_code="picc"))
    made = drafts.create_referral(applicant(line, procedure_code="nephrostomy-new"))
    with pytest.raises(gate.ReferralRefused):
        drafts.save_draft(made, line.user, {"procedure": "picc"})


def test_a_trust_taken_off_the_list_meanwhile_cannot_send():
    line = consultant()
    referral = draft(line)
    listing = AllowListing.objects.get(organisation__code="RJR")
    listing.active = False
    listing.save()
    with pytest.raises(gate.ReferralRefused):
        submission.submit(referral, line.user, seen_row=1)
    assert Referral.objects.get().reference is None


def test_a_row_made_past_the_service_is_refused(tmp_path):
    line = consultant()
    made = sent(line)
    copy = Referral.objects.get(pk=made.pk)
    copy.pk, copy.reference, copy.token = None, "IR-2026-BCDFGH-J", uuid.uuid4()
    copy._state.adding = True
    with pytest.raises(PermissionDenied):
        copy.save()
    with pytest.raises(PermissionDenied):
        Referral.objects.bulk_create([copy])
    with pytest.raises(PermissionDenied):
        Referral.objects.create(state="DRAFT")
    fixture = tmp_path / "forged.json"
    text = serializers.serialize("json", [made]).replace(f'"pk": {made.pk}', '"pk": 999')
    fixture.write_text(
        text.replace(made.reference, "IR-2026-BCDFGH-J").replace(str(made.token), str(uuid.uuid4()))
    )
    with pytest.raises(PermissionDenied):
        call_command("loaddata", str(fixture), verbosity=0)
    assert Referral.objects.count() == 1


def test_referrals_are_not_in_the_admin():
    from django.contrib import admin

    for model in (Referral, ReferralMove):
        assert model not in admin.site._registry


def test_a_delegate_drafts_only_for_their_own_team():
    from referral_people import team

    line = consultant()
    outsider = delegate("outsider", of=team(name="Urology"))
    with pytest.raises(gate.ReferralRefused):
        drafts.create_referral(applicant(line, outsider))


def test_the_database_itself_holds_what_a_sent_referral_needs():
    referral = draft(consultant())
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE referrals_referral SET state = 'SUBMITTED' WHERE id = %s", [referral.pk]
        )
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE referrals_referral SET is_emergency = 'now'")
