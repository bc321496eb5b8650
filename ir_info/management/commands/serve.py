"""`serve`: start the site with granian, having looked whether the port is free."""

import os
import socket
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser


class Command(BaseCommand):
    """Prints the address, then becomes the server."""

    help = "Serve the site."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the place to listen."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=1)
        parser.add_argument(
            "--threads", type=int, default=8, help="requests that one worker answers at once"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Check the port and start."""
        host, port = options["host"], options["port"]
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                raise CommandError(
                    f"Port {port} is taken on {host}. Stop what uses it, or choose another: PORT={port + 1} make run"
                ) from error
        mode = "demo mode" if settings.DEMO else "production mode"
        self.stdout.write(
            f"\nThe site is at http://{host}:{port}/ ({mode}). Stop it with Ctrl+C.\n"
        )
        self.stdout.flush()
        command = [
            sys.executable,
            "-m",
            "granian",
            "--interface",
            "wsgi",
            "--host",
            host,
            "--port",
            str(port),
            "--workers",
            str(options["workers"]),
            "--blocking-threads",
            str(options["threads"]),
            "--respawn-failed-workers",
            "--log-level",
            "error",
            "ir_info.wsgi:application",
        ]
        os.environ.setdefault(
            "SITE_ADDRESS", f"http://{host}:{port}" if settings.DEMO else settings.SITE_ADDRESS
        )
        os.execv(sys.executable, command)  # noqa: S606 (our own interpreter and fixed arguments)
