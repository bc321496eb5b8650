"""How long a session lasts, and how it ends.

15 minutes idle and 12 hours in all, as NHS England's own Django service has them (S33); a warning
at 13 minutes. The limits are settings in seconds.
"""

from __future__ import annotations

import time
from enum import StrEnum
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

SIGNED_IN_AT = "signed_in_at"
LAST_SEEN_AT = "last_seen_at"
WRITTEN_EVERY = 15
"""Seconds between writes of the last-seen time: a busy page does not write on every request."""


class Ended(StrEnum):
    """Why a session ended; a word in the address of the sign-in page, which says it in full."""

    IDLE = "idle"
    ABSOLUTE = "long"


def begin(request: HttpRequest, now: float | None = None) -> None:
    """Start both clocks. ``now`` is in seconds since 1970."""
    request.session[SIGNED_IN_AT] = request.session[LAST_SEEN_AT] = now or time.time()


def end_reason(session: Any, now: float) -> Ended | None:
    """Why this session is over, or None. A session without its times is over (fail closed)."""
    signed_in_at, last_seen_at = session.get(SIGNED_IN_AT), session.get(LAST_SEEN_AT)
    if signed_in_at is None or last_seen_at is None:
        return Ended.IDLE
    if now - signed_in_at >= settings.SESSION_ABSOLUTE_SECONDS:
        return Ended.ABSOLUTE
    if now - last_seen_at >= settings.SESSION_IDLE_SECONDS:
        return Ended.IDLE
    return None


def touch(session: Any, now: float) -> None:
    """Note that the person is still there."""
    if now - session.get(LAST_SEEN_AT, 0) >= WRITTEN_EVERY:
        session[LAST_SEEN_AT] = now


def seconds_left(session: Any, now: float) -> int:
    """Whole seconds until the session ends if nothing more happens."""
    idle = session.get(LAST_SEEN_AT, 0) + settings.SESSION_IDLE_SECONDS - now
    absolute = session.get(SIGNED_IN_AT, 0) + settings.SESSION_ABSOLUTE_SECONDS - now
    return max(0, int(min(idle, absolute)))


def end_all(user: AbstractBaseUser) -> int:
    """End every session of this person, everywhere. Returns how many there were."""
    found = list(UserSession.objects.filter(user_id=user.pk))
    for each in found:
        each.end()
    return len(found)
