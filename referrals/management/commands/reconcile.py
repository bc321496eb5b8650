"""`reconcile`: for cron, daily. Exits with 1 when anything disagrees."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from referrals.service.reconciling import reconcile


class Command(BaseCommand):
    """Checks that no referral is in no list and that what was acknowledged is there."""

    help = "Check that every referral is in a list and every acknowledged one is there."

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare, and say what disagrees. Raises CommandError when something does."""
        found = reconcile()
        self.stdout.write(f"{found.sent} referrals sent, {found.acknowledged} acknowledged.")
        if found.problems:
            raise CommandError("\n".join(found.problems))
        self.stdout.write("Every referral is in a list.")
