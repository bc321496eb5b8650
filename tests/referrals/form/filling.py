"""A whole straightforward referral, as it is typed screen by screen."""

from __future__ import annotations

import re

BEGIN = {
    "is_emergency": "no",
    "organisation": "RJR",
    "request_mode": "procedure",
    "procedure": "picc",
}
SCREENS = {
    "timing": {
        "urgency": "routine",
        "patient_setting": "outpatient",
        "transport": "own",
    },
    "patient": {
        "nhs_number": "999 000 0018",
        "hospital_number": "W0000001",
        "family_name": "Testpatient",
        "given_name": "Example",
        "date_of_birth_day": "2",
        "date_of_birth_month": "1",
        "date_of_birth_year": "1960",
        "sex_registered_at_birth": "M",
        "patient_phone": "01632 960001",
        "interpreter_needed": "no",
    },
    "reason": {
        "clinical_indication": "Long course of antibiotics into a vein is needed.",
        "question": "Please place a line for six weeks.",
        "relevant_history": "none",
        "previous_imaging_given": "none",
    },
    "results": {},
    "bleeding": {
        "antithrombotics_given": "none",
        "bleeding_history": "negative",
        "bleeding_facts": "none",
    },
    "health": {
        "allergies": "none known",
        "dialysis": "none",
        "diabetes": "none",
        "mrsa": "negative",
        "cpe": "negative",
        "c_diff": "negative",
        "bbv": "negative",
        "resp_isolation": "negative",
        "tests_on": "yesterday",
        "cpe_contact": "no",
        "implants": "none",
    },
    "fitness": {
        "weight_kg": "80",
        "mobility": "Walks",
        "can_lie_flat": "yes",
        "sedation_facts": "none",
        "anaesthetic_wanted": "local",
    },
    "consent": {
        "capacity": "has capacity",
        "patient_aware": "yes",
        "consent_discussed": "yes",
        "resuscitation_status": "for full",
    },
    "contact": {
        "specialty": "Vascular surgery",
        "contact_number": "01632 960002",
        "contact_hours": "Weekdays 8 to 6",
        "team_mailbox": "vascular@team.example",
    },
}


def hidden(page, name: str) -> str:
    """The value of a hidden box of a page."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page.content.decode())
    assert found, name
    return found[1]


def begin(client, line, **changes) -> str:
    """Begin a referral and return its address."""
    token = hidden(client.get("/referrals/new/"), "token")
    typed = {**BEGIN, "consultant": str(line.pk), "token": token, **changes}
    answer = client.post("/referrals/new/", typed)
    assert answer.status_code == 302, problems(answer)
    return f"/referrals/draft/{token}/"


def fill(client, address: str, slug: str, **changes):
    """Fill one screen."""
    seen = hidden(client.get(f"{address}{slug}/"), "seen")
    return client.post(f"{address}{slug}/", {**SCREENS[slug], "seen": seen, **changes})


def fill_all(client, address: str) -> None:
    """Fill every screen, and read the details back."""
    for slug in SCREENS:
        answer = fill(client, address, slug)
        assert answer.status_code == 302, (slug, problems(answer))
    read = hidden(client.get(f"{address}identity/"), "read")
    answer = client.post(f"{address}identity/", {"confirmed": "on", "read": read})
    assert answer.status_code == 302, problems(answer)


def send(client, address: str, **changes):
    """Press send."""
    page = client.get(f"{address}check/")
    row = hidden(page, "seen_row") if page.status_code == 200 else "1"
    keys = re.findall(r'name="acknowledged" type="checkbox" value="([^"]*)"', page.content.decode())
    typed = {"confirmed": "on", "seen_row": row, "acknowledged": keys, **changes}
    return client.post(f"{address}send/", typed)


def problems(page) -> list[str]:
    """What an error summary says."""
    text = page.content.decode()
    part = text[text.find("nhsuk-error-summary") :][:4000]
    found = re.findall(r"<li>\s*(?:<a [^>]*>)?\s*([^<]+)", part)
    return [each.strip() for each in found]
