"""Whether this session has proved a second factor.

Having set one up is not enough: the session itself must have used it, so a session begun before
the factor was set up elsewhere proves nothing. A recovery code is a second factor; a new password
by e-mail is not.
"""

from __future__ import annotations

from allauth.account.adapter import get_adapter as account_adapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

STRONG_IDENTITY = "strong_identity_of"
"""Session key: the user id for which an identity provider stated strong authentication."""
SECOND_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
AT_ARRIVAL = "second_factor_at_arrival"
"""Attribute of the person of a session: whether a factor was set up when the request came in."""
RELAXED_ENDING = ".example"
"""Demo mode lets accounts at reserved names (RFC 2606), which nobody real can hold, go without."""


def is_relaxed_for(user: AbstractBaseUser) -> bool:
    """Whether demo mode lets this account in without a second factor. Never in production."""
    email = getattr(user, "email", "") or ""
    return bool(settings.DEMO) and email.lower().endswith(RELAXED_ENDING)


def is_set_up(user: AbstractBaseUser) -> bool:
    """Whether the person has an authenticator app or a passkey."""
    return is_mfa_enabled(user, SECOND_FACTORS)


def _was_set_up(user: AbstractBaseUser) -> bool:
    """The same at the start of this request, which was read with the person."""
    known = getattr(user, AT_ARRIVAL, None)
    return is_set_up(user) if known is None else bool(known)


def was_proved(request: HttpRequest, user: AbstractBaseUser) -> bool:
    """Whether this very session of this user has proved the second factor."""
    if request.session.get(STRONG_IDENTITY) == str(user.pk):
        return True
    used = any(each.get("method") == "mfa" for each in get_authentication_records(request, user))
    return used and _was_set_up(user)


def lets_in(request: HttpRequest) -> bool:
    """Whether private pages may open for this session, as it was when the request came in."""
    return was_proved(request, request.user) or (
        is_relaxed_for(request.user) and not _was_set_up(request.user)
    )


def where_to_prove_it(request: HttpRequest) -> str:
    """The address where the person sets the factor up or, having one, uses it."""
    if not is_set_up(request.user):
        return reverse("mfa_index")
    methods = account_adapter(request).get_reauthentication_methods(request.user)
    address = next(each["url"] for each in methods if each["id"].startswith("mfa_"))
    return f"{address}?{urlencode({'next': request.path})}"
