"""What happens around signing in, apart from the pages: clocks, the first factor, ended accounts."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.account.signals import password_reset
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.http import HttpRequest

from referrals.accounts import second_factor, sessions
from referrals.models import AuditAction
from referrals.service import audit


@receiver(user_logged_in, dispatch_uid="referrals.accounts.start_clocks")
def start_clocks(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Both limits count from here, and the log has a line."""
    sessions.begin(request)
    audit.record(user, AuditAction.SIGNED_IN, second_factor=second_factor.was_proved(request, user))


@receiver(authenticator_added, dispatch_uid="referrals.accounts.first_factor")
def first_factor_counts(
    request: HttpRequest | None, user: User, authenticator: Authenticator, **kwargs: Any
) -> None:
    """Someone who has just set up the factor has just used it: do not ask again at once."""
    if request is not None and authenticator.type != Authenticator.Type.RECOVERY_CODES:
        record_authentication(
            request,
            user,
            "mfa",
            id=authenticator.pk,
            type=str(authenticator.type),
            reauthenticated=True,
        )
    audit.record(user, AuditAction.ACCOUNT, added=str(authenticator.type))


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


@receiver(user_login_failed, dispatch_uid="referrals.accounts.log_failure")
def log_failure(credentials: dict[str, Any], **kwargs: Any) -> None:
    """A failed password leaves a line; the address only as a keyed hash, for it may be anything."""
    typed = credentials.get("email") or credentials.get("username") or ""
    audit.record(None, AuditAction.SIGN_IN_FAILED, searched=str(typed), step="password")


@receiver(authentication_failed, dispatch_uid="referrals.accounts.log_second_failure")
def log_second_failure(user: User, **kwargs: Any) -> None:
    """A wrong code leaves a line in the name of the account it was tried on."""
    audit.record(user, AuditAction.SIGN_IN_FAILED, step="second factor")


@receiver(user_logged_out, dispatch_uid="referrals.accounts.log_leaving")
def log_leaving(user: User | None, **kwargs: Any) -> None:
    """Signing out, or being signed out."""
    if user is not None:
        audit.record(user, AuditAction.SIGNED_OUT)


@receiver(authenticator_removed, dispatch_uid="referrals.accounts.log_removal")
def log_removed_factor(user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    """A factor taken off is worth a line."""
    audit.record(user, AuditAction.ACCOUNT, removed=str(authenticator.type))
