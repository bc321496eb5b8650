"""The worklists, with their counts and filters, and the search."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from referrals.arrangements import Period
from referrals.models import AuditAction
from referrals.service import audit, configuration, worklists
from referrals.triage import presenters
from referrals.triage.access import needs, standing

ON_A_PAGE = 50


@require_safe
@needs("see_triage")
def worklist(request: HttpRequest) -> HttpResponse:
    """One list, by urgency and then by age against target."""
    settings = configuration.current()
    name = request.GET.get("list", "vetting")
    filters = {key: request.GET.get(key, "") for key in presenters.FILTERS}
    try:
        found = worklists.triage_list(request.user, name, filters, standing(request), settings)
    except KeyError:
        raise Http404 from None
    counts = worklists.triage_counts(request.user, standing(request), settings)
    filtered = any(filters.values())
    pages = Paginator(found.values_list("pk", flat=True), ON_A_PAGE)
    if not filtered:
        pages.count = counts[name]
    page = pages.get_page(request.GET.get("page"))
    audit.record(request.user, AuditAction.LISTED, list=name, page=page.number, filtered=filtered)
    context = {
        "page_title": presenters.LIST_TITLES[name],
        "tabs": presenters.tabs(counts, name),
        "name": name,
        "counts": counts,
        "rows": presenters.rows(worklists.rows_of(page.object_list)),
        "pages": presenters.pagination(request.GET, page),
        "filters": presenters.filters(filters, settings),
        "filtered": filtered,
        "total": pages.count,
        "stale_days": settings.arrangements.periods[Period.STALE_SOON],
        "stale_provisional": Period.STALE_SOON in settings.arrangements.provisional,
    }
    return render(request, "referrals/triage/worklist.jinja", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("see_triage")
def find(request: HttpRequest) -> HttpResponse:
    """By reference or NHS number. Posted, so that neither stands in an address or a log.

    Who comes by the address alone, from a bookmark or the way back, is led to the worklist.
    """
    if request.method != "POST":
        return redirect("triage")
    typed = request.POST.get("looked_for", "").strip()[:40]
    found = worklists.find(request.user, typed, standing(request)) if typed else []
    results = [each for each in found if each.reference]
    if len(results) == 1:
        return redirect(reverse("triage_referral", args=[results[0].reference]))
    context = {
        "page_title": "Search results",
        "typed": typed,
        "rows": presenters.rows(results),
    }
    return render(request, "referrals/triage/found.jinja", context)
