"""The form of each decision: what section 4.1 asks to be recorded with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from referrals.answer_fields import FIELDS
from referrals.code_words import code_words
from referrals.models import Referral
from referrals.nhs_forms import DatePartsField, drawn
from referrals.service import configuration
from referrals.service.moves import REASON_LENGTH
from referrals.states import CancellationReason, InformationWanted, RejectionReason, State
from referrals.triage.presenters import URGENCY_WORDS
from referrals.vocabulary import Access, Answer, FilterRemoval, Lysis

LINE_LENGTH = 200
YES_NO = [("yes", "Yes"), ("no", "No")]


def _said(missing: str, length: int) -> dict[str, str]:
    """The errors of a box: what to write where nothing stands, and how long it may be."""
    return {"required": missing, "max_length": f"Use {length} characters or fewer."}


def _text(label: str, missing: str = "", *, hint: str = "", rows: int = 3) -> forms.CharField:
    """A box for several lines; it may stay empty where nothing is said to be missing."""
    return drawn(
        forms.CharField(
            label=label,
            required=bool(missing),
            max_length=REASON_LENGTH,
            help_text=hint,
            widget=forms.Textarea,
            error_messages=_said(missing, REASON_LENGTH),
        ),
        rows=rows,
    )


def _line(label: str, missing: str = "", *, hint: str = "") -> forms.CharField:
    """A box for one line; it may stay empty where nothing is said to be missing."""
    return forms.CharField(
        label=label,
        required=bool(missing),
        max_length=LINE_LENGTH,
        help_text=hint,
        error_messages=_said(missing, LINE_LENGTH),
    )


def _radios(label: str, choices: Iterable[tuple[str, str]], missing: str) -> forms.ChoiceField:
    """One of a few, always required."""
    return forms.ChoiceField(
        label=label,
        choices=list(choices),
        widget=forms.RadioSelect,
        error_messages={"required": missing},
    )


def _worded(codes: Iterable[Any]) -> list[tuple[str, str]]:
    return [(str(code), code_words(code)) for code in codes]


class StepForm(forms.Form):
    """What every decision carries: the row that its maker saw."""

    seen_row = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, referral: Referral, **kwargs: Any) -> None:
        self.referral = referral
        initial = {"seen_row": referral.newest_row, **self.first_values(referral)}
        super().__init__(*args, initial=initial, **kwargs)

    def first_values(self, referral: Referral) -> dict[str, Any]:
        """What the form shows before anything is typed."""
        return {}

    def recorded(self) -> dict[str, Any]:
        """What goes into the immutable row: plain values, dates in ISO form."""
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in self.cleaned_data.items()
            if name != "seen_row" and value not in (None, "", [])
        }


class AcceptForm(StepForm):
    """Accept: the final procedure, chosen by IR, with everything the day needs."""

    final_procedure = forms.ChoiceField(
        label="Final procedure", error_messages={"required": "Choose the final procedure."}
    )
    change_reason = _text(
        "Why it differs from the request",
        hint="Needed when the final procedure is not the one that was asked for.",
        rows=2,
    )
    urgency = _radios(
        "Urgency",
        [(str(word), text) for word, text in URGENCY_WORDS.items()],
        "Choose the urgency.",
    )
    imaging_guidance = _radios(
        "Imaging guidance",
        [(each, each.capitalize()) for each in ("fluoroscopy", "ultrasound", "more than one")]
        + [("CT", "CT"), ("cone-beam CT", "Cone-beam CT")],
        "Choose the imaging guidance.",
    )
    anaesthetic = _radios(
        "Anaesthetic",
        [
            ("local", "Local"),
            ("sedation", "Sedation"),
            ("general", "General"),
            ("none", "None"),
        ],
        "Choose the anaesthetic, or none.",
    )
    contrast = _line(
        "Contrast", "Say which contrast and how much, or none.", hint="Which, how much, or none."
    )
    bloods_wanted = _line(
        "Bloods wanted",
        "Say which bloods are wanted, or none further.",
        hint="Which, and by when, or none further.",
    )
    antithrombotic_plan_owner = _line(
        "Who plans blood-thinning drugs",
        "Say who plans blood-thinning drugs, or that it is not needed.",
        hint="A named team or person, or not needed.",
    )
    justification = _text(
        "IR(ME)R justification",
        hint="Benefit against detriment, and why this exposure.",
    )
    justify_on_the_day = forms.BooleanField(
        label="The exposure will be justified on the day", required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        entries = configuration.current().catalogue.values()
        self.fields["final_procedure"].choices = [("", "Choose")] + [
            (entry.code, entry.name) for entry in entries if entry.active
        ]

    def first_values(self, referral: Referral) -> dict[str, Any]:
        """The procedure as requested, and the urgency as given."""
        code = referral.procedure.code if referral.procedure else ""
        return {"final_procedure": code, "urgency": referral.urgency}

    def clean(self) -> dict[str, Any]:
        """One of the two ways to justify must be chosen."""
        given = super().clean() or {}
        if not given.get("justification") and not given.get("justify_on_the_day"):
            self.add_error(
                "justification", "Write the justification, or tick that it comes on the day."
            )
        return given


class InformationForm(StepForm):
    """Ask: coded items, the fields that may be filled, and by when."""

    items = forms.MultipleChoiceField(
        label="What is wanted",
        choices=_worded(InformationWanted),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose what is wanted."},
    )
    fields_opened = forms.MultipleChoiceField(
        label="Fields that the team may also fill",
        required=False,
        choices=[(name, each.label) for name, each in FIELDS.items()],
        widget=forms.CheckboxSelectMultiple,
        help_text="The fields that belong to what is wanted are opened by themselves.",
    )
    note = _text("What exactly is needed", "Say what exactly is needed.")
    needed_by = DatePartsField(label="Needed by", what="date it is needed by")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        arranged = configuration.current().arrangements
        if arranged.provisional.intersection(arranged.question_fields):
            self.fields[
                "fields_opened"
            ].help_text += " Which they are is provisional: not yet confirmed by the department."

    def recorded(self) -> dict[str, Any]:
        """Items, and the fields they open with those chosen by hand."""
        found = super().recorded()
        chosen = found.pop("fields_opened", [])
        opens = configuration.current().arrangements.question_fields
        for item in found["items"]:
            for name in opens.get(item, ()):
                chosen.append(name)
                if f"{name}_at" in FIELDS:
                    chosen.append(f"{name}_at")
        found["fields"] = list(dict.fromkeys(chosen))
        return found


class TakeBackForm(StepForm):
    """Take a question back after an escalation. A person does it, never a timer."""

    note = _text("Why the question is taken back", "Say why the question is taken back.")
    escalated_at = DatePartsField(label="When the consultant was chased", what="date")


class RedirectForm(StepForm):
    """Redirect: to whom, why, and who sends it on."""

    redirected_to = _line("To whom", "Say to whom the referral goes.")
    note = _text("Reason", "Say why the referral is redirected.")
    forwarded_by = _radios(
        "Who forwards it",
        [("IR forwards it", "IR forwards it"), ("the referrer sends it", "The referrer sends it")],
        "Choose who forwards it.",
    )


class RejectForm(StepForm):
    """Reject: a coded reason, the reason in words, and advice. It stays open until read."""

    reason_code = _radios("Reason", _worded(RejectionReason), "Choose the reason.")
    note = _text("Reason in words", "Give the reason in words.")
    advice = _text("Advice to the referrer", "Write your advice to the referrer.")


class PreassessmentForm(StepForm):
    """Book pre-assessment."""

    preassessment_date = DatePartsField(label="Date", what="date of pre-assessment")
    preassessment_place = _line("Place", "Say where pre-assessment is.")


class ListForm(StepForm):
    """Put on a list."""

    list_date = DatePartsField(label="Date", what="date of the list")
    list_name = _line("List", "Say which list.")
    order_needs = _text(
        "Order and needs",
        "Say the order and the needs, or none.",
        hint="Such as first, last, infection, diabetes, hoist, or none.",
    )


class BackToAcceptedForm(StepForm):
    """The list was cancelled."""

    note = _text("Why the list was cancelled", "Say why the list was cancelled.")


class DoneForm(StepForm):
    """Done: outcome, what was done, and who follows up."""

    outcome = _text("Outcome", "Say what the outcome was.")
    performed_procedure = _line("Procedure done", "Say which procedure was done.")
    follow_up_owner = _line("Who follows up", "Say who follows up.")
    report_place = _line("Where the report is")


class CancelForm(StepForm):
    """Cancel: who, why, and whether a new referral is needed."""

    reason_code = _radios("Reason", _worded(CancellationReason), "Choose the reason.")
    cancelled_by = _line(
        "Who cancelled", "Say who cancelled.", hint="Such as the patient by telephone."
    )
    note = _text("More about the reason")
    re_referral_needed = drawn(
        _radios("New referral needed", YES_NO, "Choose whether a new referral is needed."),
        inline=True,
    )


class VettingForm(forms.Form):
    """What IR alone knows, and the flags depend on. Not known counts as the graver."""

    access = forms.ChoiceField(
        label="Access",
        required=False,
        choices=[("", "Choose"), *((str(each), str(each).capitalize()) for each in Access)],
    )
    sheath_f = forms.DecimalField(
        label="Largest sheath, in French",
        required=False,
        min_value=1,
        max_value=30,
        max_digits=4,
        decimal_places=1,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value", "max_digits", "max_decimal_places"),
            "The sheath size must be a number of French from 1 to 30, such as 6 or 6.5.",
        ),
    )
    filter_removal = forms.ChoiceField(
        label="Filter removal",
        required=False,
        choices=[("", "Choose"), *((str(each), str(each).capitalize()) for each in FilterRemoval)],
    )
    venous_stent_lysis = forms.ChoiceField(
        label="Venous stent",
        required=False,
        choices=[("", "Choose"), *((str(each), str(each).capitalize()) for each in Lysis)],
    )
    contrast_into_vessel = forms.ChoiceField(
        label="Contrast into a vessel",
        required=False,
        choices=[("", "Choose"), *((str(each), str(each).capitalize()) for each in Answer)],
    )
    first_pass = forms.ChoiceField(
        label="Contrast reaches the kidneys first",
        required=False,
        choices=[("", "Choose"), *((str(each), str(each).capitalize()) for each in Answer)],
    )

    def filled(self) -> dict[str, str]:
        """What was chosen, as text."""
        return {
            name: format(value.normalize(), "f") if name == "sheath_f" else str(value)
            for name, value in self.cleaned_data.items()
            if value not in (None, "")
        }


@dataclass(frozen=True)
class Step:
    """A decision as the page offers it."""

    name: str
    target: State
    button: str
    title: str
    form: type[StepForm]
    origins: tuple[State, ...]
    secondary: bool = True

    def offered_in(self, referral: Referral, targets: Iterable[State]) -> bool:
        """Whether this person may take the step now; the service decides again on posting."""
        return self.target in tuple(targets) and (
            not self.origins or referral.current_state in self.origins
        )


_VETTING = (State.IN_VETTING,)
STEPS: dict[str, Step] = {
    each.name: each
    for each in (
        Step("accept", State.ACCEPTED, "Accept", "Accept", AcceptForm, _VETTING, secondary=False),
        Step(
            "ask",
            State.INFO_WANTED,
            "Ask for information",
            "Ask for information",
            InformationForm,
            _VETTING,
        ),
        Step("redirect", State.REDIRECTED, "Redirect", "Redirect", RedirectForm, _VETTING),
        Step("reject", State.REJECTED, "Reject", "Reject", RejectForm, _VETTING),
        Step(
            "take-back",
            State.IN_VETTING,
            "Take the question back",
            "Take the question back",
            TakeBackForm,
            (State.INFO_WANTED,),
        ),
        Step(
            "preassessment",
            State.PREASSESS_BOOKED,
            "Book pre-assessment",
            "Book pre-assessment",
            PreassessmentForm,
            (State.ACCEPTED,),
            secondary=False,
        ),
        Step("list", State.LISTED, "Put on a list", "Put on a list", ListForm, ()),
        Step(
            "list-cancelled",
            State.ACCEPTED,
            "The list was cancelled",
            "The list was cancelled",
            BackToAcceptedForm,
            (State.LISTED,),
        ),
        Step("done", State.DONE, "Done", "Record what was done", DoneForm, ()),
        Step("cancel", State.CANCELLED, "Cancel", "Cancel this referral", CancelForm, ()),
    )
}
