"""Asking for an account: who is refused before anything is kept, and what granting makes."""

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import Group, User
from django.core import mail
from django.db import IntegrityError

from referrals.accounts.asking import CannotDecide, ask, decline, grant
from referrals.accounts.openid.unknown_person import ProvedIdentity
from referrals.models import AccountRequest, Notification, RefusalCount
from referrals.service.notices import letter

from .conftest import link_in_last_mail, make_person, sign_in

pytestmark = pytest.mark.django_db
PAGE = "/refer/account/"


def typed(**changes):
    return {
        "organisation": "RJR",
        "grade": "consultant",
        "full_name": "Grace Hopper",
        "job_title": "Consultant vascular surgeon",
        "specialty": "Vascular surgery",
        "gmc_number": "C1234567",
        "work_email": "Grace.Hopper@coch.nhs.uk",
        "team_mailbox": "vascular@coch.nhs.uk",
        "irmer_training_on_day": "1",
        "irmer_training_on_month": "May",
        "irmer_training_on_year": "2026",
        **changes,
    }


@pytest.fixture
def asked():
    request = AccountRequest(
        full_name="Grace Hopper",
        grade="consultant",
        job_title="Consultant",
        specialty="Vascular surgery",
        gmc_number="1234567",
        organisation_code="RJR",
        organisation_name="Countess of Chester Hospital",
        work_email="grace.hopper@coch.nhs.uk",
        team_mailbox="vascular@coch.nhs.uk",
    )
    assert ask(request)
    return request


def test_a_consultant_of_the_network_can_ask(client):
    answer = client.post(PAGE, typed())
    assert answer["Location"] == "/refer/account/received/"
    kept = AccountRequest.objects.get()
    assert (kept.gmc_number, kept.work_email, kept.status) == (
        "1234567",
        "grace.hopper@coch.nhs.uk",
        "waiting",
    )
    assert str(kept.irmer_training_on) == "2026-05-01"
    assert client.get(answer["Location"]).status_code == 200
    assert not User.objects.filter(email__iexact=kept.work_email).exists()


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("gp", "GP practices or community services"),
        ("other-hospital", "South Mersey Arterial Network"),
        ("elsewhere", "We cannot accept referrals from your service."),
        ("RY7", "GP practices or community services"),
        ("RXA", "mental health"),
        ("REM", "South Mersey Arterial Network"),
        ("RBL02", "This service accepts referrals only from consultants"),
        ("m86005 ", "accept"),
        ("ZZ999", "We do not know this organisation code"),
    ],
)
def test_refused_organisations_are_told_why_and_nothing_is_kept(client, answer, words):
    told = client.post(PAGE, typed(organisation=answer))
    page = told.content.decode()
    assert told.status_code == 403
    assert words in page
    assert not AccountRequest.objects.exists()
    assert "Hopper" not in page
    assert not client.session.keys()
    assert RefusalCount.objects.get(place="account").count == 1


def test_a_gp_practice_is_refused_and_counted_as_a_gp_practice(client):
    from referrals.models import Organisation

    practice = Organisation.objects.filter(kind="GP or primary care").first()
    answer = client.post(PAGE, typed(organisation=practice.code, work_email="gp@nhs.net"))
    assert (
        "We cannot accept referrals from GP practices or community services."
        in answer.content.decode()
    )
    assert not AccountRequest.objects.exists()
    assert RefusalCount.objects.get().kind == "GP or primary care"


def test_neither_consultant_nor_colleague_is_refused(client):
    answer = client.post(PAGE, typed(grade="neither"))
    assert answer.status_code == 403
    assert not AccountRequest.objects.exists()


@pytest.mark.parametrize("field", ["work_email", "team_mailbox"])
@pytest.mark.parametrize(
    "address", ["me@gmail.com", "me@hotmail.co.uk", "me@outlook.com", "me@btinternet.com"]
)
def test_webmail_is_refused(client, field, address):
    page = client.post(PAGE, typed(**{field: address})).content.decode()
    assert page.count("Use your hospital address.") == 2
    assert f'href="#id_{field}"' in page
    assert not AccountRequest.objects.exists()


def test_an_nhs_net_address_proves_nothing(client):
    answer = client.post(PAGE, typed(organisation="RY7", work_email="someone@nhs.net"))
    assert answer.status_code == 403
    client.post(PAGE, typed(work_email="someone@nhs.net"))
    assert AccountRequest.objects.get().status == "waiting"
    assert not User.objects.filter(email="someone@nhs.net").exists()


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"full_name": ""}, "full_name", "Enter your full name."),
        ({"full_name": "Grace 😀"}, "full_name", "letters"),
        ({"full_name": "<b>Grace</b>"}, "full_name", "letters"),
        ({"full_name": "Grace \u202eHopper"}, "full_name", "letters"),
        ({"full_name": "G" * 121}, "full_name", "120"),
        ({"gmc_number": ""}, "gmc_number", "Enter the 7 digits of your GMC number."),
        ({"gmc_number": "123456"}, "gmc_number", "7 digits"),
        ({"work_email": "grace"}, "work_email", "like name@hospital.nhs.uk"),
        ({"team_mailbox": "grace.hopper@coch.nhs.uk"}, "team_mailbox", "shared mailbox"),
        (
            {"irmer_training_on_day": "31", "irmer_training_on_month": "2"},
            "irmer_training_on-day",
            "real date",
        ),
        ({"irmer_training_on_year": ""}, "irmer_training_on-year", "must include a year"),
        ({"irmer_training_on_year": "2199"}, "irmer_training_on-day", "future"),
        ({"irmer_training_on_year": "26"}, "irmer_training_on-year", "4 digits"),
        ({"organisation": ""}, "organisation", "Choose where you work."),
        ({"grade": ""}, "grade", "Choose your role"),
        ({"grade": "delegate", "gmc_number": ""}, "other_registration", "your other registration"),
        ({"grade": "delegate"}, "consultant_drafted_for", "Enter the consultant"),
    ],
)
def test_bad_input_is_told_beside_the_field_and_in_the_summary_and_kept(
    client, changes, field, words
):
    answer = client.post(PAGE, typed(**changes))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#id_{field}"' in page
    assert f'id="id_{field}"' in page
    assert page.count(words) >= 2
    assert 'value="vascular@coch.nhs.uk"' in page or "team_mailbox" in changes
    assert "<b>Grace" not in page
    assert not AccountRequest.objects.exists()


def test_a_second_request_from_the_same_address_looks_the_same_and_changes_nothing(client):
    client.post(PAGE, typed())
    answer = client.post(PAGE, typed(full_name="Somebody Else"))
    assert answer["Location"] == "/refer/account/received/"
    assert AccountRequest.objects.get().full_name == "Grace Hopper"


def test_asking_is_rate_limited(client):
    for number in range(10):
        client.post(PAGE, typed(work_email=f"person{number}@coch.nhs.uk"))
    answer = client.post(PAGE, typed(work_email="one.more@coch.nhs.uk"))
    assert answer.status_code == 429
    assert AccountRequest.objects.count() == 10


def test_granting_makes_an_account_without_a_password_and_sends_a_link(
    client, asked, django_capture_on_commit_callbacks
):
    administrator = make_person("administrator@coch.nhs.uk")
    with django_capture_on_commit_callbacks(execute=True):
        user = grant(asked, by=administrator)
    asked.refresh_from_db()
    assert not user.has_usable_password()
    assert not user.is_staff
    assert not user.get_all_permissions()
    assert (asked.status, asked.decided_by, asked.account) == ("granted", administrator, user)
    letter = mail.outbox[-1]
    assert letter.to == ["grace.hopper@coch.nhs.uk"]
    assert not EmailAddress.objects.get(user=user).verified
    form = client.get(link_in_last_mail(), follow=True)
    password = "a-first-password-here"
    client.post(form.redirect_chain[-1][0], {"password1": password, "password2": password})
    assert EmailAddress.objects.get(user=user).verified
    assert sign_in(client, user.email, password).status_code == 302
    assert client.get("/referrals/")["Location"] == "/accounts/2fa/"


def test_a_request_is_decided_once(asked):
    administrator = make_person("administrator@coch.nhs.uk")
    grant(asked, by=administrator)
    with pytest.raises(CannotDecide, match="already been decided"):
        grant(asked, by=administrator)
    with pytest.raises(CannotDecide):
        decline(asked, by=administrator, note="late")


def test_declining_needs_a_reason(asked):
    administrator = make_person("administrator@coch.nhs.uk")
    with pytest.raises(CannotDecide, match="reason"):
        decline(asked, by=administrator)
    decline(asked, by=administrator, note="Not at this trust.")
    assert not User.objects.filter(email=asked.work_email).exists()


def test_granting_does_not_take_over_an_account_with_that_address(asked):
    make_person("Grace.Hopper@coch.nhs.uk")
    with pytest.raises(CannotDecide, match="already an account"):
        grant(asked, by=make_person("administrator@coch.nhs.uk"))


def test_granting_joins_the_identity_that_the_person_proved():
    request = AccountRequest(
        full_name="Grace Hopper",
        grade="delegate",
        job_title="Registrar",
        specialty="Urology",
        organisation_code="RJR",
        work_email="grace@coch.nhs.uk",
        team_mailbox="team@coch.nhs.uk",
    )
    ask(request, ProvedIdentity("cis2", "https://issuer.example", "555"))
    user = grant(request, by=make_person("administrator@coch.nhs.uk"))
    assert SocialAccount.objects.get(user=user).uid == "https://issuer.example 555"


def test_the_database_holds_the_rules_too(asked):
    asked.status = "granted"
    with pytest.raises(IntegrityError):
        asked.save()


def test_an_administrator_grants_in_the_admin_and_an_editor_cannot(client, asked):
    from django.contrib.auth.models import Group

    administrator = make_person("administrator@demo.example", is_staff=True)
    administrator.groups.add(Group.objects.get(name="IR administrator"))
    chosen = {"action": "grant_chosen", "_selected_action": [asked.pk]}
    editor = make_person("editor@demo.example", is_staff=True)
    editor.groups.add(Group.objects.get(name="Editor"))
    client.force_login(editor)
    assert client.post("/admin/referrals/accountrequest/", chosen).status_code == 403
    client.force_login(administrator)
    page = client.get("/admin/referrals/accountrequest/")
    assert "Grace Hopper" in page.content.decode()
    client.post("/admin/referrals/accountrequest/", chosen)
    asked.refresh_from_db()
    assert asked.status == "granted"


def test_administrators_hear_that_somebody_asks_and_nothing_about_the_person(asked):
    administrator = make_person("administrator@test.example")
    administrator.groups.add(Group.objects.get(name="IR administrator"))
    Notification.objects.all().delete()
    AccountRequest.objects.all().delete()
    asked.pk = None
    asked._state.adding = True
    assert ask(asked)
    told = Notification.objects.get()
    assert told.address == administrator.email
    text = letter(told).subject + letter(told).body
    assert "/admin/referrals/accountrequest/" in text
    for word in ("Grace", "Hopper", asked.gmc_number, asked.specialty, asked.work_email):
        assert word not in text
    assert not ask(AccountRequest(work_email=asked.work_email))
    assert Notification.objects.count() == 1
