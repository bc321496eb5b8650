"""Who a person is to the department, and which referrals they may see.

Rights come from groups and from the register alone: being a superuser opens no clinical text.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.utils import timezone

from referrals.london_time import london_day
from referrals.models import Delegate, EntitledReferrer, Referral
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
    "view_auditevent",
)


@dataclass(frozen=True)
class Standing:
    """What one person may do today, worked out once a request."""

    rights: frozenset[str]
    entitlements: tuple[EntitledReferrer, ...]
    delegations: tuple[Delegate, ...]

    @property
    def team_ids(self) -> frozenset[int]:
        """The teams whose referrals the person may see."""
        return frozenset(
            [each.team_id for each in self.entitlements]
            + [each.team_id for each in self.delegations]
        )

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


NOBODY = Standing(frozenset(), (), ())


def standing_of(user: Any, day: date | None = None) -> Standing:
    """What this person may do today; `NOBODY` for those not signed in or switched off."""
    if user is None or not user.is_authenticated or not user.is_active:
        return NOBODY
    day = day or london_day(timezone.now())
    rights = Permission.objects.filter(
        group__user=user, content_type__app_label="referrals", codename__in=_RIGHTS
    ).values_list("codename", flat=True)
    entitlements = EntitledReferrer.objects.filter(user=user).select_related("organisation", "team")
    delegations = Delegate.objects.filter(user=user).select_related("team__organisation")
    return Standing(
        frozenset(rights),
        tuple(each for each in entitlements if each.team.active and each.holds_on(day)),
        tuple(each for each in delegations if each.team.active and each.holds_on(day)),
    )


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


def roles_in(referral: Referral, user: Any, standing: Standing | None = None) -> tuple[Role, ...]:
    """The roles in which a person may move this referral, the most powerful first."""
    standing = standing or standing_of(user)
    roles: list[Role] = []
    if standing.may("decide_referral") and referral.current_state.sent:
        roles.append(Role.IR_CONSULTANT)
    if standing.may("book_referral") and referral.current_state.sent:
        roles.append(Role.IR_ADMIN)
    if standing.may("vet_referral") and referral.current_state.sent:
        roles.append(Role.VETTER)
    if any(each.pk == referral.responsible_consultant_id for each in standing.entitlements):
        roles.append(Role.CONSULTANT)
    if referral.team_id in standing.team_ids:
        roles.append(Role.DELEGATE)
    return tuple(roles)
