"""Who is who in a FHIR export: patient, clinicians, organisations (section 6.2)."""

from __future__ import annotations

from typing import Any

from referrals.case_facts import read_day
from referrals.models import Referral
from referrals.vocabulary import Sex

UK_CORE = "https://fhir.hl7.org.uk/StructureDefinition/"
NHS_NUMBER = "https://fhir.nhs.uk/Id/nhs-number"
ODS_ORGANISATION = "https://fhir.nhs.uk/Id/ods-organization-code"
GMC = "https://fhir.hl7.org.uk/Id/gmc-number"


def patient_resource(referral: Referral) -> dict[str, Any]:
    """The patient, with the NHS number as present but not traced (status 02)."""
    known, answers = referral.identifiers, referral.answers
    identifiers: list[dict[str, Any]] = []
    if known.get("nhs_number"):
        status = f"{UK_CORE}Extension-UKCore-NHSNumberVerificationStatus"
        system = "https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatusEngland"
        coding = {"system": system, "code": "02", "display": "Number present but not traced"}
        identifiers.append(
            {
                "extension": [{"url": status, "valueCodeableConcept": {"coding": [coding]}}],
                "system": NHS_NUMBER,
                "value": known["nhs_number"],
            }
        )
    if known.get("hospital_number"):
        kind = {"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "MR"}
        hospital: dict[str, Any] = {"type": {"coding": [kind]}, "value": known["hospital_number"]}
        if known.get("hospital_number_issuer"):
            issuer = {"system": ODS_ORGANISATION, "value": known["hospital_number_issuer"]}
            hospital["assigner"] = {"identifier": issuer}
        identifiers.append(hospital)
    sexes = {Sex.FEMALE: "female", Sex.MALE: "male"}
    patient: dict[str, Any] = {
        "resourceType": "Patient",
        "meta": {"profile": [f"{UK_CORE}UKCore-Patient"]},
        "name": [
            {
                "use": "official",
                "family": str(known.get("family_name") or "Not given"),
                "given": [str(known.get("given_name") or "Not given")],
            }
        ],
        "gender": sexes.get(answers.get("sex_registered_at_birth"), "unknown"),  # type: ignore[call-overload]
    }
    if identifiers:
        patient["identifier"] = identifiers
    if read_day(known.get("date_of_birth")):
        patient["birthDate"] = known["date_of_birth"]
    if known.get("address_postcode"):
        patient["address"] = [{"postalCode": known["address_postcode"]}]
    if answers.get("language"):
        language = {"system": "urn:ietf:bcp:47", "code": str(answers["language"])}
        patient["communication"] = [{"language": {"coding": [language]}, "preferred": True}]
    return patient


def practitioner_resource(name: str, gmc_number: str) -> dict[str, Any]:
    """A clinician by name, and by GMC number where there is one."""
    practitioner: dict[str, Any] = {
        "resourceType": "Practitioner",
        "meta": {"profile": [f"{UK_CORE}UKCore-Practitioner"]},
        "name": [{"text": name}],
    }
    if gmc_number:
        practitioner["identifier"] = [{"system": GMC, "value": gmc_number}]
    return practitioner


def organisation_resource(code: str, name: str) -> dict[str, Any]:
    """An organisation by ODS code."""
    return {
        "resourceType": "Organization",
        "identifier": [{"system": ODS_ORGANISATION, "value": code}],
        "name": name,
    }
