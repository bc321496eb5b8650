"""The outermost WSGI layer: answers public pages from memory, before Django's own chain.

A page is kept when its view marks it (`IR-Info-Keep` holds the content version). It is compressed once, and served until
a publication raises the content version or the day changes in London (dated notices and review dates). When the database
is gone, what is kept goes on being served.
"""

import gc
import gzip
import hashlib
import logging
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import brotli
from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from procedures import search
from procedures.library import LibraryUnavailable, shelf
from procedures.views.rendering import KEEP_HEADER

log = logging.getLogger(__name__)

StartResponse = Callable[..., Any]
Application = Callable[[dict[str, Any], StartResponse], Iterable[bytes]]

MOST_PAGES = 2_000
"""Pages kept at most: many times the catalogue, and a bound on memory."""
COMPRESSIBLE = (
    "text/",
    "application/xml",
    "application/atom+xml",
    "application/json",
    "image/svg+xml",
)
CACHE_CONTROL = "public, max-age=60, stale-while-revalidate=600, stale-if-error=86400"


@dataclass(frozen=True)
class Kept:
    """One page, ready to send in each encoding, with its headers."""

    content_version: int
    day: date
    bodies: dict[str, tuple[bytes, list[tuple[str, str]]]]
    etag: str


def keep(body: bytes, headers: list[tuple[str, str]], content_version: int, day: date) -> Kept:
    """Compress a page once and prepare its headers. A view that says itself how long it may be held keeps its word."""
    etag = '"' + hashlib.sha256(body).hexdigest()[:24] + '"'
    plain = [
        (name, value)
        for name, value in headers
        if name.lower() not in ("content-length", "etag", "vary", KEEP_HEADER.lower())
    ]
    plain += [("ETag", etag), ("Vary", "Accept-Encoding")]
    if not any(name.lower() == "cache-control" for name, _ in plain):
        plain.append(("Cache-Control", CACHE_CONTROL))
    kind = next((value for name, value in headers if name.lower() == "content-type"), "")
    made = {"identity": body}
    if kind.startswith(COMPRESSIBLE):
        made["br"] = brotli.compress(body, quality=11)
        made["gzip"] = gzip.compress(body, 9, mtime=0)
    bodies = {
        name: (
            data,
            [*plain, ("Content-Length", str(len(data)))]
            + ([("Content-Encoding", name)] if name != "identity" else []),
        )
        for name, data in made.items()
    }
    return Kept(content_version, day, bodies, etag)


def best_encoding(accepted: str, available: Iterable[str]) -> str:
    """Return the encoding to send: br, gzip or identity, by what the browser accepts (q=0 means refused)."""
    wanted = {}
    for part in accepted.lower().split(","):
        name, _, weight = part.strip().partition(";")
        wanted[name.strip()] = weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    for name in ("br", "gzip"):
        if name in available and wanted.get(name, wanted.get("*", False)):
            return name
    return "identity"


class MemoryServing:
    """Wraps the Django application."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self._pages: dict[tuple[str, str], Kept] = {}
        self._lock = threading.Lock()

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        """Answer from memory if the page is kept, else ask Django and keep what it marks."""
        method, path = environ["REQUEST_METHOD"], environ.get("PATH_INFO", "/")
        if (
            method not in ("GET", "HEAD")
            or environ.get("QUERY_STRING")
            or path.startswith(settings.STATIC_URL)
        ):
            return self._pass(environ, start_response)
        key = (environ.get("HTTP_HOST", ""), path)
        kept = self._pages.get(key)
        if kept is not None and self._is_current(kept):
            return self._send(kept, environ, start_response)
        return self._ask(key, environ, start_response)

    def _is_current(self, kept: Kept) -> bool:
        try:
            version = shelf.current().content_version
        except LibraryUnavailable:
            return True
        return kept.content_version == version and kept.day == timezone.localdate()

    def _send(
        self, kept: Kept, environ: dict[str, Any], start_response: StartResponse
    ) -> Iterable[bytes]:
        body, headers = kept.bodies[
            best_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""), kept.bodies)
        ]
        asked = environ.get("HTTP_IF_NONE_MATCH", "")
        if asked and (asked.strip() == "*" or kept.etag in asked):
            lean = [
                (name, value)
                for name, value in headers
                if name not in ("Content-Length", "Content-Encoding", "Content-Type")
            ]
            start_response("304 Not Modified", lean)
            return [b""]
        start_response("200 OK", list(headers))
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else body]

    def _pass(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        """Ask Django and take our own header off."""

        def without_mark(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            return start_response(
                status, [row for row in headers if row[0] != KEEP_HEADER], exc_info
            )

        return self.application(environ, without_mark)

    def _ask(
        self, key: tuple[str, str], environ: dict[str, Any], start_response: StartResponse
    ) -> Iterable[bytes]:
        asked = dict(environ, REQUEST_METHOD="GET")
        for name in ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_ACCEPT_ENCODING"):
            asked.pop(name, None)
        answer: list[Any] = []

        def catch(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            answer[:] = [status, headers, exc_info]
            return lambda data: None

        response = self.application(asked, catch)
        status, headers, exc_info = answer
        mark = next((value for name, value in headers if name == KEEP_HEADER), None)
        if mark is None or not status.startswith("200"):
            start_response(status, [row for row in headers if row[0] != KEEP_HEADER], exc_info)
            return response
        try:
            body = b"".join(response)
        finally:
            if hasattr(response, "close"):
                response.close()
        kept = keep(body, headers, int(mark), timezone.localdate())
        with self._lock:
            if len(self._pages) >= MOST_PAGES:
                self._pages.clear()
            self._pages[key] = kept
        return self._send(kept, environ, start_response)


def warm() -> None:
    """Fill this process's memory before its first reader comes: the publications, and the index of the search."""
    try:
        search.warm(shelf.current())
        gc.collect()
        gc.freeze()  # what stays for good is not looked through again while a page or leaflet is made
    except (DatabaseError, LibraryUnavailable) as error:
        log.warning("Starting with nothing in memory: %s", type(error).__name__)
    finally:
        connection.close()
