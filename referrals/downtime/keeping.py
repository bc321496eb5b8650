"""The kept copy of the list: encrypted, outside every web root, opened without the database.

The list names patients, so a copy on a disk is as sensitive as the database: it is encrypted with
the newest key of IDENTIFIER_KEYS, readable by the service's own account alone, and the older
copies are removed. Opening one asks who and why, and leaves a line beside the copies, because in an
outage there may be no audit log to write to.
"""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings

from referrals.encryption import decrypt_bytes, encrypt_bytes

ENDING = ".html.encrypted"
KEEP_FOR = timedelta(hours=48)
"""Older copies are removed with each new one: a list of the day before yesterday misleads."""
OPENINGS = "openings.log"


class UnsafeFolder(Exception):
    """The folder would show patients to others, or to the web. Its text says which."""


class NoCopy(Exception):
    """There is no kept copy."""


def folder() -> Path:
    """The folder of copies, made if missing. Raises UnsafeFolder."""
    place = Path(settings.DOWNTIME_ROOT).resolve()
    served = [
        settings.MEDIA_ROOT,
        settings.STATIC_ROOT,
        *settings.STATICFILES_DIRS,
        settings.BASE_DIR / "static",
    ]
    for root in served:
        if place.is_relative_to(Path(root).resolve()):
            raise UnsafeFolder(f"{place} lies where a web server reads. Set DOWNTIME_ROOT.")
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    if place.stat().st_mode & 0o077:
        raise UnsafeFolder(f"{place} can be read by others. Run: chmod 700 {place}")
    return place


def keep(text: str, now: datetime) -> Path:
    """Write one copy, whole or not at all, and remove those that are too old."""
    place = folder()
    target = place / f"list-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}{ENDING}"
    fresh = target.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(encrypt_bytes(text.encode()))
        file.flush()
        os.fsync(file.fileno())
    os.replace(fresh, target)
    for old in copies():
        if old != target and now.timestamp() - old.stat().st_mtime > KEEP_FOR.total_seconds():
            old.unlink(missing_ok=True)
    return target


def copies() -> list[Path]:
    """The kept copies, oldest first."""
    return sorted(folder().glob(f"list-*{ENDING}"))


def open_newest(who: str, why: str, now: datetime) -> tuple[str, Path]:
    """The newest copy in the clear, after a line that says who opened it and why.

    Raises NoCopy, encryption.CannotDecrypt.
    """
    there = copies()
    if not there:
        raise NoCopy("There is no kept copy. `manage.py downtime_copy` makes one.")
    newest = there[-1]
    text = decrypt_bytes(newest.read_bytes()).decode()
    line = json.dumps({"at": now.isoformat(), "copy": newest.name, "who": who, "why": why})
    with os.fdopen(
        os.open(folder() / OPENINGS, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a"
    ) as log:
        log.write(line + "\n")
        log.flush()
        os.fsync(log.fileno())
    return text, newest
