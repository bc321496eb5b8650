"""The static mirror holds every public page, byte for byte."""

import pytest
from django.core.management import call_command

from procedures.addresses import public_addresses
from procedures.library import shelf

pytestmark = pytest.mark.django_db


def test_the_mirror_holds_what_the_site_serves(client, tmp_path, monkeypatch):
    library = shelf.current()
    kept = {slug: library.procedures[slug] for slug in ("rig", "picc-line")}
    monkeypatch.setattr(
        shelf,
        "current",
        lambda: type(library)(1, library.site, kept, library.guidance, library.updated_at),
    )
    call_command("mirror", tmp_path, verbosity=0)
    for address, _ in public_addresses(shelf.current()):
        assert (tmp_path / address.lstrip("/") / "index.html").is_file(), address
    assert (tmp_path / "procedures/rig/index.html").read_bytes() == client.get(
        "/procedures/rig/"
    ).content
    assert (tmp_path / "procedures/rig/steps/1.svg").is_file()
    assert (tmp_path / "sitemap.xml").is_file()
