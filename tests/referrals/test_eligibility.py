"""Who gets in, who does not, and what a refused person is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from referrals.eligibility import (
    AllowListing,
    Application,
    Directory,
    Entitlement,
    GmcNumberRefused,
    Organisation,
    Outcome,
    RoleEffect,
    RoleRule,
    SourceKind,
    address_problem,
    decide,
    directory_from_rows,
    is_nhs_address,
    may_submit,
    parse_gmc_number,
    refusal_for,
)
from referrals.fixture_rows import fixture_rows
from referrals.refusals import REFUSED_KINDS
from referrals.safety_config import wording_problem

NOW = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
DAY = date(2026, 3, 10)
DIRECTORY = directory_from_rows(fixture_rows("organisations.yaml"))


def entitled(trust: str = "RBL", **changes: object) -> Entitlement:
    return replace(Entitlement("1234567", trust, "active"), **changes)


def application(code: str = "RBL", **changes: object) -> Application:
    trust = changes.pop("trust", code.strip().upper()[:3])
    return replace(Application("no", code, "consultant", entitled(trust)), **changes)


def with_organisation(organisation: Organisation, listing: AllowListing | None) -> Directory:
    listings = dict(DIRECTORY.allow_list)
    if listing:
        listings[organisation.code] = listing
    organisations = {**DIRECTORY.organisations, organisation.code: organisation}
    return replace(DIRECTORY, organisations=organisations, allow_list=listings)


@pytest.mark.parametrize(
    ("code", "trust"),
    [
        ("RJR", "RJR"),
        ("RBL", "RBL"),
        ("RWW", "RWW"),
        ("RJR05", "RJR"),
        ("RBL14", "RBL"),
        ("RWWWH", "RWW"),
        (" rbl14 ", "RBL"),
        ("rjr", "RJR"),
    ],
)
def test_an_entitled_consultant_at_a_listed_place_gets_in(code: str, trust: str) -> None:
    decision = decide(application(code, trust=trust), DIRECTORY, NOW)
    assert (decision.outcome, decision.trust_code) == (Outcome.PROCEED, trust)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("M86005", SourceKind.GP),
        ("m86005", SourceKind.GP),
        ("RY7", SourceKind.COMMUNITY),
        ("RW4", SourceKind.MENTAL_HEALTH),
        ("RXA", SourceKind.MENTAL_HEALTH),
        ("RBL69", SourceKind.COMMUNITY),
        ("RBTCP", SourceKind.COMMUNITY),
        ("RBL02", SourceKind.COMMUNITY),
        ("RBN", SourceKind.OUT_OF_NETWORK),
        ("RBT", SourceKind.OUT_OF_NETWORK),
        ("RBT20", SourceKind.OUT_OF_NETWORK),
        ("REM", SourceKind.OUT_OF_NETWORK),
        ("ZZZ99", SourceKind.UNKNOWN),
        ("R B L", SourceKind.UNKNOWN),
        ("RBL15", SourceKind.UNKNOWN),
        ("", SourceKind.UNKNOWN),
    ],
)
def test_others_are_refused_by_kind_however_entitled(code: str, kind: SourceKind) -> None:
    for trust in ("RBL", code.upper()):
        decision = decide(application(code, trust=trust), DIRECTORY, NOW)
        assert (decision.outcome, decision.rule, decision.kind) == (Outcome.REFUSED, "R02", kind)
        assert decision.why
        assert decision.instead


REFUSING = [code for code, role in DIRECTORY.roles.items() if role.effect is RoleEffect.REFUSE]


@pytest.mark.parametrize("role", REFUSING)
@pytest.mark.parametrize("primary", [True, False])
def test_a_refusing_role_refuses_wherever_it_stands_even_when_listed(
    role: str, primary: bool
) -> None:
    trust = Organisation(
        "RBL",
        "A trust",
        SourceKind.HOSPITAL,
        role if primary else "RO197",
        () if primary else ("RO57", role),
    )
    directory = with_organisation(trust, AllowListing("RBL", True))
    assert decide(application("RBL"), directory, NOW).rule == "R02"


def test_a_role_made_harmless_by_configuration_refuses_only_as_primary() -> None:
    harmless = RoleRule(
        "RO87", "Walk-in centre", RoleEffect.REFUSE, SourceKind.OUT_OF_HOURS, harmless_on_trust=True
    )
    roles = {**DIRECTORY.roles, "RO87": harmless}
    trust = Organisation("RBL", "A trust", SourceKind.HOSPITAL, "RO197", ("RO87",))
    directory = replace(with_organisation(trust, None), roles=roles)
    assert decide(application("RBL"), directory, NOW).accepted
    primary = replace(trust, primary_role="RO87", other_roles=())
    directory = replace(with_organisation(primary, None), roles=roles)
    assert not decide(application("RBL"), directory, NOW).accepted


def test_an_unknown_role_refuses() -> None:
    trust = Organisation("RBL", "A trust", SourceKind.HOSPITAL, "RO197", ("RO999",))
    assert not decide(application("RBL"), with_organisation(trust, None), NOW).accepted


def test_an_empty_role_list_leaves_it_to_the_allow_list() -> None:
    trust = Organisation("RQQ", "A trust")
    refused = decide(application("RQQ"), with_organisation(trust, None), NOW)
    listed = with_organisation(trust, AllowListing("RQQ", True))
    assert refused.rule == "R02"
    assert decide(application("RQQ"), listed, NOW).accepted


def test_a_mental_health_trust_gets_in_once_it_is_listed() -> None:
    trust = DIRECTORY.organisations["RW4"]
    directory = with_organisation(trust, AllowListing("RW4", True))
    assert decide(application("RW4"), directory, NOW).accepted


def test_a_listed_site_needs_its_trust_to_be_listed_too() -> None:
    site = DIRECTORY.organisations["RBT20"]
    directory = with_organisation(site, AllowListing("RBT20", True))
    assert decide(application("RBT20"), directory, NOW).rule == "R02"
    orphan = replace(site, parent_code="")
    directory = with_organisation(orphan, AllowListing("RBT20", True))
    assert decide(application("RBT20"), directory, NOW).rule == "R02"


@pytest.mark.parametrize("role", ["RO198", "RO148", "RO149"])
def test_a_site_stands_for_its_trust_and_never_for_itself(role: str) -> None:
    board = Organisation("7A1", "Health board", SourceKind.OTHER_NATION, "RO144")
    orphan = Organisation("7A1XX", "Its hospital", SourceKind.OTHER_NATION, role)
    directory = with_organisation(board, AllowListing("7A1", True))
    for site, accepted in ((orphan, False), (replace(orphan, parent_code="7A1"), True)):
        both = replace(
            directory,
            organisations={**directory.organisations, "7A1XX": site},
            allow_list={**directory.allow_list, "7A1XX": AllowListing("7A1XX", True)},
        )
        assert decide(application("7A1XX"), both, NOW).accepted is accepted


@pytest.mark.parametrize(
    ("start", "end", "inside"),
    [
        (None, None, True),
        (DAY, DAY, True),
        (DAY + timedelta(days=1), None, False),
        (None, DAY - timedelta(days=1), False),
    ],
)
def test_dates_are_inclusive(start: date | None, end: date | None, inside: bool) -> None:
    trust = DIRECTORY.organisations["RBL"]
    directory = with_organisation(trust, AllowListing("RBL", True, start, end))
    assert decide(application("RBL"), directory, NOW).accepted is inside
    person = entitled(granted_on=start, expires_on=end)
    assert decide(application("RBL", entitlement=person), DIRECTORY, NOW).accepted is inside


def test_days_are_taken_in_london() -> None:
    """23:30 UTC on 30 June is 00:30 on 1 July in London."""
    late = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    lapsed = application("RBL", entitlement=entitled(expires_on=date(2026, 6, 30)))
    begun = application("RBL", entitlement=entitled(granted_on=date(2026, 7, 1)))
    assert not decide(lapsed, DIRECTORY, late).accepted
    assert decide(begun, DIRECTORY, late).accepted


@pytest.mark.parametrize(
    ("entitlement", "reason"),
    [
        (None, "not_registered"),
        (entitled("RJR"), "entitled_elsewhere"),
        (entitled("RBL14"), "entitled_elsewhere"),
        (entitled(status="pending"), "entitlement_not_in_force"),
        (entitled(status="suspended"), "entitlement_not_in_force"),
        (entitled(status="expired"), "entitlement_not_in_force"),
        (entitled(expires_on=DAY - timedelta(days=1)), "entitlement_not_in_force"),
        (entitled(scope=frozenset({"urinary"})), "out_of_scope"),
    ],
)
def test_a_consultant_who_is_not_entitled_is_refused(
    entitlement: Entitlement | None, reason: str
) -> None:
    decision = decide(application("RBL", entitlement=entitlement, group="arterial"), DIRECTORY, NOW)
    assert (decision.rule, decision.reason) == ("R03", reason)


def test_scope_is_checked_once_a_procedure_is_chosen() -> None:
    person = entitled(scope=frozenset({"urinary"}))
    assert decide(application("RBL", entitlement=person), DIRECTORY, NOW).accepted
    inside = application("RBL", entitlement=person, group="urinary")
    assert decide(inside, DIRECTORY, NOW).accepted


def test_emergency_comes_before_everything() -> None:
    nobody = Application("now", "M86005", None)
    assert decide(nobody, DIRECTORY, NOW).outcome is Outcome.TELEPHONE
    spoken = replace(application("RBL"), discussed_with="Dr Example", discussed_at=NOW)
    assert decide(replace(spoken, is_emergency="now"), DIRECTORY, NOW).rule == "R01"
    assert decide(replace(spoken, is_emergency="24 h"), DIRECTORY, NOW).accepted
    later = replace(spoken, is_emergency="24 h", discussed_at=NOW + timedelta(minutes=1))
    assert decide(later, DIRECTORY, NOW).rule == "R01"
    unanswered = replace(application("RBL"), is_emergency=None)
    assert decide(unanswered, DIRECTORY, NOW).outcome is Outcome.UNANSWERED


def test_a_delegate_may_draft_and_never_send() -> None:
    decision = decide(application("RBL", acting_as="delegate"), DIRECTORY, NOW)
    assert decision.outcome is Outcome.DRAFT_ONLY
    same = {"session_gmc_number": "1234567", "consultant_gmc_number": "1234567"}
    assert not may_submit(decision, **same)
    own = decide(application("RBL"), DIRECTORY, NOW)
    assert may_submit(own, **same)
    assert not may_submit(own, session_gmc_number="7654321", consultant_gmc_number="1234567")
    assert not may_submit(own, session_gmc_number="", consultant_gmc_number="")


@pytest.mark.parametrize("who", [None, "", "GP", "patient", "nurse"])
def test_someone_who_is_neither_is_refused(who: str | None) -> None:
    decision = decide(application("RBL", acting_as=who), DIRECTORY, NOW)
    assert (decision.outcome, decision.kind) == (Outcome.REFUSED, SourceKind.NOT_A_CONSULTANT)


@pytest.mark.parametrize("kind", REFUSED_KINDS)
def test_every_refusal_says_why_and_what_to_do_instead(kind: SourceKind) -> None:
    told = refusal_for(kind)
    assert told.why.startswith("This service accepts referrals only from consultants")
    assert "emergency" in told.instead
    assert wording_problem(f"{told.why} {told.instead}") == ""


def test_only_a_hospital_in_the_network_has_no_refusal() -> None:
    assert set(SourceKind) - set(REFUSED_KINDS) == {SourceKind.HOSPITAL}


def test_the_seeded_allow_list_is_the_three_trusts_and_their_sites() -> None:
    active = {code for code, row in DIRECTORY.allow_list.items() if row.active}
    assert active == {"RJR", "RJR05", "RBL", "RBL14", "RWW", "RWWWH"}


@pytest.mark.parametrize(
    ("raw", "digits"),
    [
        ("1234567", "1234567"),
        ("C1234567", "1234567"),
        ("c123 4567", "1234567"),
        (" 0000000", "0000000"),
    ],
)
def test_gmc_numbers_that_are_read(raw: str, digits: str) -> None:
    assert parse_gmc_number(raw, live=False) == digits


@pytest.mark.parametrize(
    "raw", ["", None, "123456", "12345678", "L123456", "C123456", "١٢٣٤٥٦٧", "🙂"]
)
def test_gmc_numbers_that_are_refused(raw: str | None) -> None:
    with pytest.raises(GmcNumberRefused):
        parse_gmc_number(raw, live=False)


@pytest.mark.parametrize("raw", ["0000000", "1111111", "C7777777"])
def test_equal_digits_are_refused_in_live_service(raw: str) -> None:
    with pytest.raises(GmcNumberRefused):
        parse_gmc_number(raw, live=True)


@pytest.mark.parametrize(
    "address",
    [
        "a@gmail.com",
        "a@GMAIL.com",
        "a@googlemail.com",
        "a@outlook.com",
        "a@hotmail.co.uk",
        "a@mail.yahoo.co.uk",
        "a@icloud.com",
        "a@live.com",
        "a@proton.me",
        "not an address",
        "a@",
        "",
        None,
    ],
)
def test_addresses_that_may_not_hold_an_account(address: str | None) -> None:
    assert address_problem(address)


@pytest.mark.parametrize(
    "address", ["a@nhs.net", "a@wuth.nhs.uk", "team@outlook.nhs.uk", "a@gmail.com.nhs.uk"]
)
def test_addresses_that_may(address: str) -> None:
    assert address_problem(address) == ""
    assert is_nhs_address(address)


@pytest.mark.parametrize("address", ["a@notnhs.net", "a@nhs.uk.example.com", "a@evil-nhs.uk"])
def test_addresses_that_only_look_like_the_nhs(address: str) -> None:
    assert not is_nhs_address(address)
