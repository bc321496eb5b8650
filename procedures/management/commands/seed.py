"""`seed`: add what is missing from the fixtures. It never overwrites an editor's change and can be run any number of times."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from procedures.seeding import FixtureMistake, seed


class Command(BaseCommand):
    """Prints what it added."""

    help = "Add what is missing from fixtures/, and publish pages that were never public."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the folder."""
        parser.add_argument("--fixtures", type=Path, default=Path(settings.BASE_DIR) / "fixtures")

    def handle(self, *args: Any, **options: Any) -> None:
        """Seed."""
        try:
            seeded = seed(
                options["fixtures"],
                self.stdout.write if options["verbosity"] else lambda line: None,
            )
        except FixtureMistake as mistake:
            raise CommandError(str(mistake)) from mistake
        if not options["verbosity"]:
            return
        if seeded.rows or seeded.published:
            self.stdout.write(
                f"Seeded {seeded.rows} rows from {seeded.files} files; published {len(seeded.published)}."
            )
        else:
            self.stdout.write("Nothing was missing.")
