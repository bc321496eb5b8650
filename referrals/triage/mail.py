"""E-mails that did not arrive, and who dealt with them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from referrals.models import AuditAction, Notification
from referrals.service import audit
from referrals.triage.access import needs
from referrals.triage.presenters import short

_DID_NOT_ARRIVE = [Notification.Outcome.FAILED, Notification.Outcome.BOUNCED]


@require_safe
@needs("book_referral", "decide_referral")
def undelivered(request: HttpRequest) -> HttpResponse:
    """What came back or was refused, oldest first. Telephone the team, then tick it off."""
    waiting = Notification.objects.filter(
        outcome__in=_DID_NOT_ARRIVE, handled_at__isnull=True
    ).select_related("referral")
    rows = [
        {
            "pk": each.pk,
            "reference": each.referral.reference if each.referral else "",
            "address": each.address,
            "word": each.status_word,
            "outcome": each.get_outcome_display(),
            "when": short(each.made_at),
            "attempts": each.attempts,
        }
        for each in waiting.order_by("made_at")[:200]
    ]
    context = {"page_title": "E-mails that did not arrive", "rows": rows}
    return render(request, "referrals/triage/mail.jinja", context)


@require_POST
@needs("book_referral", "decide_referral")
def handled(request: HttpRequest, notice: int) -> HttpResponse:
    """Somebody told the team another way."""
    row = get_object_or_404(Notification, pk=notice, outcome__in=_DID_NOT_ARRIVE)
    row.handled_at = timezone.now()
    row.save(update_fields=["handled_at"])
    audit.record(request.user, AuditAction.MESSAGED, row.referral, handled_mail=row.pk)
    messages.success(request, "Ticked off.")
    return redirect("triage_mail")
