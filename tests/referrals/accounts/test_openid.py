"""Signing in with an NHS identity, against a real provider on this machine."""

import time
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
import requests
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session

from ir_info import identity_providers
from referrals.accounts.openid.tokens import LOGOUT_EVENT
from referrals.models import AccountRequest

from .conftest import sign_in, sign_in_fully
from .identity_provider import CLIENT_ID, IdentityProvider, make_key, pem_of

pytestmark = pytest.mark.django_db
START = "/accounts/oidc/cis2/login/"


@pytest.fixture(scope="module")
def client_key():
    return make_key()


@pytest.fixture
def provider(client_key):
    running = IdentityProvider(client_key)
    yield running
    running.close()


@pytest.fixture(autouse=True)
def set_up(settings, provider, client_key):
    """As the environment would have it."""
    import environ

    env = environ.Env()
    env.ENVIRON = {
        "OIDC_CIS2_CLIENT_ID": CLIENT_ID,
        "OIDC_CIS2_SERVER_URL": provider.issuer,
        "OIDC_CIS2_PRIVATE_KEY": pem_of(client_key),
    }
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"APPS": identity_providers.providers(env)}
    }


def through_provider(client, start=START, change=lambda query: None):
    """Go to the provider and come back, as a browser would."""
    there = client.post(start)
    assert there.status_code == 302, there.content.decode()
    back = requests.get(there["Location"], allow_redirects=False, timeout=5)
    where = urlsplit(back.headers["Location"])
    query = {name: values[0] for name, values in parse_qs(where.query).items()}
    change(query)
    return client.get(where.path, query)


@pytest.fixture
def linked(person, provider):
    """The person's account knows the identity by issuer and subject."""
    return SocialAccount.objects.create(
        user=person, provider="cis2", uid=f"{provider.issuer} 910000000001"
    )


def signed_in(client):
    return "_auth_user_id" in client.session


def test_a_known_identity_signs_in_without_a_second_step_of_ours(client, linked):
    answer = through_provider(client)
    assert answer["Location"] == "/referrals/"
    assert signed_in(client)
    assert client.get("/accounts/email/").status_code == 200


def test_what_is_asked_of_the_provider(client, linked, provider):
    through_provider(client)
    asked = provider.authorisations[0]
    assert asked["response_type"] == "code"
    assert set(asked["scope"].split()) == {
        "openid",
        "profile",
        "email",
        "nhsperson",
        "associatedorgs",
    }
    assert asked["acr_values"] == "AAL2_OR_AAL3_ANY"
    assert len(asked["nonce"]) >= 32
    assert asked["code_challenge_method"] == "S256"


def test_a_link_cannot_ask_for_a_weaker_sign_in(client, linked, provider):
    through_provider(client, f"{START}?auth_params=acr_values%3DAAL1&scope=openid")
    assert provider.authorisations[0]["acr_values"] == "AAL2_OR_AAL3_ANY"


def test_an_unknown_person_comes_to_the_account_form_and_no_account_is_made(client, provider):
    answer = through_provider(client)
    assert answer["Location"] == "/refer/account/"
    assert not signed_in(client)
    assert not User.objects.exists()
    page = client.get("/refer/account/").content.decode()
    assert "signed in with your NHS identity" in page
    assert 'value="Grace Hopper"' in page


def test_the_same_e_mail_address_does_not_link_accounts(client, person):
    assert (
        person.email == "ada.lovelace@coch.nhs.uk"
    )  # the address the provider states, as verified
    answer = through_provider(client)
    assert answer["Location"] == "/refer/account/"
    assert not signed_in(client)
    assert not SocialAccount.objects.exists()


def test_the_same_subject_of_another_issuer_is_another_person(client, person):
    SocialAccount.objects.create(
        user=person, provider="cis2", uid="https://other.example 910000000001"
    )
    through_provider(client)
    assert not signed_in(client)


def test_the_proved_identity_goes_with_the_request(client, provider):
    from .test_asking import typed

    through_provider(client)
    client.post("/refer/account/", typed())
    kept = AccountRequest.objects.get()
    assert (kept.identity_issuer, kept.identity_subject) == (provider.issuer, "910000000001")
    assert "identity_without_account" not in client.session


@pytest.mark.parametrize(
    ("claims", "why"),
    [
        ({"nonce": "another"}, "nonce"),
        ({"nonce": None}, "no nonce"),
        ({"iss": "https://evil.example"}, "issuer"),
        ({"aud": "another-client"}, "audience"),
        ({"aud": [CLIENT_ID, "another"], "azp": "another"}, "authorised party"),
        ({"exp": int(time.time()) - 600}, "expired"),
        ({"exp": None}, "no end"),
        ({"sub": "910000000002"}, "userinfo of another subject"),
        ({"sub": ""}, "no subject"),
        ({"id_assurance_level": "2"}, "identity assurance"),
        ({"id_assurance_level": None}, "no identity assurance"),
        ({"id_assurance_level": "three"}, "identity assurance in words"),
        ({"authentication_assurance_level": "1"}, "authenticator assurance"),
        ({"authentication_assurance_level": None}, "no authenticator assurance"),
    ],
)
def test_wrong_claims_are_refused(client, linked, provider, claims, why):
    provider.claims = claims
    answer = through_provider(client)
    assert answer.status_code == 401, why
    assert not signed_in(client)
    assert "We could not sign you in" in answer.content.decode()


def test_userinfo_that_states_less_assurance_is_refused(client, linked, provider):
    provider.userinfo = {"idassurancelevel": "1"}
    assert through_provider(client).status_code == 401


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_a_token_without_a_public_key_signature_is_refused(client, linked, provider, algorithm):
    provider.algorithm = algorithm
    assert through_provider(client).status_code == 401


def test_a_token_signed_by_a_stranger_is_refused(client, linked, provider):
    provider.signing_key = provider.stranger
    assert through_provider(client).status_code == 401
    assert not signed_in(client)


def test_a_discovery_document_of_another_issuer_is_refused(client, linked, provider):
    provider.discovery = {"issuer": "https://evil.example"}
    answer = client.post(START)
    assert answer.status_code == 401


def test_a_provider_that_is_down_is_a_page_that_says_so(client, linked, provider, settings):
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"] = (
        "http://127.0.0.1:9"
    )
    answer = client.post(START)
    assert answer.status_code == 401
    assert "We could not sign you in" in answer.content.decode()


def test_a_state_that_this_browser_did_not_start_is_refused(client, linked):
    answer = through_provider(client, change=lambda query: query.update(state="forged"))
    assert answer.status_code == 401
    assert not signed_in(client)


def test_a_code_is_used_once(client, linked):
    seen = {}
    through_provider(client, change=seen.update)
    client.post("/accounts/logout/")
    assert client.get(f"{START}callback/", seen).status_code == 401
    assert not signed_in(client)


def test_visiting_the_start_does_not_leave_the_site(client):
    assert client.get(START).status_code == 200


def test_an_unknown_provider_is_not_found(client):
    assert client.post("/accounts/oidc/unknown/login/").status_code == 404


def test_a_disabled_account_does_not_come_in_by_its_identity(client, linked, person):
    person.is_active = False
    person.save()
    through_provider(client)
    assert not signed_in(client)


def test_a_password_alone_cannot_add_an_identity(client, person):
    sign_in(client)
    answer = through_provider(client, f"{START}?process=connect")
    assert answer["Location"] == "/accounts/2fa/"
    assert not SocialAccount.objects.exists()


def test_a_proved_session_adds_an_identity_and_can_then_use_it(
    client, person, app_secret, provider
):
    sign_in_fully(client, app_secret)
    through_provider(client, f"{START}?process=connect")
    kept = SocialAccount.objects.get(user=person)
    assert kept.uid == f"{provider.issuer} 910000000001"
    assert set(kept.extra_data) == {"issuer", "subject"}
    client.post("/accounts/logout/")
    assert through_provider(client)["Location"] == "/referrals/"
    assert client.get("/accounts/email/").status_code == 200
    assert Authenticator.objects.filter(user=person).exists()


def test_nhsmail_states_no_assurance_and_leads_to_our_second_step(
    client, person, app_secret, settings, provider
):
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    app["provider_id"] = "nhsmail"
    app["settings"] |= {"least_identity_assurance": 0, "least_authentication_assurance": 0}
    provider.claims = {"id_assurance_level": None, "authentication_assurance_level": None}
    SocialAccount.objects.create(
        user=person, provider="nhsmail", uid=f"{provider.issuer} 910000000001"
    )
    answer = through_provider(client, "/accounts/oidc/nhsmail/login/")
    assert answer["Location"] == "/accounts/2fa/authenticate/"
    assert not signed_in(client)


def test_our_public_key_is_published_and_our_private_key_is_not(client, client_key):
    answer = client.get("/accounts/oidc/keys.json").json()
    assert [set(key) for key in answer["keys"]] == [
        {"kty", "key_ops", "n", "e", "kid", "use", "alg"}
    ]
    published = jwt.PyJWK(answer["keys"][0])
    assert published.key.public_numbers() == client_key.public_key().public_numbers()


@pytest.fixture
def logout_token(provider):
    def make(**changes):
        now = int(time.time())
        claims = {
            "iss": provider.issuer,
            "aud": CLIENT_ID,
            "iat": now,
            "exp": now + 60,
            "jti": "1",
            "sub": "910000000001",
            "events": {LOGOUT_EVENT: {}},
            **changes,
        }
        return provider.sign({name: value for name, value in claims.items() if value is not None})

    return make


def test_signing_out_at_the_provider_ends_the_session_here(client, linked, logout_token):
    through_provider(client)
    key = client.session.session_key
    answer = client.post("/accounts/oidc/cis2/logged-out/", {"logout_token": logout_token()})
    assert answer.status_code == 200
    assert not Session.objects.filter(session_key=key).exists()
    assert client.get("/referrals/")["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize(
    "changes",
    [
        {"events": {}},
        {"nonce": "x"},
        {"aud": "another"},
        {"iss": "https://evil.example"},
        {"sub": None},
    ],
)
def test_a_wrong_logout_token_ends_nothing(client, linked, logout_token, changes):
    through_provider(client)
    answer = client.post(
        "/accounts/oidc/cis2/logged-out/", {"logout_token": logout_token(**changes)}
    )
    assert answer.status_code == 400
    assert client.get("/accounts/email/").status_code == 200


def test_no_provider_is_offered_unless_it_is_set_up(client, settings):
    assert "Care Identity" in client.get("/accounts/login/").content.decode()
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": []}}
    assert "Care Identity" not in client.get("/accounts/login/").content.decode()
    assert client.post(START).status_code == 404
