"""How dates, times, numbers and durations are written: 6 August 2026, 2:30pm, 1 hour 30 minutes."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def long_date(value: date | datetime | str) -> str:
    """Return a date as 6 August 2026. Takes ISO text too; times are read in London."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    if isinstance(value, datetime) and value.tzinfo is not None:
        value = value.astimezone(LONDON)
    return f"{value.day} {value:%B %Y}"


def clock_time(value: time | datetime) -> str:
    """Return a time as 6am, 2:30pm, midday or midnight. Date-times are read in London."""
    if isinstance(value, datetime) and value.tzinfo is not None:
        value = value.astimezone(LONDON)
    if (value.hour, value.minute) == (12, 0):
        return "midday"
    if (value.hour, value.minute) == (0, 0):
        return "midnight"
    hour = value.hour % 12 or 12
    half = "am" if value.hour < 12 else "pm"
    return f"{hour}{half}" if value.minute == 0 else f"{hour}:{value.minute:02d}{half}"


def plural(count: int, one: str, many: str | None = None) -> str:
    """Return "1 step", "2 steps"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def minutes(low: int, high: int | None = None) -> str:
    """Return a duration in minutes as words: "20 to 40 minutes", "1 to 2 hours", "1 hour 30 minutes"."""
    if high is None or high == low:
        hours, rest = divmod(low, 60)
        parts = [plural(hours, "hour")] if hours else []
        return " ".join(parts + ([plural(rest, "minute")] if rest or not hours else []))
    if low % 60 == 0 and high % 60 == 0:
        return f"{low // 60} to {plural(high // 60, 'hour')}"
    if high < 120:
        return f"{low} to {plural(high, 'minute')}"
    return f"{minutes(low)} to {minutes(high)}"
