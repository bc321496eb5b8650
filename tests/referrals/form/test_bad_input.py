"""Every box of every screen against bad input. The boxes come from the table of questions itself,
so that a new field cannot stay outside.
"""

import re

import pytest
from django import forms
from django.http import QueryDict
from django.template import engines
from test_section_form import EVAR, asked

from referrals.answer_fields import answer_problems
from referrals.answer_shapes import LONG
from referrals.form.boxes import BirthdayBox, ClockBox, DayBox
from referrals.form.definition import SECTIONS
from referrals.form.questions import Asked, Kind, Need
from referrals.form.section_form import SectionForm, typed_before
from referrals.nhs_forms import error_list

RIGHT_TO_LEFT = "\u202eabc"
BAD = {
    "too long": "x" * (LONG + 1),
    "emoji": "🙂🙂🙂",
    "right-to-left": RIGHT_TO_LEFT,
    "HTML": "<img src=x onerror=alert(1)>",
    "formula": "=1+1",
    "control character": "a\x00b",
    "ten equal digits": "1111111111",
    "impossible date": "31 2 2026",
    "far future": "1 1 2090",
    "words": "not a value at all",
}
FREE_TEXT = frozenset({Kind.LINE, Kind.TEXT})
TAKEN_AS_TYPED = {
    "emoji": FREE_TEXT,
    "HTML": FREE_TEXT,
    "formula": FREE_TEXT,
    "ten equal digits": FREE_TEXT | {Kind.HOSPITAL_NUMBER, Kind.TELEPHONE, Kind.CONTACT},
    "impossible date": FREE_TEXT | {Kind.TELEPHONE},
    "far future": FREE_TEXT | {Kind.TELEPHONE},
    "words": FREE_TEXT | {Kind.NAME},
}
"""What is a fair answer to which kinds of box. Everything else must be refused in words."""

EVERYTHING_OPEN = {
    "request_mode": "problem",
    "urgency": "urgent",
    "patient_setting": "inpatient",
    "sex_registered_at_birth": "F",
    "mdt_discussed": "yes",
    "date_of_birth": "1990-01-01",
    "antithrombotics": [{"drug": "warfarin"}],
}


def state_of() -> Asked:
    """A case that asks nearly everything."""
    return asked(EVAR, high=True, **EVERYTHING_OPEN)


def boxes() -> list:
    """Section, name, kind of question and field of every box that a person types or chooses in."""
    found = []
    for section in SECTIONS:
        made = SectionForm(section, state_of(), {})
        kinds = {}
        for reader in made.readers:
            rows = getattr(reader, "rows", None)
            agents = getattr(reader, "agents", None)
            inner = [each for row in rows() for each in row] if rows else []
            inner += [each for _, _, row in agents() for each in row] if agents else []
            for each in [reader, *inner]:
                kinds |= dict.fromkeys(each.fields(), each.question)
        found += [
            pytest.param(section, name, kinds[name], id=f"{section.slug}-{name}")
            for name, field in made.fields.items()
            if not isinstance(field, forms.BooleanField) and "_1_" not in name
        ]
    return found


def openers(section, name: str) -> dict[str, list[str]]:
    """The answers of the same screen that make this box one that counts."""
    given: dict[str, list[str]] = {}
    made = SectionForm(section, state_of(), {})
    if name.startswith("allergies_"):
        number = int(name.split("_")[1])
        given["allergies"] = [made.fields["allergies"].choices[number][0]]
    for rows in ("antithrombotics", "previous_imaging"):
        if name.startswith(f"{rows}_0"):
            given[f"{rows}_given"] = ["yes"]
            given[f"{rows}_0_drug"] = ["other"]
            given[f"{rows}_0_on_pacs"] = ["no"]
    wanted = [name]
    while wanted:
        looked_for = wanted.pop()
        for question in section.questions:
            names = {question.name, *(f"{question.name}{end}" for end in ("_day", "_clock"))}
            if looked_for not in names or question.opens is None:
                continue
            opener, values = question.opens
            for other in section.questions:
                if opener in dict(other.items):
                    opener, values = other.name, (opener,)
            value = values[0]
            given[opener] = [
                "RBL14" if value.startswith("!RJR") else value.replace("!Walks", "Hoist")
            ]
            wanted.append(opener)
    return given


def filled(section, name: str, text: str) -> SectionForm:
    """The screen with this text in this box, and what opens the box."""
    data = QueryDict(mutable=True)
    made = SectionForm(section, state_of(), {})
    for each, values in openers(section, name).items():
        data.setlist(each, values)
    if isinstance(made.fields[name], BirthdayBox):
        data.update({f"{name}_day": text, f"{name}_month": "1", f"{name}_year": "1960"})
    else:
        data[name] = text
    if name.endswith("_clock"):
        data[name.replace("_clock", "_day")] = "yesterday"
    form = SectionForm(section, state_of(), {}, data)
    form.is_valid()
    return form


def is_taken(what: str, question, field) -> bool:
    """Whether this is a fair answer to this box."""
    if isinstance(field, forms.ChoiceField | DayBox | ClockBox | BirthdayBox):
        return False
    if question.length and len(BAD[what]) > question.length:
        return False
    return question.kind in TAKEN_AS_TYPED.get(what, ())


@pytest.mark.django_db
@pytest.mark.parametrize("what", BAD)
@pytest.mark.parametrize(("section", "name", "question"), boxes())
def test_bad_input_is_refused_beside_its_box_and_in_the_summary_and_kept(
    section, name, question, what
):
    text = BAD[what]
    form = filled(section, name, text)
    field = form.fields[name]
    if is_taken(what, question, field):
        assert name not in form.errors or len(text) < question.least, form.errors[name]
        kept = {key: value for key, value in form.to_store.items() if value}
        assert not answer_problems(kept)
        return
    assert form.errors.get(name), f"{name} took {text[:40]!r}"
    link = re.compile(rf"#id_{name}(-day|-month|-year)?")
    (item,) = [each for each in error_list(form) if link.fullmatch(each.get("href", ""))]
    assert item["text"]
    assert "<" not in item["text"]
    again = typed_before(form.typed(), section)
    assert again is not None
    assert text.strip() in [value for values in again.lists() for value in values[1]]


@pytest.mark.parametrize(("section", "name", "question"), boxes())
def test_nothing_typed_is_never_taken_for_an_answer(section, name, question):
    """An empty required box is an error or stays unanswered: it is never read as "no" or "none"."""
    form = filled(section, name, "")
    stored = [form.to_store.get(each) for each in question.stored_names]
    assert not any(stored) or question.kind in (Kind.ROWS, Kind.ALLERGIES, Kind.TICKED)
    opened = question.is_opened(state_of().with_answers(form.answers))
    if question.need is not Need.OPTIONAL and opened and question.name == name:
        needed = question.is_needed(state_of().with_answers(form.answers))
        assert form.errors or not needed


@pytest.mark.parametrize("name", ["hb"])
@pytest.mark.parametrize("value", ["2", "11.8", "25"])
def test_haemoglobin_in_the_wrong_unit_asks_for_grams_a_litre(name, value):
    section = next(each for each in SECTIONS if each.slug == "results")
    form = filled(section, name, value)
    assert "g/L" in str(form.errors[name])


def test_a_future_sample_is_refused_for_every_time_that_lies_in_the_past():
    for section in SECTIONS:
        made = SectionForm(section, state_of(), {})
        past = [
            name
            for name, field in made.fields.items()
            if isinstance(field, DayBox) and field.past and "_1_" not in name
        ]
        for name in past:
            form = filled(section, name, "tomorrow")
            assert "future" in str(form.errors.get(name)), name


def test_what_was_typed_stands_in_the_page_escaped():
    section = next(each for each in SECTIONS if each.slug == "patient")
    form = filled(section, "family_name", BAD["HTML"])
    drawn = (
        engines["jinja2"]
        .from_string(
            '{% from "referrals/_fields.jinja" import field %}{{ field(form["family_name"]) }}'
        )
        .render({"form": form})
    )
    assert "<img" not in drawn
    assert "&lt;img" in drawn
