"""`downtime_copy`: for cron, every hour or so. Keeps the list for a day when the site does not answer."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from referrals.downtime import files, keeping
from referrals.models import AuditAction
from referrals.service import audit


class Command(BaseCommand):
    """Writes an encrypted file to DOWNTIME_ROOT; `open_downtime_copy` reads it without a database."""

    help = "Keep an encrypted copy of the day's list outside the web root."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it. Raises CommandError where the folder would show it to others."""
        now = timezone.now()
        text, count = files.todays_list(now)
        try:
            path = keeping.keep(text, now)
        except keeping.UnsafeFolder as unsafe:
            raise CommandError(str(unsafe)) from unsafe
        audit.record(None, AuditAction.EXPORTED, command="downtime_copy", referrals=count)
        self.stdout.write(f"{count} referrals, encrypted, in {path}")
