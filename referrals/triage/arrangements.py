"""Times, recipients and fields in use, with what is provisional and what is late, for IR staff."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from referrals.answer_fields import FIELDS
from referrals.arrangements import UNITS, Waiting
from referrals.models import (
    EscalationStep,
    QuestionFields,
    Recipients,
    ServicePeriod,
    UrgencyTarget,
    WebmailBrand,
)
from referrals.service import chasing
from referrals.triage.access import needs
from referrals.triage.presenters import urgency_word

LADDERS = {
    Waiting.VETTING: "Waiting for vetting",
    Waiting.QUESTION: "A question that is not answered",
    Waiting.UNREAD: "An outcome that is not read",
    Waiting.ACCOUNT: "An account that ends",
}


@require_safe
@needs("see_triage", "see_measures", "decide_accountrequest")
def in_use(request: HttpRequest) -> HttpResponse:
    """Every row, the way it is now. Changes are made in the admin, by the IR lead."""
    context = {
        "page_title": "Times, recipients and fields in use",
        "late": chasing.overdue_reviews(),
        "tables": [
            ("Vetting targets and chasing", [_target(row) for row in UrgencyTarget.objects.all()]),
            (
                "Who hears when something waits",
                [_step(row) for row in EscalationStep.objects.filter(active=True)],
            ),
            (
                "Who hears of what",
                [
                    _row(each, each.name, ", ".join(each.groups))
                    for each in Recipients.objects.all()
                ],
            ),
            (
                "Spans of time",
                [
                    _row(each, each.name, f"{each.value} {each.unit}")
                    for each in ServicePeriod.objects.all()
                ],
            ),
            (
                "Fields that a question opens",
                [_question(each) for each in QuestionFields.objects.all()],
            ),
            ("Public mail services that are refused", _webmail()),
        ],
    }
    return render(request, "referrals/triage/arrangements.jinja", context)


def _row(row: Any, name: str, value: str) -> dict[str, Any]:
    return {
        "name": name,
        "value": value,
        "provisional": row.provisional,
        "late": row.review_overdue,
        "owner": row.owner,
        "review": f"{row.review_date.day} {row.review_date:%B %Y}",
        "sources": ", ".join(row.sources),
    }


def _target(row: UrgencyTarget) -> dict[str, Any]:
    days = row.vet_within_working_days
    vetted = f"vetted within {days} working days" if days else "vetted the same day"
    chased = f"questions chased after {row.chase_after_working_days}"
    return _row(row, urgency_word(row.urgency), f"{vetted}; {chased}")


def _step(row: EscalationStep) -> dict[str, Any]:
    about = Waiting(row.about)
    who = [*(["the referrer and the team mailbox"] if row.tell_team else []), *row.groups]
    return _row(row, f"{LADDERS[about]}: {row.after} {UNITS[about]}", ", ".join(who))


def _question(row: QuestionFields) -> dict[str, Any]:
    labels = [FIELDS[name].label if name in FIELDS else name for name in row.fields]
    return _row(row, row.item.replace("_", " ").capitalize(), ", ".join(labels))


def _webmail() -> list[dict[str, Any]]:
    rows = list(WebmailBrand.objects.filter(active=True))
    if not rows:
        return []
    first = min(rows, key=lambda each: each.review_date)
    found = _row(first, "Refused for accounts", ", ".join(each.brand for each in rows))
    found["provisional"] = any(each.provisional for each in rows)
    return [found]
