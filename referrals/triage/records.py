"""Records past their retention date: approved by one person, agreed by another, then destroyed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from referrals.models import AuditAction, Destruction, Referral, RetentionClass
from referrals.service import audit, configuration, destruction, retention
from referrals.states import State
from referrals.triage.access import needs
from referrals.triage.presenters import STATE_WORDS, person_name, short

AT_ONCE = 200
NEWEST_DESTROYED = 50


@require_safe
@needs("approve_destruction")
def due(request: HttpRequest) -> HttpResponse:
    """What is due, by class, without the patient; who approved what; and what was destroyed."""
    groups: dict[str, list[dict[str, object]]] = {}
    found = (
        retention.due()
        .select_related("destruction_approved_by", "destruction__agreed_by")
        .defer("identifiers", "answers", "vetting", "hold_reason")
        .order_by("retention_class", "destroy_after")[:AT_ONCE]
    )
    for referral in found:
        groups.setdefault(RetentionClass(referral.retention_class).label, []).append(
            _due_row(referral, request.user)
        )
    audit.record(request.user, AuditAction.RETENTION, listed=len(found))
    ended = Destruction.objects.exclude(stage=Destruction.Stage.AGREED).select_related(
        "approved_by", "agreed_by"
    )[:NEWEST_DESTROYED]
    context = {
        "page_title": "Records past their retention date",
        "groups": groups,
        "provisional": any(
            each.startswith("keep_") for each in configuration.current().arrangements.provisional
        ),
        "ended": [_ended_row(each) for each in ended],
    }
    return render(request, "referrals/triage/records.jinja", context)


@require_POST
@needs("approve_destruction")
def approve(request: HttpRequest, reference: str) -> HttpResponse:
    """Approve one record for destruction. A second person then agrees."""
    return _decide(request, reference, retention.approve, "is approved. A second person agrees.")


@require_POST
@needs("approve_destruction")
def agree(request: HttpRequest, reference: str) -> HttpResponse:
    """Agree, as the second person."""
    return _decide(request, reference, destruction.agree, "will be destroyed.")


@require_POST
@needs("approve_destruction")
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Take the approvals back."""
    return _decide(request, reference, destruction.withdraw, "is not approved any more.")


def _decide(
    request: HttpRequest, reference: str, act: Callable[[Referral, Any], object], words: str
) -> HttpResponse:
    referral = get_object_or_404(retention.due(), reference=reference)
    try:
        act(referral, request.user)
    except PermissionDenied as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"{reference} {words}")
    return redirect("triage_records")


def _due_row(referral: Referral, user: Any) -> dict[str, object]:
    order = getattr(referral, "destruction", None)
    agreed = order is not None and order.stage == Destruction.Stage.AGREED
    approved = referral.destruction_approved_at is not None
    return {
        "reference": referral.reference,
        "state": STATE_WORDS[referral.current_state],
        "closed": short(referral.state_since),
        "after": f"{referral.destroy_after.day} {referral.destroy_after:%B %Y}",
        "approved": person_name(referral.destruction_approved_by) if approved else "",
        "agreed": person_name(order.agreed_by) if agreed else "",
        "may_agree": approved and not agreed and referral.destruction_approved_by_id != user.pk,
        "problem": order.problem if order is not None and not approved else "",
    }


def _ended_row(order: Destruction) -> dict[str, object]:
    return {
        "reference": order.reference,
        "state": STATE_WORDS[State(order.final_state)],
        "kind": order.get_retention_class_display(),
        "people": f"{person_name(order.approved_by)}, {person_name(order.agreed_by)}",
        "stage": order.get_stage_display(),
        "when": short(order.destroyed_at) if order.destroyed_at else "",
    }
