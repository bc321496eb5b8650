"""Configuration in the admin: history, provisional rows, wordings that must not advise."""

import re
from datetime import date, timedelta

import pytest
from django.contrib import admin
from django.urls import reverse
from referral_people import consultant, person, sent, team

from referrals.models import AllowListing, AuditEvent, EntitledReferrer, RuleLimit, SafetyRule
from referrals.seeding import seed
from referrals.service import configuration, worklists

pytestmark = pytest.mark.django_db


def signed_in(client, *groups):
    user = person("someone", *groups, is_staff=True)
    client.force_login(user)
    return user


def shown_again(client, address):
    """The values of an admin form, as a browser would send them back."""
    form = client.get(address).context["adminform"].form
    given = {}
    for bound in form:
        value = bound.value()
        if value is True:
            given[bound.name] = "on"
        elif isinstance(value, list):
            given[bound.name] = "\n".join(value)
        elif value not in (None, False):
            given[bound.name] = str(value)
    return given


def test_a_threshold_changed_in_the_admin_holds_at_once_and_keeps_its_history(client):
    signed_in(client, "IR lead")
    row = RuleLimit.objects.exclude(value=None).first()
    address = reverse("admin:referrals_rulelimit_change", args=[row.pk])
    given = {**shown_again(client, address), "value": "99.5", "change_reason": "New figure"}
    answer = client.post(address, given)
    assert answer.status_code == 302, answer.context["errors"]
    assert str(configuration.current().rules.limit(row.code).value) == "99.5"
    newest = row.history.first()
    assert (newest.value, newest.history_change_reason) == ("99.5", "New figure")
    assert AuditEvent.objects.filter(action="configuration").exists()


@pytest.mark.parametrize(
    "wording", ["Stop taking it.", "This is safe.", "Hold the drug.", "Value {nothing}"]
)
def test_a_wording_that_advises_or_cannot_be_filled_is_refused(client, wording):
    signed_in(client, "IR lead")
    row = SafetyRule.objects.get(code="R15")
    address = reverse("admin:referrals_safetyrule_change", args=[row.pk])
    given = {**shown_again(client, address), "wording": wording, "change_reason": "x"}
    assert client.post(address, given).status_code == 200
    assert SafetyRule.objects.get(pk=row.pk).wording == row.wording


def test_provisional_rows_say_so(client):
    signed_in(client, "IR lead")
    page = client.get(reverse("admin:referrals_allowlisting_changelist")).content.decode()
    assert "Provisional: to be confirmed" in page
    assert "to be confirmed by the IR lead" in page


def test_seeding_again_undoes_no_change(settings):
    listing = AllowListing.objects.get(organisation__code="RBL")
    listing.active = False
    listing.save()
    assert seed(settings.BASE_DIR / "fixtures" / "referrals") == 0
    listing.refresh_from_db()
    assert not listing.active


def test_an_administrator_grants_and_is_named(client):
    admin_user = signed_in(client, "IR administrator")
    of = team()
    given = {
        "full_name": "Dr New Test",
        "gmc_number": "7000007",
        "organisation": of.organisation.pk,
        "team": of.pk,
        "specialty": "Urology",
        "status": "active",
        "expires_on": (date.today() + timedelta(days=365)).isoformat(),
        "user": person("new").pk,
        "change_reason": "Checked with the employer",
    }
    answer = client.post(reverse("admin:referrals_entitledreferrer_add"), given)
    assert answer.status_code == 302, answer.context["errors"]
    line = EntitledReferrer.objects.get(gmc_number="7000007")
    assert (line.granted_by, line.granted_on) == (admin_user, date.today())
    assert AuditEvent.objects.filter(action="entitlement", actor=admin_user).exists()


def test_governance_finds_who_read_and_who_searched(client):
    radiologist = person("radiologist", "IR radiologist")
    referral = sent(consultant())
    worklists.find(radiologist, "999 000 0018")
    signed_in(client, "IR governance")
    address = reverse("admin:referrals_auditevent_changelist")

    def page_for(looked_for):
        return client.post(address, {"looked_for": looked_for}, follow=True).content.decode()

    assert "Sent a referral" in page_for(referral.reference)
    assert "Radiologist Test" in page_for("999 000 0018")
    assert "Radiologist Test" not in page_for("999 000 0026")
    event = AuditEvent.objects.first()
    change = reverse("admin:referrals_auditevent_change", args=[event.pk])
    assert client.post(change, {}).status_code == 403


def test_a_patient_looked_for_in_the_log_stands_in_no_address(client):
    radiologist = person("radiologist", "IR radiologist")
    sent(consultant())
    worklists.find(radiologist, "999 000 0018")
    signed_in(client, "IR governance")
    address = reverse("admin:referrals_auditevent_changelist")
    there = client.post(f"{address}?action__exact=searched&p=2", {"looked_for": "999 000 0018"})
    where = there.headers["Location"]
    page = client.get(where).content.decode()
    assert "Radiologist Test" in page
    assert 'value="999 000 0018"' in page
    assert "action__exact=searched" in where
    assert "p=2" not in where
    links = " ".join(re.findall(r'(?:href|action)="([^"]*)"', page)) + where
    for written in ("0018", "999+000", "999%20000"):
        assert written not in links
    assert "Radiologist Test" not in client.get(address, {"q": "999 000 0018"}).content.decode()


def test_a_history_says_when_who_and_why_and_carries_no_style_of_its_own(client):
    admin_user = signed_in(client, "IR administrator")
    row = RuleLimit.objects.first()
    row._change_reason, row._history_user = "Confirmed by the lead", admin_user
    row.save()
    page = client.get(reverse("admin:referrals_rulelimit_history", args=[row.pk])).content.decode()
    assert "Confirmed by the lead" in page
    assert "history_change_reason" not in page
    assert re.search(r"\d\d:\d\d (GMT|BST)", page)
    assert "style=" not in page


@pytest.mark.parametrize(
    "group", ["Editor", "Clinical approver", "Site administrator", "IR vetter"]
)
def test_others_change_no_configuration(client, group):
    signed_in(client, group)
    row = RuleLimit.objects.first()
    address = reverse("admin:referrals_rulelimit_change", args=[row.pk])
    assert client.post(address, {"value": "1"}).status_code == 403


def test_every_table_of_the_admin_opens(client):
    client.force_login(person("root", is_staff=True, is_superuser=True))
    for model in admin.site._registry:
        if model._meta.app_label == "referrals":
            address = reverse(f"admin:referrals_{model._meta.model_name}_changelist")
            assert client.get(address).status_code == 200, model
