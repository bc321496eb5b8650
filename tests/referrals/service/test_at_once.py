"""Several processes send at once: nothing acknowledged is lost, nothing is sent twice."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.seeded import ROOT, copy_of_seeded, surroundings

SCRIPT = Path(__file__).with_name("sending_at_once.py")
PROCESSES = 4
EACH = 250
SETUP = """
import sys; sys.path.insert(0, "tests/referrals")
import django; django.setup()
import referral_people
referral_people.consultant()
"""
COUNT = """
import django; django.setup()
from django.core.management import call_command
from referrals.models import Referral, ReferralMove, AuditEvent
call_command("reconcile", verbosity=0)
print(Referral.objects.count(), ReferralMove.objects.count(), AuditEvent.objects.filter(action="submitted").count())
"""


@pytest.mark.skipif("DATABASE_URL" in os.environ, reason="uses a database of its own")
def test_a_thousand_sent_from_four_processes_are_all_there_once(tmp_path, tmp_path_factory):
    database = copy_of_seeded(tmp_path_factory, tmp_path / "at-once.sqlite3")
    about = surroundings(database) | {
        "DJANGO_SETTINGS_MODULE": "ir_info.settings",
        "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
        "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
    }

    def python(*arguments):
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=about,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def finished(process):
        out, problem = process.communicate(timeout=540)
        assert process.returncode == 0, problem[-3000:]
        return out

    finished(python("-c", SETUP))
    running = [python(str(SCRIPT), str(EACH), str(number)) for number in range(PROCESSES)]
    acknowledged = [line for process in running for line in finished(process).split()]
    assert len(acknowledged) == PROCESSES * EACH
    assert len(set(acknowledged)) == PROCESSES * EACH
    rows, moves, logged = finished(python("-c", COUNT)).split()[-3:]
    assert (int(rows), int(moves), int(logged)) == (1000, 2000, 1000)
