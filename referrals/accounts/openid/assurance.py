"""How sure the provider is of who the person is, and how they proved it.

CIS2 states both in its tokens: identity assurance (IAL) and authenticator assurance (AAL). e-RS and
NHS England's own services ask for IAL3 and AAL2 or AAL3 (S33, S77).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

IDENTITY_CLAIMS = ("id_assurance_level", "idassurancelevel")
AUTHENTICATION_CLAIMS = ("authentication_assurance_level",)
LEAST_STATED_IDENTITY = 3
"""A provider that need not state identity assurance is still refused when it states less."""
STRONG_AUTHENTICATION = 2


@dataclass(frozen=True)
class Assurance:
    """The lowest level that any of the documents states; None where none states it."""

    identity: int | None
    authentication: int | None

    @property
    def strong(self) -> bool:
        """Whether this stands for our second factor."""
        return (
            self.identity is not None
            and self.identity >= LEAST_STATED_IDENTITY
            and self.authentication is not None
            and self.authentication >= STRONG_AUTHENTICATION
        )


def _lowest(documents: tuple[Mapping[str, Any], ...], claims: tuple[str, ...]) -> int | None:
    stated: list[int] = []
    for document in documents:
        for claim in claims:
            if claim in document:
                level = str(document[claim]).strip()
                stated.append(int(level) if level.isascii() and level.isdigit() else 0)
    return min(stated, default=None)


def stated(*documents: Mapping[str, Any]) -> Assurance:
    """Read the levels from the ID token's claims and the userinfo answer."""
    return Assurance(_lowest(documents, IDENTITY_CLAIMS), _lowest(documents, AUTHENTICATION_CLAIMS))


def problem(assurance: Assurance, *, least_identity: int, least_authentication: int) -> str:
    """Which level is too low or missing; empty when neither is."""
    if assurance.identity is None and least_identity:
        return "identity assurance"
    if assurance.identity is not None and assurance.identity < max(
        least_identity, LEAST_STATED_IDENTITY
    ):
        return "identity assurance"
    if least_authentication and (assurance.authentication or 0) < least_authentication:
        return "authenticator assurance"
    return ""


def note_strong_identity(request: HttpRequest, provider_id: str, uid: str) -> None:
    """Remember, for this request alone, that the provider stated strong authentication."""
    request.strong_identity = (provider_id, uid)


def take_strong_identity(request: HttpRequest, user: AbstractBaseUser) -> bool:
    """Whether the strong identity of this request belongs to this user."""
    provider_id, uid = getattr(request, "strong_identity", (None, None))
    if not uid:
        return False
    return SocialAccount.objects.filter(user_id=user.pk, provider=provider_id, uid=uid).exists()
