"""One referral as a FHIR R4 Bundle (section 6): read-only, with no claim to conform to BaRS.

The NHS number carries status 02, because nothing here traced it. Flags are not exported.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils import timezone
from fhirclient.models.bundle import Bundle

from referrals.case_facts import read_day, read_moment, read_number
from referrals.models import Referral
from referrals.service import configuration
from referrals.service.fhir_people import (
    UK_CORE,
    organisation_resource,
    patient_resource,
    practitioner_resource,
)
from referrals.states import FHIR_STATUS, CancellationReason, State
from referrals.vocabulary import NOT_KNOWN, Setting, Urgency

ODS_SITE = "https://fhir.nhs.uk/Id/ods-site-code"
SNOMED = "http://snomed.info/sct"
UNITS = "http://unitsofmeasure.org"
IR_TRUST = "RJR"
NO_KNOWN_ALLERGY = {"system": SNOMED, "code": "716186003", "display": "No known allergy"}
PRIORITIES = {
    Urgency.EMERGENCY_RECORDED: "asap",
    Urgency.URGENT: "urgent",
    Urgency.CANCER: "urgent",
    Urgency.ROUTINE: "routine",
    Urgency.PLANNED: "routine",
}
ENCOUNTER_CLASSES = {
    Setting.INPATIENT: "IMP",
    Setting.OUTPATIENT: "AMB",
    Setting.DAY_CASE: "AMB",
    Setting.EMERGENCY_DEPARTMENT: "EMER",
}
RESULT_UNITS = {
    "inr": ("INR", "", "1"),
    "platelets": ("Platelets", "×10⁹/L", "10*9/L"),
    "aptt": ("APTT", "s", "s"),
    "hb": ("Haemoglobin", "g/L", "g/L"),
    "creatinine": ("Creatinine", "µmol/L", "umol/L"),
    "egfr": ("eGFR", "mL/min/1.73 m²", "mL/min/{1.73_m2}"),
    "fibrinogen": ("Fibrinogen", "g/L", "g/L"),
    "crp": ("CRP", "mg/L", "mg/L"),
    "bilirubin": ("Bilirubin", "µmol/L", "umol/L"),
    "weight_kg": ("Body weight", "kg", "kg"),
    "height_cm": ("Body height", "cm", "cm"),
}
TASK_STATUS = {
    State.SUBMITTED: "requested",
    State.IN_VETTING: "received",
    State.INFO_WANTED: "on-hold",
    State.REDIRECTED: "rejected",
    State.REJECTED: "rejected",
    State.CANCELLED: "cancelled",
    State.DONE: "completed",
}


def bundle_of(referral: Referral) -> Bundle:
    """The Bundle, checked by fhirclient. Raises FHIRValidationError when it would not be R4."""
    return Bundle(_Export(referral).document())


class _Export:
    """Builds the entries of one referral; each resource is named by a fresh urn:uuid."""

    def __init__(self, referral: Referral) -> None:
        self.referral = referral
        self.entries: list[dict[str, Any]] = []
        self.names: dict[str, str] = {}
        self.supporting: list[dict[str, str]] = []

    def document(self) -> dict[str, Any]:
        self._people()
        self._encounter()
        self._observations()
        self._medicines()
        self._allergies()
        self._conditions()
        self._documents()
        self._requests()
        return {
            "resourceType": "Bundle",
            "type": "collection",
            "timestamp": timezone.now().isoformat(),
            "entry": self.entries,
        }

    def _add(self, name: str, resource: dict[str, Any], *, supporting: bool = False) -> None:
        self.names[name] = f"urn:uuid:{uuid.uuid4()}"
        self.entries.append({"fullUrl": self.names[name], "resource": resource})
        if supporting:
            self.supporting.append(self._to(name))

    def _to(self, name: str) -> dict[str, str]:
        return {"reference": self.names[name]}

    def _people(self) -> None:
        referral = self.referral
        self._add("patient", patient_resource(referral))
        consultant = referral.responsible_consultant
        self._add(
            "practitioner", practitioner_resource(consultant.full_name, consultant.gmc_number)
        )
        self._add("sender", organisation_resource(referral.trust.code, referral.trust.name))
        directory = configuration.current().directory
        ir = directory.organisations.get(IR_TRUST)
        self._add("ir", organisation_resource(IR_TRUST, ir.name if ir else IR_TRUST))
        self._add(
            "requester",
            {
                "resourceType": "PractitionerRole",
                "meta": {"profile": [f"{UK_CORE}UKCore-PractitionerRole"]},
                "practitioner": self._to("practitioner"),
                "organization": self._to("sender"),
                "code": [{"text": "Consultant"}],
                "specialty": [{"text": consultant.specialty}],
            },
        )

    def _encounter(self) -> None:
        answers = self.referral.answers
        setting = self.referral.patient_setting
        if not setting:
            return
        ward = " ".join(str(answers[name]) for name in ("ward", "bed") if answers.get(name))
        place: dict[str, Any] = {"display": ward} if ward else {}
        if answers.get("site"):
            place["identifier"] = {"system": ODS_SITE, "value": answers["site"]}
        encounter = {
            "resourceType": "Encounter",
            "status": "in-progress" if setting == Setting.INPATIENT else "planned",
            "class": {
                "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode",
                "code": ENCOUNTER_CLASSES[Setting(setting)],
            },
            "subject": self._to("patient"),
        }
        if place:
            encounter["location"] = [{"location": place}]
        self._add("encounter", encounter)

    def _observations(self) -> None:
        answers = self.referral.answers
        for name, (label, unit, code) in RESULT_UNITS.items():
            value = read_number(answers.get(name))
            if value is None:
                continue
            quantity: dict[str, Any] = {"value": float(value), "system": UNITS, "code": code}
            if unit:
                quantity["unit"] = unit
            if name == "egfr" and answers.get("egfr_above"):
                quantity["comparator"] = ">"
            observation = self._observation(label, {"valueQuantity": quantity})
            taken = read_moment(answers.get(f"{name}_at"))
            if taken:
                observation["effectiveDateTime"] = taken.isoformat()
            self._add(name, observation, supporting=True)
        spoken = (
            ("pregnancy_status", "Pregnancy status"),
            ("mrsa", "MRSA"),
            ("cpe", "CPE"),
            ("c_diff", "C. difficile"),
            ("bbv", "Blood-borne virus"),
            ("resp_isolation", "Respiratory isolation"),
        )
        for name, label in spoken:
            if answers.get(name):
                observation = self._observation(label, {"valueString": str(answers[name])})
                if read_day(answers.get(f"{name}_on")):
                    observation["effectiveDateTime"] = answers[f"{name}_on"]
                self._add(name, observation, supporting=True)

    def _observation(self, label: str, value: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "resourceType": "Observation",
            "status": "final",
            "code": {"text": label},
            "subject": self._to("patient"),
            **value,
        }

    def _medicines(self) -> None:
        drugs = configuration.current().rules.drugs
        for number, row in enumerate(_rows(self.referral.answers.get("antithrombotics"))):
            known = drugs.get(str(row.get("drug") or ""))
            name = known.name if known else str(row.get("name") or "Drug not named")
            statement = {
                "resourceType": "MedicationStatement",
                "status": "active",
                "medicationCodeableConcept": {"text": " ".join([name, _dose(row)]).strip()},
                "subject": self._to("patient"),
            }
            taken = read_moment(row.get("last_taken"))
            if taken:
                statement["effectiveDateTime"] = taken.isoformat()
            if row.get("indication"):
                statement["reasonCode"] = [{"text": str(row["indication"])}]
            self._add(f"drug-{number}", statement, supporting=True)

    def _allergies(self) -> None:
        given = self.referral.answers.get("allergies")
        active = "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical"
        shared = {
            "resourceType": "AllergyIntolerance",
            "clinicalStatus": {"coding": [{"system": active, "code": "active"}]},
            "patient": self._to("patient"),
        }
        if given in ("none", "none known"):
            none = {**shared, "code": {"coding": [NO_KNOWN_ALLERGY], "text": "None known"}}
            self._add("allergy-none", none, supporting=True)
        for number, row in enumerate(_rows(given)):
            allergy = {**shared, "code": {"text": str(row.get("agent") or "Agent not named")}}
            graded = row.get("severity") in ("mild", "moderate", "severe")
            if row.get("reaction") or graded:
                told = str(row.get("reaction") or "Reaction not described")
                reaction: dict[str, Any] = {"manifestation": [{"text": told}]}
                if graded:
                    reaction["severity"] = row["severity"]
                allergy["reaction"] = [reaction]
            self._add(f"allergy-{number}", allergy, supporting=True)

    def _conditions(self) -> None:
        implants = self.referral.answers.get("implants")
        for number, implant in enumerate(implants if isinstance(implants, list) else []):
            statement = {
                "resourceType": "DeviceUseStatement",
                "status": "active",
                "subject": self._to("patient"),
                "device": {"display": str(implant)},
            }
            self._add(f"implant-{number}", statement, supporting=True)

    def _documents(self) -> None:
        for row in self.referral.attachments.filter(removed_at__isnull=True):
            document = {
                "resourceType": "DocumentReference",
                "status": "current",
                "subject": self._to("patient"),
                "date": row.uploaded_at.isoformat(),
                "content": [{"attachment": {"contentType": row.content_type, "size": row.size}}],
            }
            self._add(f"file-{row.pk}", document, supporting=True)

    def _requests(self) -> None:
        referral = self.referral
        requested = self._service_request(referral.procedure, self._asked_for())
        self._add("request", requested)
        if referral.final_procedure is not None:
            final = self._service_request(referral.final_procedure, referral.final_procedure.name)
            final["basedOn"] = [self._to("request")]
            self._add("final", final)
        self._task()
        if referral.drafted_by_id != referral.responsible_consultant.user_id:
            self._provenance()

    def _asked_for(self) -> str:
        answers = self.referral.answers
        name = (
            self.referral.procedure.name
            if self.referral.procedure
            else (answers.get("procedure_other") or "IR to advise")
        )
        side = answers.get("laterality")
        return ", ".join(
            str(part) for part in (name, side if side != "not applicable" else "") if part
        )

    def _service_request(self, entry: Any, text: str) -> dict[str, Any]:
        referral, answers = self.referral, self.referral.answers
        code: dict[str, Any] = {"text": text}
        if entry is not None and entry.snomed_code:
            code["coding"] = [
                {"system": SNOMED, "code": entry.snomed_code, "display": entry.snomed_name}
            ]
        source = {"system": SNOMED, "code": "312357002", "display": "Referred by consultant"}
        category = "https://fhir.nhs.uk/CodeSystem/message-category-servicerequest"
        request: dict[str, Any] = {
            "resourceType": "ServiceRequest",
            "meta": {"profile": [f"{UK_CORE}UKCore-ServiceRequest"]},
            "extension": [
                {
                    "url": f"{UK_CORE}Extension-UKCore-SourceOfServiceRequest",
                    "valueCodeableConcept": {"coding": [source]},
                }
            ],
            "identifier": [
                {
                    "system": f"{settings.SITE_ADDRESS}/Id/referral",
                    "value": referral.reference or str(referral.token),
                }
            ],
            "status": _status(referral),
            "intent": "order",
            "category": [{"coding": [{"system": category, "code": "referral"}]}],
            "code": code,
            "subject": self._to("patient"),
            "authoredOn": (referral.submitted_at or referral.created_at).isoformat(),
            "requester": self._to("requester"),
            "performer": [self._to("ir")],
        }
        if referral.urgency:
            request["priority"] = PRIORITIES[Urgency(referral.urgency)]
        if "encounter" in self.names:
            request["encounter"] = self._to("encounter")
        place = [answers.get(name) for name in ("laterality", "level_or_site") if answers.get(name)]
        if place:
            request["bodySite"] = [{"text": ", ".join(str(each) for each in place)}]
        if answers.get("clinical_indication"):
            request["reasonCode"] = [{"text": str(answers["clinical_indication"])}]
        if answers.get("question"):
            request["note"] = [{"text": str(answers["question"])}]
        if self.supporting:
            request["supportingInfo"] = list(self.supporting)
        return request

    def _task(self) -> None:
        referral = self.referral
        task: dict[str, Any] = {
            "resourceType": "Task",
            "status": TASK_STATUS.get(State(referral.state), "accepted"),
            "intent": "order",
            "businessStatus": {"text": referral.state},
            "focus": self._to("request"),
            "for": self._to("patient"),
            "authoredOn": (referral.submitted_at or referral.created_at).isoformat(),
            "lastModified": referral.state_since.isoformat(),
            "owner": self._to("ir"),
        }
        newest = referral.moves.order_by("-number").first()
        if newest is not None and newest.reason_code:
            task["statusReason"] = {"text": newest.reason_code}
        self._add("task", task)

    def _provenance(self) -> None:
        drafted = self.referral.drafted_by
        self._add("delegate", practitioner_resource(drafted.get_full_name() or "Delegate", ""))
        self._add(
            "provenance",
            {
                "resourceType": "Provenance",
                "target": [self._to("request")],
                "recorded": self.referral.created_at.isoformat(),
                "agent": [{"type": {"text": "Drafted by"}, "who": self._to("delegate")}],
            },
        )


def _status(referral: Referral) -> str:
    if referral.state == State.CANCELLED:
        newest = referral.moves.order_by("-number").first()
        if newest is not None and newest.reason_code == CancellationReason.ENTERED_IN_ERROR:
            return "entered-in-error"
    return FHIR_STATUS[State(referral.state)]


def _rows(value: Any) -> list[Mapping[str, Any]]:
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []


def _dose(row: Mapping[str, Any]) -> str:
    dose = str(row.get("dose") or "")
    return "dose not known" if dose == NOT_KNOWN else dose
