"""Blood results, bleeding and blood-thinning drugs, allergies, kidneys, infection, pregnancy."""

from __future__ import annotations

from referrals.form import conditions as when
from referrals.form.questions import Kind, Need, Question, Section, words
from referrals.vocabulary import (
    Answer,
    BleedingHistory,
    Diabetes,
    Dialysis,
    Implant,
    Infection,
    Pregnancy,
    Severity,
    ThromboticRisk,
    Thyroid,
)

_SAMPLE = Question(
    "sample",
    "When were they taken?",
    Kind.SAMPLE,
    hint="The day may be “today” or “yesterday”. 24-hour clock.",
)
_NOT_READY = Question(
    "results_expected",
    "If some are not ready: which, and when will they be?",
    Kind.LINE,
    hint="Leave a result empty if it is not available; the request then shows it as missing.",
    length=300,
)

RESULTS = Section(
    "results",
    "Blood results",
    (
        Question("inr", "INR", Kind.RESULT, width=4),
        Question("platelets", "Platelets", Kind.RESULT, width=4),
        Question("hb", "Haemoglobin", Kind.RESULT, width=4),
        Question("creatinine", "Creatinine", Kind.RESULT, width=4),
        Question("egfr", "eGFR", Kind.RESULT, width=4),
        Question("aptt", "APTT (if on heparin)", Kind.RESULT, width=4, more=True),
        Question("fibrinogen", "Fibrinogen", Kind.RESULT, unit="g/L", width=4, more=True),
        Question("crp", "CRP", Kind.RESULT, unit="mg/L", width=4, more=True),
        Question("bilirubin", "Bilirubin", Kind.RESULT, unit="µmol/L", width=4, more=True),
        _SAMPLE,
        _NOT_READY,
    ),
)

_COUNTED_DRUG = Question(
    "drug", "Drug", Kind.SELECT, Need.REQUIRED, missing="Choose the drug, or clear the row."
)

BLEEDING = Section(
    "bleeding",
    "Bleeding and blood-thinning drugs",
    (
        Question(
            "antithrombotics",
            "Anticoagulants, antiplatelets and other blood-thinning drugs",
            Kind.ROWS,
            Need.LEGAL,
            columns=(
                _COUNTED_DRUG,
                Question("name", "Name, if not in the list", Kind.LINE, length=120),
                Question("dose", "Dose and how often", Kind.LINE, length=120),
                Question("indication", "What for", Kind.LINE, length=120),
                Question("last_taken", "Last taken", Kind.MOMENT, past=True),
            ),
            none_label="None",
            hint="Do not change any drug because of this form. IR will advise.",
            missing="List the drugs, or choose none or not known.",
        ),
        Question(
            "high_thrombotic_risk",
            "Reasons for a high risk of clots",
            Kind.TICKED,
            Need.REQUIRED,
            opens=("antithrombotics_given", ("yes",)),
            choices=words(
                (ThromboticRisk.MECHANICAL_VALVE, "Mechanical heart valve"),
                (ThromboticRisk.RECENT_CLOT, "DVT or PE in the last 3 months"),
                (ThromboticRisk.RECENT_STROKE, "Stroke in the last 3 months"),
                (ThromboticRisk.RECENT_STENT, "Coronary stent in the last 12 months"),
                (ThromboticRisk.ANTIPHOSPHOLIPID, "Antiphospholipid syndrome"),
            ),
            none_label="None of these",
            missing="Tick the reasons, or choose none or not known.",
        ),
        Question(
            "bleeding_history",
            "Bleeding history (HEMSTOP questions)",
            Kind.RADIOS,
            Need.REQUIRED,
            choices=words(
                (BleedingHistory.NEGATIVE, "Asked: nothing found"),
                (BleedingHistory.POSITIVE, "Asked: positive"),
                (BleedingHistory.NOT_ASKED, "Not asked"),
            ),
            hint="Bleeding after teeth, cuts, operations, childbirth or periods; family history.",
            inline=True,
            missing="Choose whether the bleeding history was asked.",
        ),
        Question(
            "bleeding_facts",
            "Does the patient have any of these?",
            Kind.YES_NO,
            Need.REQUIRED,
            items=(
                ("bleeding_disorder", "Bleeding disorder"),
                ("liver_disease", "Liver disease"),
                ("bleeding_now", "Bleeding now"),
                ("sepsis_now", "Sepsis now"),
                ("unwell_now", "Acutely unwell now"),
            ),
            missing="Tick those the patient has, or none of these.",
        ),
        Question(
            "bleeding_disorder_detail",
            "Which bleeding disorder, or what the history showed",
            Kind.LINE,
            Need.REQUIRED,
            opens=("bleeding_disorder", (str(Answer.YES),)),
            length=300,
            missing="Say which bleeding disorder.",
        ),
        Question(
            "liver_disease_detail",
            "Which liver disease",
            Kind.LINE,
            opens=("liver_disease", (str(Answer.YES),)),
            length=300,
        ),
    ),
)

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
        Kind.SELECT,
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
                Question("reaction", "To what, and what happened", Kind.LINE, length=300),
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
            opens=(
                "diabetes",
                tuple(
                    str(each)
                    for each in (
                        Diabetes.TYPE_1,
                        Diabetes.TYPE_2,
                        Diabetes.OTHER,
                        Diabetes.NOT_KNOWN,
                    )
                ),
            ),
            choices=words((Answer.YES, "Yes"), (Answer.NO, "No"), (Answer.NOT_KNOWN, "Not known")),
            inline=True,
            missing="Choose whether the patient takes metformin.",
        ),
        Question(
            "diabetes_treatment",
            "Other diabetes treatment",
            Kind.LINE,
            opens=(
                "diabetes",
                tuple(str(each) for each in (Diabetes.TYPE_1, Diabetes.TYPE_2, Diabetes.OTHER)),
            ),
            hint="For example insulin, SGLT2 inhibitor, diet.",
            length=300,
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
            hint="If you cannot find it, write “not known”.",
            length=120,
            missing="Enter the make and model, or write “not known”.",
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
        Question("lmp", "First day of the last period, if known", Kind.DAY, past=True),
        Question(
            "breastfeeding",
            "Breastfeeding?",
            Kind.RADIOS,
            Need.REQUIRED,
            choices=words((Answer.YES, "Yes"), (Answer.NO, "No"), (Answer.NOT_KNOWN, "Not known")),
            inline=True,
            missing="Choose about breastfeeding.",
        ),
    ),
    when=when.pregnancy_applies,
)
