"""Allergies, kidneys, infection, implants and pregnancy."""

from __future__ import annotations

from referrals.form import conditions as when
from referrals.form.questions import YES_NO_NOT_KNOWN, Kind, Need, Question, Section, words
from referrals.vocabulary import (
    Answer,
    Diabetes,
    Dialysis,
    Implant,
    Infection,
    Pregnancy,
    Severity,
    Thyroid,
)

_DIABETIC = tuple(str(each) for each in (Diabetes.TYPE_1, Diabetes.TYPE_2, Diabetes.OTHER))
_AGENTS = words(
    ("iodinated contrast", "Iodinated contrast"),
    ("latex", "Latex"),
    ("chlorhexidine", "Chlorhexidine"),
    ("antibiotic", "Antibiotics"),
    ("local anaesthetic", "Local anaesthetic"),
    ("sedative", "Sedatives"),
    ("plaster", "Plaster or dressings"),
    ("food", "Food"),
    ("other", "Something else"),
)
_TESTED = words(
    (Infection.NEGATIVE, "Negative"),
    (Infection.POSITIVE, "Positive"),
    (Infection.AWAITING, "Screened, result awaited"),
    (Infection.NOT_SCREENED, "Not screened"),
    (Infection.NOT_KNOWN, "Not known"),
)


def _infection(name: str, label: str) -> Question:
    return Question(
        name,
        label,
        Kind.TESTED,
        Need.REQUIRED,
        choices=_TESTED,
        missing=f"Choose the {label} status.",
    )


HEALTH = Section(
    "health",
    "Allergies, kidneys and infection",
    (
        Question(
            "allergies",
            "Allergies and reactions",
            Kind.ALLERGIES,
            Need.LEGAL,
            choices=_AGENTS,
            columns=(
                Question(
                    "severity",
                    "How severe",
                    Kind.SELECT,
                    Need.REQUIRED,
                    choices=words(
                        (Severity.MILD, "Mild"),
                        (Severity.MODERATE, "Moderate"),
                        (Severity.SEVERE, "Severe"),
                        (Severity.NOT_KNOWN, "Not known"),
                    ),
                    missing="Choose how severe the reaction was.",
                ),
                Question(
                    "reaction",
                    "To what, and what happened",
                    Kind.LINE,
                    Need.REQUIRED,
                    length=300,
                    unknown="What happened is not known",
                    missing="Say what happened, or tick not known.",
                ),
            ),
            none_label="None known",
            missing="Tick the allergies, or choose none known or not known.",
        ),
        Question(
            "kidney_facts",
            "Kidneys and heart: any of these?",
            Kind.YES_NO,
            Need.REQUIRED,
            when=when.contrast_at_all,
            items=(
                ("aki_suspected", "Acute kidney injury, suspected or known"),
                ("ckd", "Chronic kidney disease"),
                ("kidney_transplant", "Kidney transplant"),
                ("heart_failure", "Heart failure"),
            ),
            missing="Tick those the patient has, or none of these.",
        ),
        Question(
            "dialysis",
            "Dialysis",
            Kind.SELECT,
            Need.REQUIRED,
            choices=words(
                (Dialysis.NONE, "None"),
                (Dialysis.HAEMODIALYSIS, "Haemodialysis"),
                (Dialysis.PERITONEAL, "Peritoneal dialysis"),
                (Dialysis.NOT_KNOWN, "Not known"),
            ),
            missing="Choose about dialysis.",
        ),
        Question(
            "diabetes",
            "Diabetes",
            Kind.SELECT,
            Need.REQUIRED,
            choices=words(
                (Diabetes.NONE, "None"),
                (Diabetes.TYPE_1, "Type 1"),
                (Diabetes.TYPE_2, "Type 2"),
                (Diabetes.OTHER, "Other"),
                (Diabetes.NOT_KNOWN, "Not known"),
            ),
            missing="Choose about diabetes.",
        ),
        Question(
            "metformin",
            "On metformin?",
            Kind.RADIOS,
            Need.REQUIRED,
            opens=("diabetes", (*_DIABETIC, str(Diabetes.NOT_KNOWN))),
            choices=YES_NO_NOT_KNOWN,
            inline=True,
            missing="Choose whether the patient takes metformin.",
        ),
        Question(
            "diabetes_treatment",
            "Other diabetes treatment",
            Kind.TICKED,
            Need.REQUIRED,
            opens=("diabetes", _DIABETIC),
            choices=words(
                ("insulin", "Insulin"),
                ("SGLT2 inhibitor", "SGLT2 inhibitor (name ends in -gliflozin)"),
                ("other medicine", "Another medicine for diabetes"),
                ("diet", "Diet alone"),
            ),
            none_label="None but metformin",
            missing="Tick the treatment, or choose none or not known.",
        ),
        Question(
            "thyroid_disease",
            "Thyroid disease",
            Kind.SELECT,
            Need.REQUIRED,
            when=when.contrast_into_vessel,
            choices=words(
                (Thyroid.NONE, "None"),
                (Thyroid.UNDERACTIVE, "Underactive"),
                (Thyroid.OVERACTIVE_CONTROLLED, "Overactive, controlled"),
                (Thyroid.OVERACTIVE_NOT_CONTROLLED, "Overactive, not controlled"),
                (Thyroid.NOT_KNOWN, "Not known"),
            ),
            missing="Choose about thyroid disease.",
        ),
        _infection("mrsa", "MRSA"),
        _infection("cpe", "CPE"),
        _infection("c_diff", "C. difficile"),
        _infection("bbv", "Blood-borne virus"),
        _infection("resp_isolation", "Respiratory infection needing isolation"),
        Question(
            "tests_on",
            "When were they tested?",
            Kind.TEST_DAY,
            hint="Like 27 3 2026, “today” or “yesterday”.",
            missing="Enter the day of the tests, or tick not known.",
        ),
        Question(
            "cpe_contact",
            "In the last 12 months: in hospital abroad, or an inpatient in another hospital?",
            Kind.RADIOS,
            Need.REQUIRED,
            choices=YES_NO_NOT_KNOWN,
            inline=True,
            missing="Choose whether the patient was in hospital abroad or elsewhere.",
        ),
        Question(
            "cpe_screen_sent",
            "Has a CPE screen been sent since then?",
            Kind.RADIOS,
            Need.REQUIRED,
            opens=("cpe_contact", (str(Answer.YES),)),
            choices=YES_NO_NOT_KNOWN,
            inline=True,
            missing="Choose whether a CPE screen has been sent since then.",
        ),
        Question(
            "implants",
            "Implants",
            Kind.TICKED,
            Need.REQUIRED,
            choices=words(
                (Implant.PACEMAKER, "Pacemaker"),
                (Implant.ICD, "Implantable defibrillator (ICD)"),
                (Implant.NEUROSTIMULATOR, "Neurostimulator"),
                (Implant.COCHLEAR, "Cochlear implant"),
                (Implant.ANEURYSM_CLIP, "Aneurysm clip"),
                (Implant.PROGRAMMABLE_SHUNT, "Programmable shunt"),
                (Implant.IVC_FILTER, "IVC filter"),
                (Implant.STENT_GRAFT, "Stent-graft"),
                (Implant.JOINT, "Joint replacement"),
            ),
            none_label="None",
            missing="Tick the implants, or choose none or not known.",
        ),
        Question(
            "implant_model",
            "Make and model of the pacemaker or ICD",
            Kind.LINE,
            Need.REQUIRED,
            opens=("implants", (str(Implant.PACEMAKER), str(Implant.ICD))),
            length=120,
            unknown="Make and model not known",
            missing="Enter the make and model, or tick not known.",
        ),
    ),
)

PREGNANCY = Section(
    "pregnancy",
    "Pregnancy",
    (
        Question(
            "pregnancy_status",
            "Could the patient be pregnant?",
            Kind.RADIOS,
            Need.LEGAL,
            choices=words(
                (Pregnancy.NOT_PREGNANT, "Not pregnant"),
                (Pregnancy.PREGNANT, "Pregnant"),
                (Pregnancy.MIGHT_BE, "Might be pregnant"),
                (Pregnancy.NOT_APPLICABLE, "Not applicable"),
                (Pregnancy.NOT_ASKED, "Not asked yet"),
            ),
            hint="The law asks this of everyone who could be, by age and physiology. "
            "The operator asks again on the day.",
            missing="Choose an answer about pregnancy.",
        ),
        Question(
            "pregnancy_reason",
            "Why does it not apply?",
            Kind.LINE,
            Need.LEGAL,
            opens=("pregnancy_status", (str(Pregnancy.NOT_APPLICABLE),)),
            length=300,
            missing="Say why it does not apply.",
        ),
        Question(
            "lmp",
            "First day of the last period",
            Kind.DAY,
            Need.REQUIRED,
            opens=(
                "pregnancy_status",
                (str(Pregnancy.NOT_PREGNANT), str(Pregnancy.MIGHT_BE)),
            ),
            past=True,
            unknown="Last period not known",
            missing="Enter the first day of the last period, or tick not known.",
        ),
        Question(
            "breastfeeding",
            "Breastfeeding?",
            Kind.RADIOS,
            Need.REQUIRED,
            choices=YES_NO_NOT_KNOWN,
            inline=True,
            missing="Choose about breastfeeding.",
        ),
    ),
    when=when.pregnancy_applies,
)
