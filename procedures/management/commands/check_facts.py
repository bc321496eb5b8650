"""`check_facts`: hold each page against its fact sheet, straight from the files, without a database."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from procedures.evidence import checking


class Command(BaseCommand):
    """Prints, under each page's name, every figure, source and help sign that its sheet does not bear out."""

    help = "Check pages against the evidence in docs/evidence. Give slugs, or nothing for all."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the slugs of pages; `shared-texts` stands for the texts that pages share."""
        parser.add_argument("slugs", nargs="*")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, print, and exit with 1 if anything is left unexplained."""
        wrong, stale = checking.check_all(set(options["slugs"]))
        for page, messages in wrong.items():
            self.stdout.write(f"{page}:")
            for message in messages:
                self.stdout.write(f"  {checking.sentence_of(message)}")
        for message in stale:
            self.stdout.write(f"exceptions.yaml: {message}")
        if wrong:
            raise CommandError(f"{len(wrong)} pages do not agree with their evidence.")
        self.stdout.write("Every page agrees with its evidence.")
