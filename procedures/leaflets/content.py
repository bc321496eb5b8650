"""Gathers what a leaflet prints, in the order of the page, from the same publication. Pure: no clock, no database."""

import re
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from io import BytesIO
from typing import Any

import segno

from procedures import illustrations, presenters, text
from procedures.library import Library, LivePage
from procedures.models import PageKind
from procedures.models.choices import HelpLevel, Imaging, SectionKind
from procedures.pictures import Picture
from procedures.wording import long_date

from . import runs

FONT_ON_SCREEN, FONT_ON_PAPER = "Frutiger W01,Arial,sans-serif", "Source Sans Pro"
WORDS_INSIDE = re.compile(r"<title\b.*?</title><desc\b.*?</desc>", re.DOTALL)
HELP_CARDS = (
    (HelpLevel.EMERGENCY, "Call 999 or go to A&E now if:"),
    (HelpLevel.SAME_DAY, "Get help the same day if:"),
    (HelpLevel.NEXT_CONTACT, "Tell us when you next speak to us if:"),
)
NOT_APPROVED = (
    "This leaflet was written from published sources, listed at the end. No one in the department has approved it yet. "
    "Please follow what your own team tells you."
)
MOST_RISK_PICTURES = 6
Part = dict[str, Any]


@dataclass
class LeafletWriter:
    """Turns the texts of one page into parts, with its local answers, and notes the glossary words it meets."""

    library: Library
    page: LivePage
    site_address: str
    writer: presenters.Writer = field(init=False)

    def __post_init__(self) -> None:
        self.writer = presenters.Writer(self.library, self.page)

    def whole_address(self, address: str) -> str:
        """Return a link as paper needs it; nothing where its page is not public."""
        return self.site_address + address if self.library.leads_to_a_page(address) else ""

    def line(self, markdown: str) -> list[runs.Run]:
        """Return a short text as runs."""
        return runs.line(markdown or "", self.whole_address, self.writer.linker)

    def parts(self, tokens: list[Any]) -> list[Part]:
        """Return tokens as parts."""
        return runs.parts(tokens, self.whole_address, self.writer.linker)

    def blocks(self, markdown: str) -> list[Part]:
        """Return a text as blocks: prose, cards and local answers. Photographs stay on the website."""
        made: list[Part] = []
        for block in text.read(markdown):
            if isinstance(block, text.Prose):
                made.append({"kind": "prose", "parts": self.parts(block.tokens)})
            elif isinstance(block, text.Card):
                made.append(
                    {
                        "kind": block.kind,
                        "heading": block.heading,
                        "parts": self.parts(block.tokens),
                    }
                )
            elif block.kind == "local" and (answer := self.local(block.slug)):
                made.append(answer)
        return made

    def local(self, slug: str) -> Part | None:
        """Return the department's answer, or what is usual and who will tell the reader."""
        question = self.library.site["local"].get(slug)
        if question is None:
            return None
        answer = question["answers"].get(self.page.slug) or question["answers"].get("")
        if answer:
            return {"kind": "local", "heading": "At this hospital", "parts": self._prose(answer)}
        words = [*self._prose(question["what_is_usual"]), *self._prose(question["until_answered"])]
        return {"kind": "local", "heading": "Ask your team", "parts": words}

    def _prose(self, markdown: str) -> list[Part]:
        return [
            part
            for block in text.read(markdown or "")
            if isinstance(block, text.Prose)
            for part in self.parts(block.tokens)
        ]


def drawing(picture: Picture | None) -> Part | None:
    """Return a picture with its words, its lettering in the leaflet's font; in a PDF its words stand beside it."""
    if picture is None:
        return None
    svg = WORDS_INSIDE.sub("", picture.svg.replace(FONT_ON_SCREEN, FONT_ON_PAPER), count=1)
    return {"svg": svg, "alt": picture.alt, "width": picture.width, "height": picture.height}


@lru_cache(maxsize=1024)
def qr(address: str) -> Part:
    """Return a QR code that opens an address, as a drawing: kept, for finding its best mask takes longest of all."""
    written = BytesIO()
    segno.make(address, error="m").save(written, kind="svg", border=2, xmldecl=False, nl=False)
    return {"svg": written.getvalue().decode(), "alt": f"QR code that opens {address}"}


NOBODY_ANSWERS = "If you cannot reach us, ring NHS 111."
NOBODY_ANSWERS_A_SIGN = (
    "If you cannot reach us, go to A&E where the list says so. Otherwise ring NHS 111."
)


def contact_lines(details: dict[str, Any], otherwise: str = NOBODY_ANSWERS) -> list[str]:
    """Return how to reach the department, or where to find out; last, what to do if nobody answers."""
    lines = []
    if details.get("department_phone"):
        hours = f" ({details['department_hours']})" if details.get("department_hours") else ""
        lines.append(f"Ring us on {details['department_phone']}{hours}.")
    else:
        lines.append(
            "Ring the ward or department. The number is on your appointment letter, or on the sheet you were given to take home."
        )
    if details.get("out_of_hours_phone"):
        lines.append(f"At night and at weekends, ring {details['out_of_hours_phone']}.")
    return [*lines, otherwise]


def help_cards(writer: LeafletWriter, details: dict[str, Any]) -> list[Part]:
    """Return the care cards that have signs, the most urgent first, each with what to do."""
    actions = {
        HelpLevel.EMERGENCY: [
            "Do not drive yourself. Tell them which procedure you had, and when."
        ],
        HelpLevel.SAME_DAY: contact_lines(details, NOBODY_ANSWERS_A_SIGN),
        HelpLevel.NEXT_CONTACT: [],
    }
    return [
        {
            "level": level.value,
            "heading": heading,
            "signs": [writer.line(sign) for sign in signs],
            "actions": actions[level],
        }
        for level, heading in HELP_CARDS
        if (signs := writer.page.document["help"][level.value])
    ]


def _likelihood(writer: LeafletWriter, rows: list[dict[str, Any]]) -> list[Part]:
    shown = []
    for row in rows:
        often = writer.line(presenters.how_often(row))
        if beside := presenters.cited_beside(row):
            often.append({"cite": [str(number) for number in beside]})
        what = writer.line(row.get("what_we_do") or "Tell us, and we will treat it.")
        shown.append({"name": writer.line(row["name"]), "often": often, "what_we_do": what})
    return shown


def _glance(writer: LeafletWriter, document: dict[str, Any]) -> list[Part]:
    facts = document["facts"]
    also = [
        *document["medical_names"],
        *(name for name in document["abbreviations"] if name not in document["name"]),
    ]
    imaging = ", ".join(Imaging(value).label for value in facts["imaging"])
    rows = [
        ("Also called", [{"text": ", ".join(also)}] if also else []),
        ("How long it takes", writer.line(facts["duration_text"])),
        ("Awake or asleep", writer.line(facts["anaesthetic_text"])),
        ("Time in hospital", writer.line(facts["stay_text"])),
        ("Back to normal", writer.line(facts["recovery_text"])),
        ("What stays in your body", writer.line(facts["stays_text"])),
        ("Pictures we use", [{"text": imaging}] if imaging else []),
        ("Radiation", writer.line(facts["radiation_text"])),
        ("Who does it", writer.line(facts["done_by_text"])),
    ]
    return [{"key": key, "runs": words} for key, words in rows if words]


def _sections(writer: LeafletWriter, document: dict[str, Any]) -> list[Part]:
    shown: list[Part] = []
    for kind in SectionKind:
        body = document["sections"].get(kind.value, "")
        if kind == SectionKind.QUESTIONS_TO_ASK and document["questions"]:
            shown.append({"kind": "questions", "heading": "Questions people ask", "blocks": []})
        if kind == SectionKind.SHORT_VERSION or not body:
            continue
        heading = kind.label
        if kind == SectionKind.LIVING_WITH:
            heading = presenters.LIVING_WITH.get(document["facts"]["stays_in_body"], kind.label)
        shown.append({"kind": kind.value, "heading": heading, "blocks": writer.blocks(body)})
        if kind == SectionKind.RISKS:
            shown.append({"kind": "help", "heading": "When to get help", "blocks": []})
    return shown


def _procedure(writer: LeafletWriter, document: dict[str, Any]) -> Part:
    frames = illustrations.frames(document)
    steps = [
        {
            "runs": writer.line(step["text"]),
            "picture": drawing(frames[number]) if number < len(frames) else None,
        }
        for number, step in enumerate(document["steps"])
    ]
    short = document["sections"].get(SectionKind.SHORT_VERSION.value, "")
    return {
        "short_version": writer.blocks(short),
        "glance": _glance(writer, document),
        "sections": _sections(writer, document),
        "steps": steps,
        "benefits": _likelihood(writer, document["benefits"]),
        "risks": _likelihood(writer, document["risks"]),
        "picture_where": drawing(illustrations.where(document)),
        "picture_day": drawing(illustrations.day(document)),
        "picture_radiation": drawing(illustrations.radiation(document)),
        "picture_risks": [
            drawing(picture)
            for picture in illustrations.risks(_most_likely(document), on_paper=True)
        ],
        "checklist": [],
    }


def _most_likely(document: dict[str, Any]) -> dict[str, Any]:
    """Return the document with the few risks that happen most: each picture is of 100 people or more, and paper is short.

    The table beside the pictures holds every risk.
    """
    counted = [
        row for row in document["risks"] if row["out_of"] and row["affected_high"] is not None
    ]
    counted.sort(key=lambda row: row["affected_high"] / row["out_of"], reverse=True)
    chosen = counted[:MOST_RISK_PICTURES]
    return document | {"risks": [row for row in document["risks"] if row in chosen]}


def _guidance(writer: LeafletWriter, document: dict[str, Any]) -> Part:
    sections = [
        {"kind": "plain", "heading": row["heading"], "blocks": writer.blocks(row["body"])}
        for row in document["sections"]
    ]
    if document["checklist"]:
        sections.append({"kind": "checklist", "heading": "Checklist", "blocks": []})
    if document["questions"]:
        sections.append({"kind": "questions", "heading": "Questions people ask", "blocks": []})
    if any(document["help"].values()):
        sections.append({"kind": "help", "heading": "When to ring", "blocks": []})
    return {
        "short_version": [],
        "glance": [],
        "sections": sections,
        "steps": [],
        "benefits": [],
        "risks": [],
        "picture_where": None,
        "picture_day": None,
        "picture_radiation": None,
        "picture_risks": [],
        "checklist": [writer.line(item) for item in document["checklist"]],
        "who_it_is_for": document["who_it_is_for"],
    }


def leaflet_content(
    library: Library, page: LivePage, site_address: str, today: date
) -> dict[str, Any]:
    """Return everything that the Typst template prints, as values that JSON can hold."""
    writer = LeafletWriter(library, page, site_address)
    document, details = page.document, library.site["details"]
    make = _procedure if page.kind == PageKind.PROCEDURE else _guidance
    body = make(writer, document)
    cards = help_cards(writer, details)
    questions = [
        {"question": row["question"], "blocks": writer.blocks(row["answer"])}
        for row in document["questions"]
    ]
    publisher = [
        details.get("department") or "Interventional radiology",
        details.get("organisation"),
    ]
    return body | {
        "title": page.name,
        "summary": document["summary"],
        "publisher": ", ".join(filter(None, publisher)),
        "not_approved": "" if page.is_approved else NOT_APPROVED,
        "help": cards,
        "questions": questions,
        "contact": contact_lines(details),
        "words": [
            {"term": term["term"], "meaning": text.plain(term["meaning"])}
            for term in writer.writer.linker.words_used()
        ],
        "sources": document["sources"],
        "about": presenters.about_this_page(page, today),
        "version": f"Version {page.version}, {long_date(page.published_at)}",
        "published": page.published_at.date().isoformat(),
        "address": site_address + page.address,
        "qr": qr(site_address + page.address),
    }
