"""`demo_accounts`: one account for each role, for demo mode alone."""

from __future__ import annotations

from typing import Any, NamedTuple

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

DEMO_PASSWORD = "demo-only-not-secret"  # noqa: S105
"""The same for all, printed and in the open: demo mode listens on this machine alone."""


class DemoAccount(NamedTuple):
    """One account. ``admin`` opens the Django admin; ``everything`` makes a superuser."""

    address: str
    given_name: str
    family_name: str
    groups: tuple[str, ...]
    admin: bool
    everything: bool
    does: str


ACCOUNTS = (
    DemoAccount("editor@demo.example", "Demo", "Editor", ("Editor",), True, False, "writes pages"),
    DemoAccount(
        "approver@demo.example",
        "Demo",
        "Approver",
        ("Clinical approver",),
        True,
        False,
        "approves and publishes pages",
    ),
    DemoAccount(
        "coordinator@demo.example",
        "Demo",
        "Coordinator",
        ("IR coordinator",),
        True,
        False,
        "looks after the worklist",
    ),
    DemoAccount(
        "radiologist@demo.example", "Demo", "Radiologist", (), False, False, "vets referrals"
    ),
    DemoAccount(
        "admin@demo.example",
        "Demo",
        "Administrator",
        ("Site administrator",),
        True,
        True,
        "grants accounts, changes settings",
    ),
    DemoAccount(
        "consultant@demo.example", "Demo", "Consultant", (), False, False, "sends referrals"
    ),
    DemoAccount(
        "delegate@demo.example", "Demo", "Delegate", (), False, False, "drafts for a consultant"
    ),
)


def make(account: DemoAccount) -> tuple[User, bool]:
    """Make the account, or find it. What somebody changed since stays changed, save the password."""
    user, made = User.objects.get_or_create(
        username=account.address,
        defaults={
            "email": account.address,
            "first_name": account.given_name,
            "last_name": account.family_name,
        },
    )
    user.is_staff, user.is_superuser, user.is_active = account.admin, account.everything, True
    if not user.check_password(DEMO_PASSWORD):
        user.set_password(DEMO_PASSWORD)
    user.save()
    user.groups.add(*(Group.objects.get_or_create(name=name)[0] for name in account.groups))
    EmailAddress.objects.update_or_create(
        user=user, email=account.address, defaults={"verified": True, "primary": True}
    )
    return user, made


class Command(BaseCommand):
    """Refuses outside demo mode. It can be run any number of times."""

    help = "Make the demo accounts (demo mode alone) and print them."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Make them all and print a table."""
        if not settings.DEMO:
            raise CommandError("Demo accounts exist in demo mode alone (IR_INFO_MODE=demo).")
        for account in ACCOUNTS:
            make(account)
        self.stdout.write(f"Demo accounts. Password of each: {DEMO_PASSWORD}")
        width = max(len(account.address) for account in ACCOUNTS)
        for account in ACCOUNTS:
            self.stdout.write(f"  {account.address:<{width}}  {account.does}")
        self.stdout.write(f"Sign in at {settings.SITE_ADDRESS}/accounts/login/")
