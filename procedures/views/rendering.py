"""What every public page shares: its context, and the mark that lets the serving layer keep it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from procedures import library as libraries
from procedures.library import Library, shelf
from procedures.text import plain, prose_html, read

KEEP_HEADER = "IR-Info-Keep"
"""Set on a response that is the same for everyone: the serving layer keeps it, and takes the header off."""

View = Callable[..., HttpResponse]


def public(view: View) -> View:
    """Mark a view as public: safe methods only, and kept in memory when it answers 200."""

    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code == 200:
            response[KEEP_HEADER] = str(shelf.current().content_version)
        return response

    return require_safe(kept)


def page_context(library: Library) -> dict[str, Any]:
    """Return what the layout needs on every page."""
    notices = [
        {
            "title": notice["title"],
            "html": "".join(
                prose_html(block.tokens)
                for block in read(notice["body"])
                if hasattr(block, "tokens")
            ),
        }
        for notice in library.notices_on(libraries.today())
    ]
    return {"library": library, "details": library.site["details"], "notices": notices}


def show(
    request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Render a public page."""
    library = context.get("library") or shelf.current()
    return render(request, template, page_context(library) | context, status=status)


def found(value: Any) -> Any:
    """Return the value, or answer 404."""
    if value is None:
        raise Http404
    return value


def description(words: str, limit: int = 155) -> str:
    """Return a text cut at a word for a page description."""
    words = plain(words)
    return words if len(words) <= limit else words[:limit].rsplit(" ", 1)[0] + "…"
