"""Addresses of the IR side. A reference is all they carry; what is searched for is posted."""

from django.urls import path

from referrals.downtime import views as downtime
from referrals.triage import (
    arrangements,
    correspondence,
    exports,
    guarded,
    lists,
    mail,
    pages,
    records,
    steps,
)

urlpatterns = [
    path("", lists.worklist, name="triage"),
    path("find/", lists.find, name="triage_find"),
    path("today/", downtime.todays_list, name="triage_today"),
    path("mail/", mail.undelivered, name="triage_mail"),
    path("mail/<int:notice>/handled/", mail.handled, name="triage_mail_handled"),
    path("arrangements/", arrangements.in_use, name="triage_arrangements"),
    path("measures/", exports.measures, name="triage_measures"),
    path("measures/audit.csv", exports.audit_csv, name="triage_audit_csv"),
    path("records/", records.due, name="triage_records"),
    path("records/<str:reference>/agree/", records.agree, name="triage_records_agree"),
    path("records/<str:reference>/withdraw/", records.withdraw, name="triage_records_withdraw"),
    path("records/<str:reference>/approve/", records.approve, name="triage_records_approve"),
    path("openings/", guarded.openings, name="triage_openings"),
    path("openings/<int:opening>/reviewed/", guarded.reviewed, name="triage_opening_reviewed"),
    path("<str:reference>/", pages.referral, name="triage_referral"),
    path("<str:reference>/print/", pages.printed, name="triage_print"),
    path("<str:reference>/fhir.json", exports.fhir, name="triage_fhir"),
    path("<str:reference>/file/<uuid:key>/", pages.file, name="triage_file"),
    path("<str:reference>/start/", steps.start, name="triage_start"),
    path("<str:reference>/take-over/", steps.take_over, name="triage_take_over"),
    path("<str:reference>/vetting/", steps.vetting, name="triage_vetting"),
    path("<str:reference>/step/<slug:step>/", steps.step, name="triage_step"),
    path("<str:reference>/reason/", guarded.reason, name="triage_reason"),
    path("<str:reference>/flag/", guarded.guard, name="triage_guard"),
    path("<str:reference>/message/", correspondence.message, name="triage_message"),
]
