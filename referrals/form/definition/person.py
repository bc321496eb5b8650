"""Who the patient is, and whom we can ring."""

from __future__ import annotations

from referrals.form import conditions as when
from referrals.form.definition.specialties import SPECIALTIES
from referrals.form.questions import YES_NO_NOT_KNOWN, Kind, Need, Question, Section, words
from referrals.languages import LANGUAGES, OTHER_LANGUAGE
from referrals.vocabulary import Answer, NhsNumberAbsent, Sex

PATIENT = Section(
    "patient",
    "Patient",
    (
        Question(
            "nhs_number",
            "NHS number",
            Kind.NHS_NUMBER,
            Need.LEGAL,
            hint="10 digits, like 999 000 0018.",
            missing="Enter the NHS number, or say why there is none.",
        ),
        Question(
            "nhs_number_absent_reason",
            "If there is no NHS number, why?",
            Kind.SELECT,
            choices=words(
                (NhsNumberAbsent.NOT_KNOWN, "Not known"),
                (NhsNumberAbsent.OVERSEAS, "Patient from overseas"),
                (NhsNumberAbsent.DEVOLVED, "Patient from Scotland or Northern Ireland"),
            ),
        ),
        Question(
            "hospital_number",
            "Hospital number",
            Kind.HOSPITAL_NUMBER,
            Need.LEGAL,
            needed_when=when.no_nhs_number,
            hint="The number at your hospital. Needed where there is no NHS number.",
            missing="Enter the hospital number: without an NHS number it is needed.",
        ),
        Question(
            "family_name",
            "Family name",
            Kind.NAME,
            Need.LEGAL,
            missing="Enter the family name.",
        ),
        Question(
            "given_name", "Given name", Kind.NAME, Need.LEGAL, missing="Enter the given name."
        ),
        Question(
            "date_of_birth",
            "Date of birth",
            Kind.BIRTHDAY,
            Need.LEGAL,
            hint="For example 31 3 1960.",
            missing="Enter the date of birth.",
        ),
        Question(
            "sex_registered_at_birth",
            "Sex registered at birth",
            Kind.RADIOS,
            Need.LEGAL,
            choices=words((Sex.FEMALE, "Female"), (Sex.MALE, "Male"), (Sex.NOT_KNOWN, "Not known")),
            inline=True,
            missing="Choose the sex registered at birth.",
        ),
        Question(
            "patient_phone",
            "Patient's telephone",
            Kind.TELEPHONE,
            Need.REQUIRED,
            needed_when=when.not_in_hospital,
            hint="Needed to book someone who is at home.",
            unknown="Patient's telephone not known",
            missing="Enter the patient's telephone number, or tick not known.",
        ),
        Question(
            "interpreter_needed",
            "Interpreter needed?",
            Kind.RADIOS,
            Need.REQUIRED,
            choices=YES_NO_NOT_KNOWN,
            inline=True,
            missing="Choose whether an interpreter is needed.",
        ),
        Question(
            "language",
            "Language",
            Kind.SELECT,
            Need.REQUIRED,
            opens=("interpreter_needed", (str(Answer.YES),)),
            choices=LANGUAGES,
            missing="Choose the language.",
        ),
        Question(
            "language_other",
            "Which language?",
            Kind.LINE,
            Need.REQUIRED,
            opens=("language", (OTHER_LANGUAGE,)),
            length=60,
            width=20,
            missing="Enter the language.",
        ),
        Question("address_postcode", "Postcode", Kind.POSTCODE, more=True),
        Question("alt_contact", "Another telephone", Kind.TELEPHONE, more=True),
        Question("gender", "Gender, if it differs", Kind.LINE, length=60, width=20, more=True),
        Question(
            "communication_needs",
            "Communication needs",
            Kind.TEXT,
            hint="For example large print, easy read, a hearing loop.",
            length=1000,
            rows=2,
            more=True,
        ),
    ),
    lead="Check each number against the notes.",
)

CONTACT = Section(
    "contact",
    "Whom we can ring",
    (
        Question(
            "specialty",
            "Specialty",
            Kind.SELECT,
            Need.REQUIRED,
            choices=tuple((each, each) for each in SPECIALTIES),
            missing="Choose the specialty.",
        ),
        Question(
            "contact_number",
            "Telephone that is answered",
            Kind.CONTACT,
            Need.LEGAL,
            hint="A whole number, with its extension if it has one, not only a bleep.",
            length=40,
            width=20,
            missing="Enter a telephone number that is answered.",
        ),
        Question(
            "contact_hours",
            "When it is answered",
            Kind.LINE,
            Need.LEGAL,
            hint="For example weekdays 8am to 6pm, then ward 45.",
            length=120,
            missing="Enter when it is answered.",
        ),
        Question(
            "team_mailbox",
            "Team mailbox",
            Kind.MAILBOX,
            Need.REQUIRED,
            hint="Watched when one person is away.",
            missing="Enter the team mailbox.",
        ),
        Question(
            "gp_practice",
            "GP and practice, for the discharge letter",
            Kind.LINE,
            length=120,
            more=True,
        ),
        Question(
            "copy_to",
            "Copy letters to",
            Kind.ADDRESSES,
            hint="NHS e-mail addresses, one to a line.",
            more=True,
        ),
    ),
    lead="Filled from your register entry. Change it for this referral if it is different.",
)
