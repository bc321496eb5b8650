"""What readers' browsers keep for when they have no network: the service worker, its list, and the page for the rest.

The worker reads one list: which public pages there are, which of them are guidance, and a version that changes with each
publication, each day (notices and overdue checks are dated) and each change of the style sheets. A page that is not on the
list is never kept, and one that leaves it is deleted.
"""

import hashlib

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse, JsonResponse

from procedures import library as libraries
from procedures.addresses import public_addresses
from procedures.library import Library, shelf
from procedures.models.choices import GuidanceGroup, SectionKind

from .rendering import public, show

ASSETS = (
    "site.css",
    "print.css",
    "site.js",
    "listen.js",
    "icon.svg",
    "images/nhsuk-icon-arrow-down.svg",
    "images/nhsuk-icon-arrow-up.svg",
    "images/nhsuk-icon-arrow-up-down.svg",
    "images/nhsuk-icon-cross.svg",
)
"""Every page's style sheets and script, and what those name."""
NOT_KEPT = ("/refer/",)
"""Public, but a way in to what is private: only ever from the network."""


def keepable(library: Library) -> list[str]:
    """Return the paths of all pages that a browser may keep."""
    listed = [address for address, _ in public_addresses(library) if address not in NOT_KEPT]
    questions = [
        f"{page.address}questions/"
        for page in library.sorted_procedures
        if page.document["sections"].get(SectionKind.QUESTIONS_TO_ASK.value)
    ]
    return listed + questions


@public
def pages_to_keep(request: HttpRequest) -> HttpResponse:
    """The list that the worker goes by. Every browser asks for it anew, and mostly hears that nothing changed."""
    library = shelf.current()
    assets = [staticfiles_storage.url(name) for name in ASSETS]
    looks = hashlib.sha256(" ".join(assets).encode()).hexdigest()[:8]
    listed = {
        "version": f"{library.content_version}.{libraries.today():%Y%m%d}.{looks}",
        "pages": keepable(library),
        "guidance": [
            page.address
            for page in library.guidance.values()
            if page.document["group"] != GuidanceGroup.SITE
        ],
        "assets": assets,
    }
    response = JsonResponse(listed)
    response["Cache-Control"] = "no-cache"
    return response


@public
def service_worker(request: HttpRequest) -> HttpResponse:
    """The worker itself; or, with OFFLINE_COPIES off, one that deletes what was kept and goes."""
    name = "offline-worker.js" if settings.OFFLINE_COPIES else "offline-end.js"
    with staticfiles_storage.open(name) as script:
        response = HttpResponse(script.read(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    response["Service-Worker-Allowed"] = "/"
    return response


@public
def offline_page(request: HttpRequest) -> HttpResponse:
    """What a reader without a network sees instead of a page that was not kept."""
    return show(request, "site/offline.jinja", {"library": shelf.current()})
