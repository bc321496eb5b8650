"""`check_words`: hold page fixtures to the house style, straight from the files, without a database."""

from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from procedures import completeness, easy_rules, plain, readability, text, words
from procedures.compiling import CannotCompile, Shared, compile_guidance, compile_procedure
from procedures.models import EasyLine
from procedures.models.parts import frequency_problem
from procedures.rows import fixture_objects, page_rows_from_fixture, shared_texts_from_fixture

FIXTURES = Path(settings.BASE_DIR) / "fixtures"


class Command(BaseCommand):
    """Prints one line a problem, under the name of its file; exits with 1 if there is any."""

    help = "Check page fixtures against the house style. Give files, or nothing for all."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the files."""
        parser.add_argument("files", nargs="*", type=Path)
        parser.add_argument(
            "--numbers", action="store_true", help="also print grade and lengths of each file"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Check each file."""
        files = options["files"] or sorted(FIXTURES.glob("*/*.yaml"))
        shared_file = FIXTURES / "site" / "shared-texts.yaml"
        shared = shared_texts_from_fixture(shared_file) if shared_file.exists() else {}
        local_file = FIXTURES / "site" / "local-questions.yaml"
        local = (
            {row["fields"]["slug"] for row in fixture_objects(local_file)}
            if local_file.exists()
            else set()
        )
        bad = 0
        for file in files:
            found = check_file(
                file, shared, local, self.stdout.write if options["numbers"] else None
            )
            if found:
                bad += 1
                self.stdout.write(f"{file}:")
                for problem in found:
                    self.stdout.write(f"  {problem}")
        if bad:
            raise CommandError(f"{bad} of {len(files)} files need work.")
        self.stdout.write(f"{len(files)} files, nothing to mend.")


def check_file(
    file: Path, shared: dict[str, Shared], local: set[str], write: Any = None
) -> list[str]:
    """Return the problems of one fixture file."""
    try:
        rows = page_rows_from_fixture(file)
    except (yaml.YAMLError, KeyError, TypeError) as error:
        return [f"Cannot be read: {error}"]
    if rows is None:
        is_easy = file.resolve().parent.name == "easy"
        return check_easy_version(file, shared) if is_easy else check_loose_texts(file)
    compile_page = compile_procedure if rows.kind == "procedure" else compile_guidance
    try:
        document = compile_page(rows, shared)
    except CannotCompile as error:
        return error.problems
    except (KeyError, TypeError, AttributeError) as error:
        return [f"A field is missing or of the wrong kind: {error!r}"]
    if write:
        reading = readability.read_level(
            line for lines in plain.page_lines(document).values() for line in lines
        )
        write(
            f"{file.name}: grade {reading.grade}, {reading.words} words, {reading.average_sentence} a sentence"
        )
    milder = [
        problem
        for row in [*rows.risks, *rows.benefits]
        if (
            problem := frequency_problem(
                row["frequency"], row.get("affected_high"), row.get("out_of")
            )
        )
    ]
    unknown = {slot.slug for slot in _slots(document) if slot.kind == "local"} - local
    return (
        completeness.problems(document)
        + milder
        + [f"There is no local question “{slug}”." for slug in sorted(unknown)]
    )


def check_easy_version(file: Path, shared: dict[str, Shared]) -> list[str]:
    """Check the easy version of a page, in a file of its own, against the house style and against the full page."""
    lines = [entry["fields"] for entry in fixture_objects(file)]
    slugs = {tuple(line["procedure"]) for line in lines}
    full = file.resolve().parent.parent / "procedures" / f"{file.stem}.yaml"
    if slugs != {(file.stem,)} or not full.exists():
        return [f"Every line must belong to “{file.stem}”, a procedure that is there."]
    found = []
    for line in lines:
        values = {name: value for name, value in line.items() if name != "procedure"}
        try:
            EasyLine(**values).full_clean(
                exclude=["procedure"], validate_unique=False, validate_constraints=False
            )
        except (ValidationError, TypeError) as error:
            found.append(f"Line {line.get('order')}: {error}")
    rows = page_rows_from_fixture(full)
    if found or rows is None:
        return found
    rows.easy_lines = lines
    orders = [line["order"] for line in lines]
    found += [f"Two lines have order {order}." for order in set(orders) if orders.count(order) > 1]
    return found + easy_rules.problems(compile_procedure(rows, shared))


def _slots(value: Any) -> list[text.Slot]:
    """Return every slot of every text in a document."""
    if isinstance(value, str):
        return text.slots(value) if "[[" in value else []
    if isinstance(value, dict):
        return [slot for part in value.values() for slot in _slots(part)]
    if isinstance(value, list):
        return [slot for part in value for slot in _slots(part)]
    return []


def check_loose_texts(file: Path) -> list[str]:
    """Check the texts of a fixture that is not a page: shared texts, glossary, summaries."""
    found: list[str] = []
    for entry in fixture_objects(file):
        for name in ("body", "meaning", "summary", "what_is_usual", "until_answered"):
            body = entry["fields"].get(name)
            if not body:
                continue
            here = f"{entry['model']} {entry['fields'].get('slug') or entry['fields'].get('term')}, {name}"
            sentences = readability.split_sentences(text.plain_lines(body))
            found += [
                f"{here}: {problem}" for problem in text.problems(body) + words.ruled_out(sentences)
            ]
            found += [
                f"{here}: a sentence of {len(readability.words_of(sentence))} words: {sentence}"
                for sentence in sentences
                if len(readability.words_of(sentence)) > readability.LONGEST_SENTENCE_LIMIT
            ]
    return found
