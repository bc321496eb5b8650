"""`chase`: for cron, every quarter of an hour."""

from typing import Any

from django.core.management.base import BaseCommand

from referrals.service import chasing


class Command(BaseCommand):
    """Escalates, chases and sends again; decides nothing."""

    help = "Escalate late vetting, chase questions and unread outcomes, lapse accounts, send mail."

    def handle(self, *args: Any, **options: Any) -> None:
        """Chase, and print what was done."""
        for line in chasing.chase().lines():
            self.stdout.write(line)
        for table, count in chasing.overdue_reviews().items():
            self.stdout.write(f"past their review date: {count} {table}")
