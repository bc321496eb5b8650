"""`rotate_lookup_key`: after a new key was put in front of LOOKUP_KEY."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from referrals.encryption import CannotDecrypt
from referrals.service.key_rotation import rehash


class Command(BaseCommand):
    """Gives every row the hash of the newest key, so that the old ones can be taken away."""

    help = "Work out anew, with the newest key, the hashes by which NHS numbers are found."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rehash, and say how much. Raises CommandError when an identifier cannot be read."""
        try:
            done = rehash()
        except CannotDecrypt as problem:
            raise CommandError(
                f"{problem} Put the missing key back into IDENTIFIER_KEYS."
            ) from problem
        self.stdout.write(f"{done} rows now have the hash of the newest key.")
        self.stdout.write(
            "The audit log is never changed: searches of before are found by their words only as "
            "long as the older key stays."
        )
