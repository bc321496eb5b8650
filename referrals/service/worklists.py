"""What waits for whom: the triage lists and counts, and the four lists of a referrer's team."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from referrals.arrangements import Period
from referrals.encryption import nhs_number_hashes
from referrals.models import (
    AccountRequest,
    Attachment,
    AuditAction,
    CatalogueEntry,
    InformationRequest,
    Message,
    Referral,
)
from referrals.models.referral import OPEN_STATES
from referrals.references import ReferenceRefused, parse_reference
from referrals.service import audit, configuration
from referrals.service.guarding import guard_parts, is_guarded
from referrals.service.people import Standing, referrals_visible_to, sent_referrals, standing_of
from referrals.states import State

TO_VET = (State.SUBMITTED, State.IN_VETTING)
TO_BOOK = (State.ACCEPTED, State.PREASSESS_BOOKED)
WAITING = (*TO_VET, State.INFO_WANTED, *TO_BOOK, State.LISTED)
MUST_BE_READ = (State.REJECTED, State.REDIRECTED)


def triage_lists(
    now: Any = None, settings: configuration.Configuration | None = None
) -> dict[str, Q]:
    """The lists of the triage page by name, each as a condition. Every open referral is in one."""
    now = now or timezone.now()
    settings = settings or configuration.current()
    soon = timedelta(days=settings.arrangements.periods[Period.STALE_SOON])
    return {
        "vetting": Q(state__in=[str(each) for each in TO_VET]),
        "information": Q(state=str(State.INFO_WANTED)),
        "booking": Q(state__in=[str(each) for each in TO_BOOK]),
        "listed": Q(state=str(State.LISTED)),
        "unread": Q(state__in=[str(each) for each in MUST_BE_READ], outcome_read_at__isnull=True),
        "stale": Q(state__in=[str(each) for each in WAITING], results_stale_at__lte=now + soon),
        "closed": Q(state__in=[str(each) for each in State if each.final])
        & ~Q(state__in=[str(each) for each in MUST_BE_READ], outcome_read_at__isnull=True),
    }


def triage_counts(
    user: Any,
    standing: Standing | None = None,
    settings: configuration.Configuration | None = None,
) -> dict[str, int]:
    """How many stand in each list, and how many messages wait, in two queries."""
    standing = standing or standing_of(user)
    lists = triage_lists(settings=settings)
    sent = sent_referrals(user, standing)
    counts = sent.aggregate(
        overdue=Count(
            "pk",
            filter=lists["vetting"] & Q(vet_due_at__lt=timezone.now()),
        ),
        **{name: Count("pk", filter=condition) for name, condition in lists.items()},
    )
    unread = Message.objects.filter(side=Message.Side.REFERRER, read_at__isnull=True)
    counts["messages"] = unread.count() if standing.is_ir else 0
    return counts


def awaiting_vetting() -> int:
    """How many await vetting, for the header of pages that show no other count."""
    return Referral.objects.filter(state__in=[str(each) for each in TO_VET]).count()


def with_surroundings(found: QuerySet[Referral]) -> QuerySet[Referral]:
    """One referral with what its page needs to know around it, in the same query.

    Adds `vetting_count` and `overdue_count` (hazard H04), `account_requests` that wait for whoever
    decides about them, `with_same_number`, and those of
    `page_parts` and `guarding.guard_parts`.
    """
    waiting = Referral.objects.filter(state__in=[str(each) for each in TO_VET]).order_by()
    late = waiting.filter(vet_due_at__lt=timezone.now())
    accounts = AccountRequest.objects.filter(status=AccountRequest.Status.WAITING).order_by()
    same = (
        Referral.objects.filter(nhs_number_hash=OuterRef("nhs_number_hash"), state__in=OPEN_STATES)
        .exclude(nhs_number_hash="")
        .exclude(pk=OuterRef("pk"))
    )
    return found.annotate(
        vetting_count=_count(waiting),
        overdue_count=_count(late),
        account_requests=_count(accounts),
        with_same_number=Exists(same),
        **page_parts(),
        **guard_parts(),
    )


def page_parts() -> dict[str, Any]:
    """Annotations for the page of one referral on either side.

    They are `has_messages`, `has_files` and `configuration_stamp`.
    """
    return {
        "has_messages": Exists(Message.objects.filter(referral=OuterRef("pk"))),
        "has_files": Exists(Attachment.objects.filter(referral=OuterRef("pk"))),
        "configuration_stamp": configuration.stamp_now(),
    }


def _count(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.values(one=Value(1)).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


def triage_list(
    user: Any,
    name: str,
    filters: Mapping[str, str] | None = None,
    standing: Standing | None = None,
    settings: configuration.Configuration | None = None,
) -> QuerySet[Referral]:
    """One list, by urgency and then by age against target. Raises KeyError for no such list.

    In vetting, what a team has answered comes first among those of its urgency.

    `filters` may hold urgency, organisation (ODS code of the trust), group, level (of the top
    flag), vetter ("me").
    """
    condition = triage_lists(settings=settings)[name]
    found = sent_referrals(user, standing).filter(condition)
    given = {key: value for key, value in (filters or {}).items() if value}
    if "urgency" in given:
        found = found.filter(urgency=given["urgency"])
    if "organisation" in given:
        found = found.filter(trust__code=given["organisation"])
    if "group" in given:
        entries = CatalogueEntry.objects.filter(group=given["group"]).values("pk")
        found = found.filter(
            Q(final_procedure__in=entries) | Q(final_procedure__isnull=True, procedure__in=entries)
        )
    if "level" in given:
        found = found.filter(top_level=given["level"])
    if given.get("vetter") == "me":
        found = found.filter(vetter=user)
    if name == "closed":
        return found.order_by("-state_since")
    if name == "vetting":
        return found.order_by("urgency_rank", _answered().desc(), "vet_due_at")
    return found.order_by("urgency_rank", "vet_due_at")


def _answered() -> Exists:
    """Whether the team has answered a question about it."""
    return Exists(
        InformationRequest.objects.filter(
            referral=OuterRef("pk"), answered_at__isnull=False, taken_back=False
        )
    )


def rows_of(keys: Iterable[int]) -> list[Referral]:
    """These referrals with what a worklist shows of them, in the order of the keys.

    Lists are paged by key first: a far page then reads 50 wide rows, not thousands.
    """
    keys = list(keys)
    found = (
        Referral.objects.filter(pk__in=keys)
        .select_related(
            "trust", "team", "procedure", "final_procedure", "responsible_consultant", "vetter"
        )
        .defer("answers", "vetting", "hold_reason")
        .annotate(masked=is_guarded(), answered=_answered())
        .in_bulk()
    )
    return [found[key] for key in keys if key in found]


def find(user: Any, typed: str, standing: Standing | None = None) -> QuerySet[Referral]:
    """Referrals by reference or by NHS number, among those the person may see.

    The search is audited by hash alone. Use POST: an NHS number is never in an address.
    """
    standing = standing or standing_of(user)
    visible = referrals_visible_to(user, standing).annotate(masked=is_guarded())
    audit.record(user, AuditAction.SEARCHED, searched=typed)
    try:
        return visible.filter(reference=parse_reference(typed))
    except ReferenceRefused:
        pass
    hashes = nhs_number_hashes(typed)
    return visible.filter(nhs_number_hash__in=hashes) if hashes else visible.none()


@dataclass(frozen=True)
class TeamLists:
    """The four worklists of section 4.1, and all the rest, for the person's own teams."""

    awaiting_consultant: QuerySet[Referral]
    information_wanted: QuerySet[Referral]
    unread_outcomes: QuerySet[Referral]
    cancelled: QuerySet[Referral]
    drafts: QuerySet[Referral]
    under_way: QuerySet[Referral]
    closed: QuerySet[Referral]


def team_lists(user: Any, standing: Standing | None = None) -> TeamLists:
    """A referrer's lists. Raises nothing: someone on no team has seven empty lists."""
    standing = standing or standing_of(user)
    mine = (
        Referral.objects.filter(team_id__in=standing.team_ids)
        .select_related("procedure", "final_procedure", "responsible_consultant", "team")
        .defer("vetting", "hold_reason")
    )
    unread = Q(outcome_read_at__isnull=True)
    told = Q(state__in=[str(each) for each in MUST_BE_READ])
    cancelled = Q(state=str(State.CANCELLED))
    waiting = [str(each) for each in WAITING if each is not State.INFO_WANTED]
    return TeamLists(
        awaiting_consultant=mine.filter(state=str(State.AWAITING_CONSULTANT)).order_by(
            "created_at"
        ),
        information_wanted=mine.filter(state=str(State.INFO_WANTED)).order_by("state_since"),
        unread_outcomes=mine.filter(told & unread).order_by("state_since"),
        cancelled=mine.filter(cancelled & unread).order_by("state_since"),
        drafts=mine.filter(state=str(State.DRAFT)).order_by("-created_at"),
        under_way=mine.filter(state__in=waiting).order_by("-submitted_at"),
        closed=mine.filter(
            (told & ~unread) | (cancelled & ~unread) | Q(state=str(State.DONE))
        ).order_by("-state_since"),
    )
