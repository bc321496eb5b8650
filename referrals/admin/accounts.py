"""Requests for an account, to be granted or declined. An administrator sees no clinical text here."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse

from referrals.accounts import held_screens
from referrals.accounts.asking import CannotDecide, decline, grant
from referrals.models.accounts import AccountRequest


class WaitingFirst(admin.SimpleListFilter):
    """Shows what waits for a decision unless something else is chosen."""

    title = "decision"
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the choices."""
        return [*AccountRequest.Status.choices, ("all", "All")]

    def choices(self, changelist: Any) -> Any:
        """Leave out Django's own “All”: ours comes last."""
        chosen = self.value() or AccountRequest.Status.WAITING
        for value, label in self.lookup_choices:
            yield {
                "selected": chosen == value,
                "query_string": changelist.get_query_string({self.parameter_name: value}),
                "display": label,
            }

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Filter."""
        chosen = self.value() or AccountRequest.Status.WAITING
        return queryset if chosen == "all" else queryset.filter(status=chosen)


class _Begun(ModelForm):
    """A form that shows what was typed before in place of what is stored."""

    begun: dict[str, str]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"initial": self.begun})


@admin.register(AccountRequest)
class AccountRequestAdmin(admin.ModelAdmin):
    """Check with the employer and the register first; then grant, or decline with a reason."""

    list_display = (
        "full_name",
        "grade",
        "job_title",
        "organisation_name",
        "gmc_number",
        "work_email",
        "asked_at",
        "status",
    )
    list_filter = (WaitingFirst, "grade", "organisation_name")
    search_fields = ("full_name", "gmc_number", "work_email")
    change_form_template = "admin/referrals/account_request_form.html"
    actions = ("grant_chosen", "decline_chosen")
    fieldsets = (
        (None, {"fields": ["status", "full_name", "grade", "job_title", "specialty"]}),
        (
            "Check these with the employer and the GMC register",
            {
                "fields": [
                    "organisation_code",
                    "organisation_name",
                    "gmc_number",
                    "other_registration",
                    "consultant_drafted_for",
                    "irmer_training_on",
                ],
                "description": "An NHS address proves nothing: it is only where the link goes.",
            },
        ),
        ("Reach", {"fields": ["work_email", "team_mailbox", "identity_provider"]}),
        (
            "Decision",
            {"fields": ["decision_note", "asked_at", "decided_at", "decided_by", "account"]},
        ),
    )

    def get_readonly_fields(
        self, request: HttpRequest, obj: AccountRequest | None = None
    ) -> list[str]:
        """What the person said stays as it was said; only the note is the administrator's."""
        shown = [name for _, options in self.fieldsets for name in options["fields"]]
        open_still = obj is not None and obj.is_waiting
        return [name for name in shown if not (open_still and name == "decision_note")]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The form, with a note that was typed before the session ended."""
        typed = held_screens.held(request) if request.method != "POST" else None
        if typed is not None:
            request._note = typed.get("decision_note", "")  # type: ignore[attr-defined]
        more = {"holder": held_screens.box(request), "given_back": typed is not None}
        return super().changeform_view(request, object_id, form_url, (extra_context or {}) | more)

    def get_form(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """The form of the note, which begins with the one that was given back."""
        form = super().get_form(request, obj, **kwargs)
        note = getattr(request, "_note", None)
        if note is not None and "decision_note" in form.base_fields:
            return type(form.__name__, (_Begun, form), {"begun": {"decision_note": note}})
        return form

    def has_add_permission(self, request: HttpRequest) -> bool:
        """People ask on the public form."""
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: AccountRequest | None = None
    ) -> bool:
        """Decisions stay."""
        return False

    def has_decide_permission(self, request: HttpRequest) -> bool:
        """Whether this administrator may decide."""
        return request.user.has_perm("referrals.decide_accountrequest")

    @admin.action(description="Grant: make the account and send the link", permissions=["decide"])
    def grant_chosen(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Grant each, one by one."""
        for asked in queryset:
            try:
                user = grant(asked, by=request.user)
            except CannotDecide as problem:
                self.message_user(request, str(problem), messages.ERROR)
            else:
                self.message_user(
                    request,
                    f"The account {user.email} is made, and the link has been sent. "
                    "Now add the person to the register of entitled referrers.",
                    messages.SUCCESS,
                )

    @admin.action(description="Decline (write the note first)", permissions=["decide"])
    def decline_chosen(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Decline each, one by one."""
        for asked in queryset:
            try:
                decline(asked, by=request.user)
            except CannotDecide as problem:
                self.message_user(request, str(problem), messages.ERROR)
            else:
                self.message_user(request, f"Declined: {asked}.", messages.SUCCESS)
