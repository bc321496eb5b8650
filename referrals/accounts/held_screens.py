"""What was typed into a form whose session had ended, held until the same person is back.

Without scripts a form is sent only when a button is pressed, and by then the session may be over,
or a new sign-in may have changed the token against forged requests. With scripts the page leaves
by itself when the session is over, and hands over first what was typed. Either way it is then held
on the server: encrypted, in the session of this browser, for an hour, and shown again only to the
person to whom the form was drawn. Nothing is done with it: the person presses the button again.
Nothing of it goes into an address, a log or the browser.

Every private form carries the box that `box` draws (`holder` in templates). It says, signed, to
whom the form was drawn, where it is sent, and on which page it stands.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from referrals.encryption import CannotDecrypt, decrypt, encrypt

TICKET = "holder"
"""The name of the box."""

HANDED_OVER_AT = "/accounts/session/hold/"
"""Where a script hands over a form when the session is over; nothing but holding happens there."""

PLACE = "what-you-typed"
"""The id at a form that was given back, for the link at the top of its page."""

HELD_FOR = 60 * 60
"""Seconds for which a form is held."""

MOST_SCREENS = 4
MOST_CHARACTERS = 200_000
MOST_OF_NOBODY = 20_000
"""Characters held of a public form, whose sender nobody knows."""

_SALT = "referrals.held-screen"
_KEY = "held_screens"
_NOT_TYPED = frozenset({TICKET, "csrfmiddlewaretoken"})


@dataclass(frozen=True)
class Ticket:
    """To whom a form was drawn (None: nobody signed in), where it is sent, and its page.

    A form that `keeps` nothing has only a button: its person is led back to the page, no more.
    """

    owner: int | None
    action: str
    page: str
    keeps: bool = True


@dataclass
class GivenBack:
    """What this request has given back so far, for the notice and for the place of the form."""

    actions: list[str]
    too_long: bool = False
    once: bool = False


def box(
    request: HttpRequest, action: str = "", page: str = "", *, keeps: bool = True
) -> SafeString:
    """The box for this person. Without `action` the form is sent to the page's own address."""
    ticket = [request.user.pk, action or request.path, page or request.path, keeps]
    signed = signing.dumps(ticket, salt=_SALT)
    returned = given_back(request).actions
    place, mark = SafeString(""), SafeString("")
    if ticket[1] in returned:
        mark = mark_safe(" data-returned")
        if returned[0] == ticket[1]:
            place = format_html('<span id="{}"></span>', PLACE)
    keeping = mark_safe(" data-keeps") if keeps else SafeString("")
    drawn = '{}<input type="hidden" name="{}" value="{}"{}{}>'
    return format_html(drawn, place, TICKET, signed, keeping, mark)


def ticket_of(request: HttpRequest) -> Ticket | None:
    """The ticket of the form that was sent, if it is sound and the form was drawn for this address.

    Raises django.core.exceptions.RequestDataTooBig for a body that Django reads for nobody.
    """
    if request.method != "POST" or TICKET not in request.POST:
        return None
    oldest = settings.SESSION_ABSOLUTE_SECONDS + HELD_FOR
    try:
        found = Ticket(*signing.loads(request.POST[TICKET], salt=_SALT, max_age=oldest))
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return found if request.path in (found.action, HANDED_OVER_AT) else None


def page_to_return_to(request: HttpRequest) -> str:
    """The page of the form that was sent; else the address that was asked for."""
    ticket = ticket_of(request)
    return ticket.page if ticket else request.path


def hold(request: HttpRequest) -> bool:
    """Hold what was typed, in the session as it is now. Returns whether it is held.

    Call it after the ended session has been left, which empties it. A request without a sound
    ticket holds nothing, so that nobody can put words into somebody else's form.
    """
    ticket = ticket_of(request)
    if ticket is None or not ticket.keeps:
        return False
    typed = {name: request.POST.getlist(name) for name in request.POST if name not in _NOT_TYPED}
    kept = {"owner": ticket.owner, "at": time.time(), "typed": typed}
    packed = json.dumps(kept)
    fits = len(packed) <= (MOST_OF_NOBODY if ticket.owner is None else MOST_CHARACTERS)
    there = dict(request.session.get(_KEY, {}))
    there.pop(ticket.action, None)
    sealed = encrypt(packed if fits else json.dumps(kept | {"typed": None}))
    request.session[_KEY] = dict([*there.items(), (ticket.action, sealed)][-MOST_SCREENS:])
    return fits


def held(request: HttpRequest, action: str = "") -> QueryDict | None:
    """What this person had typed into the form that is sent to this address, or None.

    A public form is given back once, to the page that follows at once: who comes later to the same
    browser may be somebody else.
    """
    action = action or request.path
    packed = request.session.get(_KEY, {}).get(action)
    if packed is None:
        return None
    found = _unpacked(packed)
    owner = found.get("owner")
    if not found or owner not in (None, request.user.pk) or _too_old(found["at"]):
        drop(request, action)
        return None
    given_back(request).once = owner is None
    if owner is None or found["typed"] is None:
        drop(request, action)
    if found["typed"] is None:
        given_back(request).too_long = True
        return None
    given_back(request).actions.append(action)
    typed = QueryDict(mutable=True)
    for name, values in found["typed"].items():
        typed.setlist(name, values)
    return typed


def is_holding(request: HttpRequest) -> bool:
    """Whether this browser's session holds anything that is not too old, whoever typed it."""
    kept = request.session.get(_KEY, {}).values()
    return any(found and not _too_old(found["at"]) for found in map(_unpacked, kept))


def actions_held(request: HttpRequest, under: str) -> list[str]:
    """The addresses below this one to which forms are sent that this session holds."""
    return [action for action in request.session.get(_KEY, {}) if action.startswith(under)]


def given_back(request: HttpRequest) -> GivenBack:
    """What this request has given back."""
    found: GivenBack | None = getattr(request, "_given_back", None)
    if found is None:
        found = GivenBack([])
        request._given_back = found  # type: ignore[attr-defined]
    return found


def drop(request: HttpRequest, action: str = "") -> None:
    """Forget what was held for this address: it has been sent again, or its time is over."""
    there = dict(request.session.get(_KEY, {}))
    if there.pop(action or request.path, None) is not None:
        request.session[_KEY] = there


def _too_old(at: float) -> bool:
    return time.time() - at > HELD_FOR


def _unpacked(packed: str) -> dict[str, Any]:
    try:
        return dict(json.loads(decrypt(packed)))
    except (CannotDecrypt, ValueError):
        return {}
