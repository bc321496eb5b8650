"""`audit_csv`: the department's own measures, one line a referral, without patients."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from referrals.models import AuditAction
from referrals.service import audit, measures_export


class Command(BaseCommand):
    """Writes CSV in which no cell begins a formula."""

    help = "Write share returned by reason, time to vet and unread rejections as CSV."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file to write."""
        parser.add_argument("--to", type=Path, default=None, help="a file; else standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write, and leave a line in the audit log."""
        if options["to"] is None:
            count = measures_export.write_csv(options.get("stdout") or sys.stdout)
        else:
            with options["to"].open("w", encoding="utf-8", newline="") as file:
                count = measures_export.write_csv(file)
        audit.record(None, AuditAction.EXPORTED, command="audit_csv", lines=count)
