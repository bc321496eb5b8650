"""Turns two kinds of trouble into the right page: addresses that are not text, and a database that is gone."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from ir_info.views import bad_request, not_found, unavailable, wrong_method
from procedures.library import LibraryUnavailable

LONGEST_PATH = 1_000
"""Characters. Nothing on this site has an address near this long."""

Respond = Callable[[HttpRequest], HttpResponse]


class SoundAddresses:
    """Answers 400 for addresses with control characters or broken encoding, and 404 for absurdly long ones."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Check the path, then go on."""
        path = request.path_info
        if any(ord(character) < 32 or character in "\x7f\ufffd" for character in path):
            return bad_request(request)
        if len(path) > LONGEST_PATH:
            return not_found(request)
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content:
            return wrong_method(request, response.get("Allow", ""))
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Show the 503 page when there is nothing to serve from."""
        return unavailable(request) if isinstance(exception, LibraryUnavailable) else None
