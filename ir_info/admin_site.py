"""The Django admin of this site: its name, and what its first page shows."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest, HttpResponse


class SiteAdmin(AdminSite):
    """The editors' room."""

    site_header = "ir-info: editing and approving"
    site_title = "ir-info admin"
    index_title = "What would you like to do?"
    site_url = "/"

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show what waits, then everything that can be edited."""
        from procedures.admin.tasks import content_tasks
        from referrals.admin.tasks import referral_tasks

        tasks = [*referral_tasks(request.user), *content_tasks(request.user)]
        return super().index(request, (extra_context or {}) | {"content_tasks": tasks})


class SiteAdminConfig(AdminConfig):
    """Puts `SiteAdmin` in the place of Django's own."""

    default_site = "ir_info.admin_site.SiteAdmin"
