"""What tests of the private room share. Django is imported only by those who ask for it."""

import pytest


@pytest.fixture(autouse=True)
def files_apart(request, tmp_path):
    """Files of referrals go to a directory of the test."""
    if "db" in request.fixturenames or request.node.get_closest_marker("django_db"):
        request.getfixturevalue("settings").ATTACHMENT_ROOT = tmp_path / "attachments"
        request.getfixturevalue("settings").DOWNTIME_ROOT = tmp_path / "downtime"
