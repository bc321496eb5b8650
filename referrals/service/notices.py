"""E-mails: a reference, a status word and a link. Nothing about the patient, ever.

Rows are written in the transaction of what they tell, and sent after it commits; what was not
sent is sent again by `chase`. Refused and bounced mail is kept until somebody handles it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from referrals.arrangements import Told
from referrals.models import Notification, Referral
from referrals.service import configuration
from referrals.service.mail_domains import is_public_webmail

MOST_ATTEMPTS = 5
TO_SEND = (Notification.Outcome.WAITING, Notification.Outcome.FAILED)
SEND_AGAIN_AFTER = timedelta(minutes=5)

STATUS_WORDS = {
    "SUBMITTED": "sent",
    "IN_VETTING": "being looked at",
    "INFO_WANTED": "action needed",
    "ACCEPTED": "accepted",
    "PREASSESS_BOOKED": "pre-assessment booked",
    "LISTED": "listed",
    "DONE": "done",
    "REDIRECTED": "answered: please read",
    "REJECTED": "answered: please read",
    "CANCELLED": "cancelled",
    "AWAITING_CONSULTANT": "one to confirm",
    "DRAFT": "returned to you",
}
"""What an e-mail says of each state; the words tell nothing clinical."""
PLACES = {
    "openings-": "/triage/openings/",
    "account-request-": "/admin/referrals/accountrequest/",
    "reviews-": "/admin/",
    "holidays-": "/admin/referrals/bankholiday/",
    "undelivered-": "/triage/mail/",
}
"""Where an e-mail that is about no referral leads, by how its event begins."""


def tell_team(referral: Referral, event: str, status_word: str) -> list[Notification]:
    """Tell the responsible consultant, the person who drafted, and the team's mailbox."""
    people = [referral.responsible_consultant.user, referral.drafted_by]
    persons = [each.email for each in people if each is not None and each.is_active and each.email]
    boxes = [referral.team.mailbox]
    named = str(referral.answers.get("team_mailbox") or "")
    if named and not is_public_webmail(named):
        boxes.append(named)
    made = _write(referral, event, status_word, Notification.To.PERSON, persons)
    return made + _write(referral, event, status_word, Notification.To.TEAM, boxes)


def tell_group(
    referral: Referral | None, event: str, status_word: str, groups: Iterable[str] = ()
) -> list[Notification]:
    """Tell IR staff: the groups of the row of recipients that the event belongs to, else these."""
    about = next((each for each in Told if event.startswith(f"{each}-")), None)
    arranged = configuration.current().arrangements.recipients if about else {}
    return tell_members(referral, event, status_word, arranged.get(about) or groups)


def tell_members(
    referral: Referral | None, event: str, status_word: str, groups: Iterable[str]
) -> list[Notification]:
    """Tell the IR staff who belong to these very groups."""
    people = (
        get_user_model()
        .objects.filter(groups__name__in=list(groups), is_active=True)
        .exclude(email="")
        .distinct()
        .values_list("email", flat=True)
    )
    return _write(referral, event, status_word, Notification.To.IR, people)


def tell_person(event: str, status_word: str, address: str) -> list[Notification]:
    """Tell one person about their own account."""
    return _write(None, event, status_word, Notification.To.PERSON, [address] if address else [])


def _write(
    referral: Referral | None, event: str, word: str, to: str, addresses: Iterable[str]
) -> list[Notification]:
    about = f"{referral.pk}" if referral is not None else "all"
    made = []
    for address in dict.fromkeys(each.strip().lower() for each in addresses):
        row, new = Notification.objects.get_or_create(
            key=f"{about}:{event}:{to}:{address}"[:160],
            defaults={
                "referral": referral,
                "to": to,
                "address": address,
                "status_word": word,
                "made_at": timezone.now(),
            },
        )
        if new:
            made.append(row)
    if made:
        keys = [row.pk for row in made]
        transaction.on_commit(lambda: send(keys), robust=True)
    return made


def send(keys: Iterable[int]) -> int:
    """Send these rows and record what the mail server said. Returns how many it accepted."""
    accepted = 0
    for row in Notification.objects.filter(pk__in=list(keys)).select_related("referral"):
        if row.outcome not in TO_SEND or row.attempts >= MOST_ATTEMPTS:
            continue
        row.attempts += 1
        try:
            letter(row).send(fail_silently=False)
        except Exception as error:  # whatever a mail server does, the row says so
            row.outcome = Notification.Outcome.FAILED
            row.problem = type(error).__name__[:200]
        else:
            accepted += 1
            row.outcome = Notification.Outcome.ACCEPTED
            row.problem = ""
            row.sent_at = timezone.now()
        row.save(update_fields=["attempts", "outcome", "problem", "sent_at"])
    return accepted


def letter(row: Notification) -> EmailMessage:
    """The e-mail of a row: the same few words whatever the referral says."""
    reference = row.referral.reference if row.referral is not None else None
    about = f" {reference}" if reference else ""
    path = _path(row, reference)
    return EmailMessage(
        subject=f"Interventional radiology referral{about}: {row.status_word}",
        body=(
            f"Interventional radiology referral{about}\n"
            f"Status: {row.status_word}\n\n"
            f"Sign in to read it: {settings.SITE_ADDRESS}{path}\n\n"
            "This message says nothing about the patient. Please do not reply to it.\n"
            "In an emergency, telephone the on-call interventional radiology consultant through "
            "the hospital switchboard.\n"
        ),
        to=[row.address],
        headers={"Auto-Submitted": "auto-generated", "X-Referral-Notice": str(row.pk)},
    )


def _path(row: Notification, reference: str | None) -> str:
    """The page where somebody can act on what the e-mail tells."""
    event = row.key.partition(":")[2]
    for begins, place in PLACES.items():
        if event.startswith(begins):
            return place
    room = "triage" if row.to == Notification.To.IR else "referrals"
    return f"/{room}/{reference}/" if reference else f"/{room}/"


def send_waiting() -> int:
    """Send what a crash left waiting, and try again what was refused. Returns how many went."""
    before = timezone.now() - SEND_AGAIN_AFTER
    rows = Notification.objects.filter(
        outcome__in=TO_SEND,
        made_at__lt=before,
        attempts__lt=MOST_ATTEMPTS,
        handled_at__isnull=True,
    ).values_list("pk", flat=True)
    return send(list(rows))


def record_bounce(notice: int, problem: str = "") -> Notification:
    """Mail came back: keep that, and tell the IR coordinators. Raises Notification.DoesNotExist."""
    row = Notification.objects.select_related("referral").get(pk=notice)
    row.outcome = Notification.Outcome.BOUNCED
    row.problem = problem[:200]
    row.save(update_fields=["outcome", "problem"])
    tell_group(row.referral, f"bounce-{row.pk}", "mail came back")
    return row


def undelivered() -> int:
    """How many e-mails did not arrive and wait for somebody to act."""
    return Notification.objects.filter(
        outcome__in=[Notification.Outcome.FAILED, Notification.Outcome.BOUNCED],
        handled_at__isnull=True,
    ).count()
