"""Every private address against every role, signed-out people included.

Each row of the tables says who gets in. Everybody else must be sent to sign in, or be told 403 or
404, and must read nothing of the patient.
"""

import uuid

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from referral_people import consultant, delegate, draft, person, sent, team

from referrals.service import attachment_files

pytestmark = pytest.mark.django_db

ROLES = (
    "signed out",
    "consultant",
    "delegate",
    "other team",
    "other trust",
    "nobody",
    "IR radiologist",
    "IR vetter",
    "IR coordinator",
    "IR lead",
    "IR administrator",
    "IR governance",
    "Site administrator",
    "Editor",
    "Clinical approver",
    "superuser",
)
TEAM = {"consultant", "delegate"}
IR = {"IR radiologist", "IR vetter", "IR coordinator"}
VETTING = {"IR radiologist", "IR vetter"}
DECIDING = {"IR radiologist", "IR coordinator"}
MEASURING = {"IR radiologist", "IR coordinator", "IR lead", "IR governance"}
REFUSED = (302, 403, 404, 405)
FORM_REFUSED = (409, 422)
"""Let in, and the empty form is drawn again with what is wrong with it."""
MARKS = ("Testpatient", "TESTPATIENT", "999 000 0018", "9990000018", "antibiotics")

TRIAGE = {
    "triage": IR,
    "triage_find": IR,
    "triage_today": IR,
    "triage_arrangements": IR | MEASURING | {"IR administrator"},
    "triage_records_agree": {"IR governance"},
    "triage_records_withdraw": {"IR governance"},
    "triage_openings": {"IR governance"},
    "triage_opening_reviewed": {"IR governance"},
    "triage_reason": IR,
    "triage_guard": {"IR radiologist", "IR coordinator"},
    "triage_mail": DECIDING,
    "triage_mail_handled": DECIDING,
    "triage_measures": MEASURING,
    "triage_audit_csv": MEASURING,
    "triage_records": {"IR governance"},
    "triage_records_approve": {"IR governance"},
    "triage_referral": IR,
    "triage_print": IR,
    "triage_fhir": {"IR radiologist"},
    "triage_file": IR,
    "triage_start": VETTING,
    "triage_take_over": VETTING,
    "triage_vetting": VETTING,
    "triage_step": IR,
    "triage_message": IR,
}
ADDRESSES = {
    "triage": "/triage/",
    "triage_find": "/triage/find/",
    "triage_today": "/triage/today/",
    "triage_arrangements": "/triage/arrangements/",
    "triage_records_agree": "/triage/records/{reference}/agree/",
    "triage_records_withdraw": "/triage/records/{reference}/withdraw/",
    "triage_openings": "/triage/openings/",
    "triage_opening_reviewed": "/triage/openings/1/reviewed/",
    "triage_reason": "/triage/{reference}/reason/",
    "triage_guard": "/triage/{reference}/flag/",
    "triage_mail": "/triage/mail/",
    "triage_mail_handled": "/triage/mail/1/handled/",
    "triage_measures": "/triage/measures/",
    "triage_audit_csv": "/triage/measures/audit.csv",
    "triage_records": "/triage/records/",
    "triage_records_approve": "/triage/records/{reference}/approve/",
    "triage_referral": "/triage/{reference}/",
    "triage_print": "/triage/{reference}/print/",
    "triage_fhir": "/triage/{reference}/fhir.json",
    "triage_file": "/triage/{reference}/file/{key}/",
    "triage_start": "/triage/{reference}/start/",
    "triage_take_over": "/triage/{reference}/take-over/",
    "triage_vetting": "/triage/{reference}/vetting/",
    "triage_step": "/triage/{reference}/step/cancel/",
    "triage_message": "/triage/{reference}/message/",
}
POSTED = {
    "triage_find",
    "triage_mail_handled",
    "triage_opening_reviewed",
    "triage_guard",
    "triage_records_agree",
    "triage_records_withdraw",
    "triage_records_approve",
    "triage_start",
    "triage_take_over",
    "triage_vetting",
    "triage_message",
}
OF_CARE = {
    *("IR radiologist", "IR vetter", "IR coordinator", "IR lead", "IR administrator"),
    *("IR governance", "superuser"),
}
WHO_MAY_REFER = OF_CARE - {"IR vetter"}
ADMIN = {
    "auditevent": {"IR governance", "superuser"},
    "notification": {"IR governance", "IR coordinator", "superuser"},
    "refusalcount": {"IR governance", "IR administrator", "superuser"},
    "accountrequest": {"IR administrator", "superuser"},
    **dict.fromkeys(["organisationrole", "organisation", "allowlisting"], WHO_MAY_REFER),
    **dict.fromkeys(["team", "entitledreferrer", "delegate"], WHO_MAY_REFER),
    **dict.fromkeys(
        ["ruleset", "rulesource", "rulelimit", "rulelist", "safetyrule", "drug"], OF_CARE
    ),
    **dict.fromkeys(["holdtime", "catalogueentry", "urgencytarget", "bankholiday"], OF_CARE),
    **dict.fromkeys(["webmailbrand", "escalationstep", "serviceperiod"], OF_CARE),
    **dict.fromkeys(["recipients", "questionfields"], OF_CARE),
}


@pytest.fixture(autouse=True)
def plain_static(settings):
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.fixture
def here():
    """One sent referral with a file, one draft, and everybody."""
    line = consultant()
    referral = sent(line)
    begun = draft(line, nhs_number=None, nhs_number_absent_reason="overseas-patient")
    row = attachment_files.keep(
        referral, line.user, name="a.pdf", content_type="application/pdf", content=b"%PDF"
    )
    people = {
        "signed out": None,
        "consultant": line.user,
        "delegate": delegate(),
        "other team": consultant("urologist", of=team(name="Urology"), gmc="7000008").user,
        "other trust": consultant("wirral", of=team("RBL"), gmc="7000009").user,
        "nobody": person("nobody"),
        "superuser": person("root", is_staff=True, is_superuser=True),
    }
    for role in ROLES:
        if role not in people:
            people[role] = person(role.lower().replace(" ", "-"), role, is_staff=True)
    return {
        "people": people,
        "reference": referral.reference,
        "key": row.key,
        "token": begun.token,
    }


def as_role(client, here, role):
    client.logout()
    if here["people"][role] is not None:
        client.force_login(here["people"][role])
    return client


def test_a_right_that_is_taken_away_is_gone_at_the_next_request(client, here):
    radiologist = here["people"]["IR radiologist"]
    client.force_login(radiologist)
    address = ADDRESSES["triage_referral"].format(**here)
    assert client.get(address).status_code == 200
    radiologist.groups.clear()
    assert client.get(address).status_code == 403
    radiologist.is_active = False
    radiologist.save()
    assert client.get(address)["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("name", TRIAGE)
def test_the_ir_side_opens_for_those_of_the_table_alone(client, here, name):
    address = ADDRESSES[name].format(**here)
    for role in ROLES:
        as_role(client, here, role)
        answer = client.post(address) if name in POSTED else client.get(address)
        if role in TRIAGE[name]:
            let_in = (200, 302, 404, *(FORM_REFUSED if name in POSTED else ()))
            assert answer.status_code in let_in, (name, role)
            assert "login" not in answer.headers.get("Location", ""), (name, role)
            if name not in POSTED and name != "triage_reason":
                assert answer.status_code == 200, (name, role)
        else:
            assert answer.status_code in REFUSED, (name, role, answer.status_code)
            if role == "signed out":
                assert answer.headers["Location"].startswith("/accounts/login/"), name
            else:
                assert answer.status_code == 403, (name, role)
            text = answer.content.decode(errors="replace")
            assert not [mark for mark in MARKS if mark in text], (name, role)
        assert answer.headers["Cache-Control"] == "no-store", (name, role)


def test_the_table_holds_every_address_of_the_ir_side():
    from referrals.triage.urls import urlpatterns

    assert {each.name for each in urlpatterns} == set(TRIAGE) == set(ADDRESSES)


@pytest.mark.parametrize("model", ADMIN)
def test_the_admin_shows_a_table_to_those_of_the_table_alone(client, here, model):
    for role in ROLES:
        as_role(client, here, role)
        answer = client.get(f"/admin/referrals/{model}/")
        if role in ADMIN[model]:
            assert answer.status_code == 200, (model, role)
        else:
            assert answer.status_code in REFUSED, (model, role, answer.status_code)


def test_the_table_holds_every_table_of_the_admin():
    from django.apps import apps
    from django.contrib import admin

    ours = apps.get_app_config("referrals").get_models()
    assert {each._meta.model_name for each in ours if each in admin.site._registry} == set(ADMIN)


@pytest.mark.parametrize(
    "path", ["/refer/", "/refer/check/", "/refer/emergency/", "/refer/account/"]
)
def test_the_public_pages_are_the_same_for_everybody_and_name_nobody(client, here, path):
    from referrals.gate.urls import urlpatterns

    assert {each.name for each in urlpatterns} == {"refer", "refer_check", "refer_emergency"}
    for role in ROLES:
        as_role(client, here, role)
        answer = client.get(path)
        assert answer.status_code == 200, role
        text = answer.content.decode()
        assert not [mark for mark in MARKS if mark in text], role


def account_addresses():
    """Every account address without a part to fill in, ours and those of the library."""

    def walk(patterns, stem):
        for each in patterns:
            if isinstance(each, URLResolver):
                yield from walk(each.url_patterns, stem + str(each.pattern))
            elif "<" not in stem + str(each.pattern) and "^" not in str(each.pattern):
                yield f"/{stem}{each.pattern}"

    for each in get_resolver().url_patterns:
        if str(each.pattern) == "accounts/":
            yield from walk(each.url_patterns, "accounts/")


def test_account_pages_show_nothing_of_a_patient_and_are_kept_by_no_cache(client, here):
    addresses = sorted(set(account_addresses()))
    assert len(addresses) > 20
    for role in ROLES:
        for address in addresses:
            if address.endswith("/logout/"):
                continue
            as_role(client, here, role)
            answer = client.get(address)
            assert answer.status_code < 500, (address, role)
            assert answer.headers["Cache-Control"] == "no-store", (address, role)
            text = answer.content.decode(errors="replace")
            assert not [mark for mark in MARKS if mark in text], (address, role)


def test_the_team_opens_its_own_pages_and_ir_is_led_to_its_own_side(client, here):
    for name, address in referrer_addresses(here):
        for role in sorted(TEAM):
            as_role(client, here, role)
            assert client.get(address).status_code in (200, 302, 405), (name, role)
        for role in sorted(IR):
            as_role(client, here, role)
            answer = client.get(address)
            assert answer.status_code in (302, 405), (name, role)
            if answer.status_code == 302:
                assert answer.headers["Location"] == "/triage/", (name, role)


def test_the_paper_form_is_for_referrers_and_ir_alone(client, here):
    for role in ROLES:
        as_role(client, here, role)
        answer = client.get("/referrals/blank-form/")
        if role in {"consultant", "delegate", "other team", "other trust"} | IR:
            assert answer.status_code == 200, role
            assert "TESTPATIENT" not in answer.content.decode().upper(), role
        else:
            assert answer.status_code in (302, 403), role
        assert answer.headers["Cache-Control"] == "no-store", role


def referrer_addresses(here):
    """Every address of the referrer's side, from its own list, with the values of one referral."""
    from referrals.form.urls import urlpatterns

    values = {
        "reference": here["reference"],
        "token": str(here["token"]),
        "key": str(here["key"]),
        "slug": "patient",
    }
    from django.urls import reverse

    for each in urlpatterns:
        wanted = {name: values[name] for name in each.pattern.converters} or {
            name: values[name] for name in getattr(each.pattern, "regex", None).groupindex
        }
        yield each.name, reverse(each.name, kwargs=wanted)


def test_a_referral_shows_nothing_to_those_outside_its_team(client, here):
    outsiders = [role for role in ROLES if role not in TEAM | IR]
    for name, address in referrer_addresses(here):
        for role in outsiders:
            as_role(client, here, role)
            for answer in (client.get(address), client.post(address, {"seen_row": "2"})):
                text = answer.content.decode(errors="replace")
                assert not [mark for mark in MARKS if mark in text], (name, role)
                open_to_all = name in ("referrals", "referral_new")
                assert open_to_all or answer.status_code in REFUSED, (
                    name,
                    role,
                    answer.status_code,
                )
                if role == "signed out":
                    assert answer.headers["Location"].startswith("/accounts/login/"), name


def test_outsiders_changed_nothing(client, here):
    from referrals.models import Attachment, Message, Referral

    before = list(Referral.objects.order_by("pk").values_list("pk", "state", "newest_row"))
    test_a_referral_shows_nothing_to_those_outside_its_team(client, here)
    after = list(Referral.objects.order_by("pk").values_list("pk", "state", "newest_row"))
    assert before == after
    assert not Message.objects.exists()
    assert Attachment.objects.filter(removed_at__isnull=True).count() == 1


def test_an_unknown_reference_looks_like_one_that_is_not_yours(client, here):
    as_role(client, here, "IR radiologist")
    wrong = "Y" if here["reference"].endswith("Z") else "Z"
    for reference in (
        "IR-2026-BCDFGH-J",
        here["reference"][:-1] + wrong,
        "nonsense",
        str(uuid.uuid4()),
    ):
        assert client.get(f"/triage/{reference}/").status_code == 404


def test_no_address_holds_more_than_a_reference_a_token_or_a_number():
    def walk(patterns, stem=""):
        for each in patterns:
            if isinstance(each, URLResolver):
                yield from walk(each.url_patterns, stem + str(each.pattern))
            elif isinstance(each, URLPattern):
                yield stem + str(each.pattern)

    private = [
        each
        for each in walk(get_resolver().url_patterns)
        if each.startswith(("triage/", "referrals/"))
    ]
    assert len(private) > 30
    for address in private:
        for word in ("nhs", "name", "birth", "hospital"):
            assert word not in address.lower(), address
