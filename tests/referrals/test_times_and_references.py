"""Working days, clock changes, targets and reference numbers."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from referral_cases import drug, flags, result

from referrals.fixture_rows import fixture_rows
from referrals.london_time import AmbiguousTime, from_london_clock, london_day, shown
from referrals.references import ALPHABET, ReferenceRefused, new_reference, parse_reference
from referrals.vocabulary import Urgency
from referrals.working_days import (
    days_passed,
    england_calendar,
    escalations_passed,
    information_chase_due,
    targets_from_rows,
    vetting_due,
)

CALENDAR = england_calendar()
TARGETS = targets_from_rows(fixture_rows("rules.yaml"))


def at(day: str, clock: str = "16:00") -> datetime:
    return from_london_clock(date.fromisoformat(day), time.fromisoformat(clock))


@pytest.mark.parametrize("year", [2025, 2026, 2027, 2028])
def test_eight_bank_holidays_a_year_none_on_a_weekend(year: int) -> None:
    days = [day for day in CALENDAR.bank_holidays if day.year == year]
    assert len(days) == 8
    assert all(day.weekday() < 5 for day in days)
    assert CALENDAR.covers(date(year, 7, 1))
    assert not CALENDAR.covers(date(2040, 7, 1))


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        (at("2026-03-09"), 1, at("2026-03-10")),
        (at("2026-03-06"), 1, at("2026-03-09")),
        (at("2026-03-07"), 1, at("2026-03-10", "00:00")),
        (at("2026-04-02"), 1, at("2026-04-07")),
        (at("2026-12-24"), 1, at("2026-12-29")),
        (at("2027-12-24"), 1, at("2027-12-29")),
        (at("2026-03-27"), 1, at("2026-03-30")),
        (at("2026-10-23"), 1, at("2026-10-26")),
        (at("2026-03-09"), 5, at("2026-03-16")),
        (at("2026-03-09"), 10, at("2026-03-23")),
    ],
)
def test_working_days_pass_over_weekends_holidays_and_clock_changes(
    start: datetime, days: int, due: datetime
) -> None:
    assert CALENDAR.add(start, days) == due


@given(
    start=st.datetimes(datetime(2025, 1, 1), datetime(2028, 6, 1), timezones=st.just(UTC)),
    days=st.integers(0, 15),
)
def test_elapsed_undoes_add(start: datetime, days: int) -> None:
    assert abs(float(CALENDAR.elapsed(start, CALENDAR.add(start, days))) - days) < 1e-6


@pytest.mark.parametrize(
    ("urgency", "due"),
    [
        ("24 h", at("2026-03-07", "00:00")),
        ("urgent", at("2026-03-09")),
        ("cancer", at("2026-03-09")),
        ("routine", at("2026-03-13")),
        ("planned", at("2026-03-20")),
    ],
)
def test_vetting_targets_from_a_friday(urgency: str, due: datetime) -> None:
    assert vetting_due(at("2026-03-06"), TARGETS[Urgency(urgency)], CALENDAR) == due


def test_escalation_ladder() -> None:
    target, sent = TARGETS[Urgency.ROUTINE], at("2026-03-09")
    assert escalations_passed(sent, target, CALENDAR, at("2026-03-10"), (50, 100, 200)) == ()
    assert escalations_passed(sent, target, CALENDAR, at("2026-03-12"), (50, 100, 200)) == (50,)
    assert escalations_passed(sent, target, CALENDAR, at("2026-03-16"), (50, 100, 200)) == (50, 100)
    assert escalations_passed(sent, target, CALENDAR, at("2026-03-23"), (50, 100, 200)) == (
        50,
        100,
        200,
    )


def test_chasing() -> None:
    asked = at("2026-03-06")
    assert information_chase_due(asked, TARGETS[Urgency.URGENT], CALENDAR) == at("2026-03-09")
    assert information_chase_due(asked, TARGETS[Urgency.ROUTINE], CALENDAR) == at("2026-03-13")
    assert days_passed(asked, CALENDAR, at("2026-03-08"), (1, 2)) == ()
    assert days_passed(asked, CALENDAR, at("2026-03-09"), (1, 2)) == (1,)
    assert days_passed(asked, CALENDAR, at("2026-03-10"), (1, 2)) == (1, 2)


def test_typed_times_are_london_times() -> None:
    assert from_london_clock(date(2026, 7, 1), time(8)) == datetime(2026, 7, 1, 7, tzinfo=UTC)
    assert from_london_clock(date(2026, 1, 1), time(8)) == datetime(2026, 1, 1, 8, tzinfo=UTC)
    assert shown(datetime(2026, 7, 1, 7, tzinfo=UTC)) == "1 July 2026, 08:00 BST"
    assert london_day(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == date(2026, 7, 1)


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
def test_the_hour_of_a_clock_change_is_asked_again(day: date) -> None:
    with pytest.raises(AmbiguousTime):
        from_london_clock(day, time(1, 30))
    from_london_clock(day, time(0, 59))
    from_london_clock(day, time(2, 0))


@pytest.mark.parametrize(("clock", "old"), [("10:00", False), ("09:59", True)])
def test_ages_count_real_hours_across_a_clock_change(clock: str, old: bool) -> None:
    """48 hours before 11:00 BST on Monday is 10:00 GMT on the Saturday before the change."""
    now = at("2026-03-30", "11:00")
    sample = result(130)
    sample = type(sample)(sample.value, at("2026-03-28", clock))
    found = flags(
        "picc",
        now=now,
        hb=sample,
        patient_setting="inpatient",
        inr=type(sample)(),
        platelets=type(sample)(),
        aptt=type(sample)(),
        creatinine=type(sample)(),
        egfr=type(sample)(),
    )
    assert ("R34" in {flag.id for flag in found}) is old


def test_inr_on_warfarin_is_of_the_same_london_day() -> None:
    """00:30 BST on 1 July is still 30 June in UTC."""
    now = datetime(2026, 7, 1, 9, tzinfo=UTC)
    sample = type(result(2))(result(2).value, datetime(2026, 6, 30, 23, 30, tzinfo=UTC))
    blank = type(sample)()
    found = flags(
        "picc",
        now=now,
        inr=sample,
        target_date=date(2026, 7, 1),
        platelets=blank,
        aptt=blank,
        hb=blank,
        creatinine=blank,
        egfr=blank,
        antithrombotics=(drug("warfarin"),),
    )
    assert "R34" not in {flag.id for flag in found}


@given(st.randoms(use_true_random=False))
def test_a_reference_reads_back_however_it_is_typed(random: object) -> None:
    reference = new_reference(2026, random.choice)
    assert parse_reference(reference.lower().replace("-", " ")) == reference


@given(st.randoms(use_true_random=False), st.data())
def test_one_wrong_character_or_a_swap_always_shows(random: object, data: st.DataObject) -> None:
    reference = new_reference(2026, random.choice)
    places = [8, 9, 10, 11, 12, 13, 15]
    place = data.draw(st.sampled_from(places))
    other = data.draw(st.sampled_from([each for each in ALPHABET if each != reference[place]]))
    with pytest.raises(ReferenceRefused):
        parse_reference(reference[:place] + other + reference[place + 1 :])
    first = data.draw(st.sampled_from([8, 9, 10, 11, 12]))
    if reference[first] != reference[first + 1]:
        swapped = (
            reference[:first] + reference[first + 1] + reference[first] + reference[first + 2 :]
        )
        with pytest.raises(ReferenceRefused):
            parse_reference(swapped)


@pytest.mark.parametrize("raw", ["", None, "IR-2026-000123", "IR-2026-AEIOUA-B", "🙂"])
def test_what_is_not_a_reference(raw: str | None) -> None:
    with pytest.raises(ReferenceRefused):
        parse_reference(raw)


def test_references_tell_no_order() -> None:
    """Two may fall together (the database refuses the second, and another is drawn); six cannot."""
    drawn = [new_reference(2026) for _ in range(2000)]
    assert len(set(drawn)) > 1994
    for place in range(8, 14):
        assert {reference[place] for reference in drawn} == set(ALPHABET)
    assert drawn != sorted(drawn)


def test_a_wrong_year_shows() -> None:
    reference = new_reference(2026)
    with pytest.raises(ReferenceRefused):
        parse_reference(reference.replace("2026", "2027"))


def test_targets_are_proposals() -> None:
    assert {row["mark"] for row in fixture_rows("rules.yaml")["urgencytarget"]} == {"P"}
