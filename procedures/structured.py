"""schema.org JSON-LD for public pages."""

import json
from typing import Any

from django.conf import settings
from markupsafe import Markup

from .library import Library, LivePage
from .text import plain


def _script(graph: dict[str, Any]) -> Markup:
    """Return JSON that is safe inside a script element."""
    written = json.dumps(graph, ensure_ascii=False).replace("<", "\\u003c").replace("&", "\\u0026")
    return Markup(written)  # noqa: S704 (escaped above)


def _review(page: LivePage) -> dict[str, Any]:
    """Return who reviewed a page and when: nothing until the department has approved it."""
    if not page.is_approved:
        return {}
    reviewed: dict[str, Any] = {"lastReviewed": page.document["last_checked"]}
    if page.approver_shown:
        reviewed["reviewedBy"] = {"@type": "Person", "name": page.approver_shown}
    return reviewed


def _web_page(page: LivePage, library: Library) -> dict[str, Any]:
    details = library.site["details"]
    return {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        "name": page.name,
        "url": settings.SITE_ADDRESS + page.address,
        "description": page.document["summary"],
        "inLanguage": "en-GB",
        "audience": {"@type": "Patient"},
        **_review(page),
        "dateModified": page.published_at.date().isoformat(),
        "publisher": {
            "@type": "MedicalOrganization",
            "name": f"{details['department']}, {details['organisation']}",
        },
        "citation": [source["title"] for source in page.document["sources"]],
    }


def procedure(page: LivePage, library: Library) -> Markup:
    """Return a MedicalWebPage about a MedicalProcedure."""
    document = page.document
    return _script(
        _web_page(page, library)
        | {
            "about": {
                "@type": "MedicalProcedure",
                "name": document["name"],
                "alternateName": [*document["medical_names"], *document["abbreviations"]],
                "procedureType": "https://schema.org/PercutaneousProcedure",
                "howPerformed": " ".join(plain(step["text"]) for step in document["steps"]),
                "preparation": plain(document["sections"].get("getting_ready", "")),
                "followup": plain(document["sections"].get("going_home", "")),
            }
        }
    )


def guidance(page: LivePage, library: Library) -> Markup:
    """Return a MedicalWebPage."""
    return _script(_web_page(page, library))
