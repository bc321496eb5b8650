"""Admin of what is said once for the whole site."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils import timezone

from procedures import publishing
from procedures.models import (
    GlossaryTerm,
    LocalAnswer,
    LocalQuestion,
    Notice,
    PatientStory,
    SharedText,
    SharedTextSource,
    SiteDetails,
)

from .history import CompactRows, ReasonedAdmin, shown_person
from .site_words import ReviewedAdmin


class AtOnceAdmin(ReasonedAdmin):
    """Admin whose rows reach the public as soon as they are saved, by one person: they must be quick.

    Approvers see them on the first page of the admin; the history says who, when and why.
    """

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Publish the site-wide texts again."""
        super().save_related(request, form, formsets, change)
        reason = form.cleaned_data.get("change_reason") or "Site-wide texts"
        if publishing.refresh_site_document(reason, request.user):
            messages.info(request, "Public now: this needs no approver. Approvers are shown it.")

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Delete, and publish the site-wide texts again."""
        super().delete_model(request, obj)
        publishing.refresh_site_document(f"Removed {obj}"[:400], request.user)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        """Delete, and publish the site-wide texts again."""
        super().delete_queryset(request, queryset)
        publishing.refresh_site_document("Removed several", request.user)


class ApprovedRowAdmin(ReasonedAdmin):
    """Admin of rows that are approved one by one. Taking one away is public at once: a consent may have been withdrawn."""

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Delete, and publish the site-wide texts again."""
        super().delete_model(request, obj)
        publishing.refresh_site_document(f"Removed {obj}"[:400], request.user)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        """Delete, and publish the site-wide texts again."""
        super().delete_queryset(request, queryset)
        publishing.refresh_site_document("Removed several", request.user)


@admin.register(SiteDetails)
class SiteDetailsAdmin(AtOnceAdmin):
    """Admin of the department's details: one row."""

    fieldsets = (
        (
            "Who we are",
            {"fields": ["organisation", "department", "network", "may_use_nhs_identity"]},
        ),
        (
            "How to reach us",
            {
                "fields": [
                    "department_phone",
                    "department_hours",
                    "out_of_hours_phone",
                    "pre_assessment_phone",
                    "switchboard_phone",
                    "on_call_phone",
                    "email",
                    "address",
                    "how_to_find_us",
                ],
                "description": "All may stay empty. Pages then say where to find it, such as on the appointment letter.",
            },
        ),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """One row only."""
        return super().has_add_permission(request) and not SiteDetails.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False


class AnswerRows(CompactRows):
    """Answers to a question, each for every procedure or for one."""

    model = LocalAnswer
    fields = ("procedure", "answer", "author", "approver", "approved_at")
    readonly_fields = ("procedure", "answer", "author", "approver", "approved_at")
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Answers are added on their own page, where their author is recorded."""
        return False


class AnsweredFilter(admin.SimpleListFilter):
    """Questions by whether the department has answered."""

    title = "answered"
    parameter_name = "answered"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer both."""
        return [("yes", "Answered and approved"), ("no", "Still to decide")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Narrow the list."""
        approved = LocalAnswer.objects.filter(approver__isnull=False).values("question")
        if self.value() == "yes":
            return queryset.filter(pk__in=approved)
        if self.value() == "no":
            return queryset.exclude(pk__in=approved)
        return queryset


@admin.register(LocalQuestion)
class LocalQuestionAdmin(ReviewedAdmin):
    """What the department has to decide."""

    list_display = ("question", "who_decides", "is_answered")
    list_filter = (AnsweredFilter, "who_decides")
    search_fields = ("question", "slug")
    inlines = (AnswerRows,)

    @admin.display(boolean=True, description="answered")
    def is_answered(self, obj: LocalQuestion) -> bool:
        """Whether an approved answer stands."""
        return any(answer.approver_id for answer in obj.answers.all())

    def get_queryset(self, request: HttpRequest) -> Any:
        """Fetch answers with their questions."""
        return super().get_queryset(request).prefetch_related("answers")


@admin.register(LocalAnswer)
class LocalAnswerAdmin(ApprovedRowAdmin):
    """Answers, each approved by someone other than its author."""

    list_display = ("question", "procedure", "author", "approver", "approved_at")
    list_filter = (("approver", admin.EmptyFieldListFilter), "question")
    search_fields = ("question__question", "answer", "procedure__name")
    autocomplete_fields = ("question", "procedure")
    readonly_fields = ("author", "approver", "approved_at")
    actions = ("approve",)
    fieldsets = (
        (
            None,
            {"fields": ["question", "procedure", "answer", "author", "approver", "approved_at"]},
        ),
    )

    def save_model(self, request: HttpRequest, obj: LocalAnswer, form: Any, change: bool) -> None:
        """Record the author. A changed answer needs approving again; until then pages say who will tell the reader."""
        obj.author, obj.approver, obj.approved_at = request.user, None, None
        super().save_model(request, obj, form, change)
        publishing.refresh_site_document("A local answer changed", request.user)

    @admin.action(description="Approve the chosen answers", permissions=["approve"])
    def approve(self, request: HttpRequest, queryset: Any) -> None:
        """Approve, but never one's own."""
        for answer in queryset:
            if answer.author_id == request.user.pk:
                messages.error(request, f"You wrote “{answer}”: someone else must approve it.")
                continue
            answer.approver, answer.approved_at = request.user, timezone.now()
            answer._change_reason = "Approved"
            answer.save()
            messages.success(request, f"Approved: {answer}")
        publishing.refresh_site_document("Local answers approved", request.user)

    def has_approve_permission(self, request: HttpRequest) -> bool:
        """Clinical approvers."""
        return request.user.has_perm(publishing.APPROVER_PERMISSION)


class SharedSourceRows(CompactRows):
    """Sources of a shared text."""

    model = SharedTextSource


@admin.register(SharedText)
class SharedTextAdmin(ReasonedAdmin):
    """Texts that several pages show. Each page takes up a change when it is next approved."""

    list_display = ("slug", "body")
    search_fields = ("slug", "body")
    inlines = (SharedSourceRows,)


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(ReviewedAdmin):
    """Admin of the glossary."""

    list_display = ("term", "meaning", "group", "link_in_text")
    list_filter = ("group", "link_in_text")
    search_fields = ("term", "also", "meaning")


class ShownFilter(admin.SimpleListFilter):
    """Notices by whether the public sees them today."""

    title = "shown today"
    parameter_name = "shown"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer both."""
        return [("today", "Shown today"), ("later", "Still to come")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Narrow the list."""
        today = timezone.localdate()
        if self.value() == "today":
            return queryset.filter(starts_on__lte=today, ends_on__gte=today)
        if self.value() == "later":
            return queryset.filter(starts_on__gt=today)
        return queryset


@admin.register(Notice)
class NoticeAdmin(AtOnceAdmin):
    """Admin of dated banners."""

    list_display = ("title", "starts_on", "ends_on", "is_shown_today", "last_changed_by")
    list_filter = (ShownFilter, "starts_on")
    search_fields = ("title", "body")

    @admin.display(boolean=True, description="shown today")
    def is_shown_today(self, obj: Notice) -> bool:
        """Whether the public sees it."""
        return obj.starts_on <= timezone.localdate() <= obj.ends_on

    @admin.display(description="last changed by")
    def last_changed_by(self, obj: Notice) -> str:
        """Who answers for it."""
        newest = obj.history.select_related("history_user").first()
        return shown_person(newest.history_user if newest else None) or "—"


@admin.register(PatientStory)
class PatientStoryAdmin(ApprovedRowAdmin):
    """Stories. Shown only with recorded consent, and once someone other than the editor approves."""

    list_display = (
        "title",
        "shown_name",
        "procedure",
        "is_shown",
        "consent_given_on",
        "consent_expires_on",
    )
    list_filter = ("is_shown",)
    search_fields = ("title", "body")
    readonly_fields = ("is_shown", "author", "approver")
    actions = ("approve_and_show", "take_down")
    prepopulated_fields = {"slug": ("title",)}
    fieldsets = (
        (None, {"fields": ["title", "slug", "shown_name", "procedure", "body"]}),
        ("Consent", {"fields": ["consent_given_on", "consent_recorded_by", "consent_expires_on"]}),
        ("Shown", {"fields": ["is_shown", "author", "approver"]}),
    )

    def save_model(self, request: HttpRequest, obj: PatientStory, form: Any, change: bool) -> None:
        """Record the editor. A changed story is taken down until it is approved again."""
        obj.author, obj.approver, obj.is_shown = request.user, None, False
        super().save_model(request, obj, form, change)
        publishing.refresh_site_document("A story changed", request.user)

    @admin.action(description="Approve and show", permissions=["approve"])
    def approve_and_show(self, request: HttpRequest, queryset: Any) -> None:
        """Show stories that have consent, but never one's own edit."""
        for story in queryset:
            if story.author_id in (None, request.user.pk):
                messages.error(
                    request, f"“{story}”: someone other than its editor must approve it."
                )
            elif not story.consent_given_on or not story.consent_recorded_by:
                messages.error(
                    request, f"“{story}”: record the consent first, with its date and who holds it."
                )
            else:
                story.approver, story.is_shown, story._change_reason = (
                    request.user,
                    True,
                    "Approved and shown",
                )
                story.save()
        publishing.refresh_site_document("Stories shown", request.user)

    @admin.action(description="Take down")
    def take_down(self, request: HttpRequest, queryset: Any) -> None:
        """Hide stories at once."""
        for story in queryset:
            story.is_shown, story._change_reason = False, "Taken down"
            story.save()
        publishing.refresh_site_document("Stories taken down", request.user)

    def has_approve_permission(self, request: HttpRequest) -> bool:
        """Clinical approvers."""
        return request.user.has_perm(publishing.APPROVER_PERMISSION)
