"""What a refused person is told: why, and what to do instead. No patient detail is ever kept."""

from __future__ import annotations

from dataclasses import dataclass

from referrals.organisations import SourceKind


@dataclass(frozen=True)
class Refusal:
    """A kind of source, why it is refused, and the right route."""

    kind: SourceKind
    why: str
    instead: str


CONSULTANTS_ONLY = (
    "This service accepts referrals only from consultants at the Countess of Chester Hospital "
    "and hospitals in the South Mersey Arterial Network."
)
NOT_GP_OR_COMMUNITY = "We cannot accept referrals from GP practices or community services."
REFER_TO_A_SPECIALTY = (
    "If your patient may need interventional radiology, please refer to the relevant hospital "
    "specialty (for example vascular surgery, urology, gastroenterology or oncology). The "
    "consultant there can refer to us."
)
EMERGENCY_ROUTE = "If this is an emergency, follow your usual emergency route now."
TELEPHONE_WHY = "Emergencies go by telephone to the on-call IR consultant."
TELEPHONE_INSTEAD = (
    "Stop. Do not use this form. Telephone the on-call interventional radiology consultant "
    "through the hospital switchboard now. Nobody watches this form out of hours."
)

_USUAL_ROUTE = f"{REFER_TO_A_SPECIALTY} {EMERGENCY_ROUTE}"


def _because(sentence: str) -> str:
    return f"{CONSULTANTS_ONLY} {sentence}"


_REFUSALS: dict[SourceKind, tuple[str, str]] = {
    SourceKind.GP: (f"{CONSULTANTS_ONLY} {NOT_GP_OR_COMMUNITY}", _USUAL_ROUTE),
    SourceKind.OUT_OF_HOURS: (
        _because(
            "We cannot accept referrals from out-of-hours GP services, walk-in centres, urgent "
            "treatment centres or minor injuries units, even when an acute hospital runs them."
        ),
        _USUAL_ROUTE,
    ),
    SourceKind.COMMUNITY: (f"{CONSULTANTS_ONLY} {NOT_GP_OR_COMMUNITY}", _USUAL_ROUTE),
    SourceKind.MENTAL_HEALTH: (
        _because("We cannot accept referrals from mental health trusts."),
        "For a patient on your ward, please speak to the acute hospital's liaison team. "
        f"{_USUAL_ROUTE}",
    ),
    SourceKind.DENTAL: (
        _because("We cannot accept referrals from dental practices."),
        _USUAL_ROUTE,
    ),
    SourceKind.OPTOMETRY: (
        _because("We cannot accept referrals from optometrists."),
        _USUAL_ROUTE,
    ),
    SourceKind.PHARMACY: (_because("We cannot accept referrals from pharmacies."), _USUAL_ROUTE),
    SourceKind.THERAPY: (
        _because("We cannot accept referrals from physiotherapists or chiropractors."),
        _USUAL_ROUTE,
    ),
    SourceKind.CARE_HOME: (
        _because("We cannot accept referrals from care homes or social care."),
        f"Please speak to the person's GP or hospital team. {EMERGENCY_ROUTE}",
    ),
    SourceKind.HOSPICE: (
        _because("We cannot accept referrals from hospices."),
        "Please speak to the patient's hospital consultant, who can refer to us. "
        f"{EMERGENCY_ROUTE}",
    ),
    SourceKind.PRISON: (
        _because("We cannot accept referrals from prison health services."),
        _USUAL_ROUTE,
    ),
    SourceKind.PRIVATE: (
        _because("We cannot accept referrals from private hospitals or private practice here."),
        "An NHS consultant with a private patient should ask the private-patient office. "
        f"{EMERGENCY_ROUTE}",
    ),
    SourceKind.PATIENT: (
        _because("Patients and families cannot refer themselves."),
        "Please speak to your GP or your hospital team. A hospital consultant can refer you to "
        "us. If this is an emergency, call 999.",
    ),
    SourceKind.OUT_OF_NETWORK: (
        _because("Your hospital is not on our list of network hospitals."),
        "Please speak to your own interventional radiology department, or telephone ours through "
        f"the hospital switchboard to discuss the patient. {EMERGENCY_ROUTE}",
    ),
    SourceKind.OTHER_NATION: (
        _because("Your health board is not on our list of network hospitals."),
        "Please speak to your own interventional radiology department, or telephone ours through "
        f"the hospital switchboard to discuss the patient. {EMERGENCY_ROUTE}",
    ),
    SourceKind.OTHER_HEALTHCARE: (
        _because("We cannot accept referrals from your service."),
        _USUAL_ROUTE,
    ),
    SourceKind.NOT_A_CONSULTANT: (
        _because("A referral is sent by a consultant, who may ask a colleague to draft it."),
        "Please ask the patient's hospital consultant to refer, or sign in as a colleague "
        f"drafting for a consultant who is registered with us. {EMERGENCY_ROUTE}",
    ),
    SourceKind.UNKNOWN: (
        _because("We do not know this organisation code."),
        "Please check the code. If it is right, your organisation is not one that can refer to "
        f"us. {_USUAL_ROUTE}",
    ),
}

NOT_YET_REGISTERED_WHY = "This consultant is not yet registered with us as a referrer."
NOT_YET_REGISTERED_INSTEAD = (
    "The consultant may ask for an account. Until it is granted, telephone interventional "
    f"radiology through the hospital switchboard to discuss the patient. {EMERGENCY_ROUTE}"
)
ACCOUNT_NOT_REGISTERED_WHY = (
    "You have an account, and it is not yet on the register of people who may refer."
)
ACCOUNT_NOT_REGISTERED_INSTEAD = (
    "An administrator of the department adds consultants, and colleagues who draft for them, once "
    "the employer has confirmed what they were told. Until then, telephone interventional "
    f"radiology through the hospital switchboard to discuss a patient. {EMERGENCY_ROUTE}"
)
ACCOUNT_ENDED_INSTEAD = (
    "Ask an administrator of the department to renew the registration. Referrals that you sent stay with IR and "
    "with your team. Until then, a registered colleague of your team can open them, or "
    "telephone interventional radiology through the hospital switchboard. "
    f"{EMERGENCY_ROUTE}"
)
NOBODY_TO_DRAFT_FOR_WHY = (
    "No consultant of your team is registered with us today, so there is nobody to draft for."
)
OUT_OF_SCOPE_INSTEAD = (
    "This kind of procedure is outside what the consultant is registered to ask for. Ask a "
    "consultant of the right specialty to refer, or ask us to look at the registration. "
    f"{EMERGENCY_ROUTE}"
)


def refusal_for(kind: SourceKind) -> Refusal:
    """Why this kind of source is refused and what to do instead.

    Raises KeyError for a hospital in the network, which is not a kind that is refused.
    """
    why, instead = _REFUSALS[kind]
    return Refusal(kind, why, instead)


REFUSED_KINDS: tuple[SourceKind, ...] = tuple(_REFUSALS)
