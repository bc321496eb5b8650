"""The files for an outage: each one HTML page that needs no server and no other file."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string

from procedures.models import SiteDetails
from referrals.downtime import paper, today
from referrals.refusals import NOT_GP_OR_COMMUNITY, REFER_TO_A_SPECIALTY

TEMPLATE = "referrals/downtime/file.jinja"


def blank_form() -> str:
    """The form on paper."""
    return _drawn("Interventional radiology: referral form on paper", parts=paper.parts())


def downtime_page() -> str:
    """What any web server can show in the place of the site."""
    return _drawn(
        "Interventional radiology referrals: the site does not answer",
        not_gp=NOT_GP_OR_COMMUNITY,
        specialty=REFER_TO_A_SPECIALTY,
    )


def todays_list(now: datetime) -> tuple[str, int]:
    """The list in the clear, and how many patients it names: for `keeping.keep` alone."""
    sheet = today.sheet(now, masked=False)
    return _drawn(f"Interventional radiology: the list of {sheet.made}", sheet=sheet), sheet.total


def write_pages(folder: Path) -> list[Path]:
    """Write the pages that hold no patient: the downtime page and the form."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in (("index.html", downtime_page()), ("blank-form.html", blank_form())):
        path = folder / name
        path.write_text(text, encoding="utf-8")
        written.append(path)
    return written


def _drawn(title: str, **more: Any) -> str:
    return render_to_string(
        TEMPLATE, {"page_title": title, "details": SiteDetails.objects.first(), **more}
    )
