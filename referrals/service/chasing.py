"""Nothing waits unseen: escalations, questions, unread rejections, lapsing accounts, lost mail.

Run by cron through `manage.py chase`, as often as wanted: each thing is told once. No timer ever
decides about a referral.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime, timedelta

from django.db.models import Model, Q
from django.utils import timezone

from referrals.arrangements import Period, Step, Waiting
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
from referrals.service import audit, configuration, drafts, evaluation, guarding, notices
from referrals.service.worklists import MUST_BE_READ, TO_VET
from referrals.states import State
from referrals.vocabulary import Urgency
from referrals.working_days import days_passed, escalations_passed


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
    guarding.ask_for_review(now)
    warn_of_reviews(now)
    done.mail_sent = notices.send_waiting()
    done.mail_waiting = notices.undelivered()
    if done.mail_waiting:
        notices.tell_group(None, f"undelivered-{london_day(now)}", "e-mails did not arrive")
    return done


def escalate_vetting(now: datetime) -> int:
    """Tell the groups of each step when its percentage of a vetting target has passed."""
    settings = configuration.current()
    ladder = {step.after: step for step in settings.arrangements.steps[Waiting.VETTING]}
    told = 0
    waiting = Referral.objects.filter(state__in=[str(each) for each in TO_VET])
    for referral in waiting.iterator(chunk_size=500):
        target = settings.targets[Urgency(referral.urgency)]
        for after in escalations_passed(
            referral.submitted_at, target, settings.calendar, now, ladder
        ):
            word = f"waiting, {after}% of its time"
            told += _tell(referral, ladder[after], f"vet-{after}", word, word)
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
        for step in settings.arrangements.steps[Waiting.QUESTION]:
            if passed >= step.after * max(target.chase_after, 1):
                event = f"question-{request.pk}-{step.after}"
                words = ("action still needed", "question not answered")
                told += _tell(request.referral, step, event, *words)
    return told


def chase_unread(now: datetime) -> int:
    """An outcome nobody read: a second e-mail, then IR telephones."""
    settings = configuration.current()
    ladder = {step.after: step for step in settings.arrangements.steps[Waiting.UNREAD]}
    told = 0
    unread = Referral.objects.filter(
        state__in=[str(each) for each in MUST_BE_READ], outcome_read_at__isnull=True
    ).select_related("responsible_consultant__user", "team", "drafted_by")
    for referral in unread:
        for after in days_passed(referral.state_since, settings.calendar, now, ladder):
            words = ("answered: please read", "not read: telephone the team")
            told += _tell(referral, ladder[after], f"unread-{after}", *words)
    return told


def accounts(now: datetime) -> tuple[int, int]:
    """Warn of accounts about to lapse, and mark those that have. Returns both counts."""
    day = london_day(now)
    told = 0
    ladder = {s.after: s for s in configuration.current().arrangements.steps[Waiting.ACCOUNT]}
    active = EntitledReferrer.objects.filter(status=EntitlementStatus.ACTIVE)
    for line in active.filter(
        expires_on__gte=day, expires_on__lte=day + timedelta(days=max(ladder))
    ).select_related("user", "team"):
        left = (line.expires_on - day).days
        step = min(each for each in ladder if left <= each)
        event = f"lapse-{line.pk}-{line.expires_on}-{step}"
        told += len(_tell_of_account(line, ladder[step], event, f"account ends in {left} days"))
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
    notice = configuration.current().arrangements.periods[Period.CALENDAR_NOTICE]
    ahead = london_day(now) + timedelta(days=notice)
    if configuration.current().calendar.covers(ahead):
        return False
    word = f"bank holidays of {ahead.year} missing"
    notices.tell_group(None, f"holidays-{ahead.year}", word)
    return True


def warn_of_reviews(now: datetime) -> int:
    """Once a week, tell the IR administrators that rows are past their review date."""
    if not overdue_reviews():
        return 0
    year, week, _ = london_day(now).isocalendar()
    return len(notices.tell_group(None, f"reviews-{year}-{week}", "settings to be reviewed"))


def _tell(referral: Referral, step: Step, event: str, team_word: str, ir_word: str) -> int:
    """Tell whom a step names: the referrer's side, groups of IR, or both. Each step once."""
    made = notices.tell_members(referral, event, ir_word, step.groups) if step.groups else []
    if step.tell_team:
        made += notices.tell_team(referral, event, team_word)
    return len(made)


def _tell_of_account(
    line: EntitledReferrer, step: Step, event: str, word: str
) -> list[Notification]:
    made = notices.tell_members(None, event, word, step.groups)
    if line.user is not None and step.tell_team:
        made += notices.tell_person(event, word, line.user.email)
    return made


def late_rows() -> list[tuple[type[Model], int]]:
    """Tables of configuration with rows past their review date, and how many."""
    day = london_day(timezone.now())
    found = []
    for model in configuration.CONFIGURED:
        if any(each.name == "review_date" for each in model._meta.get_fields()):
            late = model._default_manager.filter(Q(review_date__lt=day)).count()
            if late:
                found.append((model, late))
    return found


def overdue_reviews() -> dict[str, int]:
    """How many rows of configuration are past their review date, by table."""
    return {str(model._meta.verbose_name_plural): late for model, late in late_rows()}
