"""The task list and its sections. What is typed is kept, whatever happens."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from referrals.answer_fields import IDENTIFIER_FIELDS, UNFINISHED
from referrals.form import presenters
from referrals.form.definition import BY_SLUG
from referrals.form.presenters import answer_sections
from referrals.form.progress import asked_for, document_of, next_section, progress_of
from referrals.form.questions import Asked, Section
from referrals.form.section_form import SectionForm, typed_before
from referrals.form.views.access import (
    is_before_sending,
    is_the_consultant,
    referral_by_token,
    referrer,
)
from referrals.london_time import shown
from referrals.models import Referral
from referrals.service import audit, drafts
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
    unfinished = dict(document.get(UNFINISHED) or {})
    if request.method != "POST":
        before = typed_before(unfinished, part)
        form = SectionForm(part, asked, document, before)
        if before is not None:
            form.without_errors()
        return _screen(request, referral, part, form, document)
    more = request.POST.get("add", "")
    form = SectionForm(part, asked, document, request.POST, more_rows_of=more)
    others = {name: text for name, text in unfinished.items() if not name.startswith(f"{slug}.")}
    if more:
        _keep_typed(request, referral, {**others, **form.typed()})
        return _screen(request, referral, part, form.without_errors(), document)
    stale = not constant_time_compare(request.POST.get("seen", ""), seen_mark(part, document))
    if not form.is_valid() or stale:
        _keep_typed(request, referral, {**others, **form.typed()})
        return _screen(
            request, referral, part, form, document, stale=stale, status=409 if stale else 422
        )
    changes = {**form.to_store, UNFINISHED: others}
    changes |= _consequences(part, document, form.to_store)
    saved = drafts.save_draft(referral, request.user, changes, record=True)
    return _onward(request, saved, part)


@require_POST
@referrer
def autosave(request: HttpRequest, token: uuid.UUID, slug: str) -> HttpResponse:
    """Keep what is typed so far, without judging it. Answers in JSON for the script."""
    referral = referral_by_token(request, token)
    if not is_before_sending(referral):
        return JsonResponse({"saved": False, "sent": True}, status=409)
    asked = _asked(referral)
    part = _section(slug, asked)
    unfinished = dict(asked.answers.get(UNFINISHED) or {})
    others = {name: text for name, text in unfinished.items() if not name.startswith(f"{slug}.")}
    form = SectionForm(part, asked, asked.answers, request.POST)
    _keep_typed(request, referral, {**others, **form.typed()})
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


def seen_mark(part: Section, document: Mapping[str, Any]) -> str:
    """A mark of what a section held when the screen was drawn.

    When it is another on saving, somebody (or another tab) saved the section in between.
    """
    names = [name for question in part.questions for name in question.stored_names]
    stored = json.dumps([document.get(name) for name in names], sort_keys=True, default=str)
    return salted_hmac("referrals.form.seen", stored).hexdigest()[:24]


def _asked(referral: Referral) -> Asked:
    return asked_for(document_of(referral), referral.trust.code)


def _section(slug: str, asked: Asked) -> Section:
    part = BY_SLUG.get(slug)
    if part is None or not part.when(asked):
        raise Http404
    return part


def _keep_typed(request: HttpRequest, referral: Referral, typed: Mapping[str, str]) -> None:
    kept = dict(list(typed.items())[:200])
    drafts.save_draft(referral, request.user, {UNFINISHED: kept})


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
    *,
    stale: bool = False,
    status: int = 200,
) -> HttpResponse:
    now_there = []
    if stale:
        shown_sections = answer_sections(asked_for(document, referral.trust.code))
        now_there = [row for each in shown_sections if each.slug == part.slug for row in each.rows]
    context = {
        "referral": referral,
        "part": part,
        "form": form,
        "document": document,
        "seen": seen_mark(part, document),
        "stale": stale,
        "now_there": now_there,
        "autosave": True,
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
