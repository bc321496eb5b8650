"""R01 to R08 and R42: may this go by form at all, and is it legally complete?"""

from __future__ import annotations

from referrals.eligibility import conversation_recorded
from referrals.identity import check_nhs_number, identity_is_enough, nhs_number_digits
from referrals.safety.case import Case
from referrals.safety.flag import Flag
from referrals.vocabulary import Emergency


def r01_emergency(case: Case) -> list[Flag]:
    """ "Now" always telephones; "24 h" unless a conversation is recorded. Unanswered: telephone."""
    facts = case.facts
    if facts.is_emergency == Emergency.NO:
        return []
    discussed = conversation_recorded(facts.discussed_with_ir, facts.discussed_at, case.now)
    if facts.is_emergency == Emergency.TWENTY_FOUR_HOURS and discussed:
        return []
    return [case.flag("R01")]


def r02_organisation(case: Case) -> list[Flag]:
    return [] if case.facts.organisation_accepted else [case.flag("R02")]


def r03_entitlement(case: Case) -> list[Flag]:
    return [] if case.facts.consultant_entitled else [case.flag("R03")]


def r04_confirmation(case: Case) -> list[Flag]:
    return [] if case.facts.consultant_confirmed else [case.flag("R04")]


def r05_identity(case: Case) -> list[Flag]:
    minimum = int(case.rules.number("identity.minimum"))
    enough = identity_is_enough(case.facts.identity, minimum)
    return [] if enough and case.facts.identity_confirmed else [case.flag("R05")]


def r06_nhs_number(case: Case) -> list[Flag]:
    raw = case.facts.identity.nhs_number
    if not nhs_number_digits(raw):
        return [] if case.facts.nhs_number_absent_reason else [case.flag("R06")]
    return [case.flag("R06")] if check_nhs_number(raw, live=case.live).problem else []


def r07_duplicate(case: Case) -> list[Flag]:
    return [case.flag("R07")] if case.facts.open_referrals else []


def r08_reason(case: Case) -> list[Flag]:
    indication = len((case.facts.clinical_indication or "").strip())
    question = len((case.facts.question or "").strip())
    short = case.reaches("text.indication", indication) or case.reaches("text.question", question)
    return [case.flag("R08")] if short else []


def r42_unanswered(case: Case) -> list[Flag]:
    """Drugs, allergies and earlier imaging need an answer, be it "none" or "not known"."""
    asked = (
        ("antithrombotics", case.facts.antithrombotics),
        ("allergies", case.facts.allergies),
        ("previous imaging", case.facts.previous_imaging),
    )
    missing = [name for name, answer in asked if answer is None or answer == ""]
    return [case.flag("R42", fields=_listed(missing))] if missing else []


def _listed(names: list[str]) -> str:
    return " and ".join(names) if len(names) < 3 else f"{', '.join(names[:-1])} and {names[-1]}"
