"""The Jinja environment: our `.jinja` files, then the design system's."""

from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import json_script
from jinja2 import (
    ChainableUndefined,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    TemplateNotFound,
)

from procedures import presenters, wording
from referrals import nhs_forms


class JinjaFiles(FileSystemLoader):
    """Loads `.jinja` files alone: the `.html` files beside them are Django templates for the admin."""

    def get_source(self, environment: Environment, template: str) -> Any:
        """Return the source of a `.jinja` file. Raises TemplateNotFound for any other name."""
        if not template.endswith(".jinja"):
            raise TemplateNotFound(template)
        return super().get_source(environment, template)


def environment(**options: Any) -> Environment:
    """Return the environment that Django's Jinja2 backend asks for."""
    options["loader"] = ChoiceLoader(
        [JinjaFiles([str(settings.BASE_DIR / "templates")]), PackageLoader("nhsuk_frontend_jinja")]
    )
    options["undefined"] = ChainableUndefined
    options["trim_blocks"] = options["lstrip_blocks"] = True
    made = Environment(**options)  # noqa: S701 (Django's backend turns autoescape on)
    made.globals.update(
        static=static, url=reverse, site_address=settings.SITE_ADDRESS, demo=settings.DEMO
    )
    made.globals["offline_copies"] = settings.OFFLINE_COPIES
    made.globals["cite"] = presenters.cite
    made.globals.update(
        nhs_field=nhs_forms.field_drawing, nhs_errors=nhs_forms.error_list, json_script=json_script
    )
    made.filters.update(
        item_html=presenters.item_html,
        long_date=wording.long_date,
        clock_time=wording.clock_time,
        plural=wording.plural,
        minutes=wording.minutes,
    )
    return made
