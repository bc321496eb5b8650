"""Turns the rows of a page into one document. Pure: rows in, document out; no database, no clock.

Rows come from the database (`rows.py`) or straight from a fixture file, in the same shape. In the document, shared texts
stand in the place that asked for them, and sources are numbered in the order in which the page cites them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from . import easy, text
from .models.choices import HelpLevel, SectionKind

Row = dict[str, Any]


@dataclass
class PageRows:
    """All rows of one page, each list in the page's order."""

    kind: str
    page: Row
    sections: list[Row] = field(default_factory=list)
    steps: list[Row] = field(default_factory=list)
    risks: list[Row] = field(default_factory=list)
    benefits: list[Row] = field(default_factory=list)
    help_signs: list[Row] = field(default_factory=list)
    questions: list[Row] = field(default_factory=list)
    checklist: list[Row] = field(default_factory=list)
    sources: list[Row] = field(default_factory=list)
    easy_lines: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class Shared:
    """A shared text with its own sources, by key."""

    body: str
    sources: dict[str, Row]


class CannotCompile(Exception):
    """Raised with a list of what an editor must mend, each naming the place."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


FACT_TEXTS = (
    "duration_text",
    "anaesthetic_text",
    "stay_text",
    "recovery_text",
    "radiation_text",
    "done_by_text",
    "stays_text",
)
FACTS = (
    "duration_low",
    "duration_high",
    "anaesthetic",
    "imaging",
    "radiation_band",
    "fasting_food_hours",
    "fasting_fluid_hours",
    "bleeding_risk",
    "route",
    "entry_sites",
    "organs",
    "purpose",
    "body_regions",
    "stays_in_body",
)
NOT_KNOWN_IN_WORDS = "It is not known how often this happens."
"""What the word “Not known how often” says already: left out of the document."""
LIKELIHOOD = ("name", "frequency", "frequency_text", "affected_low", "affected_high", "out_of")


class _Compiler:
    """Numbers the sources of one page as its texts are read, top to bottom."""

    def __init__(self, rows: PageRows, shared: dict[str, Shared], pictures: dict[str, Row]) -> None:
        self.rows = rows
        self.shared = shared
        self.pictures = pictures
        self.own = {row["key"]: row for row in rows.sources}
        self.numbered: list[Row] = []
        self.numbers: dict[tuple[str, str], str] = {}
        self.used_pictures: dict[str, Row] = {}
        self.problems: list[str] = []

    def number(self, key: str, sources: dict[str, Row], place: str) -> str:
        """Return the number of a source, giving it the next one at its first use. Sources that are the same share it."""
        source = sources.get(key)
        if source is None:
            self.problems.append(f"{place}: source “{key}” is not in the list of sources.")
            return key
        identity = (source["title"].strip().lower(), source["publisher"].strip().lower())
        if identity not in self.numbers:
            self.numbers[identity] = str(len(self.numbered) + 1)
            self.numbered.append({"number": len(self.numbered) + 1, **_source(source)})
        return self.numbers[identity]

    def read(self, markdown: str, place: str, sources: dict[str, Row] | None = None) -> str:
        """Return a text with its shared texts in place and its sources numbered."""
        own = self.own if sources is None else sources
        self.problems += [f"{place}: {problem}" for problem in text.problems(markdown)]
        lines: list[str] = []
        for line in markdown.strip().splitlines():
            slot = text.SLOT.match(line.strip())
            if slot is None:
                lines.append(text.with_keys(line, lambda key: self.number(key, own, place)))
            elif slot.group(1) == "shared":
                lines += ["", self.read_shared(slot.group(2), place), ""]
            else:
                if slot.group(1) == "picture":
                    self.use_picture(slot.group(2), place)
                lines.append(line.strip())
        return "\n".join(lines)

    def read_shared(self, slug: str, place: str) -> str:
        """Return a shared text, its sources numbered with the page's own."""
        shared = self.shared.get(slug)
        if shared is None:
            self.problems.append(f"{place}: there is no shared text “{slug}”.")
            return ""
        return self.read(shared.body, f"{place}, shared text “{slug}”", shared.sources)

    def use_picture(self, slug: str, place: str) -> None:
        """Take a picture into the document."""
        if slug not in self.pictures:
            self.problems.append(f"{place}: there is no picture “{slug}”.")
        else:
            self.used_pictures[slug] = self.pictures[slug]

    def cited(self, keys: Iterable[str], place: str) -> list[int]:
        """Return the numbers of sources named by key."""
        return [
            int(number)
            for number in (self.number(key, self.own, place) for key in keys)
            if number.isdigit()
        ]

    def likelihoods(self, rows: list[Row], place: str) -> list[Row]:
        """Return risks or benefits with their texts read."""
        compiled = []
        for row in rows:
            here = f"{place} “{row['name']}”"
            entry = {name: row.get(name) for name in LIKELIHOOD}
            said = (row.get("frequency_text") or "").strip().removeprefix(NOT_KNOWN_IN_WORDS)
            entry["frequency_text"] = self.read(said, here)
            entry["what_we_do"] = self.read(row.get("what_we_do") or "", here)
            entry["cited"] = self.cited(row.get("cited") or [], here)
            compiled.append(entry)
        return compiled

    def signs(self) -> dict[str, list[str]]:
        """Return the care cards: level, then signs."""
        cards: dict[str, list[str]] = {level: [] for level in HelpLevel.values}
        for row in self.rows.help_signs:
            place = f"Help sign {row['level']} {row['order']}"
            if row.get("shared"):
                cards[row["level"]].append(self.read_shared(row["shared"], place))
            else:
                cards[row["level"]].append(self.read(row.get("sign") or "", place))
        return cards

    def questions(self) -> list[Row]:
        """Return questions with their answers read."""
        return [
            {
                "question": row["question"],
                "answer": self.read(row["answer"], f"Question “{row['question']}”"),
            }
            for row in self.rows.questions
        ]

    def ending(self) -> Row:
        """Return what every page ends with."""
        page = self.rows.page
        uncited = [
            key
            for key, source in self.own.items()
            if (source["title"].strip().lower(), source["publisher"].strip().lower())
            not in self.numbers
        ]
        return {
            "sources": self.numbered,
            "uncited": uncited,
            "pictures": self.used_pictures,
            "written_by": page["written_by"],
            "last_checked": str(page["last_checked"]),
            "next_check": str(page["next_check"]),
        }


def _source(row: Row) -> Row:
    return {name: row.get(name) for name in ("title", "publisher", "year", "url", "kind", "region")}


def compile_procedure(
    rows: PageRows, shared: dict[str, Shared], pictures: dict[str, Row] | None = None
) -> dict[str, Any]:
    """Return the document of a procedure. Raises CannotCompile with all that is wrong."""
    compiler = _Compiler(rows, shared, pictures or {})
    page = rows.page
    bodies = {row["kind"]: row for row in rows.sections}
    document: dict[str, Any] = {
        "kind": "procedure",
        "slug": page["slug"],
        "name": page["name"],
        "short_name": page["short_name"],
        "summary": page["summary"],
        "medical_names": list(page.get("medical_names") or []),
        "abbreviations": list(page.get("abbreviations") or []),
        "search_words": list(page.get("search_words") or []),
        "category": page["category"],
        "also_in": list(page.get("also_in") or []),
        "facts": {name: _plain_number(page.get(name)) for name in FACTS}
        | {
            "purpose": page.get("purpose") or "treat",
            "planned_ahead": page.get("planned_ahead", True),
        },
    }
    sections: dict[str, str] = {}
    for kind in SectionKind:
        if kind in bodies:
            sections[kind.value] = compiler.read(bodies[kind]["body"], f"Section “{kind.label}”")
        if kind == SectionKind.SHORT_VERSION:
            for name in FACT_TEXTS:
                document["facts"][name] = compiler.read(
                    page.get(name) or "", f"At a glance, {name}"
                )
        if kind == SectionKind.WHAT_HAPPENS:
            document["steps"] = [
                {
                    "stage": row["stage"],
                    "instrument": row["instrument"],
                    "text": compiler.read(row["text"], f"Step {row['order']}"),
                }
                for row in rows.steps
            ]
        if kind == SectionKind.BENEFITS:
            document["benefits"] = compiler.likelihoods(rows.benefits, "Benefit")
        if kind == SectionKind.RISKS:
            document["risks"] = compiler.likelihoods(rows.risks, "Risk")
            document["help"] = compiler.signs()
    document["sections"] = sections
    document["questions"] = compiler.questions()
    document["facts"]["bleeding_risk_cited"] = compiler.cited(
        page.get("bleeding_risk_cited") or [], "Bleeding risk"
    )
    if rows.easy_lines:
        document["easy"] = easy.lines_in_order(rows.easy_lines)
    document |= compiler.ending()
    if compiler.problems:
        raise CannotCompile(compiler.problems)
    return document


def compile_guidance(
    rows: PageRows, shared: dict[str, Shared], pictures: dict[str, Row] | None = None
) -> dict[str, Any]:
    """Return the document of a guidance page. Raises CannotCompile with all that is wrong."""
    compiler = _Compiler(rows, shared, pictures or {})
    page = rows.page
    document: dict[str, Any] = {
        "kind": "guidance",
        "slug": page["slug"],
        "name": page["title"],
        "group": page["group"],
        "order": page.get("order") or 0,
        "summary": page["summary"],
        "who_it_is_for": page["who_it_is_for"],
        "search_words": list(page.get("search_words") or []),
        "sections": [
            {
                "heading": row["heading"],
                "body": compiler.read(row["body"], f"Section “{row['heading']}”"),
            }
            for row in rows.sections
        ],
        "checklist": [
            compiler.read(row["text"], f"Checklist {row['order']}") for row in rows.checklist
        ],
        "help": compiler.signs(),
        "questions": compiler.questions(),
    }
    document |= compiler.ending()
    if compiler.problems:
        raise CannotCompile(compiler.problems)
    return document


def _plain_number(value: Any) -> Any:
    """Return decimals as numbers that JSON can hold."""
    return float(value) if value is not None and value.__class__.__name__ == "Decimal" else value
