"""`seed_referrals`: organisations, allow-list, rules, catalogue and bank holidays."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from referrals.seeding import SeedMistake, seed


class Command(BaseCommand):
    """Adds what is missing; never overwrites what an administrator changed."""

    help = "Add what is missing from fixtures/referrals."

    def handle(self, *args: Any, **options: Any) -> None:
        """Seed, and say what was added."""
        tell = self.stdout.write if options["verbosity"] else (lambda line: None)
        try:
            added = seed(settings.BASE_DIR / "fixtures" / "referrals", tell)
        except SeedMistake as mistake:
            raise CommandError(str(mistake)) from mistake
        tell(
            f"Added {added} rows of referral settings." if added else "Referral settings are there."
        )
