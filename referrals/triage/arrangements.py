"""Times, recipients and fields in use, with what is provisional and what is late, for IR staff."""

from __future__ import annotations

from typing import Any

from django.conf import settings as django_settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from referrals.answer_fields import FIELDS
from referrals.arrangements import Waiting
from referrals.code_words import code_words
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
        "files_scanned": bool(django_settings.CLAMAV_ADDRESS),
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
    vetted = f"vetted within {_days(days)}" if days else "vetted the same day"
    chased = f"questions chased after {_days(row.chase_after_working_days)}"
    return _row(row, urgency_word(row.urgency), f"{vetted}; {chased}")


def _step(row: EscalationStep) -> dict[str, Any]:
    about = Waiting(row.about)
    who = [*(["the referrer and the team mailbox"] if row.tell_team else []), *row.groups]
    return _row(row, f"{LADDERS[about]}: {_after(row)}", ", ".join(who))


def _days(count: int) -> str:
    return f"{count} working day" if count == 1 else f"{count} working days"


def _after(row: EscalationStep) -> str:
    """How long a step waits, as people say it."""
    if row.about == Waiting.VETTING:
        return f"at {row.after}% of its target"
    if row.about == Waiting.QUESTION:
        times = {1: "", 2: "twice ", 3: "three times "}.get(row.after, f"{row.after} times ")
        return f"after {times}the chasing time of its urgency"
    if row.about == Waiting.UNREAD:
        return f"after {_days(row.after)}"
    return f"{row.after} days before"


def _question(row: QuestionFields) -> dict[str, Any]:
    labels = [FIELDS[name].label if name in FIELDS else name for name in row.fields]
    return _row(row, code_words(row.item), ", ".join(labels))


def _webmail() -> list[dict[str, Any]]:
    rows = list(WebmailBrand.objects.filter(active=True))
    if not rows:
        return []
    first = min(rows, key=lambda each: each.review_date)
    found = _row(first, "Refused for accounts", ", ".join(each.brand for each in rows))
    found["provisional"] = any(each.provisional for each in rows)
    return [found]
