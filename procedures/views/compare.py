"""Two or three treatments for the same problem, side by side."""

from django.http import HttpRequest, HttpResponse

from procedures.comparison import FEWEST, MOST, choices_for, comparable, compare
from procedures.library import shelf

from .rendering import public, show


@public
def comparison(request: HttpRequest) -> HttpResponse:
    """Compare the procedures of `?with=`; with one, offer what to compare it with; with none, offer conditions."""
    library = shelf.current()
    asked = list(dict.fromkeys(request.GET.getlist("with")))
    chosen = [library.procedures[slug] for slug in asked if slug in library.procedures]
    context = {
        "library": library,
        "chosen": chosen[:MOST],
        "too_many": len(chosen) > MOST,
        "unknown": len(asked) > len(chosen),
        "others": comparable(library, chosen[0]) if len(chosen) == 1 else [],
        "conditions": [
            row | {"pages": choices}
            for row in library.conditions
            if len(choices := choices_for(library, row)) >= FEWEST
        ],
        "comparison": compare(chosen[:MOST]) if len(chosen) >= FEWEST else None,
    }
    return show(request, "procedures/compare.jinja", context)
