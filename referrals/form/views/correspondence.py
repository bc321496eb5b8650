"""Answers to what IR asked, messages, outcomes read, and cancelling."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from referrals.accounts import held_screens
from referrals.answer_fields import labels_of, with_companions
from referrals.form.definition import SECTIONS
from referrals.form.presenters import long_day
from referrals.form.progress import asked_for, document_of
from referrals.form.questions import Asked
from referrals.form.section_form import SectionForm
from referrals.form.views.access import referrer, sent_referral
from referrals.form.views.sending import LONGEST_NOTE, seen_row
from referrals.form.views.sent import page_context
from referrals.models import InformationRequest, Referral
from referrals.nhs_forms import unjudged
from referrals.service import configuration, correspondence, moves
from referrals.states import CancellationReason, State

CANCEL_WORDS = {
    CancellationReason.PATIENT_UNFIT: "The patient is not fit",
    CancellationReason.PATIENT_DECLINED: "The patient does not want it",
    CancellationReason.RESOLVED: "It is no longer needed",
    CancellationReason.DIED: "The patient has died",
    CancellationReason.DONE_ELSEWHERE: "It was done elsewhere",
    CancellationReason.TRANSFERRED: "The patient was moved to another hospital",
    CancellationReason.ENTERED_IN_ERROR: "It was sent in error",
}
"""The reasons that a referrer's team can give; the others are IR's own."""


@require_http_methods(["GET", "HEAD", "POST"])
@referrer
def answer(request: HttpRequest, reference: str) -> HttpResponse:
    """Fill the fields that IR asked for, and no others."""
    referral = sent_referral(request, reference)
    question = correspondence.open_request(referral)
    if question is None:
        messages.info(request, "This question has been answered.")
        return redirect("referral", reference=referral.reference)
    document = document_of(referral)
    asked = asked_for(document, referral.trust.code)
    typed = request.POST if request.method == "POST" else held_screens.held(request)
    regardless = asked_regardless(question, asked)
    forms = [
        form
        for section in SECTIONS
        for form in [
            SectionForm(
                section, asked, document, typed, only=question.fields, regardless=regardless
            )
        ]
        if form.readers
    ]
    note, problem = (typed or {}).get("note", "").strip(), ""
    row = referral.newest_row
    if request.method != "POST" and typed is not None:
        forms, row = [unjudged(form) for form in forms], typed.get("seen_row", row)
    if request.method == "POST":
        valid = [form.is_valid() and not emptied(form, document) for form in forms]
        given = {
            name: value
            for form in forms
            for name, value in (form.to_store if form.is_valid() else {}).items()
            if name in with_companions(question.fields)
        }
        if len(note) > LONGEST_NOTE:
            problem = f"Use {LONGEST_NOTE} characters or fewer for the note."
        elif all(valid):
            problem = _send_answer(request, referral, given, note)
            if not problem:
                messages.success(request, "Your answer has been sent to IR.")
                return redirect("referral", reference=referral.reference)
    context = {
        "referral": referral,
        "document": document,
        "question": question,
        "question_fields": labels_of(question.fields),
        "needed_by": long_day(question.needed_by.isoformat()),
        "forms": forms,
        "note": note,
        "problem": problem,
        "seen_row": row,
    }
    failed = request.method == "POST"
    return render(
        request, "referrals/referrer/answer.jinja", context, status=422 if failed else 200
    )


def asked_regardless(question: InformationRequest, asked: Asked) -> frozenset[str]:
    """Fields that are shown though the procedure does not need them, because IR asked for them.

    A coded question opens several fields, and those that the procedure needs are enough of an
    answer to it; where it needs none of them, all are shown. A field that IR opened by hand is.
    """
    opens = configuration.current().arrangements.question_fields
    needed = {
        name
        for section in SECTIONS
        for each in section.questions_for(asked)
        for name in each.stored_names
    }
    by_code = [set(opens.get(item, ())) for item in question.items]
    by_hand = set(question.fields) - with_companions(set().union(*by_code))
    return frozenset(by_hand.union(*(names for names in by_code if not names & needed)))


def emptied(form: SectionForm, document: Mapping[str, Any]) -> bool:
    """Complain of each answer that was there before and is taken away: a slip, not an answer."""
    state = form.asked.with_answers(form.answers)
    for reader in form.readers:
        question = reader.question
        taken = document.get(question.name) and form.answers.get(question.name) in (None, "", [])
        if taken and question.is_opened(state) and question.stored_names:
            words = "This had an answer. Enter it again, or say that it is not known."
            form.add_error(next(iter(reader.fields())), words)
    return bool(form.errors)


def _send_answer(request: HttpRequest, referral: Referral, given: dict[str, Any], note: str) -> str:
    if not note and not correspondence.changed_by(referral, given):
        return (
            "Nothing here differs from what IR has already. "
            "Change an answer, or say in the note why it stands."
        )
    try:
        correspondence.answer_information(
            referral, request.user, given, seen_row=seen_row(request), note=note
        )
    except moves.MoveRefused as stopped:
        return " ".join(each.wording for each in stopped.problems)
    return ""


@require_POST
@referrer
def message(request: HttpRequest, reference: str) -> HttpResponse:
    """Write to IR. The same form sent twice writes once."""
    referral = sent_referral(request, reference)
    try:
        token = uuid.UUID(request.POST.get("token", ""))
    except ValueError:
        token = uuid.uuid4()
    body = request.POST.get("body", "")
    try:
        correspondence.send_message(referral, request.user, body, side="referrer", token=token)
    except ValueError as problem:
        context = page_context(request, referral)
        context |= {"message_problem": str(problem), "typed": body, "message_token": str(token)}
        return render(request, "referrals/referrer/referral.jinja", context, status=422)
    messages.success(request, "Your message has been sent to IR.")
    return redirect("referral", reference=referral.reference)


@require_POST
@referrer
def acknowledge(request: HttpRequest, reference: str) -> HttpResponse:
    """The team has read the outcome."""
    referral = sent_referral(request, reference)
    correspondence.acknowledge_outcome(referral, request.user)
    messages.success(request, "Thank you. It is marked as read.")
    return redirect("referral", reference=referral.reference)


@require_http_methods(["GET", "HEAD", "POST"])
@referrer
def cancel(request: HttpRequest, reference: str) -> HttpResponse:
    """Cancel, with the reason and whether a new referral will come."""
    referral = sent_referral(request, reference)
    if referral.current_state.final:
        return redirect("referral", reference=referral.reference)
    typed = request.POST if request.method == "POST" else held_screens.held(request) or {}
    reason, later = typed.get("reason_code", ""), typed.get("re_referral_needed", "")
    problems = {}
    if request.method == "POST":
        if reason not in [str(each) for each in CANCEL_WORDS]:
            problems["reason_code"] = "Choose why it is cancelled."
        if later not in ("yes", "no"):
            problems["re_referral_needed"] = "Choose whether a new referral will come."
        if not problems:
            recorded = {"reason_code": reason, "re_referral_needed": later}
            try:
                moves.move(
                    referral, request.user, State.CANCELLED, recorded, seen_row=seen_row(request)
                )
            except moves.MoveRefused as stopped:
                problems["reason_code"] = " ".join(each.wording for each in stopped.problems)
            else:
                messages.success(request, "The referral has been cancelled, and IR has been told.")
                return redirect("referral", reference=referral.reference)
    context = {
        "referral": referral,
        "document": document_of(referral),
        "reasons": CANCEL_WORDS,
        "reason": reason,
        "later": later,
        "problems": problems,
        "seen_row": referral.newest_row if problems else typed.get("seen_row", referral.newest_row),
    }
    return render(
        request, "referrals/referrer/cancel.jinja", context, status=422 if problems else 200
    )
