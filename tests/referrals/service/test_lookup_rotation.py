"""The key of the hash that finds NHS numbers can be replaced while people work."""

import io

import pytest
from django.core.management import call_command
from referral_people import consultant, draft, person, sent

from referrals.encryption import nhs_number_hash
from referrals.models import AuditEvent, Referral
from referrals.service import evaluation, key_rotation, worklists

pytestmark = pytest.mark.django_db

OLD, NEW = (
    "old-lookup-key-of-forty-characters-0000000",
    "new-lookup-key-of-forty-characters-1111111",
)
NUMBER, OTHER = "9990000018", "9990000026"


@pytest.fixture
def with_keys(settings):
    def use(*keys):
        settings.LOOKUP_KEYS = list(keys)

    use(OLD)
    return use


def found(user, typed=NUMBER):
    return set(worklists.find(user, typed).values_list("pk", flat=True))


def test_searches_and_duplicates_work_before_during_and_after(with_keys):
    line, radiologist = consultant(), person("radiologist", "IR radiologist")
    before = sent(line)
    with_keys(NEW, OLD)
    during = sent(line, duplicate_reason="A second line.")
    assert before.nhs_number_hash != during.nhs_number_hash
    assert found(radiologist) == {before.pk, during.pk}
    for one, other in ((before, during), (during, before)):
        seen = worklists.with_surroundings(Referral.objects.filter(pk=one.pk)).get()
        assert evaluation.open_duplicates(seen) == (other.reference,)
    call_command("rotate_lookup_key", stdout=io.StringIO())
    with_keys(NEW)
    assert found(radiologist) == {before.pk, during.pk}
    assert found(radiologist, OTHER) == set()
    with_keys(OLD)
    assert found(radiologist) == set()


def test_histories_are_rehashed_and_drafts_without_a_number_stay_empty(with_keys):
    line = consultant()
    sent(line)
    draft(line, nhs_number=None, nhs_number_absent_reason="overseas-patient")
    with_keys(NEW, OLD)
    key_rotation.rehash()
    with_keys(NEW)
    for model in (Referral, Referral.history.model):
        assert set(model.objects.values_list("nhs_number_hash", flat=True)) <= {
            "",
            nhs_number_hash(NUMBER),
        }
    assert Referral.objects.filter(nhs_number_hash="").count() == 1


def test_a_stop_in_the_middle_is_taken_up_again_and_a_second_run_changes_nothing(
    with_keys, monkeypatch
):
    line, radiologist = consultant(), person("radiologist", "IR radiologist")
    first = sent(line)
    second = sent(line, nhs_number=OTHER)
    with_keys(NEW, OLD)
    monkeypatch.setattr(key_rotation, "AT_ONCE", 1)
    real, calls = key_rotation.nhs_number_hash, []

    def stops(raw):
        calls.append(raw)
        if len(calls) > 1:
            raise OSError("stopped")
        return real(raw)

    with monkeypatch.context() as broken:
        broken.setattr(key_rotation, "nhs_number_hash", stops)
        with pytest.raises(OSError, match="stopped"):
            key_rotation.rehash()
    hashes = dict(Referral.objects.values_list("pk", "nhs_number_hash"))
    assert hashes[first.pk] == nhs_number_hash(NUMBER)
    assert hashes[second.pk] == second.nhs_number_hash
    assert found(radiologist) == {first.pk}
    assert found(radiologist, OTHER) == {second.pk}
    assert key_rotation.rehash() > 0
    assert key_rotation.rehash() == 0
    assert AuditEvent.objects.filter(action="keys", about__hashes=0).exists()
