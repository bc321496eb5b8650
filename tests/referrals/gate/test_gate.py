"""What a person who comes to the public gate can rely on."""

from contextlib import contextmanager

import pytest
from django.db import OperationalError, connection
from django.db.models import Sum

from referrals.models import Referral, RefusalCount
from referrals.organisations import SourceKind

pytestmark = pytest.mark.django_db
CHECK = "/refer/check/"


def answers(**given: str) -> dict[str, str]:
    return {"emergency": "no", **given}


def test_the_page_says_who_may_and_may_not_refer(client):
    page = client.get("/refer/")
    text = page.content.decode()
    assert page.status_code == 200
    for words in ("Countess of Chester", "RJR", "GP practice", "Hospice", "Optometrist", "walk-in"):
        assert words in text
    assert 'href="/procedures/"' in text
    assert not page.cookies


def test_the_first_question_is_the_emergency(client):
    text = client.get(CHECK, {"place": "RJR", "role": "consultant"}).content.decode()
    assert "Is this an emergency?" in text


@pytest.mark.parametrize("word", ["now", "24 h"])
def test_an_emergency_ends_at_the_telephone(client, word):
    page = client.get(CHECK, {"emergency": word, "place": "RJR", "role": "consultant"})
    text = page.content.decode()
    assert "through the hospital switchboard" in text
    assert "Sign in and refer" not in text


def test_an_emergency_now_is_not_talked_round(client):
    page = client.get(CHECK, {"emergency": "now", "telephoned": "yes", "place": "RJR"})
    assert "Telephone the on-call" in page.content.decode()


def test_a_conversation_that_has_happened_may_be_recorded(client):
    page = client.get(CHECK, {"emergency": "24 h", "telephoned": "yes"})
    assert "Where do you work?" in page.content.decode()


REFUSED_PLACES = [
    ("GP", "GP practices"),
    ("OUT_OF_HOURS", "walk-in"),
    ("COMMUNITY", "community"),
    ("MENTAL_HEALTH", "mental health"),
    ("DENTAL", "dental"),
    ("OPTOMETRY", "optometrists"),
    ("PHARMACY", "pharmacies"),
    ("THERAPY", "physiotherapists"),
    ("CARE_HOME", "care homes"),
    ("HOSPICE", "hospices"),
    ("PRISON", "prison"),
    ("PRIVATE", "private"),
    ("PATIENT", "refer themselves"),
    ("OUT_OF_NETWORK", "network hospitals"),
    ("OTHER_NATION", "health board"),
    ("OTHER_HEALTHCARE", "your service"),
]


@pytest.mark.parametrize(("place", "words"), REFUSED_PLACES)
def test_a_refused_source_is_told_why_and_what_to_do(client, place, words):
    page = client.get(CHECK, answers(place=place, role="consultant"))
    text = page.content.decode()
    assert words in text
    assert "What to do instead" in text
    assert not page.cookies
    assert RefusalCount.objects.get(place="gate").kind == str(SourceKind[place])


@pytest.mark.parametrize("code", ["M86005", "RY7", "RW4", "RXA", "RBL69", "RBL02", "RBT", "REM"])
def test_a_refused_code_is_refused_even_for_a_consultant(client, code):
    page = client.get(CHECK, answers(place="code", code=code, role="consultant"))
    assert "we cannot take this referral" in page.content.decode()


@pytest.mark.parametrize("code", ["RJR", "rbl14 ", "RWWWH", "RJR05"])
def test_a_network_hospital_goes_on(client, code):
    page = client.get(CHECK, answers(place="code", code=code, role="delegate"))
    text = page.content.decode()
    assert "You can go on to sign in" in text
    assert "Your consultant then checks it" in text


def test_somebody_who_is_neither_is_refused(client):
    page = client.get(CHECK, answers(place="RJR", role="neither"))
    assert "sent by a consultant" in page.content.decode()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"asked": "emergency"}, "Choose whether this is an emergency."),
        ({"asked": "emergency", "emergency": "perhaps"}, "Choose whether this is an emergency."),
        (answers(asked="place"), "Choose where you work."),
        (answers(asked="place", place="code"), "Enter the ODS code"),
        (answers(asked="place", place="code", code="<b>R"), "letters and digits only"),
        (answers(asked="place", place="code", code="🏥"), "letters and digits only"),
        (answers(asked="role", place="RJR", role="boss"), "Choose whether you are a consultant."),
    ],
)
def test_an_open_answer_is_asked_for_again(client, given, words):
    page = client.get(CHECK, given)
    text = page.content.decode()
    assert page.status_code == 422
    assert text.count(words) >= 2
    assert "Error: " in text


def test_an_unknown_code_is_refused_kindly(client):
    text = client.get(CHECK, answers(place="code", code="ZZZ99")).content.decode()
    assert "We do not know this organisation code." in text


def test_nothing_is_kept_but_the_count(client):
    for _ in range(3):
        client.get(CHECK, answers(place="GP"))
    assert RefusalCount.objects.aggregate(all=Sum("count"))["all"] == 3
    assert not Referral.objects.exists()


def test_the_number_of_the_on_call_consultant_is_shown_when_it_is_set(client):
    from procedures.models import SiteDetails
    from procedures.publishing import refresh_site_document

    SiteDetails.objects.update_or_create(slug="site", defaults={"on_call_phone": "01632 960000"})
    refresh_site_document()
    text = client.get("/refer/emergency/").content.decode()
    assert "tel:01632960000" in text


@contextmanager
def no_database():
    """Every statement fails, as when the server is gone."""

    def gone(*args):
        raise OperationalError("the database is gone")

    with connection.execute_wrapper(gone):
        yield


@pytest.mark.django_db
def test_with_the_database_gone_the_gate_still_refuses_and_sends_emergencies_to_the_telephone(
    client,
):
    client.get("/refer/")
    with no_database():
        page = client.get("/refer/")
        assert page.status_code == 200
        text = page.content.decode()
        assert "switchboard" in text
        assert "Countess of Chester" in text
        assert "We cannot accept referrals" in text
        refused = client.get("/refer/check/?emergency=no&place=GP&asked=place")
        assert refused.status_code == 200
        assert "we cannot take this referral" in refused.content.decode()
        assert "switchboard" in client.get("/refer/emergency/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/refer/", "/refer/check/", "/refer/emergency/"])
def test_with_nothing_in_memory_either_the_fallback_says_the_same(client, monkeypatch, path):
    from referrals.service import configuration

    monkeypatch.setattr(configuration, "_kept", None)
    client.raise_request_exception = False
    client.cookies["sessionid"] = "whatever"
    with no_database():
        page = client.get(path)
    assert page.status_code in (200, 503)
    text = page.content.decode()
    assert "switchboard" in text
    if path != "/refer/emergency/":
        assert "GP practices" in text


@pytest.mark.django_db
def test_caches_keep_the_page_and_never_an_answer(client):
    for path in ("/refer/", "/refer/emergency/"):
        header = client.get(path).headers["Cache-Control"]
        assert "public" in header
        assert "stale-if-error" in header
    for query in ("", "?emergency=no", "?emergency=no&place=GP&asked=place"):
        answer = client.get(f"/refer/check/{query}")
        assert answer.headers["Cache-Control"] == "no-store"
        assert not answer.cookies
