"""How django-allauth is held to this department's rules. Pages and flows stay allauth's own."""

from __future__ import annotations

import time
from types import SimpleNamespace
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.base.provider import Provider
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse

from referrals.accounts import second_factor
from referrals.accounts.openid.provider import AssuredProvider
from referrals.accounts.openid.unknown_person import remember_identity
from referrals.accounts.secrets_at_rest import decrypted, encrypted
from referrals.service.mail_domains import address_problem

SITE_NAME = "Interventional radiology referrals"


class AccountAdapter(DefaultAccountAdapter):
    """No open sign-up, work addresses only, links that name this site, and a start for each role."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by an IR administrator alone."""
        return False

    def clean_email(self, email: str) -> str:
        """Refuse public webmail. An NHS address is not refused, and proves nothing."""
        problem = address_problem(email)
        if problem:
            raise ValidationError(problem)
        return email

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Return where this person's work is."""
        person = request.user
        if person.is_superuser:
            return reverse("admin:index")
        if person.has_perm("referrals.see_triage"):
            return "/triage/"
        return reverse("admin:index") if person.is_staff else settings.LOGIN_REDIRECT_URL

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """A new password ends every session, this one too."""
        return f"{reverse('account_login')}?ended=password"

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Build the link from the site's own address, never from the request's Host header."""
        path = reverse(
            "account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"}
        ).replace("UID-KEY", key)
        return f"{settings.SITE_ADDRESS}{path}"

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        """Build the link from the site's own address."""
        path = reverse("account_confirm_email", args=[emailconfirmation.key])
        return f"{settings.SITE_ADDRESS}{path}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send plain text that names this site by its own address, also outside a request."""
        site = SimpleNamespace(name=SITE_NAME, domain=settings.SITE_ADDRESS.partition("://")[2])
        known = {"email": email, "current_site": site, "site_address": settings.SITE_ADDRESS}
        self.render_mail(template_prefix, email, known | context).send()

    def get_login_stages(self) -> list[str]:
        """Ask for the second factor unless the identity provider stated a strong one."""
        ours = "referrals.accounts.stages.SecondFactorStage"
        theirs = "allauth.mfa.stages.AuthenticateStage"
        return [ours if each == theirs else each for each in super().get_login_stages()]

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Do not ask for the password again from someone who came in a moment ago to set up."""
        request = self.request
        if app == "allauth.mfa" and request and not second_factor.is_set_up(request.user):
            records = get_authentication_records(request, request.user)
            newest = max((each.get("at", 0) for each in records), default=0)
            if time.time() - newest < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT:
                return False
        return super().is_reauthentication_required(app=app, **kwargs)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of authenticators are encrypted at rest, and the last one cannot be taken off."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": (
            "This is your only second step, and every account needs one. Add a passkey first."
        ),
        "incorrect_code": "The code is not right, or has run out. Enter the newest code.",
    }

    def encrypt(self, text: str) -> str:
        """Encrypt an authenticator's secret for the database."""
        return encrypted(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Undo `encrypt`."""
        return decrypted(encrypted_text)

    def get_totp_issuer(self) -> str:
        """Name that the authenticator app shows."""
        return "IR referrals"

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Only when another second factor stays."""
        others = Authenticator.objects.filter(
            user_id=authenticator.user_id, type__in=second_factor.SECOND_FACTORS
        ).exclude(pk=authenticator.pk)
        return others.exists()


class IdentityAdapter(DefaultSocialAccountAdapter):
    """Identity from NHS CIS2 or NHSmail: by issuer and subject, never by e-mail address."""

    def get_provider(
        self, request: HttpRequest, provider: str, client_id: str | None = None
    ) -> Provider:
        """Return our stricter OpenID Connect provider in the place of allauth's."""
        found = super().get_provider(request, provider, client_id=client_id)
        return AssuredProvider(request, app=found.app)

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[Any]:
        """Only providers of the settings: a row in the admin must not open a door."""
        return [app for app in super().list_apps(request, provider, client_id) if app.pk is None]

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Signing in with an identity never makes an account."""
        return False

    def can_authenticate_by_email(self, login: SocialLogin, email: str) -> bool:
        """Never: an address can be reassigned, and proves nothing."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Send an unknown person to ask for an account; let only a proved session add an identity."""
        if sociallogin.state.get("process") == AuthProcess.CONNECT:
            if not second_factor.lets_in(request):
                raise ImmediateHttpResponse(redirect("mfa_index"))
            return
        if not sociallogin.is_existing:
            remember_identity(request, sociallogin)
            raise ImmediateHttpResponse(redirect("request_account"))
