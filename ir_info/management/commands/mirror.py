"""`mirror`: write every public page to a folder that any web server can serve, for the day when nothing else works."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.test import Client

from procedures.addresses import public_addresses
from procedures.library import shelf

MACHINES = (
    "/sitemap.xml",
    "/robots.txt",
    "/updates.atom",
    "/offline/",
    "/offline/pages.json",
    "/sw.js",
)


class Command(BaseCommand):
    """Asks the site for each page, as a reader would, and writes what it answers."""

    help = "Write all public pages, and the static files they need, to a folder."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the folder."""
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the mirror. Stops at the first page that does not answer 200."""
        folder: Path = options["folder"]
        host = urlsplit(settings.SITE_ADDRESS).hostname or "localhost"
        client = Client(headers={"host": host})
        library = shelf.current()
        addresses = [address for address, _ in public_addresses(library)]
        for page in library.procedures.values():
            addresses += [
                f"{page.address}steps/{n}.svg" for n, _ in enumerate(page.document["steps"], 1)
            ]
        written = 0
        for address in [*addresses, *MACHINES]:
            response = client.get(address, secure=not settings.DEMO)
            if response.status_code == 404 and address.endswith(".svg"):
                continue
            if response.status_code != 200:
                raise CommandError(
                    f"{address} answered {response.status_code}: the mirror is not complete."
                )
            path = folder / address.lstrip("/")
            if address.endswith("/"):
                path = path / "index.html"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(response.content)
            written += 1
        for source in Path(settings.STATIC_ROOT).rglob("*"):
            if source.is_file() and not source.is_relative_to(Path(settings.STATIC_ROOT) / "admin"):
                target = folder / "static" / source.relative_to(settings.STATIC_ROOT)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(source.read_bytes())
        self.stdout.write(f"Wrote {written} pages to {folder}.")
