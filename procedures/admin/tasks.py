"""What the first page of the admin asks people to look at: approvals, late checks, questions still to decide."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from procedures import publishing
from procedures.models import (
    GuidancePage,
    LocalAnswer,
    LocalQuestion,
    Notice,
    Procedure,
    SiteDetails,
)

from . import site_words

DAYS_TO_LOOK_BACK = 14
"""How long a change that one person made public at once stays on the first page, in days."""


def content_tasks(user: Any) -> list[dict[str, Any]]:
    """Return the lists that are not empty and that this person may open: name, count, address."""
    today = timezone.localdate()
    found: list[dict[str, Any]] = []

    def add(name: str, rows: Any, model: Any, query: str) -> None:
        label = model._meta.model_name
        if user.has_perm(f"procedures.view_{label}") and (count := rows.count()):
            address = reverse(f"admin:procedures_{label}_changelist") + query
            found.append({"name": name, "count": count, "address": address})

    for model, what in ((Procedure, "procedures"), (GuidancePage, "guidance pages")):
        waiting = model.objects.filter(submitted_at__isnull=False)
        add(f"{what.capitalize()} waiting for approval", waiting, model, "?stands=waiting")
        late = model.objects.filter(next_check__lt=today)
        add(f"{what.capitalize()} whose check is late", late, model, "?stands=due")
    add(
        "Local answers waiting for approval",
        LocalAnswer.objects.filter(approver__isnull=True),
        LocalAnswer,
        "?approver__isempty=1",
    )
    waiting = publishing.waiting_site_words()
    if waiting and user.has_perm("procedures.view_publication"):
        name = "Words for every page that wait for approval (glossary, local questions, links)"
        found.append({"name": name, "count": len(waiting), "address": site_words.address()})
    shown = Notice.objects.filter(starts_on__lte=today, ends_on__gte=today)
    add("Notices that the public sees today, put up by one person", shown, Notice, "?shown=today")
    to_come = Notice.objects.filter(starts_on__gt=today)
    add("Notices still to come", to_come, Notice, "?shown=later")
    recently = timezone.now() - timedelta(days=DAYS_TO_LOOK_BACK)
    details = SiteDetails.objects.first()
    changes = SiteDetails.history.filter(history_date__gt=recently, history_type="~")
    if details and user.has_perm("procedures.view_sitedetails") and (count := changes.count()):
        address = reverse("admin:procedures_sitedetails_history", args=[details.pk])
        name = f"Changes of the department's details in the last {DAYS_TO_LOOK_BACK} days"
        found.append({"name": name, "count": count, "address": address})
    answered = LocalAnswer.objects.filter(approver__isnull=False).values("question")
    add(
        "Questions that the department still has to decide",
        LocalQuestion.objects.exclude(pk__in=answered),
        LocalQuestion,
        "?answered=no",
    )
    return found
