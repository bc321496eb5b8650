"""Admin of pictures: upload, check, and what each needs to be shown."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.html import format_html

from procedures.models import Picture
from procedures.uploads import NotAPicture, make_variants, open_upload

from .history import ReasonedAdmin, ReasonForm


class PictureForm(ReasonForm):
    """Takes the upload."""

    upload = forms.FileField(
        required=False,
        label="Picture file",
        help_text="JPEG, PNG or WebP, up to 15 MB, at least 320 pixels wide. Place, camera and name are removed.",
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )

    def clean_upload(self) -> Any:
        """Decode the upload, or say what is wrong with it."""
        upload = self.cleaned_data.get("upload")
        if not upload:
            if self.instance.pk is None:
                raise ValidationError("Choose a picture file.")
            return None
        try:
            self.decoded = open_upload(upload)
        except NotAPicture as error:
            raise ValidationError(str(error)) from error
        return upload

    def clean(self) -> dict[str, Any]:
        """Hold alt text and “decorative” against each other, in words."""
        cleaned = super().clean() or {}
        alt, decorative = cleaned.get("alt", "").strip(), cleaned.get("is_decorative")
        if not alt and not decorative:
            self.add_error("alt", "Say what the picture shows, or tick “decorative”.")
        if alt and decorative:
            self.add_error(
                "is_decorative", "A decorative picture has no description: clear one of the two."
            )
        return cleaned


@admin.register(Picture)
class PictureAdmin(ReasonedAdmin):
    """Admin of pictures."""

    form = PictureForm
    list_display = ("slug", "thumbnail", "alt", "is_decorative", "credit", "licence")
    list_filter = ("is_decorative", "licence")
    search_fields = ("slug", "alt", "caption", "credit")
    readonly_fields = ("thumbnail",)
    fieldsets = (
        (
            None,
            {
                "fields": [
                    "upload",
                    "thumbnail",
                    "slug",
                    "alt",
                    "is_decorative",
                    "caption",
                    "credit",
                    "licence",
                ]
            },
        ),
    )

    @admin.display(description="Picture")
    def thumbnail(self, obj: Picture) -> str:
        """A small copy."""
        smallest = next((variant for variant in obj.variants if variant["format"] == "jpeg"), None)
        if smallest is None:
            return "—"
        return format_html(
            '<img src="/pictures/{}" width="160" alt="{}">', smallest["file"], obj.alt
        )

    def save_model(
        self, request: HttpRequest, obj: Picture, form: PictureForm, change: bool
    ) -> None:
        """Make every width and format from the upload, then save."""
        if form.cleaned_data.get("upload"):
            made = make_variants(form.decoded)
            obj.width, obj.height, obj.digest, obj.variants = (
                made.width,
                made.height,
                made.digest,
                made.variants,
            )
        super().save_model(request, obj, form, change)
