"""Checks one page, or the shared texts, against the evidence, and says in words what does not agree."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml
from django.conf import settings

from procedures import text
from procedures.compiling import PageRows, Row, Shared
from procedures.rows import page_rows_from_fixture, shared_texts_from_fixture

from .citations import find as find_source
from .citations import same_address, source_problems, title_words, titles_agree, unlisted
from .exceptions import Excuse, covering, excuses
from .figure_check import unheld
from .likelihoods import likelihood_problems
from .sheets import Sheet, Stated, all_sheets
from .signs import SPEED, misplaced_shared, sign_problems
from .statements import PageSign, Statement, page_signs, page_statements, statements

FIXTURES = Path(settings.BASE_DIR) / "fixtures"
SHARED_TEXTS = "shared-texts"


@dataclass(frozen=True)
class Finding:
    """One thing that does not agree. `check` and `what` name it for the table of exceptions."""

    page: str
    check: str
    what: str
    message: str


@lru_cache(maxsize=1)
def shared_texts() -> dict[str, Shared]:
    """Return the shared texts as their fixture has them."""
    return shared_texts_from_fixture(FIXTURES / "site" / "shared-texts.yaml")


def page_files() -> list[Path]:
    """Return the fixtures of all pages that have a fact sheet. The site's own pages (privacy, accessibility) have none."""
    sheets = all_sheets()
    files = [*sorted(FIXTURES.glob("procedures/*.yaml")), *sorted(FIXTURES.glob("guidance/*.yaml"))]
    return [file for file in files if (file.parent.name, file.stem) in sheets]


def _figure_findings(page: str, found: list[Statement], stated: list[Stated]) -> list[Finding]:
    findings = []
    for problem in unheld(found, stated):
        where = (
            "in the sheet"
            if problem.where == "sheet"
            else f"under {', '.join(problem.statement.keys)} in the sheet"
        )
        findings.append(
            Finding(
                page,
                "figure",
                problem.figure.written,
                f"{problem.statement.place}: “{problem.figure.written}” is not {where}: {problem.statement.words}",
            )
        )
    return findings


def _sheet_keys(found: Iterable[Statement], sources: list[Row], sheet: Sheet) -> list[Statement]:
    """Return statements with the sheet's keys in place of the page's, where a page had to name a source otherwise."""
    known = {row["key"]: entry.key for row in sources if (entry := find_source(row, sheet.sources))}
    return [
        Statement(each.place, each.words, tuple(known.get(key, key) for key in each.keys))
        for each in found
    ]


def _sign_findings(
    page: str, sheet: Sheet, on_page: list[PageSign], words: list[str]
) -> list[Finding]:
    findings = [
        Finding(
            page,
            "sign",
            sign.shared,
            f"shared sign “{sign.shared}” is for 999 and stands under {sign.level}",
        )
        for sign in misplaced_shared(on_page)
    ]
    for problem in sign_problems(sheet.signs, on_page, words):
        excuse = covering(page, "sign", problem.part)
        if excuse and excuse.says and not _says(excuse, on_page, problem.sign.level, words):
            findings.append(
                Finding(
                    page,
                    "says",
                    problem.part,
                    f"no card in time says “{excuse.says}”, as exceptions.yaml has it",
                )
            )
            continue
        what = f"stands under {problem.found_at}" if problem.found_at else "has no counterpart"
        nearest = f"; nearest: {problem.nearest}" if problem.nearest else ""
        findings.append(
            Finding(
                page,
                "sign",
                problem.part,
                f"{problem.sign.level} sign “{problem.part}” {what}{nearest}",
            )
        )
    return findings


def _says(excuse: Excuse, on_page: list[PageSign], level: str, words: list[str]) -> bool:
    """Tell whether the words that an exception relies on stand on a card in time (for the mildest level, anywhere)."""
    if level == "next_contact" and any(excuse.says in each for each in words):
        return True
    return any(excuse.says in sign.words for sign in on_page if SPEED[sign.level] <= SPEED[level])


def page_findings(rows: PageRows, sheet: Sheet, shared: dict[str, Shared]) -> list[Finding]:
    """Return all that does not agree between a page and its sheet, exceptions included."""
    slug = rows.page["slug"]
    found = page_statements(rows)
    findings = _figure_findings(slug, _sheet_keys(found, rows.sources, sheet), sheet.stated)
    findings += [
        Finding(slug, "source", key, what)
        for key, what in source_problems(rows.sources, sheet.sources)
    ]
    cited = {key for each in found for key in each.keys} | set(
        rows.page.get("bleeding_risk_cited") or []
    )
    findings += [
        Finding(slug, "source", key, f"cites “{key}”, which it does not list")
        for key in unlisted(cited, rows.sources)
    ]
    if rows.kind == "procedure":
        findings += [
            Finding(slug, "likelihood", name, what) for name, what in likelihood_problems(rows)
        ]
        signs = page_signs(rows, {key: value.body for key, value in shared.items()})
        findings += _sign_findings(slug, sheet, signs, [each.words for each in found])
    return findings


def _stated_by(row: Row) -> list[Stated] | None:
    """Return what any sheet has from a source; None where no sheet has the source."""
    found: list[Stated] | None = None
    for sheet in all_sheets().values():
        for source in sheet.sources.values():
            same_key = source.key == row["key"] and titles_agree(source.title, row["title"])
            same_title = (
                title_words(row["title"]) <= title_words(source.title)
                and "nhs" in source.title.lower()
            )
            same_title |= title_words(source.title) == title_words(row["title"])
            if (
                same_key
                or same_title
                or any(row["url"] and same_address(row["url"], url) for url in source.addresses)
            ):
                stated = [
                    Stated(each.text, frozenset({row["key"]}))
                    for each in sheet.stated
                    if source.key in each.keys
                ]
                found = (found or []) + stated
    return found


def shared_findings(shared: dict[str, Shared]) -> list[Finding]:
    """Return all that does not agree between the shared texts and the sheets that their sources come from."""
    findings = []
    for slug, entry in shared.items():
        stated: list[Stated] = []
        for key, row in entry.sources.items():
            held = _stated_by(row)
            if held is None:
                message = f"{slug}: source “{key}” ({row['title']}) is in no sheet"
                findings.append(Finding(SHARED_TEXTS, "source", f"{slug} {key}", message))
            stated += held or []
        findings += _figure_findings(SHARED_TEXTS, statements(entry.body, slug), stated)
        cited = set(text.cited_keys(entry.body))
        findings += [
            Finding(
                SHARED_TEXTS,
                "source",
                f"{slug} {key}",
                f"{slug}: cites “{key}”, which it does not list",
            )
            for key in unlisted(cited, list(entry.sources.values()))
        ]
    return findings


def unexplained(findings: list[Finding]) -> list[Finding]:
    """Leave out what the table of exceptions explains."""
    return [
        finding
        for finding in findings
        if covering(finding.page, finding.check, finding.what) is None
    ]


def stale_excuses(findings: list[Finding], pages: set[str]) -> list[str]:
    """Return exceptions for these pages that no longer excuse anything."""
    used = {covering(finding.page, finding.check, finding.what) for finding in findings}
    return [
        f"{entry.page}: the exception for {entry.check} “{entry.what}” is no longer needed"
        for entry in excuses()
        if entry.page in pages and entry not in used
    ]


def check_all(slugs: set[str]) -> tuple[dict[str, list[str]], list[str]]:
    """Check the pages named, or all. Return page: what is wrong with it, and the exceptions that can be taken out.

    Pages with nothing wrong are left out.
    """
    shared = shared_texts()
    sheets = all_sheets()
    wrong: dict[str, list[str]] = {}
    findings: list[Finding] = []
    checked: set[str] = set()
    for file in page_files():
        if slugs and file.stem not in slugs:
            continue
        try:
            rows = page_rows_from_fixture(file)
        except yaml.YAMLError as error:
            wrong[file.stem] = [f"cannot be read: {error}"]
            continue
        if rows is None:
            continue
        checked.add(file.stem)
        findings += page_findings(rows, sheets[(file.parent.name, file.stem)], shared)
    if not slugs or SHARED_TEXTS in slugs:
        checked.add(SHARED_TEXTS)
        findings += shared_findings(shared)
    for finding in unexplained(findings):
        wrong.setdefault(finding.page, []).append(finding.message)
    return wrong, stale_excuses(findings, checked)


def sentence_of(message: str) -> str:
    """Return a finding on one line."""
    return re.sub(r"\s+", " ", message).strip()
