"""Turns the Markdown of a page into plain lists and dictionaries that a Typst template can set.

Words travel to Typst as JSON strings, never as Typst source, so nothing that an editor writes can run as code.
"""

from collections.abc import Callable, Iterator
from typing import Any

from markdown_it.token import Token

from procedures import text

Run = dict[str, Any]
"""A stretch of words: `text`, perhaps `bold`, perhaps `link` (a whole address); or `cite` (numbers of sources)."""
WholeAddress = Callable[[str], str]
"""Takes the path of a link inside the site; returns its whole address, or nothing where the page has gone."""
Part = dict[str, Any]
"""`kind` is paragraph, heading, bullets or numbers; the first two hold `runs`, lists hold `items` (lists of parts)."""


def runs(
    token: Token, whole_address: WholeAddress, notice: Callable[[str], Any] = lambda words: None
) -> list[Run]:
    """Return the words of one inline token. `notice` is told each run, to collect the glossary words in use."""
    made: list[Run] = []
    bold, link = False, ""
    for child in token.children or []:
        match child.type:
            case "text" | "softbreak" | "hardbreak":
                words = child.content if child.type == "text" else " "
                if not words:
                    continue
                notice(words)
                run: Run = {"text": words}
                if bold:
                    run["bold"] = True
                if link:
                    run["link"] = link
                made.append(run)
            case "strong_open" | "strong_close":
                bold = child.type == "strong_open"
            case "link_open":
                link = whole_address(str(child.attrGet("href")))
            case "link_close":
                link = ""
            case "citation":
                if made and "text" in made[-1]:
                    made[-1]["text"] = made[-1]["text"].rstrip(" ")
                made.append({"cite": child.content.split()})
    return made


LISTS = {"bullet_list_open": "bullets", "ordered_list_open": "numbers"}


def parts(
    tokens: list[Token],
    whole_address: WholeAddress,
    notice: Callable[[str], Any] = lambda words: None,
) -> list[Part]:
    """Return a run of tokens as paragraphs, sub-headings and lists, nested as they were written."""
    return _parts(iter(tokens), whole_address, notice)


def _parts(
    tokens: Iterator[Token], whole_address: WholeAddress, notice: Callable[[str], Any]
) -> list[Part]:
    found: list[Part] = []
    in_heading = False
    for token in tokens:
        if token.type in LISTS:
            found.append({"kind": LISTS[token.type], "items": []})
            found[-1]["items"] = _items(tokens, whole_address, notice)
        elif token.type in ("list_item_close", "bullet_list_close", "ordered_list_close"):
            break
        elif token.type == "heading_open":
            in_heading = True
        elif token.type == "inline":
            kind = "heading" if in_heading else "paragraph"
            found.append({"kind": kind, "runs": runs(token, whole_address, notice)})
            in_heading = False
    return found


def _items(
    tokens: Iterator[Token], whole_address: WholeAddress, notice: Callable[[str], Any]
) -> list[list[Part]]:
    items: list[list[Part]] = []
    for token in tokens:
        if token.type == "list_item_open":
            items.append(_parts(tokens, whole_address, notice))
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            break
    return items


def line(
    markdown: str, whole_address: WholeAddress, notice: Callable[[str], Any] = lambda words: None
) -> list[Run]:
    """Return a short text (a fact, a step, a sign) as one list of runs, its paragraphs joined by spaces."""
    made: list[Run] = []
    for block in text.read(markdown):
        if isinstance(block, text.Prose):
            for token in block.tokens:
                if token.type == "inline":
                    made += ([{"text": " "}] if made else []) + runs(token, whole_address, notice)
    return made


def words_in(value: Any) -> str:
    """Return all words of parts or runs as one string, for checks that a leaflet is complete."""
    if isinstance(value, dict):
        if "text" in value:
            return value["text"]
        return " ".join(filter(None, (words_in(inner) for inner in value.values())))
    if isinstance(value, list):
        glue = (
            ""
            if all(
                isinstance(inner, dict) and ("text" in inner or "cite" in inner) for inner in value
            )
            else " "
        )
        return glue.join(filter(None, (words_in(inner) for inner in value)))
    return ""
