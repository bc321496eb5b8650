"""Pages of our own beside allauth's: asking for an account, and keeping a session."""

from __future__ import annotations

import time

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
    require_safe,
)

from referrals.accounts import held_screens, sessions
from referrals.accounts.asking import ask
from referrals.accounts.forms import AccountRequestForm
from referrals.accounts.openid.unknown_person import forget_identity, remembered_identity
from referrals.accounts.places import count_refusal, directory
from referrals.london_time import london_day
from referrals.nhs_forms import unjudged


@require_http_methods(["GET", "HEAD", "POST"])
def request_account(request: HttpRequest) -> HttpResponse:
    """Ask for an account. A refused place or role is told why, and nothing is kept."""
    identity = remembered_identity(request)
    known = {"directory": directory(), "today": london_day(timezone.now())}
    if request.method != "POST":
        first = {"organisation": request.GET.get("organisation", "")[:10].upper()}
        if identity:
            first["full_name"] = identity.name
        typed = held_screens.held(request)
        form = AccountRequestForm(typed, initial=first, **known)
        if typed is not None:
            unjudged(form)
        return render(
            request, "referrals/account_request.jinja", {"form": form, "identity": identity}
        )
    limited = ratelimit.consume_or_429(request, action="account_request")
    if limited:
        return limited
    form = AccountRequestForm(request.POST, **known)
    refused = form.refusal()
    if refused:
        refusal, rule = refused
        count_refusal(refusal.kind, rule)
        forget_identity(request)
        return render(request, "referrals/account_refused.jinja", {"refusal": refusal}, status=403)
    if not form.is_valid():
        context = {"form": form, "identity": identity}
        return render(request, "referrals/account_request.jinja", context, status=422)
    ask(form.as_request(), identity)
    forget_identity(request)
    return redirect("account_request_received")


@require_safe
def request_received(request: HttpRequest) -> HttpResponse:
    """The same answer whether or not the address was known before."""
    return render(request, "referrals/account_request_received.jinja")


@require_GET
def session_status(request: HttpRequest) -> HttpResponse:
    """How long the session still lasts, for the warning. Looking is not activity."""
    if not request.user.is_authenticated:
        return JsonResponse({"signed_in": False}, status=401)
    left = sessions.seconds_left(request.session, time.time())
    return JsonResponse({"signed_in": True, "ends_in": left})


@require_POST
def keep_session(request: HttpRequest) -> HttpResponse:
    """The person asked to stay signed in."""
    if not request.user.is_authenticated:
        return JsonResponse({"signed_in": False}, status=401)
    now = time.time()
    request.session[sessions.LAST_SEEN_AT] = now
    return JsonResponse({"signed_in": True, "ends_in": sessions.seconds_left(request.session, now)})


@require_POST
def hold_screen(request: HttpRequest) -> JsonResponse:
    """The session is over, and the page hands over what was typed before it leaves.

    Answers the same whoever asks. What is not signed for its sender is not held.
    """
    return JsonResponse({"held": held_screens.hold(request)})


@login_required
@require_safe
def own_address(request: HttpRequest) -> HttpResponse:
    """The address of the account, which only an IR administrator changes."""
    return render(request, "account/email.jinja")


@login_required
@require_safe
def go_on(request: HttpRequest) -> HttpResponse:
    """Lead to where this person's work is, after setting up the account."""
    return redirect(get_adapter(request).get_login_redirect_url(request))
