"""What the first page of the admin asks people to look at: approvals, late checks, questions still to decide."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from procedures.models import GuidancePage, LocalAnswer, LocalQuestion, Procedure


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
    answered = LocalAnswer.objects.filter(approver__isnull=False).values("question")
    add(
        "Questions that the department still has to decide",
        LocalQuestion.objects.exclude(pk__in=answered),
        LocalQuestion,
        "?answered=no",
    )
    return found
