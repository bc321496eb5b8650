"""The catalogue, one procedure, guidance, and the ways in."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse

from procedures import illustrations, pictures, structured
from procedures import library as libraries
from procedures.library import Library, LivePage, shelf
from procedures.models import Publication
from procedures.models.choices import BodyRegion, GuidanceGroup
from procedures.presenters import present_guidance, present_procedure

from .rendering import description, found, public, show

SITE_PAGES = ("about", "accessibility", "privacy")
GROUPS = [group for group in GuidanceGroup if group != GuidanceGroup.SITE]
ABBREVIATION = re.compile(r"[A-Z]{2,5}")
"""A search word of a condition that letters write in capitals, such as DVT."""


@public
def home(request: HttpRequest) -> HttpResponse:
    """The front page."""
    library = shelf.current()
    groups = [(group.label, library.guidance_group(group.value)) for group in GROUPS]
    return show(request, "site/home.jinja", {"library": library, "groups": groups})


@public
def catalogue(request: HttpRequest) -> HttpResponse:
    """Every procedure, by category."""
    return show(request, "procedures/catalogue.jinja", {"library": shelf.current()})


@public
def category(request: HttpRequest, slug: str) -> HttpResponse:
    """One category."""
    library = shelf.current()
    shelf_found = found(next((row for row in library.categories if row["slug"] == slug), None))
    return show(request, "procedures/category.jinja", {"library": library, "category": shelf_found})


@public
def procedure(request: HttpRequest, slug: str) -> HttpResponse:
    """One procedure."""
    library = shelf.current()
    page: LivePage = found(library.procedures.get(slug))
    context = present_procedure(library, page, libraries.today())
    context |= {
        "library": library,
        "json_ld": structured.procedure(page, library),
        "description": description(page.document["summary"]),
    }
    return show(request, "procedures/procedure.jinja", context)


@public
def versions(request: HttpRequest, slug: str) -> HttpResponse:
    """What changed on a page, and when."""
    library = shelf.current()
    page: LivePage = found(library.procedures.get(slug))
    rows = (
        Publication.objects.filter(kind=page.kind, slug=slug)
        .order_by("-version")
        .values("version", "status", "change_note", "approver_shown", "published_at")
    )
    return show(
        request,
        "procedures/versions.jinja",
        {"library": library, "page": page, "versions": list(rows)},
    )


@public
def guidance_index(request: HttpRequest) -> HttpResponse:
    """All guidance, by when it is needed."""
    library = shelf.current()
    groups = [(group, library.guidance_group(group.value)) for group in GROUPS]
    return show(request, "procedures/guidance_index.jinja", {"library": library, "groups": groups})


def _guidance(request: HttpRequest, slug: str, template: str, **more: Any) -> HttpResponse:
    library = shelf.current()
    page: LivePage = found(library.guidance.get(slug))
    context = present_guidance(library, page, libraries.today())
    context |= {
        "library": library,
        "json_ld": structured.guidance(page, library),
        "description": description(page.document["summary"]),
    }
    return show(request, template, context | more)


@public
def guidance(request: HttpRequest, slug: str) -> HttpResponse:
    """One guidance page."""
    page: LivePage = found(shelf.current().guidance.get(slug))
    if page.document["group"] == GuidanceGroup.SITE:
        found(None)
    return _guidance(request, slug, "procedures/guidance.jinja")


@public
def site_page(request: HttpRequest, slug: str) -> HttpResponse:
    """About, accessibility, privacy: guidance pages that stand at the top of the site."""
    return _guidance(request, slug, "procedures/guidance.jinja")


@public
def conditions(request: HttpRequest) -> HttpResponse:
    """Conditions, each with the procedures that treat it."""
    return show(request, "procedures/conditions.jinja", {"library": shelf.current()})


def _names(library: Library) -> Iterator[tuple[str, str, str]]:
    """Yield each name that a letter may use, what it is called here, and where: of procedures, and of conditions."""
    for page in library.sorted_procedures:
        document = page.document
        for name in (
            page.name,
            document["short_name"],
            *document["medical_names"],
            *document["abbreviations"],
        ):
            yield name, page.name, page.address
    for condition in library.conditions:
        found = [condition["name"], *condition["medical_name"].split(";")]
        found += filter(ABBREVIATION.fullmatch, condition["search_words"])
        for name in filter(None, map(str.strip, found)):
            yield name, condition["name"], f"/conditions/#{condition['slug']}"


@public
def a_to_z(request: HttpRequest) -> HttpResponse:
    """Every name and abbreviation, by letter; a name that only begins the full one is not said twice."""
    library = shelf.current()
    entries: dict[tuple[str, str], dict[str, str]] = {}
    for name, own, address in _names(library):
        if name != own and own.lower().startswith(f"{name.lower()} ("):
            continue
        shown = name[:1].upper() + name[1:]
        entries.setdefault(
            (shown.lower(), address),
            {"name": shown, "see": "" if name == own else own, "address": address},
        )
    letters: dict[str, list[dict[str, str]]] = {}
    for (key, _), row in sorted(entries.items()):
        letters.setdefault(key[0].upper(), []).append(row)
    return show(
        request, "procedures/a_to_z.jinja", {"library": library, "letters": list(letters.items())}
    )


@public
def glossary(request: HttpRequest) -> HttpResponse:
    """Every term."""
    library = shelf.current()
    letters: dict[str, list[dict[str, Any]]] = {}
    for term in sorted(library.site["glossary"], key=lambda row: row["term"].lower()):
        letters.setdefault(term["term"][0].upper(), []).append(term)
    return show(
        request,
        "procedures/glossary.jinja",
        {"library": library, "letters": sorted(letters.items())},
    )


@public
def stories(request: HttpRequest) -> HttpResponse:
    """Patient stories, shown with consent."""
    library = shelf.current()
    rows = library.stories_on(libraries.today())
    return show(request, "procedures/stories.jinja", {"library": library, "stories": rows})


@public
def contact(request: HttpRequest) -> HttpResponse:
    """How to reach the department, or where to find out."""
    return show(request, "site/contact.jinja", {"library": shelf.current()})


@lru_cache(maxsize=64)
def _frames(slug: str, version: int) -> list[pictures.Picture]:
    """Draw all steps of one version of a page once, for the requests that each ask for one of them."""
    return illustrations.frames(shelf.current().procedures[slug].document)


@public
def step_picture(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The drawing of one step, as a file of its own so that readers who never scroll there never fetch it."""
    page: LivePage = found(shelf.current().procedures.get(slug))
    drawn = _frames(slug, page.version)
    if not 1 <= number <= len(drawn):
        found(None)
    return HttpResponse(drawn[number - 1].svg, content_type="image/svg+xml; charset=utf-8")


@public
def body_map(request: HttpRequest) -> HttpResponse:
    """Front and back of the body: choose a part, see its procedures."""
    library = shelf.current()
    regions = [
        {
            "slug": region.value,
            "name": region.label,
            "pages": [
                page
                for page in library.sorted_procedures
                if region in page.document["facts"]["body_regions"]
            ],
        }
        for region in BodyRegion
    ]
    shown = [region for region in regions if region["pages"]]
    drawing = pictures.body_map(
        "body",
        {region["slug"]: f"#{region['slug']}" for region in shown},
        counts={region["slug"]: len(region["pages"]) for region in shown},
    )
    return show(
        request,
        "procedures/body_map.jinja",
        {"library": library, "regions": shown, "drawing": drawing},
    )
