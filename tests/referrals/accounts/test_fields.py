"""Every kind of field is drawn by the design system, keeps what was typed, and can be reached from the summary."""

import re
from datetime import date

import pytest
from django import forms
from django.template import engines
from django.utils.datastructures import MultiValueDict

from referrals.nhs_forms import DatePartsField, drawn, error_list

CHOICES = [("yes", "Yes"), ("no", "No"), ("not known", "Not known")]


class Everything(forms.Form):
    weight = drawn(
        forms.DecimalField(
            label="Weight",
            help_text="In kilograms.",
            error_messages={"required": "Enter the weight."},
        ),
        width=4,
        suffix="kg",
    )
    notes = drawn(
        forms.CharField(label="Notes", max_length=20, widget=forms.Textarea), count=True, rows=3
    )
    setting = forms.ChoiceField(
        label="Setting", choices=[("", "Choose"), ("ED", "Emergency department")]
    )
    allergy = drawn(
        forms.ChoiceField(label="Allergy", choices=CHOICES, widget=forms.RadioSelect),
        divider_before=("not known",),
        hints={"yes": "To contrast."},
    )
    drugs = drawn(
        forms.MultipleChoiceField(
            label="Drugs",
            choices=[("a", "Apixaban"), ("none", "None")],
            widget=forms.CheckboxSelectMultiple,
        ),
        exclusive=("none",),
    )
    agreed = forms.BooleanField(label="Agreed")
    born = DatePartsField(
        label="Date of birth",
        what="date of birth",
        widget=DatePartsField.widget({"autocomplete": "bday"}),
    )
    letter = forms.FileField(label="Letter", widget=forms.FileInput({"accept": "application/pdf"}))
    secret = forms.CharField(
        label="Password", widget=forms.PasswordInput({"autocomplete": "new-password"})
    )
    token = forms.CharField(widget=forms.HiddenInput, required=False)


def draw(form, source="{{ error_summary(form) }}{{ fields(form) }}") -> str:
    head = '{% from "referrals/_fields.jinja" import field, fields, error_summary %}'
    return engines["jinja2"].from_string(head + source).render({"form": form})


def test_each_kind_is_drawn_by_its_own_part():
    page = draw(Everything(initial={"token": "abc"}))
    for part in (
        "input",
        "textarea",
        "select",
        "radios",
        "checkboxes",
        "date-input",
        "file-upload",
        "password-input",
    ):
        assert f'class="nhsuk-{part}' in page or f" nhsuk-{part}" in page, part
    assert 'inputmode="decimal"' in page
    assert "nhsuk-input--width-4" in page
    assert ">kg<" in re.sub(r"\s", "", page)
    assert 'autocomplete="bday-day"' in page
    assert 'autocomplete="new-password"' in page
    assert 'data-maxlength="20"' in page
    assert 'accept="application/pdf"' in page
    assert 'data-behaviour="exclusive"' in page
    assert '<input type="hidden" name="token" value="abc"' in page
    assert 'type="number"' not in page
    assert "placeholder" not in page


def test_every_error_is_in_the_summary_and_beside_the_field_and_its_link_leads_somewhere():
    form = Everything(MultiValueDict())
    page = draw(form)
    errors = error_list(form)
    assert len(errors) == len(form.errors) == 9
    for error in errors:
        assert f'id="{error["href"][1:]}"' in page, error
    assert page.count("Enter the weight.") == 2
    assert page.count("Enter the date of birth.") == 2


def test_what_was_typed_stays_as_it_was_typed():
    typed = MultiValueDict(
        {
            "weight": ["seventy <b>"],
            "notes": ["A note that is far too long to keep"],
            "setting": ["ED"],
            "allergy": ["not known"],
            "drugs": ["a", "none"],
            "agreed": ["on"],
            "born_day": ["31"],
            "born_month": ["feb"],
            "born_year": ["1960"],
            "secret": ["hunter2"],
        }
    )
    page = draw(Everything(typed, {}))
    assert 'value="seventy &lt;b&gt;"' in page
    assert ">A note that is far too long to keep</textarea>" in page
    assert '<option value="ED" selected' in page
    assert re.search(r'value="not known"\s+checked', page)
    assert page.count(" checked") == 4
    assert 'value="feb"' in page
    assert "The date of birth must be a real date" in page
    assert "hunter2" not in page


def test_what_a_choice_opens_is_inside_it():
    form = Everything()
    page = draw(form, '{{ field(form["allergy"], {"yes": "<p>Which?</p>"}, label_size="m") }}')
    assert "data-aria-controls" in page
    assert "<p>Which?</p>" in page
    assert "nhsuk-fieldset__legend--m" in page
    assert 'class="nhsuk-radios__divider">or<' in page


@pytest.mark.parametrize(
    ("typed", "found", "parts"),
    [
        (["27", "3", "2026"], date(2026, 3, 27), None),
        (["1", "September", "2026"], date(2026, 9, 1), None),
        ([" 01 ", "02", "1960"], date(1960, 2, 1), None),
        (["29", "2", "2025"], None, ["day", "month", "year"]),
        (["31", "", "2025"], None, ["month"]),
        (["", "", "2025"], None, ["day", "month"]),
        (["1", "1", "25"], None, ["year"]),
        (["١", "1", "2025"], None, ["day"]),
        (["1", "Smarch", "2025"], None, ["month"]),
        (["-1", "1", "2025"], None, ["day"]),
        (["0", "1", "2025"], None, ["day", "month", "year"]),
    ],
)
def test_dates_are_real_and_the_part_at_fault_is_named(typed, found, parts):
    field = DatePartsField(what="date")
    if found:
        assert field.clean(typed) == found
        return
    with pytest.raises(forms.ValidationError) as refused:
        field.clean(typed)
    assert list(refused.value.params["parts"]) == parts


def test_a_date_that_need_not_be_given_is_none():
    assert DatePartsField(required=False).clean(["", "", ""]) is None
    assert DatePartsField(required=False).clean(None) is None


def test_a_date_already_known_is_shown_in_its_parts():
    page = draw(Everything(initial={"born": date(1960, 2, 1)}), '{{ field(form["born"]) }}')
    assert re.findall(r'value="(\d+)"', page) == ["1", "2", "1960"]
