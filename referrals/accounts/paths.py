"""Which addresses are private. Held here once, so that no middleware can disagree with another."""

from __future__ import annotations

ROOMS = ("/referrals/", "/triage/", "/admin/")
"""Nothing under these opens without an account and its second factor."""

ACCOUNTS = "/accounts/"

NEVER_STORED = (*ROOMS, ACCOUNTS, "/refer/account/")
"""Answers under these are sent with ``Cache-Control: no-store``."""

BEFORE_SECOND_FACTOR = (
    "/accounts/2fa/",
    "/accounts/logout/",
    "/accounts/login/",
    "/accounts/reauthenticate/",
    "/accounts/session/",
    "/accounts/confirm-email/",
    "/accounts/password/reset/",
    "/accounts/inactive/",
    "/accounts/signup/",
    "/accounts/oidc/",
    "/accounts/3rdparty/login/",
)
"""Account pages that a signed-in person needs while setting up the second factor, or to leave."""


def _under(path: str, prefixes: tuple[str, ...]) -> bool:
    return any(path.startswith(prefix) or path == prefix.rstrip("/") for prefix in prefixes)


def in_a_room(path: str) -> bool:
    """Whether the path is in the private rooms or the admin."""
    return _under(path, ROOMS)


def needs_second_factor(path: str) -> bool:
    """Whether a signed-in person must have proved the second factor to open the path."""
    if in_a_room(path):
        return True
    return _under(path, (ACCOUNTS,)) and not _under(path, BEFORE_SECOND_FACTOR)


def is_never_stored(path: str) -> bool:
    """Whether caches must not keep the answer."""
    return _under(path, NEVER_STORED)


def shows_account(path: str) -> bool:
    """Whether pages there are drawn with the person's account, messages and session limits."""
    return _under(path, (*ROOMS, ACCOUNTS, "/refer/"))
