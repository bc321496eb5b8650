"""Drafts: begun, saved, handed over, discarded. The one function that creates a referral."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from referrals.answer_fields import FIELDS, answer_problems, split_identifiers
from referrals.case_facts import read_day
from referrals.encryption import nhs_number_hash
from referrals.models import (
    AuditAction,
    CatalogueEntry,
    EntitledReferrer,
    Organisation,
    Referral,
    ReferralMove,
    RetentionClass,
)
from referrals.models.referral import LAST_RANK, URGENCY_ORDER, the_one_way_in
from referrals.organisations import normalise_code
from referrals.service import attachment_files, audit, gate
from referrals.service.people import Standing, referrals_visible_to, roles_in, standing_of
from referrals.states import Role, State
from referrals.vocabulary import ActingAs, Emergency, Urgency

DRAFT_LIVES = timedelta(days=14)
FORM_VERSION = "1"
NOT_CARRIED_OVER = frozenset(
    {"antithrombotics", "identity_confirmed", "target_date", "duplicate_reason"}
    | {"ir_discussed", "discussed_with_ir", "discussed_at", "discussed_outcome", "results_expected"}
    | {"high_thrombotic_risk", "pregnancy_status", "pregnancy_reason", "lmp"}
    | {"bleeding_now", "unwell_now", "sepsis_now", "aki_suspected"}
    | {name for name, field in FIELDS.items() if field.section == "results"}
)
"""A new try is filled from the old one, except bloods and drugs (section 4.1).

With them go the reasons for the drugs, and what was true only of the day it was asked.
"""


Changes = Mapping[str, Any] | Callable[[Mapping[str, Any]], Mapping[str, Any]]


class AnswersRefused(ValueError):
    """The document has the wrong shape. `problems` says what, by field."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("These answers cannot be stored: " + ", ".join(sorted(problems)))
        self.problems = dict(problems)


class NoLongerADraft(PermissionDenied):
    """It has been sent, so its answers are no longer the team's to change."""


def create_referral(
    applicant: gate.Applicant,
    *,
    token: uuid.UUID | None = None,
    answers: Mapping[str, Any] | None = None,
    earlier: Referral | None = None,
    place: str = "creation",
) -> Referral:
    """Begin a referral. Nothing else creates one.

    Asks the gate first, whoever calls. The same `token` from the same team gives the same
    referral again, so a double click or a replay makes one. `earlier` is a closed referral that
    this is a new try of; its answers come along, save bloods and drugs.

    Raises gate.ReferralRefused (counted and recorded), AnswersRefused, PermissionDenied.
    """
    token = token or uuid.uuid4()
    standing = standing_of(applicant.user)
    decision = gate.require(applicant, place, standing)
    found = Referral.objects.filter(token=token).first()
    if found is not None:
        return _the_same(found, applicant.user, standing)
    given = {**_carried_over(earlier, applicant.user, standing), **(answers or {})}
    if applicant.procedure_code:
        given.setdefault("procedure", applicant.procedure_code)
    if applicant.discussed_with:
        given.setdefault("discussed_with_ir", applicant.discussed_with)
    if applicant.discussed_at:
        given.setdefault("discussed_at", applicant.discussed_at.isoformat())
    _check(given)
    now = timezone.now()
    consultant = applicant.consultant
    assert consultant is not None  # noqa: S101 (the gate refused otherwise)
    referral = Referral(
        token=token,
        organisation=Organisation.objects.get(code=normalise_code(applicant.organisation_code)),
        trust=Organisation.objects.get(code=decision.trust_code),
        team=consultant.team,
        responsible_consultant=consultant,
        acting_as=applicant.acting_as,
        drafted_by=applicant.user,
        is_emergency=applicant.is_emergency,
        form_version=FORM_VERSION,
        earlier=earlier,
        state=State.DRAFT,
        state_since=now,
        created_at=now,
        draft_expires_at=now + DRAFT_LIVES,
        newest_row=1,
        retention_class=RetentionClass.DRAFT,
    )
    _fill(referral, given)
    referral.skip_history_when_saving = True
    role = Role.CONSULTANT if applicant.acting_as == ActingAs.CONSULTANT else Role.DELEGATE
    try:
        with transaction.atomic(), the_one_way_in():
            referral.save()
            ReferralMove.objects.create(
                referral=referral,
                number=1,
                target=State.DRAFT,
                actor=applicant.user,
                role=role,
                at=now,
                form_version=FORM_VERSION,
            )
            audit.record(applicant.user, AuditAction.CREATED, referral)
    except IntegrityError:
        return _the_same(Referral.objects.get(token=token), applicant.user, standing)
    return referral


def save_draft(
    referral: Referral, user: Any, changes: Changes, *, record: bool = False
) -> Referral:
    """Put these fields into a draft; fields not named stay as they are, None takes one out.

    So two tabs with different parts of the form never undo each other. `changes` may be a
    function that makes them from the document as it stands while the row is held; whatever it
    raises leaves the draft as it was. The gate is asked again, with the procedure chosen.
    `record` leaves a line in the audit log (an autosave leaves none).

    Raises AnswersRefused, NoLongerADraft, gate.ReferralRefused, PermissionDenied.
    """
    standing = standing_of(user)
    with transaction.atomic():
        locked = lock(referral, user, standing)
        if locked.current_state.sent:
            raise NoLongerADraft("This referral has been sent.")
        document = {**locked.identifiers, **locked.answers}
        changed = changes(document) if callable(changes) else changes
        _check(changed)
        given = {**document, **changed}
        decision = gate.ask(applicant_for(locked, user, given), standing)
        if decision.accepted:
            _fill(locked, given)
            locked.draft_expires_at = timezone.now() + DRAFT_LIVES
            locked.skip_history_when_saving = True
            locked.save()
            if record:
                audit.record(user, AuditAction.SAVED, locked)
    if not decision.accepted:
        gate.refuse(user, decision, "form", referral)
        raise gate.ReferralRefused(decision)
    return locked


def change_consultant(referral: Referral, user: Any, consultant: EntitledReferrer) -> Referral:
    """Name another responsible consultant of the same team for a draft.

    Raises gate.ReferralRefused, NoLongerADraft, PermissionDenied.
    """
    standing = standing_of(user)
    if consultant.team_id != referral.team_id:
        raise PermissionDenied("This consultant belongs to another team.")
    with transaction.atomic():
        locked = lock(referral, user, standing)
        if locked.current_state is not State.DRAFT:
            raise NoLongerADraft("Only a draft changes hands.")
        locked.responsible_consultant = consultant
        own = any(each.pk == consultant.pk for each in standing.entitlements)
        locked.acting_as = ActingAs.CONSULTANT if own else ActingAs.DELEGATE
        locked.skip_history_when_saving = True
        locked.save(update_fields=["responsible_consultant", "acting_as"])
        audit.record(user, AuditAction.SAVED, locked, change="responsible consultant")
    return locked


def discard_draft(referral: Referral, user: Any = None, *, command: str = "") -> None:
    """Delete a draft with all it holds, files and history included. Sent referrals stay.

    Raises NoLongerADraft, PermissionDenied.
    """
    with transaction.atomic():
        locked = (
            Referral.objects.select_for_update().get(pk=referral.pk)
            if command
            else lock(referral, user, standing_of(user))
        )
        if locked.current_state.sent:
            raise NoLongerADraft("A referral that was sent is never discarded.")
        audit.record(user, AuditAction.DISCARDED, locked, command=command)
        attachment_files.remove_all(locked)
        ReferralMove.objects.filter(referral=locked).delete()
        key = locked.pk
        locked.delete()
        Referral.history.filter(id=key).delete()


def applicant_for(
    referral: Referral, user: Any, answers: Mapping[str, Any] | None = None
) -> gate.Applicant:
    """The gate's question for a referral that is there: this person, its consultant, its answers."""
    answers = referral.answers if answers is None else answers
    standing_consultant = referral.responsible_consultant.user_id == getattr(user, "pk", None)
    return gate.Applicant(
        user=user,
        is_emergency=referral.is_emergency,
        organisation_code=referral.organisation.code,
        acting_as=ActingAs.CONSULTANT if standing_consultant else ActingAs.DELEGATE,
        consultant=referral.responsible_consultant,
        procedure_code=str(answers.get("procedure") or ""),
        discussed_with=str(answers.get("discussed_with_ir") or ""),
        discussed_at=_moment(answers.get("discussed_at")),
    )


def lock(referral: Referral, user: Any, standing: Standing) -> Referral:
    """The row as it is now, held until the transaction ends. Raises PermissionDenied.

    Only those who may see it get it.
    """
    row = Referral.objects.select_for_update().filter(pk=referral.pk).first()
    if row is None or not referrals_visible_to(user, standing).filter(pk=row.pk).exists():
        raise PermissionDenied("This referral is not yours to change.")
    if not row.current_state.sent and not roles_in(row, user, standing):
        raise PermissionDenied("This draft is not yours to change.")
    return row


def write_answers(referral: Referral, answers: Mapping[str, Any]) -> None:
    """Put a whole document into the row (not saved here). Raises AnswersRefused."""
    _check(answers)
    _fill(referral, answers)


def _check(answers: Mapping[str, Any]) -> None:
    problems = answer_problems(answers)
    if problems:
        raise AnswersRefused(problems)


def _fill(referral: Referral, answers: Mapping[str, Any]) -> None:
    """Split the document, and repeat on the row what lists and rules need of it.

    "24 h" is no urgency to choose: only the gate gives it, once the telephone call is recorded.
    """
    within_a_day = str(Urgency.EMERGENCY_RECORDED)
    if referral.is_emergency == Emergency.TWENTY_FOUR_HOURS:
        answers = {**answers, "urgency": within_a_day}
    elif answers.get("urgency") == within_a_day:
        raise AnswersRefused({"urgency": "A case within 24 hours goes by telephone first."})
    referral.identifiers, referral.answers = split_identifiers(answers)
    referral.nhs_number_hash = nhs_number_hash(referral.identifiers.get("nhs_number"))
    code = referral.answers.get("procedure")
    referral.procedure = CatalogueEntry.objects.filter(code=code).first() if code else None
    if referral.final_procedure_id is None:
        urgency = str(referral.answers.get("urgency") or "")
        referral.urgency = urgency
        referral.urgency_rank = rank_of(urgency)
    referral.patient_setting = str(referral.answers.get("patient_setting") or "")
    referral.target_date = read_day(referral.answers.get("target_date"))


def rank_of(urgency: str) -> int:
    """The place of an urgency in worklists; 0 comes first."""
    words = [str(each) for each in URGENCY_ORDER]
    return words.index(urgency) if urgency in words else LAST_RANK


def _carried_over(earlier: Referral | None, user: Any, standing: Standing) -> dict[str, Any]:
    if earlier is None:
        return {}
    if not referrals_visible_to(user, standing).filter(pk=earlier.pk).exists():
        raise PermissionDenied("The earlier referral is not yours.")
    if not earlier.current_state.final:
        raise PermissionDenied("The earlier referral is still open.")
    document = {**earlier.identifiers, **earlier.answers}
    left = set(NOT_CARRIED_OVER)
    if document.get("urgency") == Urgency.EMERGENCY_RECORDED:  # the gate gave it, for that day
        left.add("urgency")
    return {name: value for name, value in document.items() if name not in left}


def _the_same(found: Referral, user: Any, standing: Standing) -> Referral:
    if not referrals_visible_to(user, standing).filter(pk=found.pk).exists():
        raise PermissionDenied("This form was begun by someone else.")
    return found


def _moment(value: Any) -> Any:
    from referrals.case_facts import read_moment

    return read_moment(value)
