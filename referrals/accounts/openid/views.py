"""Start and end of the flow, this service's public keys, and logout from the provider's side."""

from __future__ import annotations

from typing import Any

import requests
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount, SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from referrals.accounts import sessions
from referrals.accounts.openid import client_keys, tokens
from referrals.accounts.openid.provider import AssuredAdapter, refuse


class AssuredCallbackView(OAuth2CallbackView):
    """Hands the nonce of this very flow to the check of the ID token."""

    def _get_state(self, request: HttpRequest, provider: Any) -> tuple[Any, Any]:
        state, response = super()._get_state(request, provider)
        if state:
            self.adapter.nonce = state.get("nonce", "")
        return state, response


def sign_in(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Lead to the provider. A GET shows a page that asks first."""
    try:
        return OAuth2LoginView.adapter_view(AssuredAdapter(request, provider_id))(request)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error


def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Come back from the provider."""
    try:
        return AssuredCallbackView.adapter_view(AssuredAdapter(request, provider_id))(request)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error


@require_safe
def public_keys(request: HttpRequest) -> HttpResponse:
    """The public halves of the keys with which this service signs its assertions."""
    apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    held = [app["settings"] for app in apps if app["settings"].get("private_key")]
    keys = [client_keys.public_key(each["private_key"], each["key_id"]) for each in held]
    return JsonResponse({"keys": keys})


@csrf_exempt
@require_POST
def logged_out_elsewhere(request: HttpRequest, provider_id: str) -> HttpResponse:
    """End the sessions of someone who signed out at the provider (back-channel logout)."""
    try:
        adapter = AssuredAdapter(request, provider_id)
        app: SocialApp = get_adapter(request).get_provider(request, provider_id).app
        claims = tokens.logout_claims(
            request.POST.get("logout_token", ""),
            adapter.keys(),
            issuer=app.settings["issuer"],
            client_id=app.client_id,
        )
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    except (tokens.TokenRefused, OAuth2Error, requests.RequestException) as error:
        refuse(f"logout token ({error})")
        return JsonResponse({"error": "invalid_request"}, status=400)
    uid = f"{claims['iss']} {claims['sub']}"
    for account in SocialAccount.objects.filter(provider=provider_id, uid=uid):
        sessions.end_all(account.user)
    return HttpResponse(status=200)
