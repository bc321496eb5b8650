"""What an approver is shown: every difference between two versions of a page, in words, what bears on safety first."""

import copy
from html import unescape

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from procedures import differences, publishing
from procedures.differences import compare
from procedures.models import HelpSign, Procedure, Publication, Risk, Section, SharedText
from procedures.publishing import NotPublishable
from procedures.word_changes import ADDED, REMOVED, SAME, alike, changed_line, changed_lines
from tests.conftest import make_user

WORDS = st.lists(
    st.sampled_from(["we", "give", "you", "a", "small", "drain", "stent", "2", "in", "100"]),
    max_size=12,
)


@given(WORDS, WORDS)
def test_no_word_is_lost_or_invented(old, new):
    line = changed_line(" ".join(old), " ".join(new))
    kept = [piece.words for piece in line if piece.mark in (SAME, REMOVED)]
    now = [piece.words for piece in line if piece.mark in (SAME, ADDED)]
    assert " ".join(kept).split() == old
    assert " ".join(now).split() == new


def test_a_changed_figure_is_marked_and_lines_that_stayed_are_counted():
    old = "One.\n\nAbout 2 in 100 people bleed.\n\nThree.\n\nFour."
    (same, changed, after) = changed_lines(old, old.replace("2 in 100", "5 in 100"))
    assert [(piece.mark, piece.words) for piece in changed] == [
        (SAME, "About"),
        (REMOVED, "2"),
        (ADDED, "5"),
        (SAME, "in 100 people bleed."),
    ]
    assert "1 line" in same[0].words
    assert "2 lines" in after[0].words


def test_texts_with_little_in_common_are_shown_whole():
    assert alike("You go home the same day.", "Antibiotics come first.") < 0.45
    lines = changed_lines("You go home the same day.", "Antibiotics come first.")
    assert [[piece.mark for piece in line] for line in lines] == [[REMOVED], [ADDED]]


@pytest.fixture
def rig(db) -> dict:
    return Publication.objects.get(kind="procedure", slug="rig", version=1).document


def leaves(value, path=()):
    """Yield the way to every text, number, tick and list of texts in a document."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from leaves(part, (*path, key))
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for index, part in enumerate(value):
            yield from leaves(part, (*path, index))
    else:
        yield path


def test_no_part_of_a_page_can_change_without_being_shown(db):
    for kind, slug in (("procedure", "rig"), ("guidance", "going-home")):
        document = Publication.objects.get(kind=kind, slug=slug, version=1).document
        assert compare(document, copy.deepcopy(document)) == []
        for path in leaves(document):
            if path[0] in ("kind", "slug", "uncited", "pictures") or path[-1] == "number":
                continue
            changed = copy.deepcopy(document)
            place = changed
            for key in path[:-1]:
                place = place[key]
            was = place[path[-1]]
            if was == []:
                continue
            if isinstance(was, list):
                place[path[-1]] = [] if was else ["added"]
            else:
                place[path[-1]] = was + 7 if isinstance(was, int | float) else "other words"
            assert compare(document, changed), path


def test_a_fact_that_is_new_to_pages_is_shown_under_its_own_name(rig):
    new = copy.deepcopy(rig)
    new["facts"]["never_heard_of"] = True
    (change,) = compare(rig, new)
    assert (change.what, change.kind) == ("Never heard of", "added")


def test_numbering_sources_anew_is_no_change(rig):
    new = copy.deepcopy(rig)
    first = new["sources"][0] | {"number": 1, "title": "A newer audit"}
    shifted = [row | {"number": row["number"] + 1} for row in new["sources"]]

    def shift(value, name=""):
        if isinstance(value, str):
            return differences.text.with_keys(value, lambda key: str(int(key) + 1))
        if name in ("cited", "bleeding_risk_cited"):
            return [key + 1 for key in value]
        if isinstance(value, dict):
            return {key: shift(part, key) for key, part in value.items()}
        return [shift(part) for part in value] if isinstance(value, list) else value

    new = shift({key: part for key, part in new.items() if key != "sources"})
    new["sources"] = [first, *shifted]
    assert [(change.place, change.kind, change.what) for change in compare(rig, new)] == [
        ("Sources", "added", "A newer audit")
    ]


def test_a_sign_on_another_card_names_both_cards_and_comes_first(rig):
    new = copy.deepcopy(rig)
    new["help"]["next_contact"].append(new["help"]["emergency"].pop(0))
    (change,) = compare(rig, new)
    assert change.kind == "moved"
    assert change.is_safety
    assert "From “Call 999 or go to A&E” to “Tell us when you next speak to us”" in change.note


@pytest.mark.parametrize(
    ("change", "is_safety"),
    [
        (lambda page: page["risks"][0].update(frequency="rare"), True),
        (lambda page: page["risks"].pop(), True),
        (lambda page: page["facts"].update(fasting_food_hours=1.0), True),
        (lambda page: page["sections"].update(why="Ask about your warfarin."), True),
        (lambda page: page["facts"].update(done_by_text="A nurse does it."), False),
        (lambda page: page.update(summary="Shorter."), False),
        (lambda page: page["steps"].append(page["steps"].pop(0)), False),
    ],
)
def test_what_bears_on_safety_is_told_apart(rig, change, is_safety):
    new = copy.deepcopy(rig)
    change(new)
    changes = compare(rig, new)
    assert changes
    assert any(row.is_safety for row in changes) is is_safety


def test_steps_in_another_order_are_moved_not_rewritten(rig):
    new = copy.deepcopy(rig)
    new["steps"].append(new["steps"].pop(0))
    (change,) = compare(rig, new)
    assert (change.kind, change.note) == ("moved", f"From place 1 to place {len(new['steps'])}.")


def place_of(page, what: str = "publishing") -> str:
    return reverse(f"admin:procedures_procedure_{what}", args=[page.pk])


def first_approval(page, editor, approver) -> None:
    publishing.submit(page, editor, "First approval")
    publishing.approve(page, approver)


def test_an_approver_sees_what_would_change_safety_first_and_nothing_is_stored(
    client, editor, approver
):
    page = Procedure.objects.get(slug="rig")
    first_approval(page, editor, approver)
    risk = Risk.objects.filter(procedure=page, frequency="common").first()
    risk.frequency_text, risk._history_user = "about 9 in 100 people [^S3]", editor
    risk.affected_low, risk.affected_high, risk.out_of = 9, 9, 100
    risk.save()
    page.done_by_text, page._history_user = "An owl does it.", editor
    page.save()
    publishing.submit(page, editor, "Newer figures")
    client.force_login(approver)
    response = client.get(place_of(page))
    html = response.content.decode()
    assert "no-store" in response["Cache-Control"]
    first = html.index("Look at these first")
    assert first < html.index(f"{risk.name}: how often, in figures") < html.index("Who does it")
    assert '<ins><span class="visually-hidden">[added: </span>An owl' in html
    assert "<del>" in html
    assert html.index("An owl") < html.index("Approve and make public")
    assert "The whole page" not in html, "it was approved before"


def test_a_first_approval_shows_the_whole_page(client, editor, approver):
    page = Procedure.objects.get(slug="rig")
    publishing.submit(page, editor, "First approval")
    client.force_login(approver)
    html = client.get(place_of(page)).content.decode()
    assert "No version of this page was ever approved" in html
    assert "<details open>" in html
    for sign in HelpSign.objects.filter(procedure=page, shared=None):
        words = differences.text.plain(sign.sign).split(".")[0]
        assert words in " ".join(unescape(html).split())


def test_going_back_shows_what_the_older_version_would_change_not_the_draft(
    client, editor, approver
):
    page = Procedure.objects.get(slug="rig")
    first_approval(page, editor, approver)
    page.done_by_text, page._history_user = "An owl does it.", editor
    page.save()
    publishing.submit(page, editor, "Owls")
    publishing.approve(page, approver)
    page.done_by_text = "A badger does it."
    page.save()
    publishing.submit_older(page, 2, editor, "No owls here")
    client.force_login(approver)
    html = client.get(place_of(page)).content.decode()
    assert "An owl" in html
    assert "badger" not in html
    assert "Approving makes <strong>version 2</strong> public again" in html


def test_a_draft_changed_after_sending_warns_before_the_button(client, editor, approver):
    page = Procedure.objects.get(slug="rig")
    publishing.submit(page, editor, "Note")
    section = Section.objects.get(procedure=page, kind="why")
    section.body += "\n\nOne more line."
    section.save()
    client.force_login(approver)
    html = client.get(place_of(page)).content.decode()
    assert "was changed after it was sent" in html
    assert 'value="Approve and make public" disabled' in html


def test_any_two_versions_can_be_compared_and_a_version_that_never_was_is_not_found(
    client, editor, approver
):
    page = Procedure.objects.get(slug="rig")
    page.done_by_text, page._history_user = "An owl does it.", editor
    page.save()
    first_approval(page, editor, approver)
    client.force_login(approver)
    response = client.get(place_of(page, "compare"), {"old": "1", "new": "2"})
    assert "An owl" in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    for wrong in ("99", "x", "-1", "²"):
        assert client.get(place_of(page, "compare"), {"old": wrong}).status_code == 404
    outsider = make_user("outsider")
    client.force_login(outsider)
    assert client.get(place_of(page, "compare")).status_code == 403


def test_who_edited_a_shared_text_cannot_approve_the_page_that_takes_it_up(editor):
    both = make_user("both", "Editor", "Clinical approver")
    page = Procedure.objects.get(slug="rig")
    sign = HelpSign.objects.filter(procedure=page, shared__isnull=False).first()
    shared = SharedText.objects.get(pk=sign.shared_id)
    shared.body, shared._history_user = shared.body + " Ring us.", both
    shared.save()
    publishing.submit(page, editor, "A shared sign says more")
    with pytest.raises(NotPublishable, match="someone else"):
        publishing.approve(page, both)
