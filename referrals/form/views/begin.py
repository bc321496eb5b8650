"""The worklists of a referrer, and the start of a referral."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from referrals.accounts import held_screens
from referrals.form.begin_form import BeginForm
from referrals.form.definition import BY_SLUG, PROCEDURE
from referrals.form.presenters import STATE_COLOURS, STATE_WORDS, moment_words, procedure_words
from referrals.form.progress import asked_for, document_of, next_section
from referrals.form.section_form import SectionForm
from referrals.form.views.access import (
    is_before_sending,
    nobody_to_draft_for,
    out_of_scope,
    referrer,
    sent_referral,
    standing_in,
)
from referrals.london_time import london_day
from referrals.models import EntitledReferrer, Message, Referral
from referrals.nhs_forms import unjudged
from referrals.organisations import Directory
from referrals.service import audit, configuration, drafts, gate, worklists
from referrals.service.people import Standing, referrals_visible_to
from referrals.states import State
from referrals.vocabulary import ActingAs, Answer, Emergency

SHOWN = 50
"""Rows of the two lists that only grow: with IR, and closed."""
LISTS = (
    ("awaiting_consultant", "Waiting for a consultant to confirm", "Nothing waits."),
    ("information_wanted", "Information wanted", "IR has asked for nothing."),
    ("unread_outcomes", "Not accepted or sent on: not yet read", "Everything has been read."),
    ("cancelled", "Cancelled or not attended", "Nothing was cancelled."),
    ("drafts", "Drafts", "There are no drafts."),
    ("under_way", "With IR", "Nothing is with IR."),
    ("closed", "Closed", "Nothing is closed."),
)
LIST_OF_STATE = {
    State.AWAITING_CONSULTANT: "awaiting_consultant",
    State.INFO_WANTED: "information_wanted",
    State.REJECTED: "unread_outcomes",
    State.REDIRECTED: "unread_outcomes",
    State.CANCELLED: "cancelled",
    State.DRAFT: "drafts",
}


@require_safe
@referrer
def home(request: HttpRequest) -> HttpResponse:
    """The four worklists of the team, drafts, and the rest."""
    standing = standing_in(request)
    found = worklists.team_lists(request.user, standing)
    rows: dict[str, list[Any]] = {name: [] for name, _, _ in LISTS}
    to_do = (
        found.awaiting_consultant
        | found.information_wanted
        | found.unread_outcomes
        | found.cancelled
        | found.drafts
    )
    # One query for all that waits for the team: the lists differ by state alone.
    for row in _with_news(to_do).order_by("state_since"):
        rows[LIST_OF_STATE[row.current_state]].append(_line(row))
    for name in ("under_way", "closed"):
        newest = _with_news(getattr(found, name))[: SHOWN + 1]
        rows[name] = [_line(row) for row in newest]
    lists = [
        {
            "name": name,
            "title": title,
            "empty": empty,
            "rows": rows[name] if name not in ("under_way", "closed") else rows[name][:SHOWN],
            "more": name in ("under_way", "closed") and len(rows[name]) > SHOWN,
        }
        for name, title, empty in LISTS
    ]
    audit.record(request.user, "listed", "team lists")
    return render(request, "referrals/referrer/home.jinja", {"lists": lists, "shown": SHOWN})


def _with_news(rows: QuerySet[Referral]) -> QuerySet[Referral]:
    """What a line of a list needs, and whether IR has written something that nobody has read."""
    unread = Message.objects.filter(
        referral=OuterRef("pk"), side=Message.Side.IR, read_at__isnull=True
    )
    return rows.defer("answers", "vetting", "hold_reason").annotate(new_message=Exists(unread))


def _line(row: Referral) -> dict[str, Any]:
    before = is_before_sending(row)
    return {
        "address": f"/referrals/draft/{row.token}/" if before else f"/referrals/{row.reference}/",
        "reference": row.reference or "Draft",
        "patient": row.patient_name or "No name yet",
        "procedure": procedure_words(row),
        "consultant": row.responsible_consultant.full_name,
        "state": STATE_WORDS[row.state],
        "colour": STATE_COLOURS.get(row.state, "blue"),
        "since": moment_words(row.state_since.isoformat()),
        "expires": row.draft_expires_at,
        "new_message": row.new_message,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@referrer
def new(request: HttpRequest) -> HttpResponse:
    """Emergency, organisation, consultant and procedure: before any detail of a patient."""
    return _begin(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@referrer
def again(request: HttpRequest, reference: str) -> HttpResponse:
    """A new referral after a closed one, filled from it except bloods and drugs."""
    earlier = sent_referral(request, reference)
    if not earlier.current_state.final:
        return redirect("referral", reference=earlier.reference)
    return _begin(request, earlier)


def _begin(request: HttpRequest, earlier: Referral | None) -> HttpResponse:
    standing = standing_in(request)
    lines = consultants_for(standing)
    if not lines:
        return nobody_to_draft_for(request)
    answers = document_of(earlier) if earlier else {}
    asked = asked_for(answers)
    known = {
        "asked": asked,
        "lines": lines,
        "user": request.user,
        "places": places_for(lines, configuration.current().directory),
    }
    if request.method != "POST":
        returned = held_screens.held(request)
        if returned is not None:
            return _page(
                request,
                unjudged(BeginForm(returned, **known)),
                unjudged(SectionForm(PROCEDURE, asked, answers, returned)),
                str(_token(returned.get("token", ""))),
                earlier,
            )
        first = {"consultant": str(earlier.responsible_consultant_id)} if earlier else {}
        return _page(
            request,
            BeginForm(initial=first, **known),
            SectionForm(PROCEDURE, asked, answers),
            str(uuid.uuid4()),
            earlier,
        )
    token = _token(request.POST.get("token", ""))
    if request.POST.get("is_emergency") == Emergency.NOW:
        return redirect("refer_emergency")
    form = BeginForm(request.POST, **known)
    procedure = SectionForm(PROCEDURE, asked, answers, request.POST)
    both = [form.is_valid(), procedure.is_valid()]
    line = form.consultant if all(both) else None
    if line is None:
        return _page(request, form, procedure, str(token), earlier, status=422)
    applicant = gate.Applicant(
        user=request.user,
        is_emergency=form.cleaned_data["is_emergency"],
        organisation_code=form.cleaned_data["organisation"],
        acting_as=str(
            ActingAs.CONSULTANT if line.user_id == request.user.pk else ActingAs.DELEGATE
        ),
        consultant=line,
        procedure_code=procedure.to_store.get("procedure") or "",
        discussed_with=form.cleaned_data.get("discussed_with_ir") or "",
        discussed_at=form.discussed_at,
    )
    given = {**_filled_in(request, line, earlier), **procedure.to_store}
    if applicant.is_emergency == Emergency.TWENTY_FOUR_HOURS:
        given["urgency"] = str(Emergency.TWENTY_FOUR_HOURS)
        given["ir_discussed"] = str(Answer.YES)
        given["discussed_outcome"] = form.cleaned_data["discussed_outcome"]
    try:
        referral = drafts.create_referral(
            applicant,
            token=token,
            answers={name: value for name, value in given.items() if value},
            earlier=earlier,
        )
    except gate.ReferralRefused as stopped:
        if not out_of_scope(stopped.decision):
            raise
        procedure.add_error("procedure", stopped.decision.instead)
        return _page(request, form, procedure, str(token), earlier, status=422)
    if not is_before_sending(referral):
        return redirect("referral_sent", reference=referral.reference)
    following = next_section(asked_for(document_of(referral)), BY_SLUG["procedure"])
    if following is None:
        return redirect("draft", token=referral.token)
    return redirect("draft_section", token=referral.token, slug=following.slug)


def _page(
    request: HttpRequest,
    form: BeginForm,
    procedure: SectionForm,
    token: str,
    earlier: Referral | None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "forms": [procedure],
        "procedure": procedure,
        "token": token,
        "earlier": earlier,
    }
    return render(request, "referrals/form/begin.jinja", context, status=status)


def _token(typed: str) -> uuid.UUID:
    try:
        return uuid.UUID(typed)
    except ValueError:
        return uuid.uuid4()


def consultants_for(standing: Standing) -> list[EntitledReferrer]:
    """The lines of the register for which this person may fill in a referral, their own first."""
    today = london_day(timezone.now())
    own = list(standing.entitlements)
    teams = [each.team_id for each in standing.delegations]
    colleagues = EntitledReferrer.objects.filter(team_id__in=teams).select_related(
        "organisation", "team"
    )
    others = [line for line in colleagues if line.holds_on(today) and line not in own]
    return [*own, *others]


def places_for(lines: list[EntitledReferrer], directory: Directory) -> list[tuple[str, str]]:
    """The trusts of these consultants, each with its own hospital sites that may refer."""
    day = london_day(timezone.now())
    trusts = {line.organisation.code for line in lines}
    found = [
        (each.code, each.name)
        for each in directory.organisations.values()
        if directory.check(each.code, day).trust_code in trusts
    ]
    return sorted(found, key=lambda pair: (pair[0][:3], len(pair[0]), pair[1]))


def _filled_in(
    request: HttpRequest, line: EntitledReferrer, earlier: Referral | None
) -> dict[str, Any]:
    """What the register and the person's last referral already say."""
    user = request.user
    own = line.user_id == user.pk
    delegation = next(
        (each for each in standing_in(request).delegations if each.team_id == line.team_id), None
    )
    found: dict[str, Any] = {
        "referrer_name": (line.full_name if own else user.get_full_name()) or str(user),
        "referrer_grade": "Consultant" if own else getattr(delegation, "job_title", ""),
        "referrer_reg_body": "GMC" if own else "",
        "referrer_reg_no": line.gmc_number if own else getattr(delegation, "registration", "")[:20],
        "hospital_number_issuer": line.organisation.code,
        "specialty": line.specialty,
        "team_mailbox": line.team.mailbox,
    }
    if earlier is None:
        last = (
            referrals_visible_to(user, standing_in(request))
            .filter(drafted_by=user, team=line.team)
            .order_by("-created_at")
            .first()
        )
        for name in ("contact_number", "contact_hours"):
            found[name] = last.answers.get(name) if last else None
    return found
