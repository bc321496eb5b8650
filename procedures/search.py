"""Search over the public pages, in memory, by names first and then by words."""

import re
from dataclasses import dataclass

from .library import Library, LivePage

MOST_RESULTS = 30


@dataclass(frozen=True)
class Result:
    """A page that answers a query."""

    page: LivePage
    score: float


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())


def find(library: Library, query: str) -> list[Result]:
    """Return the pages that answer a query, best first."""
    wanted = _words(query)
    results = []
    for page in [*library.sorted_procedures, *library.guidance.values()]:
        document = page.document
        names = " ".join(
            [page.name, document.get("short_name", ""), *document.get("medical_names", []), *document.get("abbreviations", []), *document["search_words"]]
        )
        in_names, in_summary = set(_words(names)), set(_words(document["summary"]))
        score = sum(3.0 if word in in_names else 1.0 if word in in_summary else 0.0 for word in wanted)
        if " ".join(wanted) in " ".join(_words(names)):
            score += 5.0
        if score:
            results.append(Result(page, score))
    return sorted(results, key=lambda result: (-result.score, result.page.name))[:MOST_RESULTS]
