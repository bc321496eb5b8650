"""The doors of the private rooms: session limits, the second factor, and nothing kept in caches."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from referrals.accounts import held_screens, paths, second_factor, sessions

Respond = Callable[[HttpRequest], HttpResponse]
PASSIVE_HEADER = "X-Session-Passive"
"""A script that only looks (the warning's own check) sends this, so that looking is not activity."""


def _wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def _to_sign_in(request: HttpRequest, ended: str = "") -> HttpResponse:
    """Lead to the sign-in page, and from there to the page of the form; a script is told 401."""
    if _wants_json(request):
        return JsonResponse({"signed_in": False, "ended": ended}, status=401)
    query = {"ended": ended} if ended else {}
    # The query string stays behind: it may hold what a person typed.
    query["next"] = held_screens.page_to_return_to(request)
    return redirect(f"{reverse('account_login')}?{urlencode(query)}")


class NeverStored:
    """Keeps private and account pages out of every cache, whatever the answer was."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the header to the answer."""
        response = self.get_response(request)
        if paths.is_never_stored(request.path_info):
            response["Cache-Control"] = "no-store"
            if request.path_info == reverse("account_logout") and request.method == "POST":
                response["Clear-Site-Data"] = '"cache", "storage"'
        return response


class SessionLimits:
    """Signs out after too long idle, and after the longest that any session may last."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """End the session when it is over; otherwise note that the person is there."""
        if not request.user.is_authenticated:
            return self.get_response(request)
        now = time.time()
        ended = sessions.end_reason(request.session, now)
        if ended is None:
            if PASSIVE_HEADER not in request.headers:
                sessions.touch(request.session, now)
            return self.get_response(request)
        logout(request)
        held_screens.hold(request)
        if paths.in_a_room(request.path_info) or paths.needs_second_factor(request.path_info):
            return _to_sign_in(request, ended)
        return self.get_response(request)


class SecondFactorRequired:
    """Opens the private rooms only to a session that has proved the second factor."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Send people without a session to sign in, and without the factor to set it up."""
        path = request.path_info
        if not request.user.is_authenticated:
            if not paths.in_a_room(path):
                return self.get_response(request)
            held_screens.hold(request)
            return _to_sign_in(request)
        if paths.needs_second_factor(path) and not second_factor.lets_in(request):
            if _wants_json(request):
                return JsonResponse({"second_factor": False}, status=403)
            held_screens.hold(request)
            return redirect(second_factor.where_to_prove_it(request))
        return self.get_response(request)


class SentAgain:
    """Forgets what was held of a form once it is sent: it comes after the checks of the others."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing to do on the way."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, positional: Any, named: Any
    ) -> HttpResponse | None:
        """The form has passed the check against forgery, and its page now has the text."""
        if request.method == "POST":
            held_screens.drop(request)
        return None
