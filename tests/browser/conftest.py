"""Chromium and a real server with a database of its own, as a newcomer would have them after `make run`."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.seeded import copy_of_seeded, manage, surroundings

ROOT = Path(__file__).resolve().parent.parent.parent
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items) -> None:
    """Skip browser tests, saying so, where there is no Chromium; in CI that is a failure."""
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None and not os.environ.get("CI"):
                item.add_marker(
                    pytest.mark.skip(
                        reason="There is no Chromium here. On Debian: apt install chromium"
                    )
                )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def served(tmp_path_factory, name: str, *prepare: tuple[str, ...]) -> Iterator[str]:
    """Serve a seeded site of its own, after these further commands of manage.py; yield its address."""
    folder = tmp_path_factory.mktemp(name)
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    more = {
        "MEDIA_ROOT": str(folder / "pictures"),
        "ATTACHMENT_ROOT": str(folder / "attachments"),
        "SITE_ADDRESS": address,
    }
    database = copy_of_seeded(tmp_path_factory, folder / "site.sqlite3")
    for command in (("demo_accounts",), *prepare):
        manage(database, *command, **more)
    server = subprocess.Popen(
        [sys.executable, "manage.py", "serve", "--port", str(port)],
        cwd=ROOT,
        env=surroundings(database) | more,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{address}/healthz", timeout=1).close()  # noqa: S310 (our own server)
                break
            except OSError:
                time.sleep(0.1)
        else:
            pytest.fail("The server did not start.")
        yield address
    finally:
        server.terminate()
        server.wait(timeout=10)


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Iterator[str]:
    """Serve a seeded site; yield its address."""
    with served(tmp_path_factory, "site") as address:
        yield address


@pytest.fixture(scope="session")
def chromium():
    """One browser for the session."""
    from playwright.sync_api import sync_playwright

    assert CHROMIUM, "Chromium is needed in CI: apt install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
