"""What was typed into a screen whose session had ended, held until the same person is back.

Without scripts a screen is sent only when a button is pressed, and by then the session may be
over, or a new sign-in may have changed the token against forged requests. What was typed is then
held on the server: encrypted, in the session of this browser, for an hour, and shown again only
to the person to whom the screen was drawn. Nothing of it goes into an address or into the browser.
"""

from __future__ import annotations

import json
import time
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, QueryDict

from referrals.encryption import CannotDecrypt, decrypt, encrypt

TICKET = "holder"
"""The box of a screen that says, signed, to whom and at which address it was drawn."""

HELD_FOR = 60 * 60
"""Seconds for which a screen is held."""

MOST_SCREENS = 4
MOST_CHARACTERS = 200_000
_SALT = "referrals.held-screen"
_KEY = "held_screens"
_NOT_TYPED = frozenset({TICKET, "csrfmiddlewaretoken"})


def ticket(request: HttpRequest) -> str:
    """The value of the box for this person and this address."""
    return signing.dumps([request.user.pk, request.path], salt=_SALT)


def owner_of(request: HttpRequest) -> int | None:
    """To whom the screen that was sent had been drawn; None without a sound ticket for it."""
    if request.method != "POST" or TICKET not in request.POST:
        return None
    oldest = settings.SESSION_ABSOLUTE_SECONDS + HELD_FOR
    try:
        owner, path = signing.loads(request.POST[TICKET], salt=_SALT, max_age=oldest)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return owner if path == request.path else None


def hold(request: HttpRequest) -> bool:
    """Hold what was typed, in the session as it is now. Returns whether it is held.

    Call it after the ended session has been left, which empties it. A request without a sound
    ticket holds nothing, so that nobody can put words into somebody else's form.
    """
    owner = owner_of(request)
    if owner is None:
        return False
    typed = {name: request.POST.getlist(name) for name in request.POST if name not in _NOT_TYPED}
    packed = json.dumps({"owner": owner, "at": time.time(), "typed": typed})
    if len(packed) > MOST_CHARACTERS:
        return False
    there = dict(request.session.get(_KEY, {}))
    there.pop(request.path, None)
    newest = [*there.items(), (request.path, encrypt(packed))][-MOST_SCREENS:]
    request.session[_KEY] = dict(newest)
    return True


def held(request: HttpRequest) -> QueryDict | None:
    """What this person had typed at this address, or None."""
    packed = request.session.get(_KEY, {}).get(request.path)
    if packed is None:
        return None
    found = _unpacked(packed)
    if not found or found["owner"] != request.user.pk or time.time() - found["at"] > HELD_FOR:
        drop(request)
        return None
    typed = QueryDict(mutable=True)
    for name, values in found["typed"].items():
        typed.setlist(name, values)
    return typed


def drop(request: HttpRequest) -> None:
    """Forget what was held for this address: it has been saved, or its time is over."""
    there = dict(request.session.get(_KEY, {}))
    if there.pop(request.path, None) is not None:
        request.session[_KEY] = there


def _unpacked(packed: str) -> dict[str, Any] | None:
    try:
        return dict(json.loads(decrypt(packed)))
    except (CannotDecrypt, ValueError):
        return None
