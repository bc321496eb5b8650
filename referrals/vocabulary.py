"""The words in which facts are stored. "Not known" is always one of them, never an empty string."""

from __future__ import annotations

from enum import StrEnum


class Answer(StrEnum):
    """A yes-or-no question whose answer may honestly be unknown."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not known"


NOT_KNOWN = "not known"


class Emergency(StrEnum):
    """The first question of all. NOW and TWENTY_FOUR_HOURS lead to the telephone."""

    NOW = "now"
    TWENTY_FOUR_HOURS = "24 h"
    NO = "no"


class ActingAs(StrEnum):
    CONSULTANT = "consultant"
    DELEGATE = "delegate"


class Sex(StrEnum):
    """Sex registered at birth: it decides the pregnancy question and creatinine clearance."""

    FEMALE = "F"
    MALE = "M"
    NOT_KNOWN = "not known"


class Setting(StrEnum):
    INPATIENT = "inpatient"
    OUTPATIENT = "outpatient"
    DAY_CASE = "day case"
    EMERGENCY_DEPARTMENT = "ED"


class Urgency(StrEnum):
    """EMERGENCY_RECORDED is a within-24-hours case whose telephone call has already happened."""

    EMERGENCY_RECORDED = "24 h"
    URGENT = "urgent"
    CANCER = "cancer"
    ROUTINE = "routine"
    PLANNED = "planned"


class BleedingClass(StrEnum):
    LOW = "low"
    HIGH = "high"
    CONFLICT = "conflict"
    UNLISTED = "unlisted"


class ClassCondition(StrEnum):
    """What must hold for a procedure listed as low on a condition really to be low."""

    NONE = ""
    SHEATH = "sheath below 6 F"
    SIMPLE_FILTER_REMOVAL = "simple filter removal"
    NO_LYSIS = "venous stent without lysis"


class FilterRemoval(StrEnum):
    SIMPLE = "simple"
    COMPLEX = "complex"
    NOT_KNOWN = "not known"


class Lysis(StrEnum):
    WITH = "with lysis"
    WITHOUT = "without"
    NOT_KNOWN = "not known"


class Access(StrEnum):
    FEMORAL_ARTERY = "femoral artery"
    RADIAL_ARTERY = "radial artery"
    OTHER_ARTERY = "other artery"
    VEIN = "vein"
    NONE = "none"
    NOT_KNOWN = "not known"


class Contrast(StrEnum):
    NONE = "none"
    INTRAVENOUS = "IV"
    INTRA_ARTERIAL = "IA"
    DUCTS_OR_TUBES = "ducts or tubes"
    MAYBE = "maybe"
    OPERATOR = "operator"


class FirstPass(StrEnum):
    """Whether contrast reaches the kidneys before anywhere else."""

    YES = "yes"
    NO = "no"
    OPERATOR = "operator"


class Beam(StrEnum):
    """TRUNK is between diaphragm and knees."""

    TRUNK = "trunk"
    ELSEWHERE = "elsewhere"
    NONE = "none"
    NOT_KNOWN = "not known"


class Group(StrEnum):
    ARTERIAL = "arterial"
    EMBOLISATION = "embolisation"
    VENOUS_AND_ACCESS = "venous and access"
    URINARY = "urinary"
    BILIARY_AND_GUT = "biliary and gut"
    BIOPSIES_AND_DRAINS = "biopsies and drains"
    ONCOLOGY = "oncology"
    SPINE = "spine"


class BleedingHistory(StrEnum):
    """The HEMSTOP questionnaire."""

    NEGATIVE = "negative"
    POSITIVE = "positive"
    NOT_ASKED = "not asked"


class ThromboticRisk(StrEnum):
    MECHANICAL_VALVE = "mechanical valve"
    RECENT_CLOT = "VTE < 3 months"
    RECENT_STROKE = "stroke < 3 months"
    RECENT_STENT = "coronary stent < 12 months"
    ANTIPHOSPHOLIPID = "antiphospholipid"


class Dialysis(StrEnum):
    NONE = "none"
    HAEMODIALYSIS = "HD"
    PERITONEAL = "PD"
    NOT_KNOWN = "not known"


class Thyroid(StrEnum):
    NONE = "none"
    UNDERACTIVE = "underactive"
    OVERACTIVE_CONTROLLED = "overactive controlled"
    OVERACTIVE_NOT_CONTROLLED = "overactive not controlled"
    NOT_KNOWN = "not known"


class Diabetes(StrEnum):
    NONE = "none"
    TYPE_1 = "type 1"
    TYPE_2 = "type 2"
    OTHER = "other"
    NOT_KNOWN = "not known"


class Severity(StrEnum):
    MILD = "mild"
    MODERATE = "moderate"
    SEVERE = "severe"
    NOT_KNOWN = "not known"


class Infection(StrEnum):
    POSITIVE = "positive"
    NEGATIVE = "negative"
    AWAITING = "screened, awaiting"
    NOT_SCREENED = "not screened"
    NOT_KNOWN = "not known"


class Pregnancy(StrEnum):
    NOT_PREGNANT = "not pregnant"
    PREGNANT = "pregnant"
    MIGHT_BE = "might be"
    NOT_APPLICABLE = "not applicable"
    NOT_ASKED = "not asked"


class Implant(StrEnum):
    PACEMAKER = "pacemaker"
    ICD = "ICD"
    NEUROSTIMULATOR = "neurostimulator"
    COCHLEAR = "cochlear"
    ANEURYSM_CLIP = "aneurysm clip"
    PROGRAMMABLE_SHUNT = "programmable shunt"
    IVC_FILTER = "IVC filter"
    STENT_GRAFT = "stent-graft"
    JOINT = "joint"


class Capacity(StrEnum):
    HAS = "has capacity"
    LACKS = "lacks"
    FLUCTUATES = "fluctuates"
    NOT_ASSESSED = "not assessed"


class Resuscitation(StrEnum):
    FOR_FULL = "for full"
    DNACPR = "DNACPR"
    RESPECT = "ReSPECT"
    NOT_KNOWN = "not known"


class NhsNumberAbsent(StrEnum):
    """Why there is no NHS number (UK Core)."""

    NOT_KNOWN = "nhs-number-not-known"
    OVERSEAS = "overseas-patient"
    DEVOLVED = "devolved-nation"


class DrugClass(StrEnum):
    VITAMIN_K_ANTAGONIST = "vitamin K antagonist"
    DOAC = "DOAC"
    UNFRACTIONATED_HEPARIN = "unfractionated heparin"
    LMWH = "LMWH"
    FONDAPARINUX = "fondaparinux"
    ANTIPLATELET = "antiplatelet"
    NSAID = "NSAID"
    CILOSTAZOL = "cilostazol"
    OTHER = "other antithrombotic"


class Mark(StrEnum):
    """How far a row may be trusted. C and P show as provisional to IR staff."""

    A = "A"
    B = "B"
    C = "C"
    P = "P"

    @property
    def provisional(self) -> bool:
        return self in (Mark.C, Mark.P)
