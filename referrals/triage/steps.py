"""Decisions: each shown as its form, posted once, made by the service or not at all."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from referrals.accounts import held_screens
from referrals.models import Referral
from referrals.nhs_forms import unjudged
from referrals.service import moves
from referrals.service.moves import MoveRefused
from referrals.service.people import ir_roles
from referrals.states import State
from referrals.triage import presenters
from referrals.triage.access import needs, referral_or_404, standing
from referrals.triage.pages import drawn
from referrals.triage.step_forms import STEPS, Step, StepForm, VettingForm

SOMEONE_WAS_QUICKER = 409


@require_POST
@needs("vet_referral", "decide_referral")
def start(request: HttpRequest, reference: str) -> HttpResponse:
    """Start vetting: the referral is then this vetter's until decided, or taken over."""
    found = referral_or_404(request, reference)
    try:
        moves.move(found, request.user, State.IN_VETTING, {}, seen_row=_seen(request))
    except MoveRefused as refused:
        messages.error(request, str(refused))
    return redirect(_page(found))


@require_POST
@needs("vet_referral", "decide_referral")
def take_over(request: HttpRequest, reference: str) -> HttpResponse:
    """Take over vetting from a colleague."""
    found = referral_or_404(request, reference)
    try:
        moves.take_over(found, request.user, seen_row=_seen(request))
    except MoveRefused as refused:
        messages.error(request, str(refused))
    return redirect(_page(found))


@require_POST
@needs("vet_referral", "decide_referral")
def vetting(request: HttpRequest, reference: str) -> HttpResponse:
    """Save access, sheath and the like; the flags are worked out anew."""
    found = referral_or_404(request, reference)
    form = VettingForm(request.POST)
    if not form.is_valid():
        return drawn(request, found, vetting=form, status=422)
    try:
        moves.save_vetting(found, request.user, form.filled(), seen_row=_seen(request))
    except MoveRefused as refused:
        messages.error(request, str(refused))
        return drawn(request, referral_or_404(request, reference), vetting=form, status=409)
    messages.success(request, "Saved, and the flags were worked out again.")
    return redirect(_page(found))


@require_http_methods(["GET", "HEAD", "POST"])
@needs("see_triage")
def step(request: HttpRequest, reference: str, step: str) -> HttpResponse:
    """Show the form of a decision, or make the decision."""
    chosen = STEPS.get(step)
    if chosen is None:
        raise Http404
    found = referral_or_404(request, reference)
    if request.method != "POST":
        typed = held_screens.held(request)
        closed = "" if typed else _not_open(request, found, chosen)
        if closed:
            messages.info(request, closed)
            return redirect(_page(found))
        form = chosen.form(typed, referral=found)
        return _form_page(request, found, chosen, form if typed is None else unjudged(form))
    form = chosen.form(request.POST, referral=found)
    if not form.is_valid():
        return _form_page(request, found, chosen, form, 422)
    try:
        moved = moves.move(
            found,
            request.user,
            chosen.target,
            form.recorded(),
            seen_row=form.cleaned_data["seen_row"],
        )
    except MoveRefused as refused:
        for problem in refused.problems:
            form.add_error(problem.field if problem.field in form.fields else None, problem.wording)
        status = SOMEONE_WAS_QUICKER if refused.changed_meanwhile else 422
        return _form_page(request, found, chosen, form, status)
    word = presenters.STATE_WORDS[moved.current_state].lower()
    messages.success(request, f"{moved.reference} is now: {word}.")
    return redirect(_page(found))


def _not_open(request: HttpRequest, found: Referral, chosen: Step) -> str:
    """Why nobody should fill in this form now: an old tab, a link, the way back. Empty if it is open.

    What was typed already is never turned away here: the service says what is in its way.
    """
    if not chosen.offered_in(found, moves.offered(found, ir_roles(found, standing(request)))):
        word = presenters.STATE_WORDS[found.current_state].lower()
        return f"“{chosen.title}” is not open to you now. This referral is: {word}."
    mine = found.vetter_id in (None, request.user.pk)
    if found.current_state is State.IN_VETTING and not mine and chosen.name != "cancel":
        vetter = presenters.person_name(found.vetter)
        return f"{vetter} is vetting this referral. Take it over first."
    return ""


def _form_page(
    request: HttpRequest, found: Referral, chosen: Step, form: StepForm, status: int = 200
) -> HttpResponse:
    now = timezone.now()
    context = {
        "page_title": f"{chosen.title}: {found.reference}",
        "heading": chosen.title,
        "step": chosen,
        "referral": found,
        "banner": presenters.banner(found, now),
        "row": presenters.rows([found])[0],
        "requested": found.procedure.name if found.procedure else "IR to advise",
        "final": found.final_procedure.name if found.final_procedure else "",
        "laterality": found.answers.get("laterality") or "",
        "level_or_site": found.answers.get("level_or_site") or "",
        "form": form,
        "changed_meanwhile": status == SOMEONE_WAS_QUICKER,
        "counts": presenters.counts(found),
    }
    return render(request, "referrals/triage/step.jinja", context, status=status)


def _seen(request: HttpRequest) -> int:
    typed = request.POST.get("seen_row", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0


def _page(found: Referral) -> str:
    return reverse("triage_referral", args=[found.reference])
