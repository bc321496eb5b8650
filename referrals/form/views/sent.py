"""A referral that was sent: its confirmation, its page, on paper."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from referrals.accounts import held_screens
from referrals.answer_fields import labels_of
from referrals.form.presenters import (
    STATE_COLOURS,
    STATE_WORDS,
    answer_sections,
    life_of,
    long_day,
    procedure_words,
)
from referrals.form.printing import referral_pdf
from referrals.form.progress import asked_for, document_of
from referrals.form.views.access import referrer, sent_referral, standing_in
from referrals.identity import shown_nhs_number
from referrals.london_time import LONDON, shown
from referrals.models import InformationRequest, Message, Referral, ReferralMove
from referrals.service import audit, configuration, correspondence
from referrals.states import State

TO_BE_READ = (State.REJECTED, State.REDIRECTED, State.CANCELLED)


@require_safe
@referrer
def confirmation(request: HttpRequest, reference: str) -> HttpResponse:
    """The reference, what happens next, and the telephone again."""
    referral = sent_referral(request, reference)
    context = {
        "referral": referral,
        "due": _due_words(referral),
    }
    return render(request, "referrals/form/confirmation.jinja", context)


def _due_words(referral: Referral) -> str:
    """When IR aims to have looked: "before" a day when the target is the midnight it begins."""
    if referral.vet_due_at is None:
        return ""
    due = referral.vet_due_at.astimezone(LONDON)
    if (due.hour, due.minute) == (0, 0):
        return f"before {long_day(due.date().isoformat())}"
    return f"by {shown(due)}"


@require_safe
@referrer
def page(request: HttpRequest, reference: str) -> HttpResponse:
    """One referral: where it stands, what is asked of the team, messages, answers, files."""
    referral = sent_referral(request, reference)
    audit.record(request.user, "read", referral)
    context = page_context(request, referral)
    typed = held_screens.held(request, reverse("referral_message", args=[referral.reference]))
    if typed is not None:
        token = typed.get("token", "") or context["message_token"]
        context |= {"typed": typed.get("body", ""), "message_token": token}
    return render(request, "referrals/referrer/referral.jinja", context)


def page_context(request: HttpRequest, referral: Referral) -> dict[str, Any]:
    """What the page of a referral shows. Marks the messages from IR as read."""
    document = document_of(referral)
    known = configuration.current(referral.configuration_stamp)
    asked = asked_for(document, referral.trust.code, known=known)
    names = {code: name for _, rows in asked.procedures for code, name in rows}
    moves = list(referral.moves.select_related("information_request"))
    question = _open_question(referral, moves)
    written = []
    if referral.has_messages:
        written = list(referral.messages.select_related("sender").order_by("sent_at"))
    unread = {each.pk for each in written if each.side == Message.Side.IR and not each.read_at}
    if unread and request.method == "GET":
        standing = standing_in(request)
        correspondence.mark_read(referral, request.user, side="referrer", standing=standing)
    return {
        "referral": referral,
        "document": document,
        "number": shown_nhs_number(referral.nhs_number),
        "born": long_day(document.get("date_of_birth")),
        "state_words": STATE_WORDS[referral.state],
        "state_colour": STATE_COLOURS.get(referral.state, "blue"),
        "procedure": procedure_words(referral),
        "sections": answer_sections(asked),
        "life": life_of(moves, names),
        "question": question,
        "question_fields": labels_of(question.fields) if question else [],
        "needed_by": long_day(question.needed_by.isoformat()) if question else "",
        "written": [
            {
                "mine": each.side == Message.Side.REFERRER,
                "who": each.sender.get_full_name() or "IR",
                "when": shown(each.sent_at),
                "lines": each.body.split("\n"),
                "new": each.pk in unread,
            }
            for each in written
        ],
        "message_token": str(uuid.uuid4()),
        "files": (
            list(referral.attachments.filter(removed_at__isnull=True)) if referral.has_files else []
        ),
        "final": referral.current_state.final,
        "to_acknowledge": referral.state in TO_BE_READ and referral.outcome_read_at is None,
        "earlier": referral.earlier.reference if referral.earlier else "",
    }


def _open_question(referral: Referral, moves: Iterable[ReferralMove]) -> InformationRequest | None:
    """What IR has asked and waits for, of the moves that were read with their questions."""
    if referral.state != State.INFO_WANTED:
        return None
    found = (getattr(move, "information_request", None) for move in moves)
    return next((each for each in found if each is not None and each.answered_at is None), None)


@require_safe
@referrer
def print_view(request: HttpRequest, reference: str) -> HttpResponse:
    """The answers on a page that prints well."""
    referral = sent_referral(request, reference)
    audit.record(request.user, "printed", referral)
    context = page_context(request, referral) | {"printed": shown(timezone.now())}
    return render(request, "referrals/referrer/print.jinja", context)


@require_safe
@referrer
def pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """The referral as a PDF, sent as a download."""
    referral = sent_referral(request, reference)
    audit.record(request.user, "printed", referral, form="PDF")
    document = document_of(referral)
    content = referral_pdf(
        referral,
        document,
        answer_sections(asked_for(document, referral.trust.code)),
        printed=shown(timezone.now()),
        by=request.user.get_full_name() or "a member of the team",
        sent=shown(referral.submitted_at) if referral.submitted_at else "not sent",
    )
    response = HttpResponse(content, content_type="application/pdf")
    name = f"{referral.reference}.pdf"
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Content-Type-Options"] = "nosniff"
    return response
