"""What private pages show of the signed-in person and the session."""

from __future__ import annotations

import time
from functools import partial
from typing import Any

from allauth.socialaccount.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from referrals.accounts import held_screens, sessions
from referrals.accounts.navigation import places

ENDED_WORDS = {
    "idle": "You were signed out because nothing happened for {idle} minutes. Drafts you saved are safe.",
    "long": "You were signed out because you had been signed in for {absolute} hours. Drafts you saved are safe.",
    "password": "Your password has been changed, and you were signed out everywhere. Sign in with the new one.",
    "signed-out": "You have signed out.",
}


def ended_words(word: str) -> str:
    """What the sign-in page says about a session that ended; empty for an unknown word."""
    return ENDED_WORDS.get(word, "").format(
        idle=settings.SESSION_IDLE_SECONDS // 60, absolute=settings.SESSION_ABSOLUTE_SECONDS // 3600
    )


def session_limits(request: HttpRequest) -> dict[str, Any] | None:
    """Data attributes for the warning: seconds left, when to warn, and where to ask for more."""
    if not request.user.is_authenticated:
        return None
    left = sessions.seconds_left(request.session, time.time())
    return {
        "ends_in": left,
        "warn_before": settings.SESSION_IDLE_SECONDS - settings.SESSION_WARN_SECONDS,
        "status": reverse("session_status"),
        "keep": reverse("keep_session"),
        "hold": reverse("hold_screen"),
        "sign_in": reverse("account_login"),
    }


def account_context(request: HttpRequest) -> dict[str, Any]:
    """The person, their session, and the other ways to sign in."""
    person = request.user
    signed_in = person.is_authenticated
    return {
        "person": person if signed_in else None,
        "person_name": (person.get_full_name() or person.email) if signed_in else "",
        "places": partial(places, request),
        "session_limits": session_limits(request),
        "session_ended": ended_words(request.GET.get("ended", "")),
        "is_holding": partial(held_screens.is_holding, request),
        "holder": partial(held_screens.box, request),
        "given_back": held_screens.given_back(request),
        "identity_providers": partial(get_adapter(request).list_providers, request),
    }
