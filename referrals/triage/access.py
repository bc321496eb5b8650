"""Who gets through to the IR side, and to one referral there."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from referrals.models import AuditAction, Referral
from referrals.references import ReferenceRefused, parse_reference
from referrals.service import audit, worklists
from referrals.service.people import Standing, sent_referrals, standing_of

View = Callable[..., HttpResponse]
OPENED = "flagged records opened"
"""Where the session keeps which flagged records a reason was given for; it ends with the session."""


class NeedsReason(Exception):
    """A flagged record: the person must say why first."""

    def __init__(self, referral: Referral) -> None:
        super().__init__(referral.reference)
        self.referral = referral


def needs(*rights: str) -> Callable[[View], View]:
    """Let in those who hold one of these rights; record the others, and answer 403."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            standing = standing_of(request.user)
            if not any(standing.may(right) for right in rights):
                audit.record(request.user, AuditAction.DENIED, what=view.__name__)
                raise PermissionDenied
            request.standing = standing  # type: ignore[attr-defined]
            try:
                return view(request, *args, **kwargs)
            except NeedsReason as flagged:
                return redirect("triage_reason", reference=flagged.referral.reference)

        return login_required(guarded)

    return guard


def standing(request: HttpRequest) -> Standing:
    """What the person may do, worked out by `needs`."""
    return request.standing  # type: ignore[attr-defined, no-any-return]


def referral_or_404(request: HttpRequest, reference: str, *, flagged_too: bool = False) -> Referral:
    """The referral of an address, among those the person may see; else 404, like any unknown one.

    Raises NeedsReason, which `needs` answers, for a flagged record that was not opened with one.
    """
    try:
        wanted = parse_reference(reference)
    except ReferenceRefused:
        raise Http404 from None
    found = (
        worklists.with_surroundings(sent_referrals(request.user, standing(request)))
        .filter(reference=wanted)
        .select_related(
            "organisation",
            "trust",
            "team",
            "responsible_consultant",
            "drafted_by",
            "procedure",
            "final_procedure",
            "vetter",
            "earlier",
            "outcome_read_by",
        )
        .first()
    )
    if found is None:
        raise Http404
    if found.guarded and not flagged_too and found.pk not in request.session.get(OPENED, []):
        raise NeedsReason(found)
    return found
