"""Nothing waits unseen: escalations, questions, unread rejections, lapsing accounts, lost mail.

Run by cron through `manage.py chase`, as often as wanted: each thing is told once. No timer ever
decides about a referral.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from referrals.eligibility import EntitlementStatus
from referrals.london_time import london_day
from referrals.models import (
    AuditAction,
    Delegate,
    EntitledReferrer,
    Evaluation,
    InformationRequest,
    Notification,
    Referral,
)
from referrals.models.referral import OPEN_STATES
from referrals.service import audit, configuration, drafts, evaluation, notices
from referrals.service.worklists import MUST_BE_READ, TO_VET
from referrals.states import State
from referrals.vocabulary import Urgency
from referrals.working_days import escalations_passed, unread_rejection_steps

ESCALATE_TO: Mapping[int, tuple[str, ...]] = {
    50: ("IR coordinator",),
    100: ("IR coordinator", "IR radiologist"),
    200: ("IR coordinator", "IR radiologist", "IR lead", "IR governance"),
}
"""Who hears at which percentage of the vetting target (a proposal, section 4.3)."""
LAPSE_NOTICE_DAYS = (30, 7)
"""How many days before an account lapses its owner is told (a proposal)."""
LAST_QUESTION_STEP = 3


@dataclass
class Chased:
    """What one run did."""

    escalated: int = 0
    questions: int = 0
    unread: int = 0
    lapsing: int = 0
    lapsed: int = 0
    aged: int = 0
    drafts_ended: int = 0
    mail_sent: int = 0
    mail_waiting: int = 0

    def lines(self) -> list[str]:
        """The counts in words."""
        return [
            f"{each.name.replace('_', ' ')}: {getattr(self, each.name)}" for each in fields(self)
        ]


def chase(now: datetime | None = None) -> Chased:
    """Do all of it. Safe to run again at once, and while people work."""
    now = now or timezone.now()
    done = Chased()
    done.escalated = escalate_vetting(now)
    done.questions = chase_questions(now)
    done.unread = chase_unread(now)
    done.lapsing, done.lapsed = accounts(now)
    done.aged = age_results(now)
    done.drafts_ended = end_drafts(now)
    warn_of_calendar(now)
    done.mail_sent = notices.send_waiting()
    done.mail_waiting = notices.undelivered()
    if done.mail_waiting:
        notices.tell_group(
            None, f"undelivered-{london_day(now)}", "e-mails did not arrive", ["IR coordinator"]
        )
    return done


def escalate_vetting(now: datetime) -> int:
    """Tell the named groups when 50, 100 and 200 per cent of a vetting target have passed."""
    settings = configuration.current()
    told = 0
    waiting = Referral.objects.filter(state__in=[str(each) for each in TO_VET])
    for referral in waiting.iterator(chunk_size=500):
        target = settings.targets[Urgency(referral.urgency)]
        for step in escalations_passed(referral.submitted_at, target, settings.calendar, now):
            groups = ESCALATE_TO[step]
            word = f"waiting, {step}% of its time"
            told += len(notices.tell_group(referral, f"vet-{step}", word, groups))
    return told


def chase_questions(now: datetime) -> int:
    """An open question: the team, then the consultant's side again, then IR. Never rejected."""
    settings = configuration.current()
    told = 0
    asked = InformationRequest.objects.filter(
        answered_at__isnull=True, referral__state=str(State.INFO_WANTED)
    ).select_related("referral__responsible_consultant__user", "referral__team")
    for request in asked:
        target = settings.targets[Urgency(request.referral.urgency)]
        passed = settings.calendar.elapsed(request.asked_at, now)
        steps = min(int(passed / max(target.chase_after, 1)), LAST_QUESTION_STEP)
        for step in range(1, steps + 1):
            event = f"question-{request.pk}-{step}"
            if step < LAST_QUESTION_STEP:
                told += len(notices.tell_team(request.referral, event, "action still needed"))
            else:
                groups = ["IR coordinator", "IR radiologist"]
                word = "question not answered"
                told += len(notices.tell_group(request.referral, event, word, groups))
    return told


def chase_unread(now: datetime) -> int:
    """An outcome nobody read: a second e-mail, then IR telephones."""
    calendar = configuration.current().calendar
    told = 0
    unread = Referral.objects.filter(
        state__in=[str(each) for each in MUST_BE_READ], outcome_read_at__isnull=True
    ).select_related("responsible_consultant__user", "team", "drafted_by")
    for referral in unread:
        for step in unread_rejection_steps(referral.state_since, calendar, now):
            if step == "second_mail":
                told += len(notices.tell_team(referral, "unread-1", "answered: please read"))
            else:
                word = "not read: telephone the team"
                told += len(notices.tell_group(referral, "unread-2", word, ["IR coordinator"]))
    return told


def accounts(now: datetime) -> tuple[int, int]:
    """Warn of accounts about to lapse, and mark those that have. Returns both counts."""
    day = london_day(now)
    told = 0
    active = EntitledReferrer.objects.filter(status=EntitlementStatus.ACTIVE)
    for line in active.filter(
        expires_on__gte=day, expires_on__lte=day + timedelta(days=max(LAPSE_NOTICE_DAYS))
    ).select_related("user", "team"):
        left = (line.expires_on - day).days
        step = min(each for each in LAPSE_NOTICE_DAYS if left <= each)
        event = f"lapse-{line.pk}-{line.expires_on}-{step}"
        told += len(_tell_of_account(line, event, f"account ends in {left} days"))
    lapsed = 0
    for line in active.filter(expires_on__lt=day):
        line.status = EntitlementStatus.EXPIRED
        line._change_reason = "Lapsed on its date"
        line.save()
        audit.record(None, AuditAction.ENTITLEMENT, command="chase", lapsed=line.pk)
        lapsed += 1
    for colleague in Delegate.objects.filter(active=True, expires_on__lt=day):
        colleague.active = False
        colleague._change_reason = "Lapsed on its date"
        colleague.save()
        audit.record(None, AuditAction.ENTITLEMENT, command="chase", lapsed_delegate=colleague.pk)
        lapsed += 1
    return told, lapsed


def age_results(now: datetime) -> int:
    """Work the flags out again where a result has just passed its age limit."""
    aged = Referral.objects.filter(state__in=OPEN_STATES, results_stale_at__lte=now).select_related(
        "procedure", "final_procedure"
    )
    for referral in aged:
        evaluation.reassess(referral, Evaluation.Occasion.AGEING, now)
    return len(aged)


def end_drafts(now: datetime) -> int:
    """Discard drafts that nobody touched for their time."""
    ended = Referral.objects.filter(
        state__in=[str(State.DRAFT), str(State.AWAITING_CONSULTANT)], draft_expires_at__lt=now
    )
    for draft in ended:
        drafts.discard_draft(draft, command="chase")
    return len(ended)


def warn_of_calendar(now: datetime) -> bool:
    """Tell the IR administrators when next year's bank holidays are missing late in the year."""
    ahead = london_day(now) + timedelta(days=60)
    if configuration.current().calendar.covers(ahead):
        return False
    word = f"bank holidays of {ahead.year} missing"
    notices.tell_group(None, f"holidays-{ahead.year}", word, ["IR lead", "IR administrator"])
    return True


def _tell_of_account(line: EntitledReferrer, event: str, word: str) -> list[Notification]:
    made = notices.tell_group(None, event, word, ["IR administrator"])
    if line.user is not None:
        made += notices.tell_person(event, word, line.user.email)
    return made


def overdue_reviews() -> dict[str, int]:
    """How many rows of configuration are past their review date, by table."""
    day = london_day(timezone.now())
    found = {}
    for model in configuration.CONFIGURED:
        if any(each.name == "review_date" for each in model._meta.get_fields()):
            late = model._default_manager.filter(Q(review_date__lt=day)).count()
            if late:
                found[str(model._meta.verbose_name_plural)] = late
    return found
