"""Small field kinds that the catalogue shares."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models


def validate_list_of_text(value: Any) -> None:
    """Refuse anything but a list of texts that say something.

    Raises ValidationError, which names the entry that is wrong.
    """
    if not isinstance(value, list):
        raise ValidationError("Give a list: one entry on each line.")
    for position, entry in enumerate(value, start=1):
        if not isinstance(entry, str) or not entry.strip():
            raise ValidationError(f"Entry {position} is empty or is not text.")


class ListOfText(models.JSONField):
    """A short list of texts (names, search words, choices), kept as JSON and edited one to a line."""

    def __init__(
        self, *args: Any, choices_from: type[models.TextChoices] | None = None, **kwargs: Any
    ) -> None:
        self.choices_from = choices_from
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Leave the allowed words out of migrations: they change more often than the column."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs

    def validate(self, value: Any, model_instance: Any) -> None:
        """Check the shape, then each entry against the allowed words, if there are any."""
        super().validate(value, model_instance)
        validate_list_of_text(value)
        if self.choices_from is not None:
            for entry in value:
                if entry not in self.choices_from.values:
                    allowed = ", ".join(self.choices_from.values)
                    raise ValidationError(f"“{entry}” is not one of: {allowed}.")

    def formfield(self, **kwargs: Any) -> Any:
        """Edit as tick boxes where the words are fixed, else one entry to a line."""
        from procedures.forms import LinesField, TickListField

        common = {
            "label": kwargs.get("label", self.verbose_name.capitalize()),
            "help_text": kwargs.get("help_text", self.help_text),
            "required": not self.blank,
        }
        if self.choices_from is not None:
            return TickListField(choices=self.choices_from.choices, **common)
        return LinesField(**common)
