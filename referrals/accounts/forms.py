"""The public form on which someone asks for an account. It asks nothing about any patient."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.conf import settings

from referrals.eligibility import (
    Directory,
    GmcNumberRefused,
    OrganisationCheck,
    Refusal,
    SourceKind,
    parse_gmc_number,
    refusal_for,
)
from referrals.identity import name_problem, tidy_name
from referrals.models import AccountRequest
from referrals.nhs_forms import DatePartsField, drawn
from referrals.service.mail_domains import address_problem

ELSEWHERE = {
    "gp": ("A GP practice or community service", SourceKind.GP),
    "other-hospital": ("Another hospital", SourceKind.OUT_OF_NETWORK),
    "elsewhere": ("Somewhere else", SourceKind.OTHER_HEALTHCARE),
}
"""Answers that are no organisation: what they say, and what they are refused and counted as."""
NEITHER = "neither"
OLDEST_TRAINING_YEARS = 20


def _words(label: str, wanted: str, **kwargs: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=120, error_messages={"required": wanted}, **kwargs
    )


class AccountRequestForm(forms.Form):
    """Who someone is and where they work. ``refusal`` is answered before anything is validated."""

    organisation = forms.CharField(
        label="Where do you work?",
        widget=forms.RadioSelect,
        max_length=20,
        error_messages={"required": "Choose where you work."},
    )
    grade = drawn(
        forms.ChoiceField(
            label="What is your role in a referral?",
            choices=[*AccountRequest.Grade.choices, (NEITHER, "Neither of these")],
            widget=forms.RadioSelect,
            error_messages={"required": "Choose your role in a referral."},
        ),
        hints={
            AccountRequest.Grade.CONSULTANT: "You send referrals in your own name.",
            AccountRequest.Grade.DELEGATE: "Such as a registrar or nurse specialist. The consultant sends.",
        },
    )
    full_name = drawn(
        _words(
            "Full name", "Enter your full name.", widget=forms.TextInput({"autocomplete": "name"})
        ),
        width=20,
    )
    job_title = drawn(
        _words(
            "Job title",
            "Enter your job title.",
            widget=forms.TextInput({"autocomplete": "organization-title"}),
        ),
        width=20,
    )
    specialty = drawn(
        _words("Specialty", "Enter your specialty.", help_text="Such as vascular surgery."),
        width=20,
    )
    gmc_number = drawn(
        forms.CharField(
            label="GMC number",
            help_text="7 digits. Colleagues without one leave this empty.",
            required=False,
            max_length=12,
            widget=forms.TextInput({"inputmode": "numeric", "spellcheck": "false"}),
        ),
        width=10,
        code=True,
    )
    other_registration = drawn(
        forms.CharField(
            label="Other registration",
            help_text="Only if you have no GMC number: the regulator and your number, such as NMC 12A3456B.",
            required=False,
            max_length=60,
            widget=forms.TextInput({"spellcheck": "false"}),
        ),
        width=20,
    )
    consultant_drafted_for = drawn(
        forms.CharField(
            label="Consultant you draft for",
            help_text="Only if you draft for a consultant.",
            required=False,
            max_length=120,
        ),
        width=20,
    )
    irmer_training_on = DatePartsField(
        label="When did you last do IR(ME)R referrer training?",
        help_text="For example, 27 3 2026. Leave empty if you do not know; we will check with your employer.",
        what="date of training",
        required=False,
    )
    work_email = drawn(
        forms.CharField(
            label="Work e-mail address",
            help_text="Your own hospital address. We send the link for your account there.",
            max_length=254,
            widget=forms.EmailInput({"autocomplete": "email", "spellcheck": "false"}),
            error_messages={"required": "Enter your work e-mail address."},
        ),
        width=30,
    )
    team_mailbox = drawn(
        forms.CharField(
            label="Team mailbox",
            help_text="A shared mailbox that your team watches, so that answers are seen when you are away.",
            max_length=254,
            widget=forms.EmailInput({"spellcheck": "false"}),
            error_messages={"required": "Enter the team mailbox."},
        ),
        width=30,
    )

    def __init__(self, *args: Any, directory: Directory, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.directory, self.today = directory, today
        listed = [
            (code, place.name)
            for code, place in sorted(
                directory.organisations.items(), key=lambda each: each[1].name
            )
            if not place.parent_code and directory.check(code, today).accepted
        ]
        field = self.fields["organisation"]
        field.widget.choices = [*listed, *((key, words) for key, (words, _) in ELSEWHERE.items())]
        drawn(field, divider_before=(next(iter(ELSEWHERE)),))

    def refusal(self) -> tuple[Refusal, str] | None:
        """Why this person's place or role cannot have an account, with the rule; or None.

        Reads two answers and looks at nothing else that was typed.
        """
        answer = (self.data.get("organisation") or "").strip()
        if not answer:
            return None
        if answer in ELSEWHERE:
            return refusal_for(ELSEWHERE[answer][1]), "R02"
        place = self._place(answer)
        if not place.accepted:
            return refusal_for(place.kind), "R02"
        if self.data.get("grade") == NEITHER:
            return refusal_for(SourceKind.NOT_A_CONSULTANT), "R03"
        return None

    def _place(self, code: str) -> OrganisationCheck:
        return self.directory.check(code, self.today)

    def clean_organisation(self) -> str:
        """The trust's code. Only the allow-list accepts."""
        place = self._place(self.cleaned_data["organisation"])
        if not place.accepted:
            raise forms.ValidationError("Choose where you work.")
        return place.trust_code

    def clean_full_name(self) -> str:
        """A name in letters."""
        problem = name_problem(self.cleaned_data["full_name"])
        if problem:
            raise forms.ValidationError(problem)
        return tidy_name(self.cleaned_data["full_name"])

    def clean_gmc_number(self) -> str:
        """Seven digits, or empty."""
        typed = self.cleaned_data["gmc_number"]
        if not typed.strip():
            return ""
        try:
            return parse_gmc_number(typed, live=not settings.DEMO)
        except GmcNumberRefused as refused:
            raise forms.ValidationError(str(refused)) from refused

    def _clean_address(self, name: str) -> str:
        typed = self.cleaned_data[name].strip()
        problem = address_problem(typed)
        if problem:
            raise forms.ValidationError(problem)
        return typed.lower()

    def clean_work_email(self) -> str:
        """Public webmail is refused; an NHS address is only an address."""
        return self._clean_address("work_email")

    def clean_team_mailbox(self) -> str:
        """Public webmail is refused here too."""
        return self._clean_address("team_mailbox")

    def clean_irmer_training_on(self) -> date | None:
        """A date that has been, and not in a past life."""
        day = self.cleaned_data["irmer_training_on"]
        if day and day > self.today:
            raise forms.ValidationError("The date of training is in the future. Check it.")
        if day and day.year < self.today.year - OLDEST_TRAINING_YEARS:
            raise forms.ValidationError(
                f"The date of training is more than {OLDEST_TRAINING_YEARS} years ago. Check it."
            )
        return day

    def clean(self) -> dict[str, Any]:
        """What the role needs."""
        cleaned = super().clean()
        grade = cleaned.get("grade")
        if grade == NEITHER:
            self.add_error("grade", "Choose your role in a referral.")
        unnumbered = "gmc_number" not in self.errors and not cleaned.get("gmc_number")
        if grade == AccountRequest.Grade.CONSULTANT and unnumbered:
            self.add_error("gmc_number", "Enter the 7 digits of your GMC number.")
        if grade == AccountRequest.Grade.DELEGATE:
            if unnumbered and not cleaned.get("other_registration"):
                self.add_error(
                    "other_registration",
                    "Enter a GMC number above, or your other registration here.",
                )
            if not cleaned.get("consultant_drafted_for"):
                self.add_error("consultant_drafted_for", "Enter the consultant you draft for.")
        own, team = cleaned.get("work_email"), cleaned.get("team_mailbox")
        if own and own == team:
            self.add_error("team_mailbox", "Enter a shared mailbox, not your own address.")
        return cleaned

    def as_request(self) -> AccountRequest:
        """The row for a valid form, not yet saved."""
        cleaned = dict(self.cleaned_data)
        code = cleaned.pop("organisation")
        return AccountRequest(
            organisation_code=code,
            organisation_name=self.directory.organisations[code].name,
            **cleaned,
        )
