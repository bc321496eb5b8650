"""The read-back, the answers with their flags, handing over, returning, and sending."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from referrals.accounts import held_screens
from referrals.form.definition import BY_SLUG, section_of
from referrals.form.presenters import answer_sections, long_day, shown_flags
from referrals.form.progress import asked_for, document_of, progress_of
from referrals.form.questions import Asked
from referrals.form.views.access import (
    is_before_sending,
    is_the_consultant,
    referral_by_token,
    referrer,
    standing_in,
)
from referrals.form.windows import saved_mark
from referrals.identity import check_nhs_number, shown_nhs_number
from referrals.models import Referral
from referrals.safety import Level
from referrals.service import audit, drafts, moves, submission
from referrals.service.evaluation import open_duplicates
from referrals.service.people import referrals_visible_to
from referrals.states import State

LONGEST_NOTE = 2000


@require_http_methods(["GET", "HEAD", "POST"])
@referrer
def identity(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    """Name, date of birth and NHS number together, to be read back and confirmed."""
    referral = referral_by_token(request, token)
    if not is_before_sending(referral):
        return redirect("referral", reference=referral.reference)
    document = document_of(referral)
    problem = ""
    if request.method == "POST":
        read = request.POST.get("read", "")
        if request.POST.get("confirmed") != "on":
            problem = "Read the three together and tick that they are right."
        elif read != _read_mark(referral):
            problem = "These details changed while you read them. Read them again."
        else:
            drafts.save_draft(referral, request.user, {"identity_confirmed": True}, record=True)
            return redirect("draft_check", token=token)
    number = str(document.get("nhs_number") or "")
    warning = check_nhs_number(number, live=not settings.DEMO).warning if number else ""
    context = {
        "referral": referral,
        "document": document,
        "born": long_day(document.get("date_of_birth")),
        "number": shown_nhs_number(number),
        "absent": document.get("nhs_number_absent_reason"),
        "warning": warning,
        "duplicates": open_duplicates(referral),
        "problem": problem,
        "read": _read_mark(referral),
        "whole": all(document.get(name) for name in ("family_name", "given_name"))
        and bool(document.get("date_of_birth")),
    }
    return render(request, "referrals/form/identity.jinja", context, status=422 if problem else 200)


def _read_mark(referral: Referral) -> str:
    return saved_mark(BY_SLUG["patient"], document_of(referral))


@require_http_methods(["GET", "HEAD"])
@referrer
def check(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    """Every answer, and the flags, before sending."""
    referral = referral_by_token(request, token)
    if not is_before_sending(referral):
        return redirect("referral", reference=referral.reference)
    audit.record(request.user, "read", referral)
    action = reverse("draft_send", args=[token])
    typed = held_screens.held(request, action) if is_the_consultant(request, referral) else None
    if typed is None:
        return _answers_page(request, referral)
    ticked = frozenset(typed.getlist("acknowledged"))
    reason = typed.get("duplicate_reason", "")
    return _answers_page(request, referral, ticked=ticked, duplicate_reason=reason)


def _answers_page(
    request: HttpRequest,
    referral: Referral,
    problems: list[dict[str, str]] | None = None,
    ticked: frozenset[str] = frozenset(),
    status: int = 200,
    duplicate_reason: str | None = None,
) -> HttpResponse:
    asked = asked_for(document_of(referral), referral.trust.code)
    consultant = is_the_consultant(request, referral)
    flags = shown_flags(
        submission.flags_before_sending(referral, request.user), consultant=consultant
    )
    progress = progress_of(asked)
    open_sections = [each.section for each in progress if not each.done]
    references = open_duplicates(referral)
    seen = set(
        referrals_visible_to(request.user, standing_in(request))
        .filter(reference__in=references)
        .values_list("reference", flat=True)
    )
    context = {
        "referral": referral,
        "document": asked.answers,
        "sections": answer_sections(asked),
        "flags": flags,
        "open_sections": open_sections,
        "addresses": {"identity", *(each.section.slug for each in progress)},
        "identity_confirmed": bool(asked.answers.get("identity_confirmed")),
        "is_consultant": consultant,
        "duplicates": [{"reference": each, "seen": each in seen} for each in references],
        "files": list(referral.attachments.filter(removed_at__isnull=True)),
        "problems": problems or [],
        "ticked": ticked,
        "duplicate_reason": (
            asked.answers.get("duplicate_reason") if duplicate_reason is None else duplicate_reason
        ),
        "awaiting": referral.state == State.AWAITING_CONSULTANT,
        "can_send": not open_sections
        and bool(asked.answers.get("identity_confirmed"))
        and not any(flag.blocks for flag in flags),
    }
    return render(request, "referrals/form/check.jinja", context, status=status)


@require_POST
@referrer
def send(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    """Send. A second click, a resubmission or a replay ends at the same confirmation."""
    referral = referral_by_token(request, token)
    if not is_before_sending(referral):
        return redirect("referral_sent", reference=referral.reference)
    ticked = frozenset(request.POST.getlist("acknowledged"))
    problems = _still_open(asked_for(document_of(referral), referral.trust.code), token)
    reason = request.POST.get("duplicate_reason", "").strip()
    if open_duplicates(referral) and not reason:
        words = "Say why this is new, although there is an open referral."
        problems.append({"text": words, "href": "#duplicate_reason"})
    if request.POST.get("confirmed") != "on":
        problems.append(
            {"text": "Confirm that you are the responsible consultant.", "href": "#confirmed"}
        )
    if problems:
        return _answers_page(
            request, referral, problems, ticked, status=422, duplicate_reason=reason
        )
    if reason:
        referral = drafts.save_draft(referral, request.user, {"duplicate_reason": reason[:1000]})
    try:
        sent = submission.submit(
            referral, request.user, seen_row=seen_row(request), acknowledged=ticked
        )
    except submission.NotReady as stopped:
        return _answers_page(request, referral, _why_not(stopped), ticked, status=422)
    except moves.MoveRefused as stopped:
        fresh = referral_by_token(request, token)
        if not is_before_sending(fresh):
            return redirect("referral_sent", reference=fresh.reference)
        found = [{"text": each.wording} for each in stopped.problems]
        return _answers_page(request, fresh, found, ticked, status=409)
    return redirect("referral_sent", reference=sent.reference)


def _still_open(asked: Asked, token: uuid.UUID) -> list[dict[str, str]]:
    """The sections that are not complete, as items of an error summary."""
    return [
        {
            "text": f"Complete “{each.section.title}”.",
            "href": f"/referrals/draft/{token}/{each.section.slug}/",
        }
        for each in progress_of(asked)
        if not each.done
    ]


def _why_not(stopped: submission.NotReady) -> list[dict[str, str]]:
    found = []
    for flag in stopped.flags:
        words = (
            f"Tick that you have read: {flag.wording}" if flag.level is Level.RED else flag.wording
        )
        found.append({"text": words, "href": f"#flag-{flag.id}"})
    for name in stopped.unfinished:
        part = section_of(name.split(".")[-1]) or section_of(name)
        title = part.title if part else name.split(".")[0]
        item = {"text": f"Finish what was begun in “{title}”."}
        if item not in found:
            found.append(item)
    return found


def seen_row(request: HttpRequest) -> int:
    typed = request.POST.get("seen_row", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else -1


@require_POST
@referrer
def hand_over(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    """A delegate sends the draft to the consultant."""
    referral = referral_by_token(request, token)
    if referral.state != State.DRAFT:
        return redirect("draft", token=token)
    asked = asked_for(document_of(referral), referral.trust.code)
    problems = _still_open(asked, token)
    if not asked.answers.get("identity_confirmed"):
        words = "Read the patient's details back first."
        problems.append({"text": words, "href": f"/referrals/draft/{token}/identity/"})
    if problems:
        return _answers_page(request, referral, problems, status=422)
    try:
        moves.move(
            referral, request.user, State.AWAITING_CONSULTANT, {}, seen_row=seen_row(request)
        )
    except moves.MoveRefused as stopped:
        found = [{"text": each.wording} for each in stopped.problems]
        return _answers_page(request, referral, found, status=409)
    name = referral.responsible_consultant.full_name
    messages.success(request, f"{name} has been asked to check and send it.")
    return redirect("referrals")


@require_http_methods(["GET", "HEAD", "POST"])
@referrer
def give_back(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    """The consultant returns a draft with the reason."""
    referral = referral_by_token(request, token)
    if referral.state != State.AWAITING_CONSULTANT or not is_the_consultant(request, referral):
        return redirect("draft", token=token)
    typed = request.POST if request.method == "POST" else held_screens.held(request) or {}
    problem, note = "", typed.get("note", "").strip()
    if request.method == "POST":
        if not note:
            problem = "Say what should be changed."
        elif len(note) > LONGEST_NOTE:
            problem = f"Use {LONGEST_NOTE} characters or fewer."
        else:
            try:
                moves.move(
                    referral, request.user, State.DRAFT, {"note": note}, seen_row=seen_row(request)
                )
            except moves.MoveRefused as stopped:
                problem = " ".join(each.wording for each in stopped.problems)
            else:
                messages.success(request, "The draft has been returned.")
                return redirect("referrals")
    row = referral.newest_row if problem else typed.get("seen_row", referral.newest_row)
    context = {"referral": referral, "problem": problem, "note": note, "seen_row": row}
    return render(
        request, "referrals/form/give_back.jinja", context, status=422 if problem else 200
    )
