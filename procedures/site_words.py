"""Words that every page shares and that go public only through an approver.

They are the glossary, categories, conditions, local questions (with what is usual until the department answers), and the
links between pages. An editor's change stays unseen, row by row, until somebody else approves it; taking a row away works
at once. Rows that no person has touched (seeded ones) are public, as seeded pages are.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from . import differences, site_document
from .field_words import FieldKind
from .models import Category, Condition, GlossaryTerm, Guides, LocalQuestion, Relation
from .models.choices import RelationKind

Document = dict[str, Any]
Entry = dict[str, Any]
Key = tuple[str, ...]
SEEDED_REASONS = (None, "", "Seeded")


@dataclass(frozen=True)
class Part:
    """One list of the site-wide document: its model, what makes an entry of it, and by which of its fields it is known."""

    name: str
    label: str
    model: Any
    entry: Any
    key: Key
    fields: dict[str, FieldKind]


PARTS = (
    Part(
        "glossary",
        "Glossary",
        GlossaryTerm,
        site_document.glossary_entry,
        ("term",),
        {
            "term": FieldKind("Term"),
            "also": FieldKind("Other forms"),
            "meaning": FieldKind("Meaning"),
            "group": FieldKind("Group"),
            "link_in_text": FieldKind("Linked where it first appears"),
        },
    ),
    Part(
        "local",
        "Local questions",
        LocalQuestion,
        site_document.question_entry,
        ("slug",),
        {
            "question": FieldKind("Question"),
            "what_is_usual": FieldKind("What is usual", is_safety=True),
            "until_answered": FieldKind("Until it is answered", is_safety=True),
        },
    ),
    Part(
        "categories",
        "Categories",
        Category,
        site_document.category_entry,
        ("slug",),
        {"name": FieldKind("Name"), "summary": FieldKind("What is on this shelf")},
    ),
    Part(
        "conditions",
        "Conditions",
        Condition,
        site_document.condition_entry,
        ("slug",),
        {
            "name": FieldKind("Name"),
            "medical_name": FieldKind("Medical name"),
            "summary": FieldKind("What it is"),
            "search_words": FieldKind("Words people search for (never shown)"),
            "procedures": FieldKind("Procedures"),
        },
    ),
    Part(
        "relations",
        "Links between procedures",
        Relation,
        site_document.relation_entry,
        ("from", "kind", "to"),
        {
            "from": FieldKind("Procedure"),
            "kind": FieldKind("How it bears on the other", RelationKind),
            "to": FieldKind("Other procedure"),
        },
    ),
    Part(
        "guides",
        "Guidance that procedures name",
        Guides,
        site_document.guide_entry,
        ("procedure", "page"),
        {"procedure": FieldKind("Procedure"), "page": FieldKind("Guidance page")},
    ),
)


@dataclass(frozen=True)
class Waiting:
    """A row that says something else than the public reads. `people` are the ids of those who may not approve it."""

    part: Part
    key: Key
    public: Entry | None
    entry: Entry
    people: frozenset[int]
    last_editor: int | None
    reason: str
    changed_at: datetime | None
    is_seeded: bool

    @property
    def name(self) -> str:
        """How a person would call the row."""
        return ", ".join(self.key)

    @property
    def ticket(self) -> str:
        """What an approver sends back: which row, and exactly which words were read."""
        said = json.dumps([self.part.name, self.key, self.entry], sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()[:32]

    @property
    def changes(self) -> list[differences.Change]:
        """What differs from what the public reads, field by field."""
        return differences.fields(
            self.part.label, "", self.part.fields, self.public or {}, self.entry
        )


def _key(part: Part, entry: Entry) -> Key:
    return tuple(str(entry[name]) for name in part.key)


def _entries(part: Part, document: Document) -> dict[Key, Entry]:
    """Return the entries of a part by key. Local questions leave their answers out: those are approved one by one."""
    found = document.get(part.name) or []
    if part.name == "local":
        names = ("question", "what_is_usual", "until_answered")
        return {
            (slug,): {"slug": slug} | {name: row[name] for name in names}
            for slug, row in found.items()
        }
    return {_key(part, entry): entry for entry in found}


def _rows(part: Part) -> dict[Key, Any]:
    """Return the working rows of a part by key."""
    return {_key(part, part.entry(row)): row for row in part.model.objects.all()}


def _compare_row(part: Part, row: Any, key: Key, entry: Entry, public: dict[Key, Entry]) -> Waiting:
    """Walk a row's history back to what the public reads, and note everyone met on the way.

    A row that was renamed is met under its former name there.
    """
    people: list[int] = []
    reason, changed_at, is_seeded, known = "", None, True, public.get(key)
    for record in row.history.order_by("-history_date", "-history_id"):
        before = part.entry(record)
        former = public.get(_key(part, before))
        if former is not None and former == before:
            known = former
            break
        if changed_at is None:
            reason, changed_at = record.history_change_reason or "", record.history_date
        if record.history_user_id is not None:
            people.append(record.history_user_id)
        is_seeded &= (
            record.history_user_id is None and record.history_change_reason in SEEDED_REASONS
        )
    last = people[0] if people else None
    return Waiting(part, key, known, entry, frozenset(people), last, reason, changed_at, is_seeded)


def waiting(document: Document, public: Document) -> Iterator[Waiting]:
    """Yield every row whose entry in the document compiled from rows is not what the public reads."""
    for part in PARTS:
        now, known = _entries(part, document), _entries(part, public)
        changed = {key: entry for key, entry in now.items() if known.get(key) != entry}
        rows = _rows(part) if changed else {}
        for key, entry in changed.items():
            yield _compare_row(part, rows[key], key, entry, known)


def site_wide_changes(document: Document) -> list[differences.Change]:
    """Return a whole site-wide document as things that are there: details, notices, then every part that is approved."""
    found: list[differences.Change] = []
    lists = [("The department's details", [document.get("details") or {}])]
    lists += [
        ("Notices", document.get("notices") or []),
        ("Stories", document.get("stories") or []),
    ]
    for place, entries in lists:
        for entry in entries:
            words = {name: FieldKind(name.replace("_", " ").capitalize()) for name in entry}
            found += differences.fields(place, "", words, {}, entry, read=False)
    for part in PARTS:
        for key, entry in _entries(part, document).items():
            found += differences.fields(
                part.label, ", ".join(key), part.fields, {}, entry, read=False
            )
    for slug, row in (document.get("local") or {}).items():
        for procedure, answer in row["answers"].items():
            words = {"answer": FieldKind(f"{slug}: {procedure or 'every procedure'}")}
            found += differences.fields("Local answers", "", words, {}, {"answer": answer})
    return found


def public_document(document: Document, public: Document, approved: set[str]) -> Document:
    """Return the document with each waiting row as the public reads it now, save seeded ones and the approved tickets."""
    held = {
        (row.part.name, row.key): row
        for row in waiting(document, public)
        if not row.is_seeded and row.ticket not in approved
    }
    shown = dict(document)
    for part in PARTS:
        entries: list[Entry] = []
        for key, entry in _entries(part, document).items():
            row = held.get((part.name, key))
            if row is None:
                entries.append(entry)
            elif row.public is not None:
                entries.append(row.public)
        if part.name == "local":
            answers = {slug: row["answers"] for slug, row in document["local"].items()}
            shown["local"] = {
                entry["slug"]: {name: value for name, value in entry.items() if name != "slug"}
                | {"answers": answers.get(entry["slug"], {})}
                for entry in entries
            }
        else:
            shown[part.name] = entries
    shown["glossary"] = site_document.in_term_order(shown["glossary"])
    return shown
