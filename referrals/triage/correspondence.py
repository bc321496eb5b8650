"""Messages from IR to the referrer's team."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from referrals.models import Message
from referrals.service import correspondence
from referrals.triage.access import needs, referral_or_404


@require_POST
@needs("see_triage")
def message(request: HttpRequest, reference: str) -> HttpResponse:
    """Send a message. The token makes a double click one message."""
    found = referral_or_404(request, reference)
    try:
        token = UUID(request.POST.get("token", ""))
    except ValueError:
        token = None
    try:
        correspondence.send_message(
            found, request.user, request.POST.get("body", ""), side=Message.Side.IR, token=token
        )
    except ValueError as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, "Message sent.")
    return redirect(reverse("triage_referral", args=[found.reference]) + "#messages")
