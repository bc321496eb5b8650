"""The three questions of the gate, and where each answer leads. Pure: no request, no database.

The answers travel in the address (an emergency word, an organisation, a role): nothing about a
patient is asked, so nothing needs a cookie, and the pages work without scripts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from referrals.eligibility import Application, Decision, Directory, Outcome, decide, refusal_for
from referrals.organisations import OrganisationCheck, SourceKind, normalise_code
from referrals.vocabulary import ActingAs, Emergency

LONGEST_CODE = 10
OTHER_CODE = "code"
"""The choice "another organisation, whose ODS code I know"."""
NEITHER = "neither"

KIND_LABELS: dict[SourceKind, str] = {
    SourceKind.GP: "GP practice or primary care network",
    SourceKind.OUT_OF_HOURS: (
        "Out-of-hours GP, walk-in centre, urgent treatment centre or minor injuries unit"
    ),
    SourceKind.COMMUNITY: (
        "Community trust, community hospital, virtual ward, or an acute trust's community site"
    ),
    SourceKind.MENTAL_HEALTH: "Mental health trust",
    SourceKind.DENTAL: "Dental practice",
    SourceKind.OPTOMETRY: "Optometrist",
    SourceKind.PHARMACY: "Pharmacy",
    SourceKind.THERAPY: "Physiotherapist or chiropractor",
    SourceKind.CARE_HOME: "Care home or social care",
    SourceKind.HOSPICE: "Hospice",
    SourceKind.PRISON: "Prison health service",
    SourceKind.PRIVATE: "Private hospital or private practice",
    SourceKind.PATIENT: "I am a patient, relative or carer",
    SourceKind.OUT_OF_NETWORK: "Another hospital in England",
    SourceKind.OTHER_NATION: "Hospital or health board in Wales, Scotland or Northern Ireland",
    SourceKind.OTHER_HEALTHCARE: "Another health service",
}
"""How the gate names each source that is refused whoever asks, in the order of the list."""


class Step(StrEnum):
    """Where the answers lead."""

    EMERGENCY = "emergency"
    PLACE = "place"
    ROLE = "role"
    TELEPHONE = "telephone"
    REFUSED = "refused"
    WELCOME = "welcome"


@dataclass(frozen=True)
class GateAnswers:
    """What was answered so far, as typed. ``asked`` is the question that was just sent."""

    emergency: str = ""
    telephoned: bool = False
    place: str = ""
    code: str = ""
    role: str = ""
    asked: str = ""


@dataclass(frozen=True)
class GateResult:
    """The page to show: a question with its problem, the telephone, a refusal, or a welcome."""

    step: Step
    problem: str = ""
    problem_field: str = ""
    decision: Decision | None = None
    organisation: OrganisationCheck | None = None
    organisation_name: str = ""
    answers: GateAnswers = field(default_factory=GateAnswers)


def network_hospitals(directory: Directory, day: date) -> list[tuple[str, str]]:
    """Codes and names of the trusts from which referrals are taken today, by name."""
    trusts = [
        each
        for each in directory.organisations.values()
        if not each.parent_code and directory.check(each.code, day).accepted
    ]
    return sorted(((each.code, each.name) for each in trusts), key=lambda pair: pair[1])


def where_to(answers: GateAnswers, directory: Directory, now: datetime, day: date) -> GateResult:
    """Follow the answers to the first question still open, or to the end.

    ``day`` is the London day of ``now``. Entitlement is not known before sign-in, so the gate
    lets a consultant of the network go on to sign in, where it is asked again.
    """
    stopped = _emergency(answers)
    if stopped is not None:
        return stopped
    place, stopped = _place(answers, directory, day)
    if stopped is not None or place is None:
        return stopped or GateResult(Step.PLACE, answers=answers)
    name = directory.organisations[place.code].name
    if answers.role not in (*ActingAs, NEITHER):
        problem = "Choose whether you are a consultant." if answers.asked == Step.ROLE else ""
        return GateResult(
            Step.ROLE, problem, "role", None, place, organisation_name=name, answers=answers
        )
    application = Application(Emergency.NO, place.code, answers.role)
    decision = decide(application, directory, now)
    if decision.outcome is Outcome.REFUSED and decision.reason != "not_registered":
        return GateResult(Step.REFUSED, decision=decision, answers=answers)
    return GateResult(Step.WELCOME, organisation=place, organisation_name=name, answers=answers)


def _emergency(answers: GateAnswers) -> GateResult | None:
    if answers.emergency == Emergency.NO:
        return None
    if answers.emergency == Emergency.TWENTY_FOUR_HOURS and answers.telephoned:
        return None
    if answers.emergency in tuple(Emergency):
        return GateResult(Step.TELEPHONE, answers=answers)
    problem = "Choose whether this is an emergency." if answers.asked == Step.EMERGENCY else ""
    return GateResult(Step.EMERGENCY, problem, "emergency", answers=answers)


def _place(
    answers: GateAnswers, directory: Directory, day: date
) -> tuple[OrganisationCheck | None, GateResult | None]:
    """The accepted organisation, or the page that ends or repeats the question."""
    chosen = answers.place
    if chosen in {each.name for each in KIND_LABELS}:
        return None, _refused(SourceKind[chosen], answers)
    code = answers.code if chosen == OTHER_CODE else chosen
    if not normalise_code(code):
        problem, problem_field = "", "place"
        if answers.asked == Step.PLACE:
            problem = "Choose where you work."
            if chosen == OTHER_CODE:
                problem, problem_field = "Enter the ODS code, such as RJR.", "code"
        return None, GateResult(Step.PLACE, problem, problem_field, answers=answers)
    if len(normalise_code(code)) > LONGEST_CODE or not normalise_code(code).isalnum():
        problem = "An ODS code has letters and digits only, such as RJR or RBL14."
        return None, GateResult(Step.PLACE, problem, "code", answers=answers)
    place = directory.check(code, day)
    if not place.accepted:
        return None, _refused(place.kind, answers)
    return place, None


def _refused(kind: SourceKind, answers: GateAnswers) -> GateResult:
    told = refusal_for(kind)
    decision = Decision(Outcome.REFUSED, "R02", "refused_at_gate", kind, told.why, told.instead)
    return GateResult(Step.REFUSED, decision=decision, answers=answers)
