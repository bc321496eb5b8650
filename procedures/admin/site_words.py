"""Where an approver reads and approves words that every page shares: glossary, local questions, categories, links."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from procedures import publishing

from .history import ReasonedAdmin, shown_person

VIEW_NAME = "procedures_publication_site_words"


def address() -> str:
    """Return where waiting words are read."""
    return reverse(f"admin:{VIEW_NAME}")


def site_words_view(request: HttpRequest, admin_site: admin.AdminSite) -> HttpResponse:
    """List what waits, word by word; on POST approve what was chosen."""
    if not request.user.has_perm("procedures.view_publication"):
        raise PermissionDenied
    may_approve = request.user.has_perm(publishing.APPROVER_PERMISSION)
    if request.method == "POST":
        if not may_approve:
            raise PermissionDenied
        try:
            published = publishing.approve_site_words(
                set(request.POST.getlist("ticket")), request.user
            )
        except publishing.NotPublishable as error:
            for problem in error.problems:
                messages.error(request, problem)
        else:
            messages.success(request, f"Public now: {published.change_note}.")
        return HttpResponseRedirect(address())
    waiting = publishing.waiting_site_words()
    names = get_user_model().objects.in_bulk({person for row in waiting for person in row.people})
    context = {
        **admin_site.each_context(request),
        "title": "Words for every page that wait for approval",
        "may_approve": may_approve,
        "rows": [
            {
                "row": row,
                "editor": shown_person(names.get(row.last_editor)),
                "wrote_it": request.user.pk in row.people,
            }
            for row in waiting
        ],
    }
    response = render(request, "admin/procedures/site_words.html", context)
    response["Cache-Control"] = "no-store"
    return response


class ReviewedAdmin(ReasonedAdmin):
    """Admin of rows whose words every page shares: a change is public once approved, taking away works at once."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save, and say what happens next."""
        super().save_related(request, form, formsets, change)
        publishing.refresh_site_document(by=request.user)
        waiting = publishing.waiting_site_words()
        if any(type(form.instance) is row.part.model for row in waiting):
            messages.info(
                request,
                "Saved. The public reads it once a clinical approver has approved it, under "
                "“Words for every page that wait for approval”.",
            )

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Delete: gone from the public at once."""
        super().delete_model(request, obj)
        publishing.refresh_site_document(f"Removed {obj}"[:400], request.user)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        """Delete several: gone from the public at once."""
        super().delete_queryset(request, queryset)
        publishing.refresh_site_document("Removed several", request.user)
