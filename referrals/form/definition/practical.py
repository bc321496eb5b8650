"""Fitness for the procedure, and consent."""

from __future__ import annotations

from referrals.form import conditions as when
from referrals.form.questions import YES_NO_NOT_KNOWN, Kind, Need, Question, Section, words
from referrals.vocabulary import NOT_KNOWN, Capacity, Resuscitation

_NOT_KNOWN = (NOT_KNOWN, "Not known")
_MAY_NOT_DECIDE = (str(Capacity.LACKS), str(Capacity.FLUCTUATES))

FITNESS = Section(
    "fitness",
    "Fitness for the procedure",
    (
        Question(
            "weight_kg",
            "Weight",
            Kind.MEASURE,
            Need.REQUIRED,
            width=4,
            missing="Enter the weight in kg, or tick not known.",
        ),
        Question("height_cm", "Height (optional)", Kind.MEASURE, width=4),
        Question(
            "mobility",
            "Mobility",
            Kind.SELECT,
            Need.REQUIRED,
            choices=words(
                *((each, each) for each in ("Walks", "Walks with help", "Wheelchair")),
                *((each, each) for each in ("Hoist", "Bed only", "Not known")),
            ),
            missing="Choose how the patient moves.",
        ),
        Question(
            "moving_handling",
            "Moving and handling",
            Kind.TEXT,
            Need.REQUIRED,
            opens=("mobility", ("!Walks",)),
            hint="What the patient needs to get onto the table.",
            length=1000,
            rows=2,
            unknown="Moving and handling not known",
            missing="Say what the patient needs to be moved, or tick not known.",
        ),
        Question(
            "can_lie_flat",
            "Can lie flat for the procedure?",
            Kind.RADIOS,
            Need.REQUIRED,
            choices=YES_NO_NOT_KNOWN,
            inline=True,
            missing="Choose whether the patient can lie flat.",
        ),
        Question(
            "sedation_facts",
            "For sedation: any of these?",
            Kind.YES_NO,
            Need.REQUIRED,
            items=(
                ("sleep_apnoea", "Sleep apnoea"),
                ("home_oxygen", "Oxygen at home"),
                ("airway_difficulty", "Difficult airway"),
                ("sedation_problem", "Problem with sedation or anaesthetic before"),
            ),
            missing="Tick those the patient has, or none of these.",
        ),
        Question(
            "anaesthetic_wanted",
            "Anaesthetic wanted",
            Kind.SELECT,
            Need.REQUIRED,
            choices=words(
                ("IR to decide", "IR to decide"),
                ("local", "Local anaesthetic"),
                ("sedation", "Sedation"),
                ("GA", "General anaesthetic"),
            ),
            missing="Choose the anaesthetic, or let IR decide.",
        ),
        Question(
            "diathermy_planned",
            "Diathermy planned?",
            Kind.RADIOS,
            Need.REQUIRED,
            when=when.ablation_or_device,
            choices=YES_NO_NOT_KNOWN,
            inline=True,
            missing="Choose whether diathermy is planned.",
        ),
        Question(
            "asa_grade",
            "ASA grade",
            Kind.SELECT,
            choices=(*((str(n), str(n)) for n in range(1, 6)), _NOT_KNOWN),
            more=True,
        ),
        Question(
            "frailty",
            "Clinical frailty scale",
            Kind.SELECT,
            choices=(*((str(n), str(n)) for n in range(1, 10)), _NOT_KNOWN),
            more=True,
        ),
        Question(
            "fasting_advice_given",
            "Fasting advice given?",
            Kind.RADIOS,
            choices=YES_NO_NOT_KNOWN,
            inline=True,
            more=True,
        ),
    ),
)

CONSENT = Section(
    "consent",
    "Capacity and what the patient knows",
    (
        Question(
            "capacity",
            "Capacity to consent",
            Kind.RADIOS,
            Need.REQUIRED,
            choices=words(
                (Capacity.HAS, "Has capacity"),
                (Capacity.LACKS, "Lacks capacity"),
                (Capacity.FLUCTUATES, "Fluctuates"),
                (Capacity.NOT_ASSESSED, "Not assessed"),
            ),
            missing="Choose about capacity.",
        ),
        Question(
            "decision_maker",
            "Who decides?",
            Kind.LINE,
            Need.REQUIRED,
            needed_when=when.lacks_capacity,
            opens=("capacity", _MAY_NOT_DECIDE),
            hint="The attorney or deputy by name, or who leads the best-interests meeting.",
            length=300,
            unknown="Not known who decides",
            missing="Say who decides for the patient, or tick not known.",
        ),
        Question(
            "lpa_adrt",
            "Is any of these in place?",
            Kind.TICKED,
            Need.REQUIRED,
            needed_when=when.lacks_capacity,
            opens=("capacity", _MAY_NOT_DECIDE),
            choices=words(
                ("LPA", "Lasting power of attorney (LPA) for health and welfare"),
                ("ADRT", "Advance decision to refuse treatment (ADRT)"),
                ("deputy", "Deputy appointed by the Court of Protection"),
            ),
            none_label="None of these",
            missing="Tick what is in place, or choose none or not known.",
        ),
        Question(
            "patient_aware",
            "Does the patient know of this referral and agree to it?",
            Kind.RADIOS,
            Need.REQUIRED,
            choices=YES_NO_NOT_KNOWN,
            inline=True,
            missing="Choose whether the patient knows and agrees.",
        ),
        Question(
            "consent_discussed",
            "Have you talked through the procedure and its risks?",
            Kind.RADIOS,
            Need.REQUIRED,
            choices=YES_NO_NOT_KNOWN,
            hint="IR takes the consent itself.",
            inline=True,
            missing="Choose whether you have talked it through.",
        ),
        Question(
            "resuscitation_status",
            "Resuscitation",
            Kind.RADIOS,
            Need.REQUIRED,
            choices=words(
                (Resuscitation.FOR_FULL, "For full resuscitation"),
                (Resuscitation.DNACPR, "DNACPR in place"),
                (Resuscitation.RESPECT, "ReSPECT plan in place"),
                (Resuscitation.NOT_KNOWN, "Not known"),
            ),
            missing="Choose the resuscitation status.",
        ),
        Question(
            "resuscitation_detail",
            "What the plan says",
            Kind.LINE,
            Need.REQUIRED,
            unknown="What it says is not known",
            missing="Say what the plan says, or tick not known.",
            opens=(
                "resuscitation_status",
                (str(Resuscitation.DNACPR), str(Resuscitation.RESPECT)),
            ),
            length=300,
        ),
        Question(
            "safeguarding_or_risk",
            "Safeguarding or risk",
            Kind.TEXT,
            hint="Only what staff need to know.",
            length=1000,
            rows=2,
            more=True,
        ),
    ),
)
