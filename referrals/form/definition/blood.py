"""Blood results, bleeding, and blood-thinning drugs."""

from __future__ import annotations

from referrals.form import conditions as when
from referrals.form.questions import Kind, Need, Question, Section, words
from referrals.vocabulary import Answer, BleedingHistory, ThromboticRisk

_SAMPLE = Question(
    "sample",
    "When were they taken?",
    Kind.SAMPLE,
    hint="The day may be “today” or “yesterday”. 24-hour clock.",
)
_NOT_READY = Question(
    "results_expected",
    "If some are not ready: which, and when will they be? (optional)",
    Kind.LINE,
    length=300,
)


def _result(name: str, label: str, *, more: bool = False) -> Question:
    """A laboratory result. Where the rules flag it as missing, it is asked for."""
    return Question(
        name,
        label,
        Kind.RESULT,
        Need.REQUIRED,
        needed_when=when.result_wanted(name),
        missing="Enter the result, or tick not known or not done.",
        more=more,
    )


RESULTS = Section(
    "results",
    "Blood results",
    (
        _result("inr", "INR"),
        _result("platelets", "Platelets"),
        _result("hb", "Haemoglobin"),
        _result("creatinine", "Creatinine"),
        _result("egfr", "eGFR"),
        _result("aptt", "APTT (if on heparin)"),
        _result("fibrinogen", "Fibrinogen", more=True),
        _result("crp", "CRP", more=True),
        _result("bilirubin", "Bilirubin", more=True),
        _SAMPLE,
        _NOT_READY,
    ),
    lead="Tick what is not known or not done: the request then shows it as missing.",
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
                Question(
                    "name",
                    "Name of the drug",
                    Kind.LINE,
                    Need.REQUIRED,
                    opens=("drug", ("other",)),
                    length=120,
                    missing="Enter the name of the drug.",
                ),
                Question(
                    "dose",
                    "Dose and how often",
                    Kind.LINE,
                    Need.REQUIRED,
                    length=120,
                    width=20,
                    unknown="Dose not known",
                    missing="Enter the dose, or tick not known.",
                ),
                Question(
                    "indication",
                    "What for",
                    Kind.LINE,
                    Need.REQUIRED,
                    length=120,
                    width=20,
                    unknown="Reason not known",
                    missing="Enter what it is for, or tick not known.",
                ),
                Question(
                    "last_taken",
                    "Last taken",
                    Kind.MOMENT,
                    Need.REQUIRED,
                    past=True,
                    unknown="Not known when",
                    missing="Enter when it was last taken, or tick not known.",
                ),
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
            unknown="Not known which",
            missing="Say which bleeding disorder, or tick not known.",
        ),
        Question(
            "liver_disease_detail",
            "Which liver disease",
            Kind.LINE,
            Need.REQUIRED,
            opens=("liver_disease", (str(Answer.YES),)),
            length=300,
            unknown="Not known which liver disease",
            missing="Say which liver disease, or tick not known.",
        ),
    ),
)
