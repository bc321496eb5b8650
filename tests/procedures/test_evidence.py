"""Every page agrees with its evidence, and the check that says so finds the mistakes it is there to find."""

import copy
from dataclasses import replace

import pytest

from procedures.evidence import checking
from procedures.evidence.citations import source_problems
from procedures.evidence.exceptions import excuses
from procedures.evidence.figure_check import held, is_held
from procedures.evidence.figures import figures
from procedures.evidence.likelihoods import likelihood_problems
from procedures.evidence.sheets import EVIDENCE, SheetSign, SheetSource, Stated, all_sheets
from procedures.evidence.sign_words import parts, sign_words
from procedures.evidence.signs import misplaced_shared, sign_problems
from procedures.evidence.statements import PageSign, statements
from procedures.rows import page_rows_from_fixture

pytestmark = pytest.mark.every_page

PAGES = {file.stem: file for file in checking.page_files()}


def findings(slug, change=None):
    """Return what is found on a page that `change` has altered, beyond what is found on the page as it is."""
    file = PAGES[slug]
    rows = page_rows_from_fixture(file)
    sheet = all_sheets()[(file.parent.name, slug)]
    before = checking.page_findings(rows, sheet, checking.shared_texts())
    if change is None:
        return before
    altered = copy.deepcopy(rows)
    change(altered)
    return [
        each
        for each in checking.page_findings(altered, sheet, checking.shared_texts())
        if each not in before
    ]


@pytest.mark.parametrize("slug", sorted(PAGES))
def test_every_page_agrees_with_its_evidence(slug):
    assert [each.message for each in checking.unexplained(findings(slug))] == []


def test_shared_texts_agree_with_the_sheets_of_their_sources():
    found = checking.shared_findings(checking.shared_texts())
    assert [each.message for each in checking.unexplained(found)] == []


def test_every_exception_has_a_reason():
    assert all(len(entry.because) > 20 for entry in excuses())


def test_an_exception_that_excuses_nothing_is_named():
    pages = {entry.page for entry in excuses()}
    assert len(checking.stale_excuses([], pages)) == len(excuses())


def test_every_sheet_has_its_page_and_every_page_its_sheet():
    sheets = {slug for kind, slug in all_sheets() if kind in ("procedures", "guidance")}
    assert sheets == set(PAGES)


def test_a_changed_figure_is_caught():
    def change(rows):
        for row in rows.sections:
            row["body"] = row["body"].replace("63 in every 100", "36 in every 100")

    assert any(
        each.check == "figure" and "36 in every 100" in each.message
        for each in findings("rig", change)
    )


def test_a_changed_time_is_caught():
    def change(rows):
        rows.page["duration_text"] = "About 30 to 75 minutes in the X-ray room. [^S2]"

    assert [each.what for each in findings("rig", change) if each.check == "figure"] == [
        "75 minutes"
    ]


def test_a_figure_under_the_wrong_source_is_caught():
    def change(rows):
        rows.page["duration_text"] = "About 30 to 60 minutes in the X-ray room. [^S14]"

    assert {each.what for each in findings("rig", change)} == {"30 minutes", "60 minutes"}


def test_a_source_that_the_sheet_does_not_know_is_caught():
    def change(rows):
        rows.sources.append(
            {
                "key": "S99",
                "title": "A leaflet nobody has read",
                "publisher": "",
                "url": "",
                "order": 99,
            }
        )
        rows.page["duration_text"] += " [^S99]"

    assert any(each.check == "source" and each.what == "S99" for each in findings("rig", change))


def test_a_citation_without_its_source_is_caught():
    def change(rows):
        rows.page["stay_text"] = "Often a night. [^S98]"

    assert any(each.what == "S98" for each in findings("rig", change))


def test_a_source_under_another_title_or_address_is_caught():
    known = {
        "S1": SheetSource(
            "S1", "Feeding tubes at home", "A trust", ("https://trust.example/feeding",)
        )
    }
    row = {"key": "S1", "title": "Feeding tubes at home", "url": "http://trust.example/feeding/"}
    assert source_problems([row], known) == []
    assert source_problems([row | {"title": "Caring for ports"}], known)
    assert source_problems([row | {"url": "https://elsewhere.example/feeding"}], known)
    assert source_problems([row | {"url": ""}], known) == []


def test_an_emergency_moved_to_a_milder_card_is_caught():
    def change(rows):
        for row in rows.help_signs:
            if "The line snaps" in (row.get("sign") or ""):
                row["level"] = "same_day"
                row["sign"] = row["sign"].replace("call 999", "ring us")

    assert any(
        each.check == "sign" and "same_day" in each.message
        for each in findings("picc-line", change)
    )


def test_a_shared_emergency_on_a_milder_card_is_caught():
    def change(rows):
        for row in rows.help_signs:
            if row.get("shared") == "sign-sepsis":
                row["level"] = "same_day"

    assert any(each.what == "sign-sepsis" for each in findings("rig", change))


def test_a_help_sign_left_out_is_caught():
    def change(rows):
        rows.help_signs = [row for row in rows.help_signs if row.get("shared") != "sign-cold-limb"]
        rows.help_signs = [row for row in rows.help_signs if "S28" not in (row.get("sign") or "")]

    assert any(each.check == "sign" for each in findings("arterial-stent", change))


def test_most_emergencies_are_missed_if_taken_off_the_cards():
    """Without its 999 card, every procedure page must be found wanting."""
    for slug, file in PAGES.items():
        if file.parent.name == "procedures":

            def change(rows):
                rows.help_signs = [row for row in rows.help_signs if row["level"] != "emergency"]

            assert any(each.check == "sign" for each in findings(slug, change)), slug


def test_a_risk_with_too_mild_a_word_is_caught():
    def change(rows):
        for row in rows.risks:
            if row.get("out_of"):
                row["frequency"] = "very_rare"

    assert any(each.check == "likelihood" for each in findings("rig", change))


def test_a_picture_of_a_smaller_risk_than_the_text_is_caught():
    rows = page_rows_from_fixture(PAGES["rig"])
    rows.risks = [
        {
            "name": "A leak",
            "order": 1,
            "frequency": "common",
            "frequency_text": "6 in 100 people",
            "affected_low": 2,
            "affected_high": 2,
            "out_of": 100,
        }
    ]
    assert [name for name, _ in likelihood_problems(rows)] == ["A leak"]


@pytest.mark.parametrize(
    ("sentence", "measures", "values"),
    [
        ("63 in every 100 RIGs", "proportion", [0.63]),
        ("2 to 5 in 100 people", "proportion", [0.02, 0.05]),
        ("6.9% of 15,605 patients", "proportion", [0.069]),
        ("1 in 50 people", "proportion", [0.02]),
        ("4 of 121 people", "proportion", [4 / 121]),
        ("about half an hour", "time", [30]),
        ("2 weeks", "time", [14 * 24 * 60]),
        ("3 days, or 72 hours", "time", [4320, 4320]),
        ("two or three months", "months", [2, 3]),
        ("a temperature of 37.5C", "temperature", [37.5]),
        ("Call 999 or NHS 111.", "number", []),
    ],
)
def test_figures_are_read_as_amounts(sentence, measures, values):
    assert [
        float(each.value) for each in figures(sentence) if each.measures == measures
    ] == pytest.approx(values)


@pytest.mark.parametrize(
    ("said", "found", "agrees"),
    [
        ("7 in 100 people", "6.9%", True),
        ("6 in 100 people", "6.9%", False),
        ("6 to 7 in 100 people", "6.9%", True),
        ("2 in 100 people", "1 in 50", True),
        ("14 days", "2 weeks", True),
        ("10 days", "2 weeks", False),
        ("15,605 people", "15605 patients", True),
    ],
)
def test_figures_agree_as_amounts_and_a_risk_is_not_rounded_down(said, found, agrees):
    assert is_held(figures(said)[0], held([Stated(found, frozenset())])) is agrees


def test_citations_split_a_paragraph_into_statements():
    found = statements(
        "It takes **30 minutes**. [^S1] You go home the same day. [^S2 S3]", "Section"
    )
    assert [(each.words, each.keys) for each in found] == [
        ("It takes 30 minutes.", ("S1",)),
        ("You go home the same day.", ("S2", "S3")),
    ]


def test_signs_are_compared_by_what_they_mean():
    assert sign_words("High temperature, chills") == sign_words("You have a fever and you shiver")
    assert len(parts("Slurred speech or confusion, no urine in a day: possible sepsis, 999")) == 3
    wanted = [SheetSign("emergency", "Vomiting blood or black sticky poo: 999")]
    page = PageSign("emergency", "You vomit blood, or your poo is black. Call 999.")
    assert sign_problems(wanted, [page], []) == []
    assert sign_problems(
        wanted,
        [replace(page, level="same_day", words="You vomit blood, or your poo is black.")],
        [],
    )
    assert misplaced_shared([replace(page, shared="sign-stroke", level="next_contact")])


def test_the_review_table_has_one_row_a_page():
    table = (EVIDENCE.parent / "content-review.md").read_text(encoding="utf-8")
    pages = [
        line.split("|")[1].strip()
        for line in table.splitlines()
        if line.startswith("| ") and "---" not in line
    ]
    assert sorted(set(PAGES) - set(pages)) == []
    assert len(pages) - pages.count("page") == len(set(pages) - {"page"})
