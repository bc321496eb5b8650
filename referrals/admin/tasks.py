"""What the first page of the admin asks IR administrators and governance to look at."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import reverse

from referrals.models import AccountRequest, GuardedOpening
from referrals.service.chasing import late_rows


def referral_tasks(user: Any) -> list[dict[str, Any]]:
    """Lists that are not empty and that this person may open: name, count, address."""
    found: list[dict[str, Any]] = []

    def add(name: str, count: int, address: str) -> None:
        if count:
            found.append({"name": name, "count": count, "address": address})

    if user.has_perm("referrals.decide_accountrequest"):
        waiting = AccountRequest.objects.filter(status=AccountRequest.Status.WAITING).count()
        add(
            "Requests for an account",
            waiting,
            reverse("admin:referrals_accountrequest_changelist"),
        )
    if user.has_perm("referrals.review_openings"):
        add(
            "Openings of flagged records to review",
            GuardedOpening.objects.filter(reviewed_at__isnull=True).count(),
            reverse("triage_openings"),
        )
    for model, count in late_rows():
        if _may_see(user, model):
            name = str(model._meta.verbose_name_plural)
            address = reverse(f"admin:referrals_{model._meta.model_name}_changelist")
            add(
                f"{name[0].upper()}{name[1:]} past their review date",
                count,
                f"{address}?standing=late",
            )
    return found


def _may_see(user: Any, model: type[models.Model]) -> bool:
    return bool(user.has_perm(f"referrals.view_{model._meta.model_name}"))
