"""The first screen of the form: emergency, organisation, and for which consultant."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms

from referrals.form import boxes
from referrals.form.questions import Asked
from referrals.form.readers import moment_fields, read_moment_boxes
from referrals.models import EntitledReferrer
from referrals.nhs_forms import drawn
from referrals.vocabulary import Emergency

CONVERSATION = (
    "discussed_with_ir",
    "discussed_at_day",
    "discussed_at_clock",
    "discussed_outcome",
)


class BeginForm(forms.Form):
    """Nothing here is about a patient. ``lines`` are the consultants the person may act for."""

    use_required_attribute = False

    def __init__(
        self,
        data: Any = None,
        *,
        asked: Asked,
        lines: Sequence[EntitledReferrer],
        user: Any,
        places: Sequence[tuple[str, str]],
        initial: dict[str, Any] | None = None,
    ) -> None:
        self.asked, self.lines = asked, list(lines)
        self.discussed_at: datetime | None = None
        first = {"consultant": str(lines[0].pk)} if len(lines) == 1 else {}
        if len({line.organisation.code for line in lines}) == 1:
            first["organisation"] = lines[0].organisation.code
        super().__init__(data, initial={**first, **(initial or {})})
        self.fields["is_emergency"] = drawn(
            boxes.Choice(
                label="Is this an emergency?",
                choices=[
                    (str(Emergency.NOW), "Yes, now: life, limb or organ is at risk"),
                    (str(Emergency.TWENTY_FOUR_HOURS), "Yes, it is needed within 24 hours"),
                    (str(Emergency.NO), "No"),
                ],
                widget=forms.RadioSelect,
                error_messages={"required": "Choose whether this is an emergency."},
            ),
            small=True,
            label_size="s",
        )
        self.fields["discussed_with_ir"] = drawn(
            boxes.TextBox(
                most=120,
                label="Whom in IR have you spoken to?",
                help_text="If you have not yet telephoned, telephone now: do not use this form.",
            ),
            width=20,
            label_size="s",
        )
        self.fields |= moment_fields("discussed_at", asked.today, past=True)
        self.fields["discussed_outcome"] = drawn(
            boxes.TextBox(
                most=1000,
                lines=True,
                label="What was agreed?",
                help_text="Do not name the patient here.",
            ),
            rows=2,
            label_size="s",
        )
        self.fields["consultant"] = drawn(
            boxes.Choice(
                label="Who is the responsible consultant?",
                choices=[(str(line.pk), _named(line, user)) for line in lines],
                widget=forms.RadioSelect,
                error_messages={"required": "Choose the responsible consultant."},
            ),
            small=True,
            label_size="s",
        )
        self.fields["organisation"] = drawn(
            boxes.Choice(
                label="From which organisation or site?",
                choices=[("", "Choose"), *places],
                error_messages={"required": "Choose the organisation or site."},
            ),
            label_size="s",
        )

    def clean(self) -> dict[str, Any]:
        """A within-24-hours case says with whom the person has spoken, when, and what was agreed."""
        cleaned = self.cleaned_data
        if cleaned.get("is_emergency") == Emergency.TWENTY_FOUR_HOURS:
            if not cleaned.get("discussed_with_ir"):
                self.add_error("discussed_with_ir", "Enter whom in IR you have spoken to.")
            self.discussed_at = read_moment_boxes(
                "discussed_at", cleaned, self.asked, True, self.add_error
            )
            told = self.errors.get("discussed_at_day") or self.errors.get("discussed_at_clock")
            if self.discussed_at is None and not told:
                self.add_error("discussed_at_day", "Enter when you spoke to IR.")
            if not (cleaned.get("discussed_outcome") or self.errors.get("discussed_outcome")):
                self.add_error("discussed_outcome", "Say what was agreed with IR.")
        else:
            for name in CONVERSATION:
                self._errors.pop(name, None)
        return cleaned

    @property
    def consultant(self) -> EntitledReferrer | None:
        """The line in the register that was chosen."""
        chosen = self.cleaned_data.get("consultant")
        return next((line for line in self.lines if str(line.pk) == chosen), None)


def _named(line: EntitledReferrer, user: Any) -> str:
    if line.user_id == user.pk:
        return f"I am: {line.full_name}, {line.specialty}"
    return f"I am drafting for {line.full_name}, {line.specialty}, {line.organisation.name}"
