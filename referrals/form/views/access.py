"""Who may open these pages, and which referral an address means."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from referrals.eligibility import Decision, EntitlementStatus, Outcome
from referrals.models import Delegate, EntitledReferrer, Referral
from referrals.organisations import SourceKind
from referrals.refusals import (
    ACCOUNT_ENDED_INSTEAD,
    ACCOUNT_NOT_REGISTERED_INSTEAD,
    ACCOUNT_NOT_REGISTERED_WHY,
    NOBODY_TO_DRAFT_FOR_WHY,
    NOT_YET_REGISTERED_INSTEAD,
    NOT_YET_REGISTERED_WHY,
)
from referrals.service import gate, worklists
from referrals.service.people import Standing, referrals_visible_to, standing_of
from referrals.states import State

View = Callable[..., HttpResponse]
BEFORE_SENDING = (str(State.DRAFT), str(State.AWAITING_CONSULTANT))
OTHER_PLACES = (
    ("review_openings", "triage_openings"),
    ("approve_destruction", "triage_records"),
    ("see_measures", "triage_measures"),
)
"""Rights of people who neither refer nor vet, and the page that each of them works on."""
NOT_REGISTERED = Decision(
    Outcome.REFUSED,
    "R03",
    "not_registered",
    SourceKind.HOSPITAL,
    NOT_YET_REGISTERED_WHY,
    NOT_YET_REGISTERED_INSTEAD,
)


def referrer(view: View) -> View:
    """Open the page to people on the register and their delegates; refuse everyone else kindly.

    The person's standing is on ``request.standing``. A refusal of the gate, wherever it is made,
    becomes the page that says why and what to do instead.
    """

    @login_required
    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        standing = standing_of(request.user)
        request.standing = standing  # type: ignore[attr-defined]
        if not standing.is_referrer:
            elsewhere = _work_elsewhere(request, standing)
            if elsewhere:
                return redirect(elsewhere)
            gate.refuse(request.user, NOT_REGISTERED, "sign-in")
            return _not_on_the_register(request, standing)
        try:
            return view(request, *args, **kwargs)
        except gate.ReferralRefused as stopped:
            return refused(request, stopped.decision)

    return opened


def _work_elsewhere(request: HttpRequest, standing: Standing) -> str:
    """Where the work of somebody is who signed in and refers nobody: the first place of theirs."""
    if standing.is_ir:
        return "triage"
    if request.path_info == reverse("referrals"):
        for right, name in OTHER_PLACES:
            if standing.may(right):
                return name
    return ""


def _not_on_the_register(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Say why an account opens no form, and who can change that."""
    lines = EntitledReferrer.objects.filter(user=request.user).exclude(
        status=EntitlementStatus.PENDING
    )
    ends = [each.expires_on for each in lines if each.expires_on]
    ends += [each.expires_on for each in Delegate.objects.filter(user=request.user)]
    why, instead = ACCOUNT_NOT_REGISTERED_WHY, ACCOUNT_NOT_REGISTERED_INSTEAD
    if ends:
        last = max(ends)
        over = f"ended on {last.day} {last:%B %Y}" if last < standing.day else "is not in force"
        why, instead = f"Your registration as a referrer {over}.", ACCOUNT_ENDED_INSTEAD
    return cannot_send(request, why, instead)


def nobody_to_draft_for(request: HttpRequest) -> HttpResponse:
    """Tell a delegate whose consultants' registrations have all ended."""
    return cannot_send(request, NOBODY_TO_DRAFT_FOR_WHY, ACCOUNT_ENDED_INSTEAD)


def cannot_send(request: HttpRequest, why: str, instead: str) -> HttpResponse:
    """A signed-in person may send nothing now: why, and what to do instead."""
    context = {"why": why, "instead": instead}
    return render(request, "referrals/referrer/not_registered.jinja", context, status=403)


def out_of_scope(decision: Decision) -> bool:
    """Whether only the procedure is in the way: another can be chosen on the same screen."""
    return decision.outcome is Outcome.REFUSED and decision.reason == "out_of_scope"


def refused(request: HttpRequest, decision: Decision) -> HttpResponse:
    """Say why not and what instead; an emergency ends at the telephone."""
    if decision.outcome is Outcome.TELEPHONE:
        return render(
            request,
            "referrals/gate/emergency.jinja",
            {"within_24_hours": False},
            status=403,
        )
    return render(
        request, "referrals/gate/refused.jinja", {"decision": decision, "known": True}, status=403
    )


def standing_in(request: HttpRequest) -> Standing:
    """The person's standing, worked out once for this request."""
    return request.standing  # type: ignore[attr-defined, no-any-return]


def referral_by_token(request: HttpRequest, token: uuid.UUID) -> Referral:
    """The referral of a form token, if the person may see it; else 404."""
    found = (
        referrals_visible_to(request.user, standing_in(request))
        .filter(token=token, team_id__in=standing_in(request).team_ids)
        .select_related("responsible_consultant", "team", "trust", "organisation", "procedure")
        .first()
    )
    if found is None:
        raise Http404
    return found


def sent_referral(request: HttpRequest, reference: str) -> Referral:
    """A referral that was sent by one of the person's teams, by its reference; else 404."""
    found = (
        referrals_visible_to(request.user, standing_in(request))
        .filter(reference=reference, team_id__in=standing_in(request).team_ids)
        .select_related(
            "responsible_consultant",
            "team",
            "trust",
            "organisation",
            "procedure",
            "final_procedure",
            "earlier",
        )
        .annotate(**worklists.page_parts())
        .first()
    )
    if found is None:
        raise Http404
    return found


def is_before_sending(referral: Referral) -> bool:
    """Still a draft, or waiting for the consultant."""
    return referral.state in BEFORE_SENDING


def is_the_consultant(request: HttpRequest, referral: Referral) -> bool:
    """Whether this session is the responsible consultant's own."""
    return any(
        each.pk == referral.responsible_consultant_id for each in standing_in(request).entitlements
    )
