"""The style sheet is cut down to what pages use: nothing that a page needs may go with the rest."""

import re
from itertools import islice
from pathlib import Path

import pytest
from django.conf import settings

from procedures.addresses import public_addresses
from procedures.library import shelf

pytestmark = pytest.mark.django_db

DESIGN_SYSTEM = Path("node_modules/nhsuk-frontend/dist/nhsuk/nhsuk-frontend.css")
CLASS = re.compile(r"\.(-?[a-zA-Z_][\w-]*)")
MORE = (
    "/procedures/evar/plan/",
    "/procedures/evar/questions/",
    "/compare/?with=evar&with=angiogram",
    "/search/?q=kidney",
    "/search/?q=qqqqzzzz",
    "/nothing-here/",
)


def classes_on(html: str) -> set[str]:
    return {name for value in re.findall(r'class="([^"]*)"', html) for name in value.split()}


def selectors(css: str) -> set[frozenset[str]]:
    """Return the classes of each selector, without those inside :not()."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    found = set()
    for rule in re.findall(r"([^{}]+)\{", css):
        if not rule.strip().startswith("@"):
            for selector in re.sub(r":not\([^)]*\)", "", rule).split(","):
                found.add(frozenset(CLASS.findall(selector)))
    return found - {frozenset()}


def test_no_class_that_a_page_shows_has_lost_its_rules(client):
    """Read pages of every kind, and look for each rule of the design system that could apply to one."""
    whole = selectors((settings.BASE_DIR / DESIGN_SYSTEM).read_text())
    site, private = (
        set(CLASS.findall((settings.BASE_DIR / "built" / name).read_text()))
        for name in ("site.css", "referrals.css")
    )
    addresses = [address for address, _ in public_addresses(shelf.current())]
    pages = [a for a in addresses if not a.startswith("/procedures/")]
    pages += islice((a for a in addresses if a.startswith("/procedures/")), 0, None, 9)
    lost = {}
    for address in [*pages, *MORE]:
        html = client.get(address).content.decode()
        shown, known = classes_on(html), site | (private if "/referrals." in html else set())
        for needed in whole:
            if needed <= shown and not needed <= known:
                lost[", ".join(sorted(needed - known))] = address
    assert lost == {}


def test_rules_for_attributes_are_left_in():
    """The logo's size, the chosen suggestion and the like hang on attributes, which no list of words shows."""
    sheet = (settings.BASE_DIR / "built" / "site.css").read_text().replace('"', "")
    sources = (settings.BASE_DIR / "static" / "scss").glob("_*.scss")
    private = ("_accounts", "_referral-form", "_triage")
    wanted = {
        attribute.replace('"', "")
        for source in sources
        if source.stem not in private
        for attribute in re.findall(r"\[[a-z-]+(?:[$^*~]?=[^\]]*)?\]", source.read_text())
    }
    assert len(wanted) > 3
    assert [attribute for attribute in wanted if attribute not in sheet] == []
