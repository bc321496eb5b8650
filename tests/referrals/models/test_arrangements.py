"""How the department has arranged itself is rows: a change in the admin holds at once, and is kept."""

import io
from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone
from referral_people import consultant, person, rejected, sent, vetted

from referrals.accounts.adapters import AccountAdapter
from referrals.models import (
    AuditEvent,
    EscalationStep,
    Notification,
    QuestionFields,
    Recipients,
    Referral,
    ServicePeriod,
    WebmailBrand,
)
from referrals.service import chasing, notices
from referrals.service.configuration import current

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(client, settings):
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    user = person("lead", "IR lead", is_staff=True)
    client.force_login(user)
    return user


def change(client, row, **values):
    """Change a row in the admin, as a person does."""
    name = row._meta.model_name
    given = {
        "sources": "\n".join(row.sources),
        "owner": row.owner,
        "review_date": row.review_date.isoformat(),
        "mark": row.mark,
        "note": row.note,
        "change_reason": "Agreed at the department meeting",
        **values,
    }
    return client.post(f"/admin/referrals/{name}/{row.pk}/change/", given)


def test_a_public_mail_service_added_in_the_admin_is_refused_from_then_on(client, lead):
    address = "somebody@newmail.com"
    assert AccountAdapter().clean_email(address) == address
    row = WebmailBrand.objects.get(brand="gmail")
    answer = client.post(
        "/admin/referrals/webmailbrand/add/",
        {
            "brand": "newmail",
            "active": "on",
            "sources": "P",
            "owner": row.owner,
            "review_date": "2027-05-21",
            "mark": "P",
            "note": "",
            "change_reason": "Seen in a request",
        },
    )
    assert answer.status_code == 302
    with pytest.raises(ValidationError):
        AccountAdapter().clean_email(address)
    change(client, row, brand="gmail")
    assert AccountAdapter().clean_email("somebody@gmail.com")


def test_a_step_moved_in_the_admin_moves_the_escalation_and_keeps_its_history(client, lead):
    person("coordinator", "IR coordinator")
    referral = sent(consultant())
    row = EscalationStep.objects.get(about="vetting", after=50)
    answer = change(client, row, about="vetting", after="20", groups="IR coordinator", active="on")
    assert answer.status_code == 302, answer.content
    early = current().calendar.add(referral.submitted_at, 1) + timedelta(minutes=1)
    chasing.escalate_vetting(early)
    assert Notification.objects.filter(status_word="waiting, 20% of its time").count() == 1
    newest = row.history.first()
    assert (newest.after, newest.history_user) == (20, lead)
    assert newest.history_change_reason == "Agreed at the department meeting"
    assert AuditEvent.objects.filter(action="configuration", actor=lead).exists()


def test_the_last_step_of_a_ladder_stays_on_and_tells_somebody(client, lead):
    with pytest.raises(ValidationError, match="Somebody must hear"):
        EscalationStep(
            about="vetting", after=300, sources=["P"], owner="x", mark="P",
            review_date=date(2027, 1, 1), groups=[],
        ).full_clean()  # fmt: skip
    EscalationStep.objects.filter(about="unread", after=2).update(active=False)
    last = EscalationStep.objects.get(about="unread", after=1)
    last.active = False
    with pytest.raises(ValidationError, match="stays on"):
        last.full_clean()
    row = Recipients.objects.get(about="bounce")
    row.groups = ["Nobody we know"]
    with pytest.raises(ValidationError, match="no group called"):
        row.full_clean()


def test_recipients_follow_their_row():
    person("coordinator", "IR coordinator")
    governance = person("governance", "IR governance")
    row = Recipients.objects.get(about="undelivered")
    row.groups = ["IR governance"]
    row.save()
    made = notices.tell_group(None, "undelivered-1", "e-mails did not arrive")
    assert [each.address for each in made] == [governance.email]


def test_how_soon_is_soon_follows_its_row(client, settings):
    referral = sent(consultant())
    Referral.objects.filter(pk=referral.pk).update(
        results_stale_at=timezone.now() + timedelta(days=4)
    )
    from referrals.service import worklists

    radiologist = person("radiologist", "IR radiologist")
    assert worklists.triage_counts(radiologist)["stale"] == 0
    row = ServicePeriod.objects.get(code="stale_soon")
    row.value = 5
    row.save()
    assert worklists.triage_counts(radiologist)["stale"] == 1


def test_how_long_a_record_is_kept_follows_its_row():
    radiologist = person("radiologist", "IR radiologist")
    row = ServicePeriod.objects.get(code="keep_not_accepted")
    row.value = 3
    row.save()
    referral = rejected(sent(consultant()), radiologist)
    assert referral.destroy_after.year == timezone.localdate().year + 3


def test_the_fields_that_a_question_opens_follow_their_row(client, lead):
    row = QuestionFields.objects.get(item="bloods_missing")
    row.fields = ["no_such_field"]
    with pytest.raises(ValidationError, match="Not a field"):
        row.full_clean()
    row.fields = ["crp"]
    row.save()
    radiologist = person("radiologist", "IR radiologist")
    referral = vetted(sent(consultant()), radiologist)
    client.force_login(radiologist)
    soon = timezone.localdate() + timedelta(days=3)
    client.post(
        f"/triage/{referral.reference}/step/ask/",
        {
            "seen_row": referral.newest_row,
            "items": ["bloods_missing"],
            "note": "Please send the CRP.",
            "needed_by_day": soon.day,
            "needed_by_month": soon.month,
            "needed_by_year": soon.year,
        },
    )
    assert referral.information_requests.get().fields == ["crp", "crp_at"]


def test_ir_staff_see_what_is_provisional_and_what_is_late(client, lead):
    ServicePeriod.objects.filter(code="stale_soon").update(review_date=date(2020, 1, 1))
    page = client.get("/triage/arrangements/").content.decode()
    assert "Provisional" in page
    assert "Review is late: 1 January 2020" in page
    assert "Confirmed" in page
    assert "Past their review date" in page


def test_pages_that_use_a_provisional_row_say_so_until_it_is_confirmed(client, settings, lead):
    governance = person("governance", "IR governance", is_staff=True)
    radiologist = person("radiologist", "IR radiologist")
    referral = vetted(sent(consultant()), radiologist)
    pages = (
        (governance, "/triage/records/"),
        (radiologist, "/triage/?list=stale"),
        (radiologist, f"/triage/{referral.reference}/step/ask/"),
    )
    for user, address in pages:
        client.force_login(user)
        assert "rovisional" in client.get(address).content.decode(), address
    for model in (ServicePeriod, QuestionFields):
        for row in model.objects.all():
            row.mark = "A"
            row.save()
    for user, address in pages:
        client.force_login(user)
        assert "rovisional" not in client.get(address).content.decode(), address


def test_a_late_review_warns_the_administrator_by_mail_and_in_the_admin(client, settings):
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    administrator = person("administrator", "IR administrator", is_staff=True)
    client.force_login(administrator)
    for model, _ in chasing.late_rows():  # seeded rows, on the day when their own review is due
        model.objects.update(review_date=date.max)
    assert "past their review date" not in client.get("/admin/").content.decode()
    ServicePeriod.objects.filter(code="stale_soon").update(review_date=date(2020, 1, 1))
    assert "past their review date" in client.get("/admin/").content.decode()
    call_command("chase", stdout=io.StringIO())
    call_command("chase", stdout=io.StringIO())
    told = Notification.objects.filter(status_word="settings to be reviewed")
    assert [each.address for each in told] == [administrator.email]


def test_without_rows_those_of_the_code_hold():
    for model in (WebmailBrand, EscalationStep, ServicePeriod, Recipients, QuestionFields):
        model.objects.all().delete()
    found = current().arrangements
    assert "gmail" in found.webmail
    assert [step.after for step in found.steps["vetting"]] == [50, 100, 200]
    assert found.periods["stale_soon"] == 2
    assert not mail.outbox
