"""One referral on one screen, its print, and its files."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from referrals.accounts import held_screens
from referrals.london_time import shown
from referrals.models import AuditAction, Evaluation, Message, RecordGuard, Referral
from referrals.nhs_forms import unjudged
from referrals.safety import Level
from referrals.service import (
    attachment_files,
    audit,
    configuration,
    correspondence,
    evaluation,
)
from referrals.service.moves import offered
from referrals.service.people import ir_roles
from referrals.states import State
from referrals.triage import answers_shown, life, presenters
from referrals.triage.access import needs, referral_or_404, standing
from referrals.triage.step_forms import STEPS, VettingForm

SAFE_NAMES = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


@require_safe
@needs("see_triage")
def referral(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything about one referral, flags worked out anew."""
    found = referral_or_404(request, reference)
    return drawn(request, found)


@dataclass(frozen=True)
class Written:
    """A message that was written and not sent: its text, its token, and what is wrong with it."""

    body: str = ""
    token: str = ""
    problem: str = ""


def drawn(
    request: HttpRequest,
    found: Referral,
    *,
    vetting: VettingForm | None = None,
    message: Written | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page, with a form of it as it was sent when it could not be taken as it was.

    What was typed before the session ended stands in its box again.
    """
    context = page_context(request, found)
    audit.record(request.user, AuditAction.READ, found)
    typed = held_screens.held(request, reverse("triage_message", args=[found.reference]))
    if message is None:
        given = typed or {}
        message = Written(given.get("body", ""), given.get("token", ""))
    context["written"] = replace(message, token=message.token or str(uuid4()))
    context["seen_row"] = found.newest_row
    if context["vetting_form"] is not None:
        address = reverse("triage_vetting", args=[found.reference])
        before = held_screens.held(request, address) if vetting is None else None
        if before is not None:
            vetting = unjudged(VettingForm(before))
            context["seen_row"] = before.get("seen_row", found.newest_row)
        context["vetting_form"] = context["form"] = vetting or context["vetting_form"]
        context["vetting_open"] = vetting is not None
    return render(request, "referrals/triage/referral.jinja", context, status=status)


@require_safe
@needs("see_triage")
def printed(request: HttpRequest, reference: str) -> HttpResponse:
    """The same on paper, saying who printed it and when."""
    found = referral_or_404(request, reference)
    context = page_context(request, found)
    audit.record(request.user, AuditAction.PRINTED, found)
    context["printed_by"] = presenters.person_name(request.user)
    context["printed_at"] = shown(timezone.now())
    return render(request, "referrals/triage/printed.jinja", context)


@require_safe
@needs("see_triage")
def file(request: HttpRequest, reference: str, key: UUID) -> HttpResponse:
    """A file, always as a download and never shown in the page."""
    found = referral_or_404(request, reference)
    row = found.attachments.filter(key=key, removed_at__isnull=True).first()
    if row is None:
        raise Http404
    content = attachment_files.read(row, request.user)
    ending = SAFE_NAMES[row.content_type]
    response = HttpResponse(content, content_type=row.content_type)
    response["Content-Disposition"] = f'attachment; filename="{found.reference}-{row.pk}.{ending}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def page_context(request: HttpRequest, found: Referral) -> dict[str, Any]:
    """All that the page of one referral draws."""
    settings = configuration.current(found.configuration_stamp)
    assessment = evaluation.reassess(found, Evaluation.Occasion.AGEING, settings_now=settings)
    names = {code: entry.name for code, entry in settings.catalogue.items()}
    rows = life.rows_of(found, names)
    requests = [each.request for each in rows if each.request is not None]
    messages = list(found.messages.select_related("sender")) if found.has_messages else []
    if any(each.side == Message.Side.REFERRER and each.read_at is None for each in messages):
        correspondence.mark_read(
            found, request.user, side=Message.Side.IR, standing=standing(request)
        )
    now = timezone.now()
    roles = ir_roles(found, standing(request))
    targets = offered(found, roles)
    in_vetting = found.current_state is State.IN_VETTING
    mine = found.vetter_id in (None, request.user.pk)
    return {
        "page_title": f"Referral {found.reference}",
        "referral": found,
        "banner": presenters.banner(found, now),
        "row": presenters.rows([found])[0],
        "flags": presenters.flags(assessment),
        "grave": sum(flag.level in (Level.RED, Level.STOP) for flag in assessment.flags),
        "parts": answers_shown.parts(found, settings, correspondence.highlighted(requests)),
        "question": life.asked(requests),
        "life": rows,
        "messages_shown": messages,
        "attachments": (
            list(found.attachments.filter(removed_at__isnull=True)) if found.has_files else []
        ),
        "steps": [step for step in STEPS.values() if step.offered_in(found, targets)],
        "may_start": found.current_state is State.SUBMITTED and State.IN_VETTING in targets,
        "may_take_over": in_vetting and not mine and bool(targets),
        "locked": in_vetting and not mine,
        "vetting_form": VettingForm(initial=found.vetting) if in_vetting and mine else None,
        "vetting": life.vetting_lines(found),
        "counts": presenters.counts(found),
        "guard": RecordGuard.Kind(found.guard_kind).label if found.guarded else "",
        "guard_kinds": RecordGuard.Kind.choices,
        "may_guard": standing(request).may("guard_referral"),
        "may_export": standing(request).may("export_referral"),
        "shown": shown,
        "details_changed": bool(correspondence.highlighted(requests)),
    }
