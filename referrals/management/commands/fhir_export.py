"""`fhir_export`: one referral as a FHIR R4 Bundle."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from referrals.models import AuditAction, Referral
from referrals.references import ReferenceRefused, parse_reference
from referrals.service import audit
from referrals.service.fhir_export import bundle_of


class Command(BaseCommand):
    """Writes to standard output; keep what it writes as carefully as the record itself."""

    help = "Write one referral as a FHIR R4 Bundle."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the reference."""
        parser.add_argument("reference")

    def handle(self, *args: Any, **options: Any) -> None:
        """Export. Raises CommandError for an unknown reference."""
        try:
            referral = Referral.objects.get(reference=parse_reference(options["reference"]))
        except (ReferenceRefused, Referral.DoesNotExist) as problem:
            raise CommandError("There is no referral with this reference.") from problem
        audit.record(None, AuditAction.EXPORTED, referral, command="fhir_export", form="FHIR R4")
        self.stdout.write(json.dumps(bundle_of(referral).as_json(), indent=1, ensure_ascii=False))
