"""The task list and its sections. What is typed is kept, whatever happens."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from referrals.accounts import held_screens
from referrals.answer_fields import IDENTIFIER_FIELDS, UNFINISHED
from referrals.form import presenters
from referrals.form.comparing import differing_rows
from referrals.form.definition import BY_SLUG
from referrals.form.presenters import Row, typed_rows
from referrals.form.progress import asked_for, document_of, next_section, progress_of
from referrals.form.questions import Asked, Section
from referrals.form.section_form import SectionForm, typed_before
from referrals.form.views.access import (
    is_before_sending,
    is_the_consultant,
    out_of_scope,
    referral_by_token,
    referrer,
)
from referrals.form.windows import (
    ChangedMeanwhile,
    Seen,
    elsewhere_typed,
    must_be_as_seen,
    typed_in,
    with_typed,
)
from referrals.london_time import shown
from referrals.models import Referral
from referrals.nhs_forms import unjudged
from referrals.service import audit, drafts, gate
from referrals.states import State

DEPENDS_ON_PROCEDURE = ("laterality", "level_or_site", "mdt_discussed", "diathermy_planned")
"""Answers about one procedure, asked again when another is chosen."""


@require_safe
@referrer
def task_list(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    """The sections of a draft, each with how far it has come."""
    referral = referral_by_token(request, token)
    if not is_before_sending(referral):
        return redirect("referral", reference=referral.reference)
    asked = _asked(referral)
    progress = progress_of(asked)
    audit.record(request.user, "read", referral)
    returned = None
    if referral.state == State.DRAFT:
        returned = (
            referral.moves.filter(origin=State.AWAITING_CONSULTANT, target=State.DRAFT)
            .order_by("-number")
            .first()
        )
    context = {
        "referral": referral,
        "document": asked.answers,
        "progress": progress,
        "left": sum(not each.done for each in progress),
        "identity_confirmed": bool(asked.answers.get("identity_confirmed")),
        "files": referral.attachments.filter(removed_at__isnull=True).count(),
        "returned": returned,
        "is_consultant": is_the_consultant(request, referral),
        "state_words": presenters.STATE_WORDS[referral.state],
        "expires": shown(referral.draft_expires_at) if referral.draft_expires_at else "",
    }
    return render(request, "referrals/form/task_list.jinja", context)


@require_http_methods(["GET", "HEAD", "POST"])
@referrer
def section(request: HttpRequest, token: uuid.UUID, slug: str) -> HttpResponse:
    """One screen."""
    referral = referral_by_token(request, token)
    if not is_before_sending(referral):
        return redirect("referral", reference=referral.reference)
    asked = _asked(referral)
    part = _section(slug, asked)
    document = dict(asked.answers)
    if request.method != "POST":
        return _opened(request, referral, part, asked)
    seen = Seen.read(request.POST.get("seen", ""))
    more = request.POST.get("add", "")
    form = SectionForm(part, asked, document, request.POST, more_rows_of=more)
    if more:
        unjudged(form)
    elif form.is_valid():
        try:
            saved = drafts.save_draft(
                referral, request.user, _saving(part, form.to_store, seen), record=True
            )
            return _onward(request, saved, part)
        except ChangedMeanwhile as other:
            return _conflict(request, referral, part, form, seen, other)
        except gate.ReferralRefused as stopped:
            if not out_of_scope(stopped.decision) or part.slug != "procedure":
                raise
            form.add_error("procedure", stopped.decision.instead)
    try:
        kept = _keep_typed(request, referral, part, form, seen)
    except ChangedMeanwhile as other:
        return _conflict(request, referral, part, form, seen, other)
    return _screen(
        request, kept, part, form, document_of(kept), seen.window, status=200 if more else 422
    )


def _opened(request: HttpRequest, referral: Referral, part: Section, asked: Asked) -> HttpResponse:
    """The screen as it was left: typed before the session ended, half typed, or saved."""
    document = asked.answers
    returned = held_screens.held(request)
    if returned is not None:
        seen = Seen.read(returned.get("seen", ""))
        form = unjudged(SectionForm(part, asked, document, returned))
        return _screen(request, referral, part, form, document, seen=seen)
    before = typed_before(typed_in(part, document), part)
    form = SectionForm(part, asked, document, before)
    if before is not None:
        unjudged(form)
    return _screen(request, referral, part, form, document)


def _saving(part: Section, answers: Mapping[str, Any], seen: Seen) -> drafts.Changes:
    """The change that saves a section, made from the document while its row is held."""

    def changes(document: Mapping[str, Any]) -> dict[str, Any]:
        must_be_as_seen(part, document, seen)
        kept = {UNFINISHED: elsewhere_typed(part, document)}
        return {**answers, **kept, **_consequences(part, document, answers)}

    return changes


def _conflict(
    request: HttpRequest,
    referral: Referral,
    part: Section,
    form: SectionForm,
    seen: Seen,
    other: ChangedMeanwhile,
) -> HttpResponse:
    """Both versions: what the other window saved or typed, and below it what was typed here."""
    document = other.document
    asked = asked_for(document, referral.trust.code)
    if other.saved:
        theirs = differing_rows(part, asked, form.to_store if form.is_valid() else {})
        _keep_typed(request, referral, part, form, Seen.of(part, document, seen.window))
    else:
        typed = typed_before(typed_in(part, document), part)
        theirs = typed_rows(SectionForm(part, asked, document, typed))
    return _screen(
        request, referral, part, form, document, seen.window, other=other, theirs=theirs, status=409
    )


@require_POST
@referrer
def autosave(request: HttpRequest, token: uuid.UUID, slug: str) -> HttpResponse:
    """Keep what is typed so far, without judging it. Answers in JSON for the script."""
    referral = referral_by_token(request, token)
    if not is_before_sending(referral):
        return JsonResponse({"saved": False, "sent": True}, status=409)
    asked = _asked(referral)
    part = _section(slug, asked)
    form = SectionForm(part, asked, asked.answers, request.POST)
    try:
        _keep_typed(request, referral, part, form, Seen.read(request.POST.get("seen", "")))
    except ChangedMeanwhile:
        return JsonResponse({"saved": False, "changed": True}, status=409)
    return JsonResponse({"saved": True, "at": shown(timezone.now())})


@require_http_methods(["GET", "HEAD", "POST"])
@referrer
def discard(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    """Delete a draft, once asked."""
    referral = referral_by_token(request, token)
    if not is_before_sending(referral):
        return redirect("referral", reference=referral.reference)
    if request.method == "POST":
        drafts.discard_draft(referral, request.user)
        messages.success(request, "The draft has been deleted.")
        return redirect("referrals")
    return render(request, "referrals/form/discard.jinja", {"referral": referral})


def _asked(referral: Referral) -> Asked:
    return asked_for(document_of(referral), referral.trust.code)


def _section(slug: str, asked: Asked) -> Section:
    part = BY_SLUG.get(slug)
    if part is None or not part.when(asked):
        raise Http404
    return part


def _keep_typed(
    request: HttpRequest, referral: Referral, part: Section, form: SectionForm, seen: Seen
) -> Referral:
    """Keep what is typed in this window. Raises ChangedMeanwhile."""

    def changes(document: Mapping[str, Any]) -> dict[str, Any]:
        must_be_as_seen(part, document, seen)
        return with_typed(part, document, form.typed(), seen)

    return drafts.save_draft(referral, request.user, changes)


def _consequences(
    part: Section, before: Mapping[str, Any], after: Mapping[str, Any]
) -> dict[str, Any]:
    """What else changes: a changed identity is read back again, another procedure asked anew."""
    changes: dict[str, Any] = {}
    changed = {name for name, value in after.items() if (before.get(name) or None) != value}
    if changed & {*IDENTIFIER_FIELDS, "nhs_number_absent_reason"}:
        changes["identity_confirmed"] = None
    if part.slug == "procedure" and changed:
        changes |= dict.fromkeys(DEPENDS_ON_PROCEDURE)
    return changes


def _screen(
    request: HttpRequest,
    referral: Referral,
    part: Section,
    form: SectionForm,
    document: Mapping[str, Any],
    window: str = "",
    *,
    seen: Seen | None = None,
    other: ChangedMeanwhile | None = None,
    theirs: Sequence[Row] = (),
    status: int = 200,
) -> HttpResponse:
    context = {
        "referral": referral,
        "part": part,
        "form": form,
        "document": document,
        "seen": str(seen or Seen.of(part, document, window)),
        "other": other,
        "theirs": theirs,
    }
    return render(request, "referrals/form/section.jinja", context, status=status)


def _onward(request: HttpRequest, referral: Referral, part: Section) -> HttpResponse:
    """The next section that is not done; then the read-back; then the answers."""
    if request.POST.get("go") == "list":
        return redirect("draft", token=referral.token)
    asked = _asked(referral)
    following = next_section(asked, part)
    if following is not None:
        return redirect("draft_section", token=referral.token, slug=following.slug)
    if not asked.answers.get("identity_confirmed"):
        return redirect("draft_identity", token=referral.token)
    return redirect("draft_check", token=referral.token)
