"""`destroy_approved`: carries out what two people have agreed to on the site, and nothing else."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from referrals.service import destruction


class Command(BaseCommand):
    """Can be run again at any moment: it goes on where it stopped."""

    help = "Destroy the records whose destruction two people have approved."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take a bound, and a way to look first."""
        parser.add_argument("--at-most", type=int, default=None)
        parser.add_argument("--look", action="store_true", help="list them, destroy nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Destroy, and name each. Raises CommandError when a record was left."""
        if options["look"]:
            for order in destruction.waiting()[: options["at_most"]]:
                self.stdout.write(f"{order.reference}: {order.get_stage_display().lower()}")
            return
        found = destruction.carry_out(options["at_most"])
        for reference in found.done:
            self.stdout.write(f"{reference}: destroyed")
        self.stdout.write("Copies in backups stay until the backups themselves end.")
        if found.stopped:
            raise CommandError("\n".join(f"{ref}: left. {why}" for ref, why in found.stopped))
