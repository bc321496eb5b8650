"""The plain search page: a form that works without JavaScript, and one ordered list of results."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from procedures.library import shelf
from procedures.search import find
from procedures.views.rendering import show

LONGEST_QUERY = 200


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Answer a query. What was typed is shown back, never stored or logged."""
    library = shelf.current()
    query = " ".join(request.GET.get("q", "").replace("\x00", " ").split())[:LONGEST_QUERY]
    results = find(library, query) if query else []
    response = show(request, "procedures/search.jinja", {"library": library, "query": query, "results": results})
    response["Cache-Control"] = "no-store"
    return response
