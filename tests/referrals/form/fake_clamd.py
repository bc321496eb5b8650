"""A stand-in for ClamAV's daemon: speaks INSTREAM over a socket and knows one virus, EICAR's test."""

from __future__ import annotations

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""The harmless string that every scanner must find (European Institute for Computer Antivirus Research)."""


class _Conversation(socketserver.StreamRequestHandler):
    """One scan."""

    def handle(self) -> None:
        """Read the chunks, each with its length in four bytes before it, and answer in one line."""
        command = self.rfile.readline().strip()
        assert command == b"nINSTREAM", command
        content = b""
        while size := struct.unpack("!L", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
        self.server.scanned.append(content)
        answer = self.server.answer
        if answer is None:
            answer = b"stream: Eicar-Test FOUND\n" if EICAR in content else b"stream: OK\n"
        self.wfile.write(answer)


@contextmanager
def fake_clamd(answer: bytes | None = None) -> Iterator[tuple[str, list[bytes]]]:
    """Its address, and what it was given to scan. ``answer`` is what it always says instead."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Conversation) as server:
        server.scanned, server.answer = [], answer
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"127.0.0.1:{server.server_address[1]}", server.scanned
        finally:
            server.shutdown()
