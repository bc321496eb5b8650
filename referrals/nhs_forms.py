"""Draws any Django form field with the design system's macros.

A template calls `field(form["name"])` from `referrals/_fields.jinja`; that macro asks
`field_drawing` which component to draw and with what. Label, hint, error, what was typed,
autocomplete, inputmode and width all come from the field itself: set them there, once.

    weight = drawn(forms.DecimalField(label="Weight"), width=4, suffix="kg")
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.forms.utils import ErrorDict

DRAWN = "nhs_options"
"""Attribute of a form field that holds how it is drawn."""
NOT_PASSED_ON = frozenset(
    [
        "class",
        "placeholder",
        "autocomplete",
        "inputmode",
        "autocapitalize",
        "spellcheck",
        "pattern",
        "rows",
        "cols",
        "type",
        "id",
        "required",
        "aria-describedby",
        "aria-invalid",
        "checked",
    ]
)
"""Attributes of widgets that the components set themselves, or that the design system warns of."""


Form = TypeVar("Form", bound=forms.BaseForm)


def unjudged(form: Form) -> Form:
    """The form with what was typed, complaining of nothing: it was not sent, or not to be judged."""
    form._errors = ErrorDict()
    form.cleaned_data = {}
    return form


def drawn(field: forms.Field, **options: Any) -> forms.Field:
    """Say how a field is drawn, and return it.

    Options: ``width`` (characters: 2, 3, 4, 5, 10, 20 or 30), ``prefix``, ``suffix``, ``code``,
    ``rows``, ``count`` (show how many characters are left), ``inline`` and ``small`` for radios and
    checkboxes, ``label_size`` (s, m, l, xl), ``heading`` (the label is the page's only heading),
    ``hints`` (value to hint, for radios and checkboxes), ``exclusive`` (values of checkboxes that
    untick the others), ``divider_before`` (values), ``group_classes``.
    """
    setattr(field, DRAWN, getattr(field, DRAWN, {}) | options)
    return field


class DatePartsWidget(forms.MultiWidget):
    """Day, month and year in three boxes."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({part: forms.TextInput() for part in ("day", "month", "year")}, attrs)

    def decompress(self, value: Any) -> list[str]:
        """Split a date, or keep three typed parts."""
        if isinstance(value, str):
            try:
                value = date.fromisoformat(value)
            except ValueError:
                return ["", "", ""]
        return [str(value.day), str(value.month), str(value.year)] if value else ["", "", ""]


class DatePartsField(forms.MultiValueField):
    """A date typed as day, month and year. The month may be a word; the year has four digits.

    ``what`` names the date in messages, as in "Enter the date of birth". The parts at fault are on
    ``ValidationError.params["parts"]``.
    """

    widget = DatePartsWidget
    MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

    def __init__(self, *, what: str = "date", **kwargs: Any) -> None:
        self.what = what
        parts = [forms.CharField(required=False, max_length=12) for _ in range(3)]
        kwargs.setdefault("require_all_fields", False)
        super().__init__(parts, **kwargs)

    def clean(self, value: Any) -> date | None:
        """Return the date, or None when it is empty and need not be given."""
        typed = [str(part or "").strip() for part in (value or ["", "", ""])]
        names = ("day", "month", "year")
        absent = [name for name, part in zip(names, typed, strict=True) if not part]
        if len(absent) == 3:
            if self.required:
                message = self.error_messages.get("what_to_enter", f"Enter the {self.what}.")
                raise ValidationError(message, code="required", params={"parts": names})
            return None
        if absent:
            raise ValidationError(
                f"The {self.what} must include a {' and a '.join(absent)}.",
                code="incomplete",
                params={"parts": absent},
            )
        found = self.compress(typed)
        self.run_validators(found)
        return found

    def compress(self, data_list: list[str]) -> date:
        """Make a date of three typed parts."""
        day, month, year = data_list
        if month[:3].lower() in self.MONTHS and month.isalpha():
            month = str(self.MONTHS.index(month[:3].lower()) + 1)
        for name, part in (("day", day), ("month", month), ("year", year)):
            if not (part.isascii() and part.isdigit()):
                raise self._not_real([name])
        if len(year) != 4:
            raise ValidationError(
                f"The year of the {self.what} must have 4 digits.",
                code="invalid",
                params={"parts": ["year"]},
            )
        try:
            return date(int(year), int(month), int(day))
        except ValueError as error:
            raise self._not_real(["day", "month", "year"]) from error

    def _not_real(self, parts: list[str]) -> ValidationError:
        return ValidationError(
            f"The {self.what} must be a real date, like 27 3 2026.",
            code="invalid",
            params={"parts": parts},
        )


def error_text(bound: BoundField) -> str:
    """All that is wrong with a field, in one sentence or more."""
    return " ".join(dict.fromkeys(str(each) for each in bound.errors))


def _id(bound: BoundField) -> str:
    return bound.auto_id or bound.html_name


def _parts_at_fault(bound: BoundField) -> list[str]:
    found = bound.form.errors.get(bound.name)
    if not found:
        return []
    named = [(each.params or {}).get("parts", ()) for each in found.as_data()]
    return [part for parts in named for part in parts] or ["day", "month", "year"]


def focus_id(bound: BoundField) -> str:
    """The id of the element that a link in the error summary must focus."""
    if isinstance(bound.field.widget, DatePartsWidget):
        parts = _parts_at_fault(bound)
        return f"{_id(bound)}-{parts[0] if parts else 'day'}"
    return _id(bound)


def error_list(*forms_shown: Any) -> list[dict[str, str]]:
    """The items of the error summary for one or more forms or formsets, in the page's order."""
    items: list[dict[str, str]] = []
    for shown in forms_shown:
        if not shown:
            continue
        if hasattr(shown, "forms"):
            items += [{"text": str(each)} for each in shown.non_form_errors()]
            items += error_list(*shown.forms)
            continue
        if not shown.is_bound:
            continue
        first = next((bound for bound in shown if not bound.is_hidden), None)
        for each in shown.non_field_errors():
            item = {"text": str(each)}
            if first is not None:
                item["href"] = f"#{focus_id(first)}"
            items.append(item)
        for bound in shown:
            if bound.errors:
                items.append({"text": error_text(bound), "href": f"#{focus_id(bound)}"})
    return items


def _attributes(attrs: Mapping[str, Any]) -> dict[str, Any]:
    kept = {}
    for name, value in attrs.items():
        if name in NOT_PASSED_ON or value is None or value is False:
            continue
        kept[name] = "" if value is True else str(value)
    return kept


def _shown_value(bound: BoundField) -> str:
    value = bound.field.widget.format_value(bound.value())
    return "" if value is None else str(value)


def _chosen(bound: BoundField) -> set[str]:
    value = bound.value()
    if value is None:
        return set()
    if isinstance(value, (list, tuple, set)):
        return {str(each) for each in value}
    return {str(value)}


def _options(bound: BoundField) -> Iterable[tuple[str, str]]:
    """Values and labels of the choices; groups are opened out."""
    for value, label in bound.field.widget.choices:
        if isinstance(label, (list, tuple)):
            yield from ((str(inner), str(words)) for inner, words in label)
        else:
            yield "" if value is None else str(value), str(label)


def _choice_items(
    bound: BoundField, options: Mapping[str, Any], conditional: Mapping[str, Any]
) -> list[dict[str, Any]]:
    chosen, hints = _chosen(bound), options.get("hints", {})
    dividers, exclusive = options.get("divider_before", ()), options.get("exclusive", ())
    items: list[dict[str, Any]] = []
    for value, label in _options(bound):
        if value == "" and getattr(bound.field.widget, "input_type", "") == "radio":
            continue
        if value in dividers:
            items.append({"divider": "or"})
        item: dict[str, Any] = {"value": value, "text": label, "checked": value in chosen}
        if value in hints:
            item["hint"] = {"text": str(hints[value])}
        if value in exclusive:
            item["behaviour"] = "exclusive"
        if conditional.get(value):
            item["conditional"] = {"html": conditional[value]}
        items.append(item)
    return items


def _label(bound: BoundField, options: Mapping[str, Any], size: str = "") -> dict[str, Any]:
    label: dict[str, Any] = {"text": str(options.get("label", bound.label))}
    if options.get("label_size", size):
        label["size"] = options.get("label_size", size)
    if options.get("heading"):
        label["isPageHeading"] = True
    if options.get("label_hidden"):
        label["classes"] = "nhsuk-u-visually-hidden"
    return label


def _common(bound: BoundField, options: Mapping[str, Any]) -> dict[str, Any]:
    params: dict[str, Any] = {"name": bound.html_name}
    hint = options.get("hint", bound.help_text)
    if hint:
        params["hint"] = {"text": str(hint)}
    if bound.errors:
        params["errorMessage"] = {"text": error_text(bound)}
    if options.get("group_classes"):
        params["formGroup"] = {"classes": options["group_classes"]}
    return params


def _text_params(bound: BoundField, options: Mapping[str, Any]) -> dict[str, Any]:
    attrs = bound.field.widget.attrs | bound.build_widget_attrs({})
    params = _common(bound, options) | {"id": _id(bound), "label": _label(bound, options)}
    params["attributes"] = _attributes(attrs)
    for name in ("autocomplete", "inputmode", "autocapitalize", "pattern"):
        if attrs.get(name):
            params[name] = attrs[name]
    if str(attrs.get("spellcheck", "")).lower() == "false":
        params["spellcheck"] = False
    if bound.field.disabled:
        params["disabled"] = True
    return params


def _date_params(bound: BoundField, options: Mapping[str, Any]) -> dict[str, Any]:
    typed = bound.value()
    parts = typed if isinstance(typed, list) else bound.field.widget.decompress(typed)
    faulty, birthday = (
        _parts_at_fault(bound),
        bound.field.widget.attrs.get("autocomplete") == "bday",
    )
    items = []
    for name, value in zip(("day", "month", "year"), parts, strict=True):
        item = {
            "id": f"{_id(bound)}-{name}",
            "name": f"{bound.html_name}_{name}",
            "label": name.capitalize(),
            "value": str(value or ""),
            "width": 4 if name == "year" else 2,
            "error": name in faulty,
        }
        if birthday:
            item["autocomplete"] = f"bday-{name}"
        items.append(item)
    return _common(bound, options) | {
        "id": _id(bound),
        "fieldset": {"legend": _label(bound, options, "s")},
        "items": items,
    }


def _choice_params(
    bound: BoundField, options: Mapping[str, Any], conditional: Mapping[str, Any]
) -> dict[str, Any]:
    params = _common(bound, options) | {
        "idPrefix": _id(bound),
        "fieldset": {"legend": _label(bound, options, "s")},
        "items": _choice_items(bound, options, conditional),
    }
    for name in ("inline", "small"):
        if options.get(name):
            params[name] = True
    return params


def field_drawing(
    bound: BoundField, conditional: Mapping[str, Any] | None = None, **overrides: Any
) -> dict[str, Any]:
    """Which component draws this field, and its parameters.

    ``conditional`` maps the value of a radio or checkbox to HTML shown only when it is chosen.
    ``overrides`` win over what `drawn` set, and may also give ``label``, ``hint``, ``label_hidden``.
    """
    widget = bound.field.widget
    options = getattr(bound.field, DRAWN, {}) | overrides
    conditional = conditional or {}
    if bound.is_hidden:
        return {"macro": "hidden", "html": str(bound)}
    if isinstance(widget, DatePartsWidget):
        return {"macro": "date", "params": _date_params(bound, options)}
    if isinstance(widget, (forms.CheckboxSelectMultiple, forms.SelectMultiple)):
        # Before radios: Django's checkboxes are a kind of its radios.
        return {"macro": "checkboxes", "params": _choice_params(bound, options, conditional)}
    if isinstance(widget, forms.RadioSelect):
        return {"macro": "radios", "params": _choice_params(bound, options, conditional)}
    if isinstance(widget, forms.CheckboxInput):
        item = {"value": "on", "text": str(options.get("label", bound.label))}
        item["checked"] = bool(widget.format_value(bound.value()) is not None) or bound.value() in (
            True,
            "on",
        )
        hint = options.get("hint", bound.help_text)
        if hint:
            item["hint"] = {"text": str(hint)}
        if conditional.get("on"):
            item["conditional"] = {"html": conditional["on"]}
        params = {**_common(bound, options | {"hint": ""}), "idPrefix": _id(bound), "items": [item]}
        if options.get("small"):
            params["small"] = True
        return {"macro": "checkboxes", "params": params}
    if isinstance(widget, forms.Select):
        chosen = _chosen(bound)
        items = [
            {"value": value, "text": label, "selected": value in chosen}
            for value, label in _options(bound)
        ]
        return {"macro": "select", "params": _text_params(bound, options) | {"items": items}}
    params = _text_params(bound, options)
    if isinstance(widget, forms.FileInput):
        params["multiple"] = bool(getattr(widget, "allow_multiple_selected", False))
        return {"macro": "file", "params": params}
    if isinstance(widget, forms.PasswordInput):
        params.setdefault("autocomplete", "current-password")
        if options.get("width"):
            params["width"] = options["width"]
        return {"macro": "password", "params": params}
    params["value"] = _shown_value(bound)
    if isinstance(widget, forms.Textarea):
        params["rows"] = options.get("rows", 5)
        if options.get("count") and bound.field.max_length:
            params["maxlength"] = bound.field.max_length
            params["attributes"].pop("maxlength", None)
            return {"macro": "count", "params": params}
        return {"macro": "textarea", "params": params}
    params["type"] = widget.input_type
    if widget.input_type == "number":
        # The design system asks for text with inputmode: number boxes change on scrolling.
        params |= {"type": "text", "inputmode": params.get("inputmode", "decimal")}
        for name in ("min", "max", "step"):
            params["attributes"].pop(name, None)
    for name in ("width", "prefix", "suffix", "code"):
        if options.get(name):
            params[name] = options[name]
    return {"macro": "input", "params": params}
