"""Nothing private opens without an account and its second factor, and there is one door only."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client

from .conftest import (
    PASSWORD,
    code_of,
    link_in_last_mail,
    make_person,
    recovery_codes,
    sign_in,
    sign_in_fully,
)

PRIVATE = [
    "/referrals/",
    "/referrals/new/",
    "/triage/",
    "/admin/",
    "/admin/auth/user/",
    "/admin/login/",
]
ACCOUNT_PAGES = [
    "/accounts/password/change/",
    "/accounts/3rdparty/",
    "/accounts/sessions/",
    "/accounts/email/",
]

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", PRIVATE)
def test_signed_out_nothing_private_opens(client, path):
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/?next=")
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", [*PRIVATE, *ACCOUNT_PAGES])
def test_a_password_alone_opens_nothing_private(client, strict, person, path):
    person.is_staff = person.is_superuser = True
    person.save()
    sign_in(client)
    answer = client.get(path)
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/2fa/")


def test_posting_is_no_way_round_the_second_factor(client, strict, person):
    sign_in(client)
    assert client.post("/referrals/new/", {"nhs_number": "1"})["Location"] == "/accounts/2fa/"
    asked = client.get("/referrals/", headers={"Accept": "application/json"})
    assert asked.status_code == 403


def test_someone_with_an_app_is_asked_for_its_code_before_being_signed_in(
    client, strict, person, app_secret
):
    answer = sign_in(client)
    assert answer["Location"] == "/accounts/2fa/authenticate/"
    assert "_auth_user_id" not in client.session
    done = client.post("/accounts/2fa/authenticate/", {"code": code_of(app_secret)})
    assert done["Location"] == "/referrals/"
    assert client.get("/accounts/email/").status_code == 200


def test_a_wrong_code_is_told_beside_the_field_and_in_the_summary(
    client, strict, person, app_secret
):
    sign_in(client)
    page = client.post("/accounts/2fa/authenticate/", {"code": "000000"}).content.decode()
    assert page.count("The code is not right") == 2
    assert 'href="#id_code"' in page
    assert "<title>Error: " in page


def test_a_session_from_before_the_app_was_set_up_must_prove_it(client, strict, person):
    sign_in(client)
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    answer = client.get("/accounts/email/")
    assert answer["Location"] == "/accounts/2fa/reauthenticate/?next=%2Faccounts%2Femail%2F"
    back = client.post(answer["Location"], {"code": code_of(secret), "next": "/accounts/email/"})
    assert back["Location"] == "/accounts/email/"
    assert client.get("/accounts/email/").status_code == 200


def test_setting_up_the_app_opens_the_doors_and_gives_recovery_codes(
    client, strict, person, monkeypatch
):
    # The test's own transaction never commits; the request's would, before it answers.
    monkeypatch.setattr("django.db.transaction.on_commit", lambda call: call())
    sign_in(client)
    assert client.get("/accounts/2fa/totp/activate/").status_code == 200
    secret = client.session["mfa.totp.secret"]
    done = client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    assert done["Location"] == "/accounts/2fa/recovery-codes/"
    codes = client.get("/accounts/2fa/recovery-codes/")
    assert codes.status_code == 200
    assert recovery_codes(person)[0] in codes.content.decode()
    assert client.get("/accounts/email/").status_code == 200


def test_secrets_of_authenticators_are_not_in_the_database_in_the_clear(person, app_secret):
    kept = Authenticator.objects.get(user=person, type=Authenticator.Type.TOTP)
    assert app_secret not in str(kept.data)
    assert kept.wrap().validate_code(code_of(app_secret))


def test_a_recovery_code_works_once(client, strict, person, app_secret):
    code = recovery_codes(person)[0]
    sign_in(client)
    assert client.post("/accounts/2fa/authenticate/", {"code": code})["Location"] == "/referrals/"
    again = Client()
    sign_in(again)
    assert again.post("/accounts/2fa/authenticate/", {"code": code}).status_code == 200


def test_a_new_password_by_e_mail_does_not_pass_the_second_factor(
    client, strict, person, app_secret
):
    client.post("/accounts/password/reset/", {"email": person.email})
    form = client.get(link_in_last_mail(), follow=True)
    where = form.redirect_chain[-1][0]
    new = "another-three-random-words"
    assert client.post(where, {"password1": new, "password2": new}).status_code == 302
    assert "_auth_user_id" not in client.session
    assert sign_in(client, password=new)["Location"] == "/accounts/2fa/authenticate/"


def test_resetting_says_the_same_for_an_unknown_address_and_sends_nothing(client, person):
    answer = client.post("/accounts/password/reset/", {"email": "nobody@hospital.nhs.uk"})
    assert answer["Location"] == "/accounts/password/reset/done/"
    assert mail.outbox == []


def test_links_name_the_site_whatever_the_host_header_says(client, settings, person):
    settings.ALLOWED_HOSTS = ["*"]
    settings.SITE_ADDRESS = "https://ir.example.nhs.uk"
    client.post(
        "/accounts/password/reset/", {"email": person.email}, headers={"host": "evil.example"}
    )
    assert "https://ir.example.nhs.uk/accounts/password/reset/key/" in mail.outbox[0].body
    assert "evil" not in mail.outbox[0].body


def test_the_last_second_factor_cannot_be_taken_off(client, strict, person, app_secret):
    sign_in_fully(client, app_secret)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = client.post("/accounts/2fa/totp/deactivate/")
    assert "This is your only second step" in page.content.decode()
    assert Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists()


def test_demo_accounts_may_go_without_in_demo_mode_alone(client, settings):
    make_person("editor@demo.example", is_staff=True, is_superuser=True)
    sign_in(client, "editor@demo.example")
    assert client.get("/admin/").status_code == 200
    settings.DEMO = False
    assert client.get("/admin/")["Location"] == "/accounts/2fa/"


def test_demo_mode_relaxes_nothing_for_an_address_that_somebody_could_hold(client, person):
    sign_in(client)
    assert client.get("/referrals/")["Location"] == "/accounts/2fa/"


def test_the_admin_has_no_sign_in_of_its_own(client, person):
    person.is_staff = True
    person.save()
    answer = client.post(
        "/admin/login/", {"username": person.username, "password": PASSWORD, "next": "/admin/"}
    )
    assert answer["Location"].startswith("/accounts/login/")
    assert "_auth_user_id" not in client.session


def test_someone_without_staff_rights_does_not_get_into_the_admin(
    client, strict, person, app_secret
):
    sign_in_fully(client, app_secret)
    answer = client.get("/admin/", follow=True)
    assert answer.status_code == 403


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_makes_an_account_themselves(client, method):
    before = User.objects.count()
    typed = {"email": "new@coch.nhs.uk", "password1": PASSWORD, "password2": PASSWORD}
    page = getattr(client, method)("/accounts/signup/", typed)
    assert page.status_code == 200
    assert "ask for an account" in page.content.decode()
    assert User.objects.count() == before


def test_an_address_that_is_not_verified_does_not_sign_in(client, person):
    person.emailaddress_set.update(verified=False)
    assert sign_in(client)["Location"] == "/accounts/confirm-email/"
    assert "_auth_user_id" not in client.session
    client.post(link_in_last_mail())
    assert sign_in(client).status_code == 302
    assert "_auth_user_id" in client.session


def test_sign_in_is_rate_limited_even_with_the_right_password_at_last(client, person):
    for _ in range(5):
        assert "not correct" in sign_in(client, password="wrong").content.decode()
    page = sign_in(client).content.decode()
    assert "Too many failed" in page
    assert "_auth_user_id" not in client.session


def test_codes_are_rate_limited(client, strict, person, app_secret):
    sign_in(client)
    for _ in range(5):
        client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    answer = client.post("/accounts/2fa/authenticate/", {"code": code_of(app_secret)})
    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session


def test_short_and_common_passwords_are_refused(client, strict, person, app_secret):
    sign_in_fully(client, app_secret)
    for weak in ("short", "123456789012", "password1234", "ada.lovelace@coch"):
        answer = client.post(
            "/accounts/password/change/",
            {"oldpassword": PASSWORD, "password1": weak, "password2": weak},
        )
        assert answer.status_code == 200
        assert "There is a problem" in answer.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/login/",
        "/accounts/password/reset/",
        "/accounts/signup/",
        "/refer/account/",
        "/accounts/inactive/",
    ],
)
def test_account_pages_are_ours_and_are_kept_by_no_cache(client, path):
    answer = client.get(path)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert 'content="noindex"' in page
    assert page.count("<h1") == 1
    assert "nhsuk-header" in page


def test_scripts_of_account_pages_come_from_files(client, strict, person, app_secret):
    sign_in(client)
    page = client.get("/accounts/2fa/authenticate/").content.decode()
    inline = [
        each
        for each in page.split("<script")[1:]
        if "src=" not in each.split(">")[0] and "json" not in each.split(">")[0]
    ]
    assert len(inline) == 1  # the design system's own, allowed by its hash
    assert "js-enabled" in inline[0]
    assert "onclick" not in page
