"""Controls of the hazard log that no other test shows: who, how many, when, and how often."""

import re

import pytest
from referral_people import accepted, consultant, person, questioned, sent, vetted

from referrals.models import FlagRow
from referrals.service import correspondence, moves
from referrals.states import State

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def plain_static(settings):
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.fixture
def radiologist():
    return person("radiologist", "IR radiologist", "IR coordinator")


@pytest.mark.parametrize("rest", ["", "print/", "step/accept/", "step/reject/", "step/cancel/"])
def test_the_patient_stands_at_the_top_of_every_page_of_a_referral(client, radiologist, rest):
    referral = vetted(sent(consultant()), radiologist)
    client.force_login(radiologist)
    page = client.get(f"/triage/{referral.reference}/{rest}").content.decode()
    banner = re.search(r'<div class="ir-banner".*?</dl>', page, re.S).group(0)
    for words in ("TESTPATIENT, Example", "2 Jan 1960", "999 000 0018", referral.reference):
        assert words in banner


@pytest.mark.parametrize(
    "path",
    [
        *("/triage/", "/triage/mail/", "/triage/measures/", "/triage/today/"),
        *("/triage/arrangements/", "/triage/{}/", "/triage/{}/step/cancel/"),
    ],
)
def test_every_ir_page_says_how_many_await_vetting(client, radiologist, path):
    line = consultant()
    first = sent(line)
    sent(line, nhs_number="9990000026")
    client.force_login(radiologist)
    page = client.get(path.format(first.reference)).content.decode()
    text = re.sub(r"<[^>]+>", "", page)
    assert re.search(r"2 awaiting vetting|Worklists\s*2 waiting", text), path


def test_times_on_the_page_carry_their_zone(client, radiologist):
    referral = sent(consultant())
    client.force_login(radiologist)
    page = client.get(f"/triage/{referral.reference}/").content.decode()
    times = re.findall(r"\d{2}:\d{2}(?: (?:GMT|BST))?", page)
    assert times
    assert all(each.endswith(("GMT", "BST")) for each in times)


def test_requested_and_final_procedure_stand_side_by_side(client, radiologist):
    referral = accepted(
        sent(consultant()),
        radiologist,
        final_procedure="nephrostomy-new",
        change_reason="The kidney first.",
    )
    client.force_login(radiologist)
    page = client.get(f"/triage/{referral.reference}/").content.decode()
    wanted, final = referral.procedure.name, referral.final_procedure.name
    assert f"Requested: {wanted}. <strong>Final: {final}.</strong>" in page
    assert "The kidney first." in page
    booking = client.get(f"/triage/{referral.reference}/step/cancel/").content.decode()
    text = re.sub(r"<[^>]+>|\s+", " ", booking)
    assert re.search(
        rf"Requested\s+{re.escape(wanted)}\s+Final procedure\s+{re.escape(final)}", text
    )


def test_flags_and_how_many_were_read_are_measured(client, radiologist):
    sent(consultant(), inr="3.9")
    client.force_login(radiologist)
    page = client.get("/triage/measures/").content.decode()
    table = re.search(r"Safety flags shown before sending.*?</table>", page, re.S).group(0)
    reds = FlagRow.objects.filter(level="RED").count()
    cells = re.findall(r"<td[^>]*>(.*?)</td>", table)
    row = cells[cells.index("RED") :][:4]
    assert row == ["RED", str(reds), f"{float(reds):.1f}", "100%"]


def test_waits_for_answers_and_cancellations_are_measured(client, radiologist):
    line = consultant()
    referral = questioned(sent(line), radiologist)
    correspondence.answer_information(
        referral, line.user, {"inr": "1.1"}, seen_row=referral.newest_row
    )
    referral.refresh_from_db()
    moves.move(
        referral,
        radiologist,
        State.CANCELLED,
        {
            "reason_code": "prep_not_followed",
            "cancelled_by": "The ward",
            "re_referral_needed": "yes",
        },
        seen_row=referral.newest_row,
    )
    client.force_login(radiologist)
    text = re.sub(r"<[^>]+>", " ", client.get("/triage/measures/").content.decode())
    assert re.search(r"Preparation was not followed\s+1", text)
    assert re.search(r"waited for its answer.*?routine\s+1", text, re.S)
