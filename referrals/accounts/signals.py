"""What happens around signing in, apart from the pages: clocks, the first factor, ended accounts."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.account.signals import password_reset
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.http import HttpRequest

from referrals.accounts import sessions


@receiver(user_logged_in, dispatch_uid="referrals.accounts.start_clocks")
def start_clocks(request: HttpRequest, **kwargs: Any) -> None:
    """Both limits count from here."""
    sessions.begin(request)


@receiver(authenticator_added, dispatch_uid="referrals.accounts.first_factor")
def first_factor_counts(
    request: HttpRequest | None, user: User, authenticator: Authenticator, **kwargs: Any
) -> None:
    """Someone who has just set up the factor has just used it: do not ask again at once."""
    if request is not None and authenticator.type != Authenticator.Type.RECOVERY_CODES:
        record_authentication(
            request, user, "mfa", id=authenticator.pk, type=str(authenticator.type)
        )


@receiver(password_reset, dispatch_uid="referrals.accounts.address_proved")
def address_proved(user: User, **kwargs: Any) -> None:
    """The link went to the only address of the account, so using it proves the address."""
    addresses = EmailAddress.objects.filter(user=user)
    if addresses.count() == 1:
        addresses.filter(verified=False).update(verified=True)
    sessions.end_all(user)


@receiver(post_save, sender=User, dispatch_uid="referrals.accounts.end_sessions")
def end_sessions_of_disabled(instance: User, **kwargs: Any) -> None:
    """A disabled account is out everywhere, and stays out if it is enabled again later."""
    if not instance.is_active:
        sessions.end_all(instance)
