"""Reason codes as people say them. The codes are those of section 4.2; the words are ours."""

from __future__ import annotations

from typing import Any

WORDS = {
    "identity": "Who the patient is",
    "indication_unclear": "Why it is needed is unclear",
    "question_unclear": "What it must answer or achieve is unclear",
    "bloods_missing": "Blood results are missing",
    "bloods_old": "Blood results are too old",
    "antithrombotics_unclear": "Blood-thinning drugs are unclear",
    "allergy_unclear": "Allergies are unclear",
    "renal": "Kidney function",
    "imaging_not_available": "Earlier imaging cannot be seen",
    "mdt_missing": "MDT discussion is missing",
    "capacity_consent": "Capacity or consent",
    "infection_status": "Infection status",
    "pregnancy": "Pregnancy",
    "level_or_side": "Level or side",
    "not_indicated": "Not indicated",
    "alternative_better": "Another treatment is better",
    "risk_outweighs": "The risk outweighs the benefit",
    "not_provided_here": "Not provided here",
    "needs_clinic_first": "Needs a clinic first",
    "duplicate": "Already referred",
    "not_entitled": "Not from an entitled referrer",
    "no_reply": "No reply to a question",
    "patient_declined": "The patient declined",
    "patient_unfit": "The patient is not fit",
    "resolved": "No longer needed",
    "died": "The patient has died",
    "done_elsewhere": "Done elsewhere",
    "no_bed": "No bed",
    "no_staff_or_kit": "No staff or equipment",
    "emergency_displaced": "An emergency took the place",
    "prep_not_followed": "Preparation was not followed",
    "did_not_attend": "The patient did not attend",
    "transferred": "Transferred",
    "entered_in_error": "Entered in error",
    "other": "Other",
}


def code_words(code: Any) -> str:
    """A code in words; an unknown one with spaces for its underscores."""
    return WORDS.get(str(code), str(code).replace("_", " ").capitalize())
