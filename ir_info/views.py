"""Health checks and the pages for when something is wrong."""

import sys
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from procedures.library import EMPTY_SITE, LibraryUnavailable, shelf
from procedures.views.rendering import page_context
from referrals.accounts import held_screens
from referrals.accounts.paths import shows_account

SECONDS_TO_RETRY = 60


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer that the process is alive. Asks nothing of the database."""
    response = JsonResponse({"status": "ok"})
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Answer whether this process can do all its work: database there, migrations run, pages published."""
    problems: list[str] = []
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            problems.append("Migrations have not been run.")
        elif not shelf.current().procedures:
            problems.append("No page is published: run `manage.py seed`.")
    except (DatabaseError, LibraryUnavailable):
        problems.append("The database cannot be reached.")
    status = 503 if problems else 200
    response = JsonResponse(
        {"status": "not ready" if problems else "ok", "problems": problems}, status=status
    )
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Lead programs that ask for the icon at its customary address to the one that pages name."""
    response = HttpResponseRedirect(static("icon.svg"))
    response["Cache-Control"] = "public, max-age=86400"
    return response


def _problem_page(template: str, status: int, **more: Any) -> HttpResponse:
    """Render a page that helps, even when the database is gone."""
    try:
        context = page_context(shelf.current())
    except LibraryUnavailable:
        context = {"library": None, "details": EMPTY_SITE["details"], "notices": []}
    response = HttpResponse(render_to_string(template, context | more), status=status)
    response["Cache-Control"] = "no-store"
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return _problem_page("site/400.jinja", 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: where to sign in and come back, or, for who has, that another account is needed."""
    try:
        signed_in = request.user.is_authenticated
    except (AttributeError, DatabaseError):
        signed_in = False
    # The query string stays behind: it may hold what a person typed.
    sign_in = f"{reverse('account_login')}?{urlencode({'next': request.path})}"
    return _problem_page("site/403.jinja", 403, signed_in=signed_in, sign_in=sign_in)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token was missing or old.

    A person who has signed in again since a form was drawn gets it back as typed. So does somebody
    not known, from a page of ours: other sites' forms come without the cookie of the token.
    """
    ticket = held_screens.ticket_of(request)
    person = getattr(request, "user", None)
    if ticket is not None and person is not None:
        ours = bool(request.COOKIES.get(settings.CSRF_COOKIE_NAME))
        if ours if ticket.owner is None else ticket.owner == person.pk:
            held_screens.hold(request)
            return redirect(ticket.page)
    return _problem_page("site/403_csrf.jinja", 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return _problem_page("site/404.jinja", 404)


def too_many_requests(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429, for sign-in and the account form."""
    return _problem_page("site/429.jinja", 429)


def wrong_method(request: HttpRequest, allowed: str) -> HttpResponse:
    """405."""
    response = _problem_page("site/405.jinja", 405)
    response["Allow"] = allowed
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500; or 503 where the reason is that the database cannot be reached, which mends itself.

    The referral gate says who may refer and where emergencies go, whatever went wrong.
    """
    if request.path_info.startswith("/refer/"):
        from referrals.gate.views import without_database

        return without_database(request)
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return unavailable(request)
    return _problem_page("site/500.jinja", 500)


def unavailable(request: HttpRequest, *args: Any) -> HttpResponse:
    """503: no database, and nothing in memory to answer with. Staff are told whom to telephone instead."""
    response = _problem_page("site/503.jinja", 503, for_staff=shows_account(request.path_info))
    response["Retry-After"] = str(SECONDS_TO_RETRY)
    return response
