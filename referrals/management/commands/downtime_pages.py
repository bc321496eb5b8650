"""`downtime_pages`: the page for an outage and the paper form, for any web server."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from referrals.downtime import files


class Command(BaseCommand):
    """Neither file holds a patient. `mirror` writes the public pages; this writes the private side's."""

    help = "Write the downtime page and the blank referral form as files that need no server."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the folder."""
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Write both."""
        for path in files.write_pages(options["folder"]):
            self.stdout.write(str(path))
