"""How a signed-in person is read at the start of a request: with all that every private page asks.

One query brings the person, the rights of their groups, and whether they have a second factor. The
answers are of this request's start; whoever needs them after a change asks the database anew.
"""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef

from referrals.accounts.second_factor import AT_ARRIVAL, SECOND_FACTORS
from referrals.service.people import rights_along


class PersonBackend(AuthenticationBackend):
    """allauth's own, reading the person of a session in one query."""

    def get_user(self, user_id: Any) -> Any:
        """The person of a session, or None: gone, or switched off."""
        own = Authenticator.objects.filter(user=OuterRef("pk"), type__in=SECOND_FACTORS)
        found = (
            get_user_model()
            ._default_manager.filter(pk=user_id)
            .annotate(**{AT_ARRIVAL: Exists(own)}, **rights_along())
            .first()
        )
        return found if found is not None and self.user_can_authenticate(found) else None
