"""Leads from an address that is nearly right to the right one: capital letters, or no slash at the end."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import Resolver404, resolve
from django.utils.http import escape_leading_slashes

Respond = Callable[[HttpRequest], HttpResponse]


class RightAddress:
    """Redirects for good where the page is there under its right address; otherwise the 404 page stands, and helps.

    Public addresses alone: the views of the private rooms do as Django does.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look for the right address when nothing was found."""
        response = self.get_response(request)
        if response.status_code != HTTPStatus.NOT_FOUND or request.method not in ("GET", "HEAD"):
            return response
        right = request.path_info.lower()
        for candidate in (right, right if right.endswith("/") else right + "/"):
            if candidate != request.path_info and self._is_there(request, candidate):
                query = request.META.get("QUERY_STRING", "")
                address = escape_leading_slashes(candidate) + (f"?{query}" if query else "")
                return HttpResponsePermanentRedirect(address)
        return response

    @staticmethod
    def _is_there(request: HttpRequest, path: str) -> bool:
        """Ask the public view of a path itself whether it would answer."""
        try:
            match = resolve(path)
            if getattr(match.func, "should_append_slash", True):
                return False
            return match.func(request, *match.args, **match.kwargs).status_code == HTTPStatus.OK
        except (Resolver404, Http404):
            return False
