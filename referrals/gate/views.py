"""Pages of the public gate. They read no session and set no cookie."""

from __future__ import annotations

import logging

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from referrals.eligibility import Decision
from referrals.gate.questions import (
    KIND_LABELS,
    LONGEST_CODE,
    NEITHER,
    OTHER_CODE,
    GateAnswers,
    GateResult,
    Step,
    network_hospitals,
    where_to,
)
from referrals.london_time import london_day
from referrals.refusals import CONSULTANTS_ONLY, NOT_GP_OR_COMMUNITY, REFER_TO_A_SPECIALTY
from referrals.service import audit, configuration
from referrals.vocabulary import ActingAs, Emergency

log = logging.getLogger(__name__)
FOR_ALL = "public, max-age=60, stale-while-revalidate=600, stale-if-error=86400"
LONGEST_ANSWER = 40
"""Characters of an answer that are read; the rest of a forged address is not."""
TEMPLATES = {
    Step.TELEPHONE: "referrals/gate/emergency.jinja",
    Step.REFUSED: "referrals/gate/refused.jinja",
    Step.WELCOME: "referrals/gate/welcome.jinja",
}


@require_safe
def who_may_refer(request: HttpRequest) -> HttpResponse:
    """Who may refer and how, said plainly, with the way in."""
    settings = configuration.current_or_last()
    day = london_day(timezone.now())
    context = {
        "hospitals": network_hospitals(settings.directory, day) if settings else [],
        "refused_kinds": [
            label[0].upper() + label[1:]
            for kind, label in KIND_LABELS.items()
            if kind.name not in ("PATIENT", "OTHER_HEALTHCARE")
        ],
        "consultants_only": CONSULTANTS_ONLY,
        "not_gp": NOT_GP_OR_COMMUNITY,
        "specialty": REFER_TO_A_SPECIALTY,
    }
    return _for_all(render(request, "referrals/gate/who_may_refer.jinja", context))


@require_safe
def emergency(request: HttpRequest) -> HttpResponse:
    """The telephone page. Nothing is asked and nothing is kept."""
    return _for_all(render(request, TEMPLATES[Step.TELEPHONE], {"within_24_hours": False}))


@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """Ask the next question, or say where the answers lead. What somebody answered is not kept."""
    response = _next_page(request)
    response["Cache-Control"] = "no-store"
    return response


def _next_page(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    answers = GateAnswers(
        emergency=_answer(request, "emergency"),
        telephoned=_answer(request, "telephoned") == "yes",
        place=_answer(request, "place"),
        code=_answer(request, "code"),
        role=_answer(request, "role"),
        asked=_answer(request, "asked"),
    )
    settings = configuration.current_or_last()
    if settings is None:
        return without_database(request)
    places = settings.directory
    result = where_to(answers, places, now, london_day(now))
    if result.step is Step.REFUSED and result.decision is not None:
        return _refused(request, result.decision)
    if result.step in TEMPLATES:
        context = {
            "result": result,
            "answers": answers,
            "within_24_hours": answers.emergency == Emergency.TWENTY_FOUR_HOURS,
        }
        return render(request, TEMPLATES[result.step], context)
    hospitals = network_hospitals(places, london_day(now))
    context = {
        "result": result,
        "answers": answers,
        "question": result.step,
        "choices": _choices(result, hospitals),
        "longest_code": LONGEST_CODE,
    }
    return render(
        request, "referrals/gate/question.jinja", context, status=422 if result.problem else 200
    )


def without_database(request: HttpRequest) -> HttpResponse:
    """What can be said with nothing but the code: emergencies by telephone, and who is refused."""
    words = {
        "consultants_only": CONSULTANTS_ONLY,
        "not_gp": NOT_GP_OR_COMMUNITY,
        "specialty": REFER_TO_A_SPECIALTY,
    }
    text = render_to_string("referrals/gate/without_database.jinja", {"details": {}, **words})
    response = HttpResponse(text, status=503)
    response["Cache-Control"] = "no-store"
    response["Retry-After"] = "120"
    return response


def _for_all(response: HttpResponse) -> HttpResponse:
    """The same for everybody: caches keep it a minute, and a day when the site does not answer."""
    response["Cache-Control"] = FOR_ALL
    return response


def _refused(request: HttpRequest, decision: Decision) -> HttpResponse:
    """Say why and what to do instead, and count the kind of source."""
    if request.method == "GET":
        try:
            audit.count_refusal(decision.kind, "gate", decision.rule)
        except DatabaseError:
            log.warning("A refusal was not counted: the database cannot be reached.")
    return render(request, TEMPLATES[Step.REFUSED], {"decision": decision})


def _answer(request: HttpRequest, name: str) -> str:
    return request.GET.get(name, "").strip()[:LONGEST_ANSWER]


def _choices(result: GateResult, hospitals: list[tuple[str, str]]) -> list[dict[str, str]]:
    """The choices of a question, each a value, its words and perhaps a hint."""
    if result.step is Step.EMERGENCY:
        return [
            {
                "value": Emergency.NOW,
                "text": "Yes, now: life, limb or organ is at risk",
                "hint": "For example bleeding, an acutely ischaemic limb, or an infected and "
                "obstructed kidney or bile duct.",
            },
            {
                "value": Emergency.TWENTY_FOUR_HOURS,
                "text": "Yes, it is needed within 24 hours",
            },
            {"value": Emergency.NO, "text": "No"},
        ]
    if result.step is Step.ROLE:
        return [
            {"value": ActingAs.CONSULTANT, "text": "Yes, I am a hospital consultant"},
            {
                "value": ActingAs.DELEGATE,
                "text": "No, I am drafting for a hospital consultant",
                "hint": "A registrar, nurse specialist or other colleague may draft. Only the "
                "consultant can send.",
            },
            {"value": NEITHER, "text": "Neither of these"},
        ]
    listed = [{"value": code, "text": name, "hint": ""} for code, name in hospitals]
    kinds = [{"value": kind.name, "text": label, "hint": ""} for kind, label in KIND_LABELS.items()]
    other = {"value": OTHER_CODE, "text": "I have the ODS code of my organisation or site"}
    return [*listed, *kinds, other]
