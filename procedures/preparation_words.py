"""What the preparation plan says at each moment. Words from the guidance pages; no hours or days for any medicine."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from .wording import clock_time, long_date

if TYPE_CHECKING:
    from .preparation import Facts


class Task(NamedTuple):
    """One thing to do, perhaps with a list under it."""

    words: str
    points: tuple[str, ...] = ()


LETTER_FIRST = "Your letter comes first."
ASK_OF = {
    "blood_thinners": (
        "you take a blood thinner, and which one. Ask what to do with it and when, and "
        "ask for it in writing. Do not stop or change it on your own."
    ),
    "diabetes": (
        "you have diabetes, and what you take for it. Ask what to do with each dose on "
        "the day, and ask for it in writing. Never stop insulin on your own."
    ),
    "glp1": (
        "you take a GLP-1 injection, such as semaglutide or tirzepatide. It slows your "
        "stomach down, so the usual time without food may be too short for you. Make no "
        "change to it on your own."
    ),
    "pregnant": (
        "you are or could be pregnant. X-rays and some medicines can harm a baby, so the "
        "plan may change."
    ),
    "dye_allergy": (
        "you have had a reaction to X-ray dye. Say what happened, and which dye it was if you know."
    ),
    "pacemaker": (
        "you have a pacemaker or another device in your body. Read out what is on its card."
    ),
    "interpreter": (
        "you need an interpreter, and for which language. British Sign Language counts. "
        "It is free and private."
    ),
    "home_alone": (
        "you have no one at home. An adult is often needed for the first night. If "
        "nobody can be there, you may have to stay in."
    ),
}
"""Tick: what to tell the team when ringing."""
BRING_OF = {
    "blood_thinners": "your blood thinner card or yellow book",
    "diabetes": "your meter, your diabetes medicines, and something to eat afterwards",
    "dye_allergy": "any card or letter that names the dye",
    "pacemaker": "your pacemaker or implant card",
}
SAY_AT_DESK = {
    "blood_thinners": "you take a blood thinner",
    "diabetes": "you have diabetes",
    "glp1": "you take a GLP-1 injection",
    "pregnant": "you are or could be pregnant",
    "dye_allergy": "you have reacted to X-ray dye",
    "pacemaker": "you have a pacemaker or implant",
    "interpreter": "you need an interpreter",
    "home_alone": "you have no one at home",
}
STAYS_TASK = {
    "tube": (
        "Check that you know who changes or takes out your tube, and when. If you have no "
        "date, ask us."
    ),
    "drain": (
        "Check that you know who changes or takes out your drain, and when. If you have no "
        "date, ask us."
    ),
    "line": "Check that you know who looks after your line, and when it is next seen to.",
    "port": "Check that you know who looks after your port, and when it is next flushed.",
    "stent": (
        "Check that you know if your stent needs a change or a check, and when. If you have "
        "no date, ask us."
    ),
    "stent-graft": "Check that you have the date of your next scan. If you have none, ask us.",
    "filter": (
        "Check that you know who arranges to take your filter out, and when. If you have no "
        "date, ask us."
    ),
}


def day_words(day: date) -> str:
    """Return a day as Tuesday 8 December 2026."""
    return f"{day:%A} {long_date(day)}"


def at_words(moment: datetime) -> str:
    """Return a time and day as 2am on Tuesday 8 December 2026."""
    return f"{clock_time(moment)} on {day_words(moment.date())}"


def by_words(by: date, today: date) -> str:
    """Return the last good day to ring: “today”, or “by Friday 4 December 2026”."""
    return "today" if by == today else f"by {day_words(by)}"


def hours_words(hours: float) -> str:
    """Return a number of hours as 6 hours, 1 hour, 2.5 hours."""
    shown = f"{hours:g}"
    return f"{shown} hour" if shown == "1" else f"{shown} hours"


def _in_the_night(moment: datetime) -> bool:
    return moment.hour < 7 or moment.hour >= 22


def _ring_task(ticks: frozenset[str], by: date, today: date) -> list[Task]:
    said = tuple(_sentence(words) for tick, words in ASK_OF.items() if tick in ticks)
    who = f"Ring us or the pre-assessment team {by_words(by, today)}. Say:"
    return [Task(who, said)] if said else []


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _meal(facts: Facts, ticks: frozenset[str], at: datetime) -> list[str]:
    hours = facts.food_hours or 0
    if facts.food_answer:
        tasks = [f"At this hospital: {facts.food_answer} For you that is {at_words(at)}."]
    else:
        tasks = [
            f"Often, people stop eating {hours_words(hours)} before. For you that is {at_words(at)}."
        ]
    if _in_the_night(at):
        tasks.append("That is in the night, so your last meal is the evening before.")
    if "glp1" in ticks:
        tasks.append(
            "You ticked a GLP-1 injection. This time may be too short for you, so go by what the team tells you."
        )
    if "diabetes" in ticks:
        tasks.append(
            "You ticked diabetes. If your sugar drops, have a sugary drink, even while you are not eating. Tell a nurse at once."
        )
    return [*tasks, f"{LETTER_FIRST} If it gives another time, go by that."]


def _drink(facts: Facts, at: datetime) -> list[str]:
    if facts.drink_answer:
        words = f"At this hospital: {facts.drink_answer} For you that is {at_words(at)}."
    else:
        words = (
            f"Often, water and other clear drinks are allowed until {hours_words(facts.drink_hours or 0)} before. "
            f"For you that is {at_words(at)}."
        )
    return [words, f"{LETTER_FIRST} If it gives another time, go by that."]


def _without_a_time(kind: str, hours: float | None, answer: str, at: datetime | None) -> list[str]:
    """Return what to say about eating or drinking where no clock time is to be had."""
    if at is not None:
        return []
    verb = {"food": "eating", "drink": "drinking"}[kind]
    if answer:
        return [f"When to stop {verb}, at this hospital: {answer} {LETTER_FIRST}"]
    if hours == 0:
        usual = {"food": "eat", "drink": "drink"}[kind]
        return [f"Most people {usual} as usual before this procedure. {LETTER_FIRST}"]
    return [
        f"Find the time to stop {verb}. Your letter or the pre-assessment team gives it. "
        "If you have none, ring us before the day."
    ]


def _passed(kind: str, at: datetime | None) -> tuple[str, ...]:
    if at is None:
        return ()
    verb, done = {"meal": ("eating", "eaten"), "drink": ("drinking", "had a drink")}[kind]
    return (
        f"The usual time to stop {verb} was {at_words(at)}. Look at your letter. "
        f"If you have {done} since the time it gives, ring us now.",
    )


def moment_tasks(
    arrives: datetime,
    ticks: frozenset[str],
    facts: Facts,
    by: date,
    today: date,
    meal: datetime | None,
    drink: datetime | None,
) -> dict[str, tuple[Task, ...]]:
    """Return the tasks of each moment, by its name. Names that end in `-passed` replace a moment that is over."""
    pack = [
        "your letter and the list of your medicines",
        "your medicines in their boxes",
        *(words for tick, words in BRING_OF.items() if tick in ticks),
        "glasses, hearing aids and walking aid",
        "phone and charger",
        "loose clothes, and shoes that slip on",
        "nightclothes and toiletries, in case you stay",
        "a snack and a drink for afterwards",
    ]
    fasting = [
        *_without_a_time("food", facts.food_hours, facts.food_answer, meal),
        *_without_a_time("drink", facts.drink_hours, facts.drink_answer, drink),
    ]
    said = tuple(words for tick, words in SAY_AT_DESK.items() if tick in ticks)
    lift = (
        "Ask an adult to take you home by car or taxi. You cannot drive yourself after a drowsy medicine or an anaesthetic."
        if facts.drowsy
        else facts.lift
    )
    made: dict[str, tuple[Task | str, ...]] = {
        "now": (
            "Read your letter. Check the date, the time and the place.",
            *_ring_task(ticks, by, today),
            "Write a list of all your medicines, with doses. Count injections, inhalers, patches and herbal remedies.",
        ),
        "week-before": (
            "Has someone told you what to do with each of your medicines? If not, ring us. Change nothing on your own.",
            *([lift] if lift else []),
            *([facts.first_night] if facts.first_night and "home_alone" not in ticks else []),
            "If you have a cough, a fever or a new infection, or cannot come, ring us.",
        ),
        "day-before": (
            *fasting,
            Task("Pack:", tuple(pack)),
            "Leave jewellery and large sums of money at home.",
            "Check that the person who takes you home knows the time and the place.",
            "If you feel ill, ring us before you set out.",
        ),
        "last-meal": tuple(_meal(facts, ticks, meal)) if meal else (),
        "last-meal-passed": _passed("meal", meal),
        "last-drink": tuple(_drink(facts, drink)) if drink else (),
        "last-drink-passed": _passed("drink", drink),
        "arrive": (
            f"Be at the place on your letter at {clock_time(arrives)}.",
            "Bring your bag, your letter and your list of medicines.",
            *([Task("Tell the desk:", said)] if said else []),
            "Give the nurse the number of the person who takes you home.",
        ),
        "first-night": (
            "You may be in hospital or at home. If you go home, an adult should be with you."
            if facts.drowsy
            else "You may be in hospital or at home. If you are at home, keep a phone near you.",
            *(
                [
                    "After a drowsy medicine or an anaesthetic: no driving, alcohol, machines "
                    "or big decisions for at least 24 hours."
                ]
                if facts.drowsy
                else ["Do not drive until the team has said that you may."]
            ),
            "Know the signs that mean 999, and those that mean ring us. They are listed below.",
        ),
        "first-week": (
            "Follow what your papers say about washing, lifting, work and driving.",
            "Go back to your medicines as the team told you. If nobody has told you, ring us.",
            *([STAYS_TASK[facts.stays]] if facts.stays in STAYS_TASK else []),
            "Check that you have the date of your next visit, or know who sends your results.",
        ),
    }
    return {
        slug: tuple(task if isinstance(task, Task) else Task(task) for task in tasks)
        for slug, tasks in made.items()
    }
