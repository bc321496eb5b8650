"""Publications, to read: nobody changes them, not even here."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from procedures.models import Publication


@admin.register(Publication)
class PublicationAdmin(admin.ModelAdmin):
    """What is and was public, and who approved it."""

    list_display = (
        "slug",
        "kind",
        "version",
        "status",
        "published_at",
        "author",
        "approver",
        "change_note",
    )
    list_filter = ("kind", "status", "published_at")
    search_fields = ("slug", "change_note")
    date_hierarchy = "published_at"

    def get_queryset(self, request: HttpRequest) -> Any:
        """Leave the documents out of the list."""
        return super().get_queryset(request).select_related("author", "approver").defer("document")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Publishing makes them."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False
