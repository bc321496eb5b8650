"""One SQLite database, migrated and seeded once a run, that every worker and every served site starts from."""

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def surroundings(database: Path) -> dict[str, str]:
    """The environment of a process in demo mode on this database."""
    return os.environ | {"IR_INFO_MODE": "demo", "DATABASE_URL": f"sqlite:///{database}"}


def manage(database: Path, *command: str, **more: str) -> None:
    """Run one of manage.py's commands on a database in demo mode; raise with what it said if it fails."""
    done = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=surroundings(database) | more,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, f"manage.py {' '.join(command)}: {done.stderr[-3000:]}"


def seeded_database(tmp_path_factory) -> Path:
    """The file, made by whichever worker asks first; the others wait for it. Copy it, never write to it."""
    folder = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        folder = folder.parent
    ready, making = folder / "seeded.sqlite3", folder / "seeded-in-the-making.sqlite3"
    with (folder / "seeded.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not ready.exists():
            manage(making, "migrate", "--verbosity", "0")
            manage(making, "seed", "--verbosity", "0")
            manage(making, "seed_referrals", "--verbosity", "0")
            making.rename(ready)
    return ready


def copy_of_seeded(tmp_path_factory, database: Path) -> Path:
    """A seeded database of one's own at the path given."""
    shutil.copyfile(seeded_database(tmp_path_factory), database)
    return database
