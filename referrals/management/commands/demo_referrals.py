"""`demo_referrals`: the demo people on the register and a few test patients, in demo mode alone."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from referrals.demonstration import set_up


class Command(BaseCommand):
    """Refuses outside demo mode. It can be run any number of times, after `demo_accounts`."""

    help = "Put the demo accounts on the register and send a few test referrals (demo mode alone)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Set up, and say how many were sent. Raises CommandError in production."""
        if not settings.DEMO:
            raise CommandError("Test referrals exist in demo mode alone (IR_INFO_MODE=demo).")
        sent = set_up()
        if sent:
            self.stdout.write(f"{sent} test referrals are on the triage list.")
