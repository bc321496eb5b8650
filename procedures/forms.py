"""Form fields for the admin that write lists the way people write them."""

from typing import Any

from django import forms


class LinesField(forms.CharField):
    """A list of texts, one to a line."""

    widget = forms.Textarea(attrs={"rows": 4, "cols": 60})

    def prepare_value(self, value: Any) -> Any:
        """Show a list as lines."""
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:
        """Read lines as a list, without the empty ones."""
        return [
            line.strip() for line in (super().to_python(value) or "").splitlines() if line.strip()
        ]

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare as lists, so that white space is no change."""
        return (initial or []) != self.to_python(data)


class TickListField(forms.MultipleChoiceField):
    """A list of fixed words, as tick boxes."""

    widget = forms.CheckboxSelectMultiple
