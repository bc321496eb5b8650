"""Each file that comes in is looked through by ClamAV's daemon before it is kept, where there is one.

``CLAMAV_ADDRESS`` (host:port) joins the scanner; empty, nothing is scanned, and the department's
list of decisions says so. With a scanner joined, a file is taken only after its clear "OK": no
answer in time, an error, or an answer that cannot be read refuses it (fail closed).
"""

from __future__ import annotations

import asyncio
import hashlib
import io
import logging
from typing import Any

from aioclamd import ClamdAsyncClient, ClamdError
from django.conf import settings

from referrals.models import AuditAction, Referral
from referrals.service import audit

SECONDS = 30
"""How long a scan may take, from connecting to the answer."""

logger = logging.getLogger(__name__)


class ScanRefused(Exception):
    """The file is not taken. Its text can be shown."""


class Infected(ScanRefused):
    """The scanner found something."""


class NotScanned(ScanRefused):
    """The scanner gave no clear answer."""


def must_pass(referral: Referral, user: Any, content: bytes) -> None:
    """Let a file through, or refuse it and leave a line in the audit log.

    The log holds the scanner's word and a hash of the content, never the file's name: it may name
    a patient. Raises Infected, NotScanned.
    """
    if not settings.CLAMAV_ADDRESS:
        return
    try:
        state, found = asyncio.run(_ask(content))
    except (ClamdError, OSError, ValueError) as problem:
        logger.error("The virus scanner gave no answer: %s", type(problem).__name__)
        state, found = "no answer", None
    if state == "OK":
        return
    audit.record(
        user,
        AuditAction.REFUSED,
        referral,
        place="files",
        reason="infected" if state == "FOUND" else "not scanned",
        found=str(found or "")[:100],
        sha256=hashlib.sha256(content).hexdigest(),
    )
    if state == "FOUND":
        raise Infected(
            "The virus scanner found something harmful in this file, so it was not kept. "
            "Tell your IT department, and do not send it in another way."
        )
    raise NotScanned(
        "The virus scanner does not answer just now, so the file was not kept. "
        "Try again in a few minutes, or send the referral without it: what you typed is safe."
    )


async def _ask(content: bytes) -> tuple[str, str | None]:
    """What the scanner says: "OK", "FOUND" with a name, or "ERROR"."""
    host, _, port = settings.CLAMAV_ADDRESS.rpartition(":")
    client = ClamdAsyncClient(host.strip("[]"), int(port), timeout=SECONDS)
    answer = await client.instream(io.BytesIO(content))
    return (answer or {}).get("stream", ("ERROR", None))
