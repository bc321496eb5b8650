"""The Django admin of this site: its name, and who may sign in to it."""

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig


class SiteAdmin(AdminSite):
    """The editors' room."""

    site_header = "ir-info: editing and approving"
    site_title = "ir-info admin"
    index_title = "What would you like to do?"
    site_url = "/"


class SiteAdminConfig(AdminConfig):
    """Puts `SiteAdmin` in the place of Django's own."""

    default_site = "ir_info.admin_site.SiteAdmin"
