"""Who a person is to the department, and which referrals they may see.

Rights come from groups and from the register alone: being a superuser opens no clinical text.
"""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from referrals.london_time import london_day
from referrals.models import Delegate, EntitledReferrer, Referral
from referrals.models.joined_text import JoinedText
from referrals.models.referral import SENT_STATES
from referrals.states import Role

_RIGHTS = (
    "see_triage",
    "vet_referral",
    "decide_referral",
    "book_referral",
    "export_referral",
    "see_measures",
    "approve_destruction",
    "guard_referral",
    "review_openings",
    "decide_accountrequest",
    "view_auditevent",
)


RIGHTS_AT_ARRIVAL = "rights_at_arrival"
"""Attribute of the person of a session: the rights below when the request came in."""


def _granted() -> QuerySet[Permission]:
    """The rights of `referrals` that groups give."""
    return Permission.objects.filter(content_type__app_label="referrals", codename__in=_RIGHTS)


def rights_along() -> dict[str, Coalesce]:
    """An annotation for a query of people, so that it brings their rights along."""
    held = _granted().filter(group__user=OuterRef("pk")).order_by().values(one=Value(1))
    held = held.annotate(held=JoinedText("codename")).values("held")
    return {RIGHTS_AT_ARRIVAL: Coalesce(Subquery(held), Value(""), output_field=TextField())}


class Standing:
    """What one person may do on one day. Each part is read from the database when first asked."""

    def __init__(self, user: Any, day: date) -> None:
        self.user = user
        self.day = day
        self.known = bool(user is not None and user.is_authenticated and user.is_active)

    @cached_property
    def rights(self) -> frozenset[str]:
        """The rights of the person's groups, as codenames."""
        if not self.known:
            return frozenset()
        along = getattr(self.user, RIGHTS_AT_ARRIVAL, None)
        if along is not None:
            return frozenset(along.split())
        found = _granted().filter(group__user=self.user)
        return frozenset(found.values_list("codename", flat=True))

    @cached_property
    def entitlements(self) -> tuple[EntitledReferrer, ...]:
        """The person's own lines of the register that are in force."""
        if not self.known:
            return ()
        found = EntitledReferrer.objects.filter(user=self.user).select_related(
            "organisation", "team"
        )
        return tuple(each for each in found if each.team.active and each.holds_on(self.day))

    @cached_property
    def delegations(self) -> tuple[Delegate, ...]:
        """The teams that the person may draft for."""
        if not self.known:
            return ()
        found = Delegate.objects.filter(user=self.user).select_related("team__organisation")
        return tuple(each for each in found if each.team.active and each.holds_on(self.day))

    @property
    def team_ids(self) -> frozenset[int]:
        """The teams whose referrals the person may see."""
        teams = [each.team_id for each in self.entitlements]
        return frozenset(teams + [each.team_id for each in self.delegations])

    @property
    def is_referrer(self) -> bool:
        """On the register, or a colleague who drafts, today."""
        return bool(self.entitlements or self.delegations)

    @property
    def is_ir(self) -> bool:
        """May see the IR side."""
        return "see_triage" in self.rights

    def may(self, right: str) -> bool:
        """Whether a group of the person holds this right (a codename of `referrals`)."""
        return right in self.rights


def standing_of(user: Any, day: date | None = None) -> Standing:
    """What this person may do today; nothing for those not signed in or switched off."""
    return Standing(user, day or london_day(timezone.now()))


def referrals_visible_to(user: Any, standing: Standing | None = None) -> QuerySet[Referral]:
    """Every query for referrals starts here.

    Referrers and their delegates see those of their own teams; the IR side sees what was sent;
    everybody else, site administrators and content editors included, sees none.
    """
    standing = standing or standing_of(user)
    mine = Referral.objects.filter(team_id__in=standing.team_ids)
    if standing.is_ir:
        sent = Referral.objects.filter(state__in=SENT_STATES)
        return (sent | mine) if standing.team_ids else sent
    return mine if standing.team_ids else Referral.objects.none()


def sent_referrals(user: Any, standing: Standing | None = None) -> QuerySet[Referral]:
    """What the IR side works on; empty for anyone without the right to see triage."""
    standing = standing or standing_of(user)
    if not standing.is_ir:
        return Referral.objects.none()
    return Referral.objects.filter(state__in=SENT_STATES)


def ir_roles(referral: Referral, standing: Standing) -> tuple[Role, ...]:
    """The roles in which a person of the IR side may move this referral."""
    if not referral.current_state.sent:
        return ()
    held = (
        ("decide_referral", Role.IR_CONSULTANT),
        ("book_referral", Role.IR_ADMIN),
        ("vet_referral", Role.VETTER),
    )
    return tuple(role for right, role in held if standing.may(right))


def team_roles(referral: Referral, standing: Standing) -> tuple[Role, ...]:
    """The roles in which a person of the referrer's team may move this referral."""
    roles: list[Role] = []
    if any(each.pk == referral.responsible_consultant_id for each in standing.entitlements):
        roles.append(Role.CONSULTANT)
    if referral.team_id in standing.team_ids:
        roles.append(Role.DELEGATE)
    return tuple(roles)


def roles_in(referral: Referral, user: Any, standing: Standing | None = None) -> tuple[Role, ...]:
    """All roles in which a person may move this referral, the most powerful first."""
    standing = standing or standing_of(user)
    return ir_roles(referral, standing) + team_roles(referral, standing)
