"""The steps from draft to public, on one page for each procedure or guidance page: check, preview, send, approve, withdraw."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html

from procedures import completeness, publishing
from procedures import library as libraries
from procedures.compiling import CannotCompile
from procedures.library import LivePage, shelf
from procedures.presenters import present_guidance, present_procedure
from procedures.views.easy import easy_context
from procedures.views.rendering import show

from . import comparison
from .history import ReasonedAdmin, shown_person


class WaitingFilter(admin.SimpleListFilter):
    """Pages that wait for an approver."""

    title = "where it stands"
    parameter_name = "stands"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer the states."""
        return [("waiting", "Waiting for approval"), ("due", "Check is late")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Narrow the list."""
        if self.value() == "waiting":
            return queryset.filter(submitted_at__isnull=False)
        if self.value() == "due":
            return queryset.filter(next_check__lt=timezone.localdate())
        return queryset


class PublishableAdmin(ReasonedAdmin):
    """Admin of a page that goes public through an approver."""

    change_form_template = "admin/procedures/page_change_form.html"
    readonly_fields = ("publishing",)

    @admin.display(description="Publishing")
    def publishing(self, obj: Any) -> str:
        """Link to the page's publishing steps."""
        if obj.pk is None:
            return "Save first."
        return format_html(
            '<a href="{}">Check, preview, send or approve</a>', self._address("publishing", obj)
        )

    @admin.display(description="Where it stands")
    def stands(self, obj: Any) -> str:
        """Where the page is on its way to the public."""
        if obj.is_waiting_for_approval:
            return "Waiting for approval"
        return "Check is late" if obj.next_check < timezone.localdate() else "—"

    def get_urls(self) -> list[Any]:
        """Add the publishing page, the preview and the comparison of versions."""
        name = self.model._meta.model_name
        wrap = self.admin_site.admin_view
        return [
            path(
                "<int:pk>/publishing/",
                wrap(self.publishing_view),
                name=f"procedures_{name}_publishing",
            ),
            path("<int:pk>/preview/", wrap(self.preview_view), name=f"procedures_{name}_preview"),
            path(
                "<int:pk>/preview/easy/",
                wrap(self.preview_easy_view),
                name=f"procedures_{name}_preview_easy",
            ),
            path("<int:pk>/compare/", wrap(self.compare_view), name=f"procedures_{name}_compare"),
            *super().get_urls(),
        ]

    def _address(self, what: str, obj: Any) -> str:
        return reverse(f"admin:procedures_{self.model._meta.model_name}_{what}", args=[obj.pk])

    def _page(self, request: HttpRequest, pk: int) -> Any:
        page = get_object_or_404(self.model, pk=pk)
        if not self.has_view_permission(request, page):
            raise PermissionDenied
        return page

    def publishing_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what stands in the way, and take the next step."""
        page = self._page(request, pk)
        if request.method == "POST":
            return self._take_step(request, page)
        found: list[str] = []
        has_easy_version = False
        try:
            document = publishing.compile_page(page)
            found = completeness.problems(document)
            digest = publishing.digest(document)
            has_easy_version = bool(document.get("easy"))
        except CannotCompile as error:
            found, digest = error.problems, ""
        live = comparison.versions_of(page).first()
        context = {
            **self.admin_site.each_context(request),
            "title": f"Publishing: {page}",
            "page": page,
            "opts": self.model._meta,
            "problems": found,
            "versions": comparison.rows_of_versions(page),
            "live": live,
            "is_unchanged": bool(live and live.digest == digest),
            "may_edit": self.has_change_permission(request, page),
            "may_approve": request.user.has_perm(publishing.APPROVER_PERMISSION),
            "wrote_it": request.user.pk in publishing.writers_of(page),
            "sender": shown_person(page.submitted_by),
            "preview": self._address("preview", page),
            "preview_easy": self._address("preview_easy", page) if has_easy_version else "",
            "compare": self._address("compare", page),
            **comparison.before_approval(page),
        }
        return self._never_stored(render(request, "admin/procedures/publishing.html", context))

    @staticmethod
    def _never_stored(response: HttpResponse) -> HttpResponse:
        response["Cache-Control"] = "no-store"
        return response

    def compare_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what changed between any two versions, or between a version and the draft."""
        page = self._page(request, pk)
        versions = comparison.versions_of(page)
        newest = versions.first()
        old = request.GET.get("old", str(newest.version) if newest else comparison.DRAFT)
        try:
            shown = comparison.shown(
                comparison.side(page, old),
                comparison.side(page, request.GET.get("new", comparison.DRAFT)),
            )
        except comparison.NoSuchVersion as error:
            raise Http404 from error
        except CannotCompile as error:
            for problem in error.problems:
                messages.error(request, problem)
            return HttpResponseRedirect(self._address("publishing", page))
        context = {
            **self.admin_site.each_context(request),
            "title": f"What changed: {page}",
            "page": page,
            "opts": self.model._meta,
            "comparison": shown,
            "sides": [
                (comparison.DRAFT, "the draft"),
                *((str(row.version), f"version {row.version}") for row in versions),
            ],
        }
        return self._never_stored(render(request, "admin/procedures/compare.html", context))

    def _take_step(self, request: HttpRequest, page: Any) -> HttpResponse:
        step, words = request.POST.get("step", ""), request.POST.get("words", "")
        may_edit = self.has_change_permission(request, page)
        may_approve = request.user.has_perm(publishing.APPROVER_PERMISSION)
        try:
            with transaction.atomic():
                if step == "submit" and may_edit:
                    publishing.submit(page, request.user, words)
                    said = "Sent for approval."
                elif step == "older" and may_edit:
                    version = request.POST.get("version", "")
                    publishing.submit_older(
                        page, int(version) if version.isdecimal() else 0, request.user, words
                    )
                    said = "Sent for approval: the older version."
                elif step == "return" and (may_approve or may_edit):
                    publishing.return_to_author(page, words)
                    said = "Returned."
                elif step == "approve" and may_approve:
                    said = (
                        f"Public now, as version {publishing.approve(page, request.user).version}."
                    )
                elif step == "withdraw" and (may_approve or may_edit):
                    publishing.withdraw(publishing.kind_of(page), page.slug, request.user, words)
                    said = "Withdrawn. The public can no longer read this page."
                else:
                    raise PermissionDenied
        except (publishing.NotPublishable, CannotCompile) as error:
            for problem in error.problems:
                messages.error(request, problem)
        else:
            messages.success(request, said)
        return HttpResponseRedirect(self._address("publishing", page))

    def _draft(self, request: HttpRequest, pk: int) -> LivePage | None:
        """Return a page as it would be public, from the working rows; None, with messages, if it cannot be compiled."""
        page = self._page(request, pk)
        try:
            document = publishing.compile_page(page)
        except CannotCompile as error:
            for problem in error.problems:
                messages.error(request, problem)
            return None
        return LivePage(
            kind=document["kind"],
            slug=page.slug,
            version=0,
            is_approved=False,
            approver_shown="",
            change_note="",
            published_at=timezone.now(),
            document=document,
        )

    def _show_draft(
        self, request: HttpRequest, template: str, context: dict[str, Any]
    ) -> HttpResponse:
        response = show(request, template, context | {"library": shelf.current()})
        response["Cache-Control"] = "no-store"
        return response

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the page as the public would see it, from the working rows."""
        draft = self._draft(request, pk)
        if draft is None:
            return HttpResponseRedirect(self._address("publishing", self._page(request, pk)))
        is_procedure = draft.document["kind"] == "procedure"
        present = present_procedure if is_procedure else present_guidance
        template = "procedures/procedure.jinja" if is_procedure else "procedures/guidance.jinja"
        context = present(shelf.current(), draft, libraries.today())
        return self._show_draft(request, template, context)

    def preview_easy_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the easy version as the public would see it: it is approved with its page."""
        draft = self._draft(request, pk)
        if draft is None or not draft.easy_address:
            return HttpResponseRedirect(self._address("publishing", self._page(request, pk)))
        context = easy_context(shelf.current(), draft)
        return self._show_draft(request, "procedures/easy.jinja", context)
