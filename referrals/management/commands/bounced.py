"""`bounced`: for the mailbox that gets the mail that came back."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from referrals.models import Notification
from referrals.service.notices import record_bounce


class Command(BaseCommand):
    """Takes the number in the X-Referral-Notice header of the message that came back."""

    help = "Record that an e-mail came back, and alert the IR coordinators."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the number and, if known, why."""
        parser.add_argument("notice", type=int)
        parser.add_argument("--problem", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        """Record it. Raises CommandError for an unknown number."""
        try:
            record_bounce(options["notice"], options["problem"])
        except Notification.DoesNotExist as missing:
            raise CommandError("There is no e-mail with this number.") from missing
        self.stdout.write("Recorded; the IR coordinators are told.")
