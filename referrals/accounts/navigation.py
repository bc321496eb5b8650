"""Where a signed-in person's work is: the links in the header, by role."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from referrals.models import AccountRequest
from referrals.service import worklists
from referrals.service.people import Standing, standing_of


@dataclass(frozen=True)
class Place:
    """One link. `count` is how much waits there, if that is known."""

    href: str
    text: str
    current: bool
    count: int = 0


def _requests_waiting() -> int:
    return AccountRequest.objects.filter(status=AccountRequest.Status.WAITING).count()


def places(request: HttpRequest, counts: Any = None) -> list[Place]:
    """The places of this person, in the order of their day.

    `counts` are those of the page, where it shows how many await vetting; elsewhere on the IR side
    the header says it, so that no page there is without it (hazard H04).
    Uses the standing that the view worked out, where it did, so that a page of the IR side or of
    a referrer asks the database nothing more for it. Only those who decide about accounts cost
    one query, for the count, where the page's own has not brought it along.
    """
    if not request.user.is_authenticated:
        return []
    standing: Standing = getattr(request, "standing", None) or standing_of(request.user)
    path = request.path_info
    found = []

    def add(name: str, text: str, count: int = 0) -> None:
        href = name if name.startswith("/") else reverse(name)
        found.append(Place(href, text, path == href, count))

    if standing.is_ir:
        waiting = 0 if counts or not path.startswith("/triage/") else worklists.awaiting_vetting()
        add("triage", "Worklists", waiting)
    if path.startswith("/referrals/") or (not standing.is_ir and standing.is_referrer):
        add("referrals", "Your referrals")
    if standing.may("see_measures"):
        add("triage_measures", "Measures")
    if standing.may("approve_destruction"):
        add("triage_records", "Records")
    if standing.may("review_openings"):
        add("triage_openings", "Flagged records")
    if any(standing.may(each) for each in ("see_triage", "see_measures", "decide_accountrequest")):
        add("triage_arrangements", "Times in use")
    if standing.may("decide_accountrequest"):
        known = (counts or {}).get("account_requests")
        waiting = _requests_waiting() if known is None else known
        add("/admin/referrals/accountrequest/", "Account requests", waiting)
    if request.user.is_staff:
        add("admin:index", "Admin")
    return found
