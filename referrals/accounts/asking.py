"""From a request for an account to an account: asked, granted or declined. One way in for each."""

from __future__ import annotations

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import User
from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone

from referrals.accounts.openid.unknown_person import ProvedIdentity
from referrals.models import AccountRequest, AuditAction
from referrals.service import audit, notices

account_granted = Signal()
"""Sent with ``asked`` and ``user`` in the transaction that makes the account."""


class CannotDecide(Exception):
    """The request cannot be decided this way. The text can be shown to the administrator."""


def ask(asked: AccountRequest, identity: ProvedIdentity | None = None) -> bool:
    """Store a request. Returns False when that address already has one waiting; nothing changes then."""
    if AccountRequest.objects.filter(
        work_email=asked.work_email, status=AccountRequest.Status.WAITING
    ).exists():
        return False
    if identity is not None:
        asked.identity_provider = identity.provider_id
        asked.identity_issuer = identity.issuer
        asked.identity_subject = identity.subject
    with transaction.atomic():
        asked.save()
        notices.tell_group(None, f"account-request-{asked.pk}", "account request waiting")
    return True


def _waiting(asked: AccountRequest) -> AccountRequest:
    locked = AccountRequest.objects.select_for_update().get(pk=asked.pk)
    if not locked.is_waiting:
        raise CannotDecide(f"{locked}: this request has already been decided.")
    return locked


def _decide(asked: AccountRequest, status: str, by: User, note: str) -> None:
    asked.status, asked.decided_by, asked.decided_at = status, by, timezone.now()
    asked.decision_note = note or asked.decision_note
    asked.save()
    audit.record(by, AuditAction.ACCOUNT, request=asked.pk, decision=str(status))


@transaction.atomic
def grant(asked: AccountRequest, by: User, note: str = "") -> User:
    """Make the account, without a password, and send the link to set one.

    What the person may do is a matter for the register of entitled referrers. Raises CannotDecide.
    """
    asked = _waiting(asked)
    address = asked.work_email.lower()
    taken = User.objects.filter(email__iexact=address).exists()
    if taken or EmailAddress.objects.filter(email__iexact=address).exists():
        raise CannotDecide(f"{asked}: there is already an account with the address {address}.")
    given, _, family = asked.full_name.rpartition(" ")
    user = User(
        username=address[:150], email=address, first_name=given[:150], last_name=family[:150]
    )
    user.set_unusable_password()
    user.save()
    EmailAddress.objects.create(user=user, email=address, primary=True, verified=False)
    if asked.identity_subject:
        _join_identity(asked, user)
    asked.account = user
    _decide(asked, AccountRequest.Status.GRANTED, by, note)
    account_granted.send(sender=AccountRequest, asked=asked, user=user)
    transaction.on_commit(lambda: send_first_password_link(user))
    return user


@transaction.atomic
def decline(asked: AccountRequest, by: User, note: str = "") -> None:
    """Decline the request. Raises CannotDecide, also where there is no reason."""
    asked = _waiting(asked)
    if not (note or asked.decision_note).strip():
        raise CannotDecide(f"{asked}: write the reason in the decision note first.")
    _decide(asked, AccountRequest.Status.DECLINED, by, note)


def _join_identity(asked: AccountRequest, user: User) -> None:
    uid = f"{asked.identity_issuer} {asked.identity_subject}"
    if SocialAccount.objects.filter(provider=asked.identity_provider, uid=uid).exists():
        raise CannotDecide(f"{asked}: that NHS identity already belongs to another account.")
    SocialAccount.objects.create(
        user=user,
        provider=asked.identity_provider,
        uid=uid,
        extra_data={"issuer": asked.identity_issuer, "subject": asked.identity_subject},
    )


def send_first_password_link(user: User) -> None:
    """Send the link with which the person sets a first password; it also proves the address."""
    token = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    adapter = get_adapter()
    link = adapter.get_reset_password_from_key_url(f"{user_pk_to_url_str(user)}-{token}")
    adapter.send_mail("account/email/account_granted", user.email, {"user": user, "link": link})
