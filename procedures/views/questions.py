"""Questions to take along: a printable list. Ticks and a reader's own questions stay in the reader's browser."""

from django.http import HttpRequest, HttpResponse

from procedures import text
from procedures.library import LivePage, shelf
from procedures.models.choices import SectionKind

from .rendering import found, public, show


@public
def questions(request: HttpRequest, slug: str) -> HttpResponse:
    """The questions that a procedure page suggests asking."""
    library = shelf.current()
    page: LivePage = found(library.procedures.get(slug))
    body = found(page.document["sections"].get(SectionKind.QUESTIONS_TO_ASK.value))
    listed = [line for line in text.plain_lines(body) if line.endswith("?")]
    context = {"library": library, "page": page, "questions": listed}
    return show(request, "procedures/questions.jinja", context)
