"""A page as a leaflet: A4, A4 in large print, or A5 to fold."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from procedures import library as libraries
from procedures.leaflets.shelf import SHEETS, leaflets
from procedures.library import Library, LivePage, shelf
from procedures.models.choices import GuidanceGroup

from .rendering import found, public

SHARED_CACHES = "public, max-age=60, stale-while-revalidate=600"


def _leaflet(request: HttpRequest, library: Library, page: LivePage) -> HttpResponse:
    sheet = found(SHEETS.get(request.GET.get("size", "")))
    made = leaflets.leaflet(library, page, sheet, settings.SITE_ADDRESS, libraries.today())
    ending = {"a4": "", "large": "-large-print", "a5": "-a5"}[sheet]
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = (
        f'inline; filename="{page.slug}{ending}-version-{page.version}.pdf"'
    )
    response["Content-Language"] = "en-GB"
    response["Cache-Control"] = SHARED_CACHES
    if not page.is_approved:
        response["X-Robots-Tag"] = "noindex"
    return response


@public
def procedure_leaflet(request: HttpRequest, slug: str) -> HttpResponse:
    """The leaflet of a procedure."""
    library = shelf.current()
    return _leaflet(request, library, found(library.procedures.get(slug)))


@public
def guidance_leaflet(request: HttpRequest, slug: str) -> HttpResponse:
    """The leaflet of a guidance page. The pages about this website have none."""
    library = shelf.current()
    page: LivePage = found(library.guidance.get(slug))
    if page.document["group"] == GuidanceGroup.SITE:
        found(None)
    return _leaflet(request, library, page)
