"""Messages from IR to the referrer's team."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from referrals.models import Message
from referrals.service import correspondence
from referrals.triage.access import needs, referral_or_404
from referrals.triage.pages import Written, drawn


@require_POST
@needs("see_triage")
def message(request: HttpRequest, reference: str) -> HttpResponse:
    """Send a message. The token makes a double click one message; what cannot be sent stays."""
    found = referral_or_404(request, reference)
    try:
        token = UUID(request.POST.get("token", ""))
    except ValueError:
        token = None
    body = request.POST.get("body", "")
    try:
        correspondence.send_message(found, request.user, body, side=Message.Side.IR, token=token)
    except ValueError as problem:
        written = Written(body, str(token or uuid4()), str(problem))
        return drawn(request, found, message=written, status=422)
    messages.success(request, "Message sent.")
    return redirect(reverse("triage_referral", args=[found.reference]) + "#messages")
