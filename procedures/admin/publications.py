"""Publications, to read: nobody changes them, not even here."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import path

from procedures import differences
from procedures.models import PageKind, Publication
from procedures.site_words import site_wide_changes

from . import site_words


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
    change_form_template = "admin/procedures/publication.html"
    fields = (
        "kind",
        "slug",
        "version",
        "status",
        "change_note",
        "author",
        "approver",
        "published_at",
        "digest",
        "what_it_says",
    )
    list_filter = ("kind", "status", "published_at")
    search_fields = ("slug", "change_note")
    date_hierarchy = "published_at"

    def get_urls(self) -> list[Any]:
        """Add the page of site-wide words that wait for approval."""
        view = self.admin_site.admin_view(self.site_words)
        return [
            path("site-words/", view, name=site_words.VIEW_NAME),
            *super().get_urls(),
        ]

    def site_words(self, request: HttpRequest) -> HttpResponse:
        """Show and approve them."""
        return site_words.site_words_view(request, self.admin_site)

    @admin.display(description="What it says")
    def what_it_says(self, obj: Publication) -> str:
        """The document as people read it, part by part; the site-wide one row by row."""
        if obj.kind == PageKind.SITE:
            changes = site_wide_changes(obj.document)
        else:
            changes = differences.compare({}, obj.document)
        places = differences.grouped(changes)
        return render_to_string("admin/procedures/_whole.html", {"places": places})

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
