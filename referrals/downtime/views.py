"""The paper form, and the list for the printer, for people who are signed in.

The form holds no patient data, yet it is not public: a form that anybody can print is a form that
anybody sends, and GP practices and community services are to be stopped before they write about a
patient. `manage.py downtime_pages` puts it where the department wants it before an outage.
"""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from referrals.downtime import paper, today
from referrals.models import AuditAction
from referrals.service import audit
from referrals.service.people import standing_of
from referrals.triage.access import needs
from referrals.triage.presenters import person_name


@require_safe
@login_required
def blank_form(request: HttpRequest) -> HttpResponse:
    """The form to print, for entitled referrers, those who draft for them, and IR."""
    standing = standing_of(request.user)
    request.standing = standing  # type: ignore[attr-defined]
    if not (standing.is_ir or standing.is_referrer):
        audit.record(request.user, AuditAction.DENIED, what="blank form")
        raise PermissionDenied
    context = {"page_title": "Referral form on paper", "parts": paper.parts()}
    return render(request, "referrals/downtime/blank_form.jinja", context)


@require_safe
@needs("see_triage")
def todays_list(request: HttpRequest) -> HttpResponse:
    """Everything under way, to be printed each morning. Printing it leaves a line in the log."""
    sheet = today.sheet(timezone.now(), masked=True)
    audit.record(request.user, AuditAction.PRINTED, what="today's list", referrals=sheet.total)
    context = {
        "page_title": "Today's list",
        "sheet": sheet,
        "printed_by": person_name(request.user),
    }
    return render(request, "referrals/downtime/todays_list.jinja", context)
