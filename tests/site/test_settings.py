"""Production starts only when it is safe."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
SAFE = {
    "IR_INFO_MODE": "production",
    "SECRET_KEY": secrets.token_urlsafe(64),
    "ALLOWED_HOSTS": "ir.example",
    "IDENTIFIER_KEYS": "",
    "LOOKUP_KEY": secrets.token_urlsafe(64),
}


def start(**changes: str | None) -> subprocess.CompletedProcess:
    import base64

    wanted = (
        SAFE
        | {"IDENTIFIER_KEYS": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()}
        | changes
    )
    environment = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")}
    environment |= {name: value for name, value in wanted.items() if value is not None}
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_production_with_all_it_needs_passes_the_deployment_check():
    done = start()
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"SECRET_KEY": None}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"SECRET_KEY": "a" * 80}, "SECRET_KEY"),
        ({"SECRET_KEY": "demo-only-" + "not-a-secret-" * 4}, "SECRET_KEY"),
        ({"ALLOWED_HOSTS": None}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
        ({"DEBUG": "true"}, "DEBUG"),
        ({"IR_INFO_MODE": "staging"}, "IR_INFO_MODE"),
        ({"IR_INFO_MODE": None, "SECRET_KEY": None}, "SECRET_KEY"),
    ],
)
def test_production_refuses_to_start_and_says_what_to_set(changes, said):
    done = start(**changes)
    assert done.returncode != 0
    assert said in done.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    "keys",
    [
        "short",
        f"{'n3w-l00kup' * 5},short",
        f"{'n3w-l00kup' * 5},{'n3w-l00kup' * 5}",
        f"{'n3w-l00kup' * 5},demo-only-lookup-key-never-a-secret",
        "",
    ],
)
def test_each_lookup_key_must_be_strong_and_given_once(keys):
    done = start(LOOKUP_KEY=keys)
    assert done.returncode != 0
    assert "LOOKUP_KEY" in done.stderr.splitlines()[-1]


def test_an_old_and_a_new_lookup_key_may_stand_together():
    done = start(LOOKUP_KEY=f"{secrets.token_urlsafe(64)},{secrets.token_urlsafe(64)}")
    assert done.returncode == 0, done.stderr
