"""`rotate_identifier_keys`: after a new key was put in front of IDENTIFIER_KEYS."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from referrals.encryption import CannotDecrypt
from referrals.service.key_rotation import rotate


class Command(BaseCommand):
    """Encrypts everything with the newest key, so that the old ones can be taken away."""

    help = "Encrypt identifiers, answers, messages, histories and files with the newest key."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rotate, and say how much. Raises CommandError when a key is missing."""
        try:
            done = rotate()
        except CannotDecrypt as problem:
            raise CommandError(
                f"{problem} Put the missing key back into IDENTIFIER_KEYS."
            ) from problem
        self.stdout.write(f"{done.values} values and {done.files} files now use the newest key.")
        self.stdout.write("Backups made before now still need the older keys.")
