"""What private and account pages share. Public pages carry nothing about a person, so they get nothing from here."""

from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest

from procedures.library import EMPTY_SITE, LibraryUnavailable, shelf
from procedures.views.rendering import page_context
from referrals.accounts.paths import shows_account
from referrals.accounts.presenters import account_context


def private_pages(request: HttpRequest) -> dict[str, Any]:
    """Add the department's details, the signed-in person, messages and the session's limits."""
    if not shows_account(request.path_info):
        return {}
    try:
        shared = page_context(shelf.current())
    except LibraryUnavailable:
        shared = {"library": None, "details": EMPTY_SITE["details"], "notices": []}
    context = shared | account_context(request)
    return context | {"messages": get_messages(request), "demo": settings.DEMO}
