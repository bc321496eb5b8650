"""The search page, which works as a plain form, and the suggestions offered while somebody types."""

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from procedures.library import shelf
from procedures.search import Answer, find, suggest, tidy
from procedures.views.rendering import show


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Answer a query. What was typed is shown back, never stored or logged."""
    library = shelf.current()
    query = tidy(request.GET.get("q", ""))
    answer = find(library, query) if query else Answer([])
    response = show(
        request, "procedures/search.jinja", {"library": library, "query": query, "answer": answer}
    )
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    """Offer pages for what has been typed so far: name, address and kind of each, the best first."""
    found = suggest(shelf.current(), request.GET.get("q", ""))
    response = JsonResponse({"suggestions": [asdict(suggestion) for suggestion in found]})
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
