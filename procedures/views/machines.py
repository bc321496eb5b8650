"""Pages for machines: sitemap, robots, the feed of updates."""

from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.xmlutils import SimplerXMLGenerator

from procedures.addresses import public_addresses
from procedures.library import shelf
from procedures.views.rendering import public

ENTRIES_IN_FEED = 40


@public
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page. Pages that the department has not approved are listed too, and carry noindex themselves."""
    response = HttpResponse(content_type="application/xml; charset=utf-8")
    xml = SimplerXMLGenerator(response, "utf-8")
    xml.startDocument()
    xml.startElement("urlset", {"xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9"})
    for address, changed in public_addresses(shelf.current()):
        xml.startElement("url", {})
        xml.addQuickElement("loc", settings.SITE_ADDRESS + address)
        if changed:
            xml.addQuickElement("lastmod", changed.date().isoformat())
        xml.endElement("url")
    xml.endElement("urlset")
    xml.endDocument()
    return response


@public
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may read."""
    lines = [
        "User-agent: *",
        *(
            f"Disallow: {path}"
            for path in ("/admin/", "/accounts/", "/referrals/", "/triage/", "/search/")
        ),
        f"Sitemap: {settings.SITE_ADDRESS}/sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@public
def updates(request: HttpRequest) -> HttpResponse:
    """Atom feed: which pages changed, when, and why."""
    library = shelf.current()
    feed = Atom1Feed(
        title="Interventional radiology: pages that changed",
        link=settings.SITE_ADDRESS + "/",
        description="New and changed pages",
        feed_url=settings.SITE_ADDRESS + "/updates.atom",
        language="en-GB",
    )
    pages = [*library.procedures.values(), *library.guidance.values()]
    for page in sorted(pages, key=lambda page: page.published_at, reverse=True)[:ENTRIES_IN_FEED]:
        feed.add_item(
            title=page.name,
            link=settings.SITE_ADDRESS + page.address,
            description=page.change_note,
            updateddate=page.published_at,
            pubdate=page.published_at,
            unique_id=f"{settings.SITE_ADDRESS}{page.address}#version-{page.version}",
        )
    if not pages:
        feed.feed["updated"] = datetime.now(UTC)
    response = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    feed.write(response, "utf-8")
    return response
