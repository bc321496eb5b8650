"""`retention_list`: what is due for destruction, by class. A person approves it, on the site."""

import csv
import sys
from typing import Any

from django.core.management.base import BaseCommand

from referrals.models import AuditAction
from referrals.service import audit, retention


class Command(BaseCommand):
    """Lists; destroys nothing."""

    help = "List closed referrals past their retention date, by class."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write one line a referral, without the patient."""
        writer = csv.writer(options.get("stdout") or sys.stdout)
        writer.writerow(
            ["class", "reference", "state", "closed", "may be destroyed after", "approved"]
        )
        rows = list(retention.due().order_by("retention_class", "destroy_after"))
        for row in rows:
            writer.writerow(
                [
                    row.retention_class,
                    row.reference,
                    row.state,
                    row.state_since.date().isoformat(),
                    row.destroy_after.isoformat(),
                    "yes" if row.destruction_approved_at else "no",
                ]
            )
        audit.record(None, AuditAction.RETENTION, command="retention_list", listed=len(rows))
