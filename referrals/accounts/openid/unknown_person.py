"""Someone whose identity is proved but who has no account: it is kept for the account form alone.

When the request is granted, the account is joined to that issuer and subject, which the person
proved in their own browser. E-mail addresses play no part.
"""

from __future__ import annotations

from dataclasses import dataclass

from allauth.socialaccount.models import SocialLogin
from django.http import HttpRequest

SESSION_KEY = "identity_without_account"


@dataclass(frozen=True)
class ProvedIdentity:
    """Issuer and subject as the provider signed them, and the name to put in the form."""

    provider_id: str
    issuer: str
    subject: str
    name: str = ""


def remember_identity(request: HttpRequest, sociallogin: SocialLogin) -> None:
    """Keep the identity in this session until the form is sent or the session ends."""
    user = sociallogin.user
    request.session[SESSION_KEY] = {
        "provider_id": sociallogin.account.provider,
        "issuer": sociallogin.account.extra_data["issuer"],
        "subject": sociallogin.account.extra_data["subject"],
        "name": " ".join(f"{user.first_name} {user.last_name}".split()),
    }


def remembered_identity(request: HttpRequest) -> ProvedIdentity | None:
    """The identity that this session has proved, or None."""
    kept = request.session.get(SESSION_KEY)
    return ProvedIdentity(**kept) if kept else None


def forget_identity(request: HttpRequest) -> None:
    """Once the request is stored, the session need not know."""
    request.session.pop(SESSION_KEY, None)
