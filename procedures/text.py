"""The small subset of Markdown in which pages are written, read into blocks and turned into HTML or plain text.

Allowed: paragraphs, bullets, numbered lists, `###` headings, bold, links inside the site, citations (`[^S2]`), cards
(`:::do`, `:::do-not`, `:::warning`, `:::inset`) and slots on a line of their own (`[[local:…]]`, `[[shared:…]]`,
`[[picture:…]]`). HTML is never passed through.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin

CARD_NAMES = ("do", "do-not", "warning", "inset")
SLOT_KINDS = ("local", "shared", "picture")
SLOT = re.compile(r"^\[\[(local|shared|picture):([a-z0-9-]+)\]\]$")
CITATION = re.compile(r"\[\^([A-Za-z0-9][A-Za-z0-9 -]*)\]")
INTERNAL_ADDRESS = re.compile(r"^/[a-z0-9/#_-]*$")


@dataclass(frozen=True)
class Prose:
    """Paragraphs, lists and sub-headings."""

    tokens: list[Token]


@dataclass(frozen=True)
class Card:
    """A do, do-not, warning or inset card. `heading` is empty unless the card opens with one."""

    kind: str
    heading: str
    tokens: list[Token]
    items: list[list[Token]] = field(default_factory=list)


@dataclass(frozen=True)
class Slot:
    """A place that another row fills: a local answer, a shared text or a picture."""

    kind: str
    slug: str


Block = Prose | Card | Slot


def _citation(state: StateInline, silent: bool) -> bool:
    """Inline rule: `[^S2 S3]` becomes one token whose content is the keys."""
    match = CITATION.match(state.src, state.pos)
    if match is None:
        return False
    if not silent:
        token = state.push("citation", "sup", 0)
        token.content = match.group(1)
    state.pos = match.end()
    return True


def _reader() -> MarkdownIt:
    reader = MarkdownIt("zero", {"html": False}).enable(
        ["list", "heading", "emphasis", "link", "newline", "escape"]
    )
    for name in CARD_NAMES:
        reader.use(container_plugin, name)
    reader.inline.ruler.before("link", "citation", _citation)
    return reader


_READER = _reader()


@lru_cache(maxsize=8192)
def _tokens(markdown: str) -> tuple[Token, ...]:
    """Read Markdown, each text once: a page, its leaflet and its next version mostly say the same. Never change a token.

    All texts of the site take about 25 MB.
    """
    return tuple(_READER.parse(markdown))


def _chunks(markdown: str) -> Iterator[str | Slot]:
    """Yield stretches of Markdown and the slots between them."""
    lines: list[str] = []
    for line in markdown.splitlines():
        slot = SLOT.match(line.strip())
        if slot is None:
            lines.append(line)
            continue
        if "".join(lines).strip():
            yield "\n".join(lines)
        lines = []
        yield Slot(slot.group(1), slot.group(2))
    if "".join(lines).strip():
        yield "\n".join(lines)


def _list_items(tokens: list[Token]) -> list[list[Token]]:
    """Return the tokens inside each bullet."""
    items: list[list[Token]] = []
    for token in tokens:
        if token.type == "list_item_open":
            items.append([])
        elif items and token.type == "inline":
            items[-1].append(token)
    return items


def read(markdown: str) -> list[Block]:
    """Read a text into its blocks, in order."""
    blocks: list[Block] = []
    for chunk in _chunks(markdown):
        if isinstance(chunk, Slot):
            blocks.append(chunk)
            continue
        prose: list[Token] = []
        inside: list[Token] | None = None
        kind = ""
        for token in _tokens(chunk):
            if token.type.startswith("container_") and token.nesting == 1:
                if prose:
                    blocks.append(Prose(prose))
                prose, inside, kind = (
                    [],
                    [],
                    token.type.removeprefix("container_").removesuffix("_open"),
                )
            elif token.type.startswith("container_") and token.nesting == -1 and inside is not None:
                blocks.append(_card(kind, inside))
                inside = None
            elif inside is not None:
                inside.append(token)
            else:
                prose.append(token)
        if prose:
            blocks.append(Prose(prose))
    return blocks


def _card(kind: str, tokens: list[Token]) -> Card:
    heading = ""
    if len(tokens) > 2 and tokens[0].type == "heading_open":
        heading = plain_inline(tokens[1])
        tokens = tokens[3:]
    return Card(kind, heading, tokens, _list_items(tokens))


WordLinker = Callable[[str], str]
"""Takes a run of plain text and returns HTML, in which words may be linked to the glossary."""


def inline_html(token: Token, link_words: WordLinker = escape) -> str:
    """Return the HTML of one inline token."""
    out: list[str] = []
    inside_link = False
    for child in token.children or []:
        match child.type:
            case "text":
                out.append(escape(child.content) if inside_link else link_words(child.content))
            case "softbreak" | "hardbreak":
                out.append(" ")
            case "strong_open":
                out.append("<strong>")
            case "strong_close":
                out.append("</strong>")
            case "em_open" | "em_close":
                pass
            case "link_open":
                inside_link = True
                out.append(f'<a href="{escape(str(child.attrGet("href")))}">')
            case "link_close":
                inside_link = False
                out.append("</a>")
            case "citation":
                if out:
                    out[-1] = out[-1].rstrip(" ")
                out.append(citation_html(child.content))
    return "".join(out)


def citation_html(keys: str) -> str:
    """Return links to the sources; keys are the numbers that `compile` gave them."""
    links = ", ".join(
        f'<a href="#source-{escape(key)}"><span class="nhsuk-u-visually-hidden">Source </span>{escape(key)}</a>'
        for key in keys.split()
    )
    return f'<sup class="ir-cite">{links}</sup>'


OPENING = {
    "paragraph_open": "<p>",
    "bullet_list_open": '<ul class="nhsuk-list nhsuk-list--bullet">',
    "ordered_list_open": '<ol class="nhsuk-list nhsuk-list--number">',
    "list_item_open": "<li>",
    "heading_open": '<h{level} class="nhsuk-heading-s">',
}
CLOSING = {
    "paragraph_close": "</p>",
    "bullet_list_close": "</ul>",
    "ordered_list_close": "</ol>",
    "list_item_close": "</li>",
    "heading_close": "</h{level}>",
}


def prose_html(tokens: list[Token], link_words: WordLinker = escape, heading_level: int = 3) -> str:
    """Return the HTML of a run of tokens. Sub-headings get `heading_level`."""
    out: list[str] = []
    in_heading = False
    for token in tokens:
        if token.type == "inline":
            out.append(inline_html(token, escape if in_heading else link_words))
        elif token.hidden:
            continue
        else:
            in_heading = token.type == "heading_open" or (
                in_heading and token.type != "heading_close"
            )
            mark = OPENING.get(token.type) or CLOSING.get(token.type, "")
            out.append(mark.format(level=heading_level))
    return "".join(out)


def line_html(markdown: str, link_words: WordLinker = escape) -> str:
    """Return the HTML of a short text (a fact, a step, a sign), its paragraphs joined by spaces."""
    return " ".join(
        inline_html(token, link_words) for token in _tokens(markdown) if token.type == "inline"
    )


def plain_inline(token: Token) -> str:
    """Return the words of one inline token, without citations or marks."""
    words = "".join(
        " " if child.type in ("softbreak", "hardbreak") else child.content
        for child in token.children or []
        if child.type in ("text", "softbreak", "hardbreak")
    )
    return re.sub(r"\s+([.,;:])", r"\1", re.sub(r"\s+", " ", words)).strip()


def plain_lines(markdown: str) -> list[str]:
    """Return the words of a text, one paragraph, bullet or heading to an entry. Slots are left out."""
    lines: list[str] = []
    for chunk in _chunks(markdown):
        if isinstance(chunk, str):
            lines += [plain_inline(token) for token in _tokens(chunk) if token.type == "inline"]
    return [line for line in lines if line]


@lru_cache(maxsize=4096)
def plain(markdown: str) -> str:
    """Return a text as one run of words: kept, for each picture, leaflet and search index asks for the same ones."""
    return " ".join(plain_lines(markdown))


def cited_keys(markdown: str) -> list[str]:
    """Return the source keys that a text cites, in order, each once."""
    keys = [key for found in CITATION.findall(markdown) for key in found.split()]
    return list(dict.fromkeys(keys))


def slots(markdown: str) -> list[Slot]:
    """Return the slots of a text, in order."""
    return [chunk for chunk in _chunks(markdown) if isinstance(chunk, Slot)]


def with_keys(markdown: str, rename: Callable[[str], str]) -> str:
    """Return the text with every source key renamed."""
    return CITATION.sub(
        lambda match: (
            "[^" + " ".join(dict.fromkeys(rename(key) for key in match.group(1).split())) + "]"
        ),
        markdown,
    )


def problems(markdown: str) -> list[str]:
    """Return what is wrong with a text as text, in words that an editor can act on; empty if nothing is."""
    found: list[str] = []
    if re.search(r"<[a-zA-Z/!]", markdown):
        found.append("HTML is not allowed: write Markdown.")
    for line in markdown.splitlines():
        stripped = line.strip()
        if "[[" in stripped and not SLOT.match(stripped):
            found.append(
                f"“{stripped}”: a slot is [[local:…]], [[shared:…]] or [[picture:…]] on a line of its own."
            )
        if stripped.startswith(":::") and stripped not in (
            ":::",
            *(f":::{name}" for name in CARD_NAMES),
        ):
            found.append(f"“{stripped}”: a card is one of :::{', :::'.join(CARD_NAMES)}.")
        if re.match(r"^#{1,2} |^#{4,} ", stripped):
            found.append(f"“{stripped}”: sub-headings begin with ###.")
    for chunk in _chunks(markdown):
        if not isinstance(chunk, str):
            continue
        for token in _tokens(chunk):
            for child in token.children or []:
                if child.type == "link_open" and not INTERNAL_ADDRESS.match(
                    str(child.attrGet("href"))
                ):
                    found.append(
                        f"Link to “{child.attrGet('href')}”: only addresses inside this site, such as /guidance/."
                    )
    if markdown.count(":::") % 2:
        found.append("A card is not closed: end it with ::: on a line of its own.")
    return found
