"""Records past their retention date: a list by class, which a person approves one by one."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from referrals.models import AuditAction, RetentionClass
from referrals.service import audit, retention
from referrals.triage.access import needs
from referrals.triage.presenters import STATE_WORDS, short

AT_ONCE = 200


@require_safe
@needs("approve_destruction")
def due(request: HttpRequest) -> HttpResponse:
    """What is due, by class, without the patient. Approving destroys nothing by itself."""
    groups: dict[str, list[dict[str, object]]] = {}
    found = retention.due().order_by("retention_class", "destroy_after")[:AT_ONCE]
    for referral in found:
        groups.setdefault(RetentionClass(referral.retention_class).label, []).append(
            {
                "reference": referral.reference,
                "state": STATE_WORDS[referral.current_state],
                "closed": short(referral.state_since),
                "after": f"{referral.destroy_after:%d %B %Y}",
                "approved": referral.destruction_approved_at is not None,
            }
        )
    audit.record(request.user, AuditAction.RETENTION, listed=len(found))
    context = {"page_title": "Records due", "groups": groups}
    return render(request, "referrals/triage/records.jinja", context)


@require_POST
@needs("approve_destruction")
def approve(request: HttpRequest, reference: str) -> HttpResponse:
    """Approve one record for destruction."""
    referral = get_object_or_404(retention.due(), reference=reference)
    try:
        retention.approve(referral, request.user)
    except PermissionDenied as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"{reference} may be destroyed.")
    return redirect("triage_records")
