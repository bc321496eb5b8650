"""`open_downtime_copy`: for the outage itself. Asks nothing of the database."""

import getpass
import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils import timezone

from referrals.downtime import keeping
from referrals.encryption import CannotDecrypt
from referrals.models import AuditAction
from referrals.service import audit

SHORTEST_REASON = 5


class Command(BaseCommand):
    """Decrypts the newest kept copy, for printing. Remove the file when it is printed."""

    help = "Open the newest kept copy of the list. Needs IDENTIFIER_KEYS, and no database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take who, why, and where to write it."""
        parser.add_argument("--for", dest="person", required=True, help="who asked for it, by name")
        parser.add_argument("--reason", required=True)
        parser.add_argument("--to", type=Path, required=True, help="a new file, for the printer")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it, readable by this account alone. Raises CommandError."""
        reason, person = options["reason"].strip(), options["person"].strip()
        if len(reason) < SHORTEST_REASON or not person:
            raise CommandError("Say who asked for the list, and why.")
        who = f"{person} (account {getpass.getuser()})"
        try:
            text, copy = keeping.open_newest(who, reason, timezone.now())
        except (keeping.NoCopy, keeping.UnsafeFolder, CannotDecrypt) as problem:
            raise CommandError(str(problem)) from problem
        try:
            with os.fdopen(
                os.open(options["to"], os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w"
            ) as file:
                file.write(text)
        except FileExistsError as there:
            raise CommandError(f"{options['to']} is there already: name a new file.") from there
        try:
            audit.record(
                None, AuditAction.EXPORTED, command="open_downtime_copy", who=who, why=reason
            )
        except DatabaseError:
            self.stderr.write("The audit log cannot be reached; the line is in openings.log.")
        self.stdout.write(f"{copy.name} is in {options['to']}. Print it, then remove the file.")
