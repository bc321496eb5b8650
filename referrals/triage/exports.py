"""What leaves the IR side: one referral as FHIR, and the department's own measures as CSV."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from referrals.london_time import london_day
from referrals.models import AuditAction
from referrals.service import audit, fhir_export, measures_export
from referrals.triage.access import needs, referral_or_404


@require_safe
@needs("export_referral")
def fhir(request: HttpRequest, reference: str) -> HttpResponse:
    """One referral as a FHIR R4 Bundle, as a download."""
    found = referral_or_404(request, reference)
    bundle = fhir_export.bundle_of(found).as_json()
    audit.record(request.user, AuditAction.EXPORTED, found, form="FHIR R4")
    response = JsonResponse(bundle, content_type="application/fhir+json")
    response["Content-Disposition"] = f'attachment; filename="{found.reference}.fhir.json"'
    return response


@require_safe
@needs("see_measures")
def measures(request: HttpRequest) -> HttpResponse:
    """The department's own figures: share returned by reason, time to vet, unread rejections."""
    context = {
        "page_title": "Measures",
        "tables": measures_export.tables(timezone.now()),
    }
    return render(request, "referrals/triage/measures.jinja", context)


@require_safe
@needs("see_measures")
def audit_csv(request: HttpRequest) -> HttpResponse:
    """One line a referral, without patients, for the department's audit."""
    day = london_day(timezone.now())
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="referrals-{day.isoformat()}.csv"'
    lines = measures_export.write_csv(response)
    audit.record(request.user, AuditAction.EXPORTED, form="audit CSV", lines=lines)
    return response
