"""Links medical words to the glossary where they first appear on a page, and remembers which words the page uses."""

import re
from collections.abc import Iterator
from functools import lru_cache
from html import escape
from typing import Any

FIRST_WORD = re.compile(r"(?<![\w-])\w+")
INSIDE_WORD = re.compile(r"[\w-]")


class GlossaryLinker:
    """Turns plain text into HTML for one page. Each term is linked once, the first time."""

    def __init__(self, terms: list[dict[str, Any]]) -> None:
        self._by_form: dict[str, dict[str, Any]] = {}
        for term in terms:
            for form in [term["term"], *term["also"]]:
                self._by_form.setdefault(form.lower(), term)
        self._by_first_word = _by_first_word(tuple(sorted(self._by_form)))
        self.used: dict[str, dict[str, Any]] = {}

    def __call__(self, words: str) -> str:
        """Return the HTML of a run of text."""
        out: list[str] = []
        position = 0
        for start, form in self._found(words):
            term = self._by_form[form.lower()]
            out.append(escape(words[position:start]))
            shown = escape(form)
            if term["slug"] not in self.used and term["link_in_text"]:
                self.used[term["slug"]] = term
                shown = f'<a class="ir-term" href="/glossary/#{term["slug"]}">{shown}</a>'
            out.append(shown)
            position = start + len(form)
        out.append(escape(words[position:]))
        return "".join(out)

    def _found(self, words: str) -> Iterator[tuple[int, str]]:
        """Yield each form in a text and where it starts: whole words, the longest form that fits, none inside another.

        Looked up by first word: one pattern of all forms tries hundreds of them at each letter.
        """
        end = 0
        for match in FIRST_WORD.finditer(words):
            start = match.start()
            if start < end:
                continue
            for form in self._by_first_word.get(match.group().lower(), ()):
                shown = words[start : start + len(form)]
                if shown.lower() == form and not INSIDE_WORD.match(words, start + len(form)):
                    yield start, shown
                    end = start + len(form)
                    break

    def words_used(self) -> list[dict[str, Any]]:
        """Return the terms that the page uses, by name."""
        return sorted(self.used.values(), key=lambda term: term["term"].lower())


@lru_cache(maxsize=8)
def _by_first_word(forms: tuple[str, ...]) -> dict[str, list[str]]:
    """Return the forms under the word that each begins with, the longest first."""
    under: dict[str, list[str]] = {}
    for form in sorted(forms, key=len, reverse=True):
        if first := re.match(r"\w+", form):
            under.setdefault(first.group(), []).append(form)
    return under
