"""Links medical words to the glossary where they first appear on a page, and remembers which words the page uses."""

import re
from functools import lru_cache
from html import escape
from typing import Any


class GlossaryLinker:
    """Turns plain text into HTML for one page. Each term is linked once, the first time."""

    def __init__(self, terms: list[dict[str, Any]]) -> None:
        self._by_form: dict[str, dict[str, Any]] = {}
        for term in terms:
            for form in [term["term"], *term["also"]]:
                self._by_form.setdefault(form.lower(), term)
        self._pattern = _pattern(tuple(sorted(self._by_form)))
        self.used: dict[str, dict[str, Any]] = {}

    def __call__(self, words: str) -> str:
        """Return the HTML of a run of text."""
        if self._pattern is None:
            return escape(words)
        out: list[str] = []
        position = 0
        for match in self._pattern.finditer(words):
            term = self._by_form[match.group(0).lower()]
            out.append(escape(words[position : match.start()]))
            shown = escape(match.group(0))
            if term["slug"] not in self.used and term["link_in_text"]:
                self.used[term["slug"]] = term
                shown = f'<a class="ir-term" href="/glossary/#{term["slug"]}">{shown}</a>'
            out.append(shown)
            position = match.end()
        out.append(escape(words[position:]))
        return "".join(out)

    def words_used(self) -> list[dict[str, Any]]:
        """Return the terms that the page uses, by name."""
        return sorted(self.used.values(), key=lambda term: term["term"].lower())


@lru_cache(maxsize=8)
def _pattern(forms: tuple[str, ...]) -> re.Pattern[str] | None:
    """Return one pattern for all forms, the longest first, whole words only."""
    if not forms:
        return None
    longest_first = sorted(forms, key=len, reverse=True)
    return re.compile(
        r"(?<![\w-])(?:" + "|".join(re.escape(form) for form in longest_first) + r")(?![\w-])",
        re.IGNORECASE,
    )
