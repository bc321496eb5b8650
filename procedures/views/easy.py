"""Easy versions: a text-only page in large letters, one idea a line, and the list of them."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from procedures import easy
from procedures import library as libraries
from procedures.library import Library, LivePage, shelf
from procedures.wording import long_date

from .rendering import found, public, show


def easy_context(library: Library, page: LivePage) -> dict[str, Any]:
    """Return what the template of an easy version shows."""
    return {
        "library": library,
        "page": page,
        "parts": easy.parts_shown(page.document),
        "last_checked": long_date(page.document["last_checked"]),
        "is_overdue": page.is_overdue(libraries.today()),
        "description": f"{page.name} in easy words, with one idea on each line.",
    }


@public
def easy_version(request: HttpRequest, slug: str) -> HttpResponse:
    """The easy version of one procedure; where it has none, a 404 that leads to the full page."""
    library = shelf.current()
    page: LivePage = found(library.procedures.get(slug))
    if not page.easy_address:
        context = {"library": library, "page": page}
        return show(request, "procedures/easy_missing.jinja", context, status=404)
    return show(request, "procedures/easy.jinja", easy_context(library, page))


@public
def easy_versions(request: HttpRequest) -> HttpResponse:
    """Every easy version."""
    return show(request, "procedures/easy_list.jinja", {"library": shelf.current()})
