"""Ten thousand referrals: each IR page answers in under 150 ms with at most 12 queries on SQLite."""

import copy
import time
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from referral_people import consultant, person, sent

from referrals.models import Evaluation, FlagRow, Referral, ReferralMove
from referrals.models.referral import the_one_way_in
from referrals.references import new_reference

pytestmark = pytest.mark.django_db

MANY = 10_000
MOST_QUERIES = 12
MOST_SECONDS = 0.150
TRIES = 7
KEPT = (
    "rule",
    "level",
    "wording",
    "detail",
    "subject",
    "sources",
    "audience",
    "provisional",
    "order",
)


@pytest.fixture(autouse=True)
def plain_static(settings):
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.fixture
def many():
    """One referral sent as people send it, and copies of its rows."""
    first = sent(consultant(), hb=None, hb_at=None, procedure="nephrostomy-new", laterality="left")
    evaluation = first.evaluations.get()
    flags = list(evaluation.flags.all())
    rows = []
    references: set[str] = set()
    while len(references) < MANY - 1:
        references.add(new_reference(2026))
    for number, reference in enumerate(references, start=1):
        row = copy.copy(first)
        row.pk, row.token, row.reference = None, uuid.uuid4(), reference
        row._state = copy.copy(first._state)
        row._state.adding = True
        row.urgency_rank = number % 5
        row.nhs_number_hash = f"{number:064d}"
        row.vet_due_at = timezone.now() + timedelta(minutes=number)
        rows.append(row)
    with the_one_way_in():
        made = Referral.objects.bulk_create(rows, batch_size=500)
        ReferralMove.objects.bulk_create(
            [
                ReferralMove(
                    referral=row,
                    number=number,
                    origin=origin,
                    target=target,
                    actor=first.drafted_by,
                    role="consultant",
                    at=first.created_at,
                )
                for row in made
                for number, origin, target in ((1, "", "DRAFT"), (2, "DRAFT", "SUBMITTED"))
            ],
            batch_size=1000,
        )
    evaluations = Evaluation.objects.bulk_create(
        [
            Evaluation(referral=row, at=evaluation.at, occasion="submission", rule_set="1")
            for row in made
        ],
        batch_size=1000,
    )
    FlagRow.objects.bulk_create(
        [
            FlagRow(
                evaluation=each,
                **{name: getattr(flag, name) for name in KEPT},
            )
            for each in evaluations
            for flag in flags[:1]
        ],
        batch_size=1000,
    )
    return first


def quickest(client, address):
    """Best of several, in this process's own time: a busy machine is not taken for a slow page."""
    client.get(address)
    times = []
    for _ in range(TRIES):
        began = time.process_time()
        answer = client.get(address)
        times.append(time.process_time() - began)
        assert answer.status_code == 200
    return min(times)


def test_worklists_and_pages_stay_quick_with_ten_thousand_referrals(client, many):
    client.force_login(person("radiologist", "IR radiologist"))
    found = {}
    for address in (
        "/triage/",
        "/triage/?page=100",
        "/triage/?list=stale",
        "/triage/?urgency=routine&group=urinary",
        f"/triage/{many.reference}/",
        f"/triage/{many.reference}/print/",
    ):
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        asked = [each["sql"] for each in queries.captured_queries]
        found[address] = (quickest(client, address), len(asked), asked)
    slow = {
        address: (
            f"{seconds * 1000:.0f} ms",
            count,
            [each[:90] for each in asked] if count > MOST_QUERIES else "",
        )
        for address, (seconds, count, asked) in found.items()
        if seconds > MOST_SECONDS or count > MOST_QUERIES
    }
    print({address: (f"{s * 1000:.0f} ms", c) for address, (s, c, _) in found.items()})
    assert not slow, "\n".join(str(each) for each in slow.items()).replace("', '", "\n")
