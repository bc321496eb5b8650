"""Pages of flagged records: the reason before opening, the flag itself, and the weekly review."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from referrals.accounts import held_screens
from referrals.models import GuardedOpening
from referrals.nhs_forms import drawn, unjudged
from referrals.service import guarding
from referrals.service.audit import ABOUT_LENGTH
from referrals.triage.access import OPENED, needs, referral_or_404, standing
from referrals.triage.presenters import person_name, short

REVIEWED_SHOWN = 50


class ReasonForm(forms.Form):
    """Why this record."""

    reason = forms.ChoiceField(
        label="Why do you need to open it?",
        choices=GuardedOpening.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why you need to open this record."},
    )
    words = drawn(
        forms.CharField(
            label="In your own words",
            max_length=ABOUT_LENGTH,
            widget=forms.Textarea,
            help_text="IR governance reads this. Leave out the patient's name and numbers.",
            error_messages={"required": "Say in a few words why you need to open this record."},
        ),
        rows=2,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs("see_triage")
def reason(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask why, keep it, and open the record for the rest of this session."""
    found = referral_or_404(request, reference, flagged_too=True)
    page = reverse("triage_referral", args=[found.reference])
    if not found.guarded:
        return redirect(page)
    typed = request.POST if request.method == "POST" else held_screens.held(request)
    form = ReasonForm(typed)
    if request.method != "POST" and typed is not None:
        unjudged(form)
    if request.method == "POST" and form.is_valid():
        try:
            guarding.give_reason(found, request.user, **form.cleaned_data)
        except guarding.ReasonRefused as refused:
            form.add_error(refused.field, str(refused))
        else:
            request.session[OPENED] = [*request.session.get(OPENED, []), found.pk]
            # A decision that was being written when the session ended comes before the page.
            begun = held_screens.actions_held(request, under=f"{page}step/")
            return redirect(begun[0] if begun else page)
    context = {"page_title": f"Flagged record {found.reference}", "referral": found, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "referrals/triage/reason.jinja", context, status=status)


@require_POST
@needs("guard_referral")
def guard(request: HttpRequest, reference: str) -> HttpResponse:
    """Flag the record, or take the flag off."""
    found = referral_or_404(request, reference)
    if request.POST.get("lift"):
        guarding.lift_guard(found, request.user, standing(request))
        messages.success(request, "The flag is off.")
        return redirect("triage_referral", reference=found.reference)
    try:
        guarding.set_guard(found, request.user, request.POST.get("kind", ""), standing(request))
    except guarding.ReasonRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "Flagged. Whoever opens this record says why first.")
        request.session[OPENED] = [*request.session.get(OPENED, []), found.pk]
    return redirect("triage_referral", reference=found.reference)


@require_safe
@needs("review_openings")
def openings(request: HttpRequest) -> HttpResponse:
    """Who opened flagged records and why: what waits for review, and the newest reviewed."""
    reviewed = (
        GuardedOpening.objects.filter(reviewed_at__isnull=False)
        .select_related("referral", "person", "reviewed_by")
        .order_by("-reviewed_at")[:REVIEWED_SHOWN]
    )
    context = {
        "page_title": "Flagged records that were opened",
        "waiting": [_row(each, request) for each in guarding.to_review()],
        "reviewed": [_row(each, request) for each in reviewed],
    }
    return render(request, "referrals/triage/openings.jinja", context)


@require_POST
@needs("review_openings")
def reviewed(request: HttpRequest, opening: int) -> HttpResponse:
    """Governance has looked at it."""
    found = get_object_or_404(
        GuardedOpening.objects.select_related("referral"), pk=opening, reviewed_at__isnull=True
    )
    try:
        guarding.review(found, request.user)
    except PermissionDenied as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "Reviewed.")
    return redirect("triage_openings")


def _row(opening: GuardedOpening, request: HttpRequest) -> dict[str, object]:
    return {
        "pk": opening.pk,
        "when": short(opening.at),
        "who": person_name(opening.person),
        "reference": opening.referral.reference,
        "reason": opening.get_reason_display(),
        "words": opening.words,
        "own": opening.person_id == request.user.pk,
        "reviewed": f"{person_name(opening.reviewed_by)}, {short(opening.reviewed_at)}"
        if opening.reviewed_at
        else "",
    }
