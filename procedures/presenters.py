"""Works out what a page shows, so that templates hold no logic. Reads a library; touches no database."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from markupsafe import Markup

from . import illustrations, text
from .glossary import GlossaryLinker
from .library import Library, LivePage
from .models.choices import Frequency, HelpLevel, Imaging, SectionKind, StepStage
from .wording import long_date

PAGE_LINK = re.compile(r'<a href="(/[^"]*)">(.*?)</a>')
FREQUENCY_WORDS = {word.value: word.label for word in Frequency}
HELP_CARDS = (
    (HelpLevel.EMERGENCY, "emergency", "Call 999 or go to A&E now if:"),
    (HelpLevel.SAME_DAY, "urgent", "Get help the same day if:"),
    (HelpLevel.NEXT_CONTACT, "non-urgent", "Tell us when you next speak to us if:"),
)


def cite(numbers: list[int]) -> Markup:
    """Return links to sources by number, as they stand after a fact."""
    if not numbers:
        return Markup("")
    return Markup(text.citation_html(" ".join(map(str, numbers))))  # noqa: S704 (made of numbers)


def item_html(html: Markup) -> dict[str, Any]:
    """Return a do or do-not bullet as the design system's macro takes it."""
    return {"item": html}


@dataclass
class Writer:
    """Turns the texts of one page into HTML, with its glossary links and its local answers."""

    library: Library
    page: LivePage
    linker: GlossaryLinker = field(init=False)

    def __post_init__(self) -> None:
        document = self.page.document
        names = [self.page.name, document.get("short_name", ""), *document.get("abbreviations", [])]
        own = {name.lower() for name in [*names, *document.get("medical_names", [])]}
        self.linker = GlossaryLinker(
            [
                term
                for term in self.library.site["glossary"]
                if own.isdisjoint(form.lower() for form in [term["term"], *term["also"]])
            ]
        )

    def line(self, markdown: str) -> Markup:
        """Return a short text as HTML."""
        return self._with_live_links(text.line_html(markdown, self.linker))

    def blocks(self, markdown: str, heading_level: int = 3) -> list[dict[str, Any]]:
        """Return a text as blocks, each of which has one macro in `templates/procedures/_blocks.jinja`."""
        return [self._block(block, heading_level) for block in text.read(markdown)]

    def _block(self, block: text.Block, heading_level: int) -> dict[str, Any]:
        if isinstance(block, text.Prose):
            return {"kind": "prose", "html": self._html(block.tokens, heading_level)}
        if isinstance(block, text.Card):
            return {
                "kind": block.kind,
                "heading": block.heading,
                "html": self._html(block.tokens, heading_level + 1),
                "items": [self._items(tokens) for tokens in block.items],
            }
        if block.kind == "local":
            return self.local(block.slug)
        return {"kind": "picture", **self.page.document["pictures"].get(block.slug, {})}

    def _html(self, tokens: list[Any], heading_level: int) -> Markup:
        return self._with_live_links(text.prose_html(tokens, self.linker, heading_level))

    def _with_live_links(self, html: str) -> Markup:
        """Return HTML that text.py made, with links to pages that are not public turned back into words."""

        def live(match: re.Match[str]) -> str:
            return match[0] if self.library.leads_to_a_page(match[1]) else match[2]

        return Markup(PAGE_LINK.sub(live, html))  # noqa: S704 (escaped in text.py)

    def _items(self, tokens: list[Any]) -> Markup:
        return self._with_live_links(
            " ".join(text.inline_html(token, self.linker) for token in tokens)
        )

    def local(self, slug: str) -> dict[str, Any]:
        """Return the department's answer for this page, or what is usual and who will tell the reader."""
        question = self.library.site["local"].get(slug)
        if question is None:
            return {"kind": "prose", "html": Markup("")}
        answers = question["answers"]
        answer = answers.get(self.page.slug) or answers.get("")
        if answer:
            return {"kind": "local", "answered": True, "html": self._text(answer)}
        usual = self._text(question["what_is_usual"]) if question["what_is_usual"] else Markup("")
        return {
            "kind": "local",
            "answered": False,
            "html": usual + self._text(question["until_answered"]),
        }

    def _text(self, markdown: str) -> Markup:
        return Markup("").join(
            self._html(block.tokens, 3)
            for block in text.read(markdown)
            if isinstance(block, text.Prose)
        )


def care_cards(writer: Writer, document: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the care cards that have signs, the most urgent first."""
    return [
        {
            "variant": variant,
            "heading": heading,
            "level": level.value,
            "signs": [writer.line(sign) for sign in signs],
        }
        for level, variant, heading in HELP_CARDS
        if (signs := document["help"][level.value])
    ]


def how_often(row: dict[str, Any]) -> str:
    """Return how often, as a word and a number: “Common: about 2 in 100 people”."""
    word, said = FREQUENCY_WORDS[row["frequency"]], row["frequency_text"]
    if not text.plain(said):
        return word + said
    return said if said.lower().startswith(word.lower()) else f"{word}: {said}"


def cited_beside(row: dict[str, Any]) -> list[int]:
    """Return the sources of a risk or benefit that its own words do not cite already."""
    told = text.cited_keys(row["frequency_text"])
    return [number for number in row["cited"] if str(number) not in told]


def _likelihood(writer: Writer, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            "name": writer.line(row["name"]),
            "frequency": writer.line(how_often(row)),
            "what_we_do": writer.line(row.get("what_we_do") or ""),
            "cited": cited_beside(row),
        }
        for row in rows
    ]


def about_this_page(page: LivePage, today: date) -> list[dict[str, str]]:
    """Return the authorship, dates, version and disclosure that every page ends with."""
    document = page.document
    approved = page.approver_shown if page.is_approved else "Not yet approved by the department"
    due = " (this check is late)" if page.is_overdue(today) else ""
    return [
        {"key": "Written by", "value": document["written_by"]},
        {"key": "Approved by", "value": approved or "A clinical approver of the department"},
        {"key": "Last checked", "value": long_date(document["last_checked"])},
        {"key": "Next check", "value": long_date(document["next_check"]) + due},
        {"key": "Version", "value": f"{page.version}, {long_date(page.published_at)}"},
        {
            "key": "Who paid for it",
            "value": "The department's own website team. No company paid for it or had a say in it.",
        },
    ]


def glance(writer: Writer, page: LivePage) -> list[dict[str, Any]]:
    """Return the rows of the facts panel."""
    document, facts = page.document, page.document["facts"]
    also = [
        *document["medical_names"],
        *(name for name in document["abbreviations"] if name not in document["name"]),
    ]
    imaging = ", ".join(Imaging(value).label for value in facts["imaging"])
    rows = [
        ("Also called", Markup("{}").format(", ".join(also)) if also else None),
        ("How long it takes", writer.line(facts["duration_text"])),
        ("Awake or asleep", writer.line(facts["anaesthetic_text"])),
        ("Time in hospital", writer.line(facts["stay_text"])),
        ("Back to normal", writer.line(facts["recovery_text"])),
        (
            "What stays in your body",
            writer.line(facts["stays_text"]) if facts["stays_text"] else None,
        ),
        ("Pictures we use", Markup("{}").format(imaging)),
        ("Radiation", writer.line(facts["radiation_text"])),
        ("Who does it", writer.line(facts["done_by_text"])),
        ("Where it is done", writer.local("where-done").get("html")),
    ]
    return [{"key": key, "html": html} for key, html in rows if html]


@dataclass
class ShownSection:
    """A part of a page with its anchor. `kind` says which template part draws it."""

    kind: str
    anchor: str
    heading: str
    blocks: list[dict[str, Any]] = field(default_factory=list)


LIVING_WITH = {
    "tube": "Living with your tube",
    "drain": "Living with your drain",
    "line": "Living with your line",
    "port": "Living with your port",
    "stent": "Living with your stent",
    "stent-graft": "Living with your stent graft",
    "filter": "Living with your filter",
}


def procedure_sections(writer: Writer, document: dict[str, Any]) -> list[ShownSection]:
    """Return the sections of a procedure page in the order of the house style."""
    shown: list[ShownSection] = []

    def add(kind: str, heading: str, body: str = "") -> None:
        shown.append(
            ShownSection(kind, kind.replace("_", "-"), heading, writer.blocks(body) if body else [])
        )

    for kind in SectionKind:
        body = document["sections"].get(kind.value, "")
        if kind == SectionKind.QUESTIONS_TO_ASK and document["questions"]:
            add("questions", "Questions people ask")
        if kind == SectionKind.SHORT_VERSION or not body:
            continue
        heading = (
            LIVING_WITH.get(document["facts"]["stays_in_body"], kind.label)
            if kind == SectionKind.LIVING_WITH
            else kind.label
        )
        add(kind.value, heading, body)
        if kind == SectionKind.RISKS:
            add("help", "When to get help")
    return shown


def present_procedure(library: Library, page: LivePage, today: date) -> dict[str, Any]:
    """Return everything that the procedure template shows."""
    writer = Writer(library, page)
    document = page.document
    short = writer.blocks(document["sections"].get(SectionKind.SHORT_VERSION.value, ""))
    facts = glance(writer, page)
    sections = procedure_sections(writer, document)
    stages = {stage.value: stage.label for stage in StepStage}
    frames = illustrations.frames(document)
    categories = {category["slug"]: category for category in library.site["categories"]}
    return {
        "page": page,
        "document": document,
        "glance": facts,
        "short_version": short,
        "sections": sections,
        "steps": [
            {
                "text": writer.line(step["text"]),
                "stage": stages[step["stage"]],
                "picture": f"{page.address}steps/{number}.svg" if number <= len(frames) else "",
                "alt": frames[number - 1].alt if number <= len(frames) else "",
                "width": frames[number - 1].width if number <= len(frames) else 0,
                "height": frames[number - 1].height if number <= len(frames) else 0,
            }
            for number, step in enumerate(document["steps"], start=1)
        ],
        "picture_where": illustrations.where(document),
        "picture_day": illustrations.day(document),
        "picture_radiation": illustrations.radiation(document),
        "picture_risks": illustrations.risks(document),
        "risks": _likelihood(writer, document["risks"]),
        "benefits": _likelihood(writer, document["benefits"]),
        "care_cards_shown": care_cards(writer, document),
        "questions": [
            {"question": row["question"], "blocks": writer.blocks(row["answer"], 4)}
            for row in document["questions"]
        ],
        "words_used": writer.linker.words_used(),
        "related": library.related(page.slug),
        "guides": library.guides_of(page.slug),
        "conditions": [
            condition for condition in library.conditions if page.slug in condition["procedures"]
        ],
        "category": categories.get(document["category"], {"slug": "", "name": "Procedures"}),
        "sources": document["sources"],
        "about": about_this_page(page, today),
    }


def present_guidance(library: Library, page: LivePage, today: date) -> dict[str, Any]:
    """Return everything that the guidance template shows."""
    writer = Writer(library, page)
    document = page.document
    return {
        "page": page,
        "document": document,
        "sections": [
            {
                "heading": section["heading"],
                "anchor": f"section-{number}",
                "blocks": writer.blocks(section["body"]),
            }
            for number, section in enumerate(document["sections"], start=1)
        ],
        "checklist": [writer.line(item) for item in document["checklist"]],
        "care_cards_shown": care_cards(writer, document),
        "questions": [
            {"question": row["question"], "blocks": writer.blocks(row["answer"], 4)}
            for row in document["questions"]
        ],
        "words_used": writer.linker.words_used(),
        "guided": library.guided_by(page.slug),
        "sources": document["sources"],
        "about": about_this_page(page, today),
    }
