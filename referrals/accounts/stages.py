"""The step of signing in that asks for the second factor."""

from __future__ import annotations

from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest

from referrals.accounts.openid.assurance import take_strong_identity
from referrals.accounts.second_factor import STRONG_IDENTITY


class SecondFactorStage(AuthenticateStage):
    """Passes someone whose identity provider has just stated strong authentication (AAL2 or 3)."""

    def _should_handle(self, request: HttpRequest) -> bool:
        user = self.login.user
        if user is not None and take_strong_identity(request, user):
            request.session[STRONG_IDENTITY] = str(user.pk)
            return False
        return super()._should_handle(request)
