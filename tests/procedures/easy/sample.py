"""An easy version of the tests' own, for the PICC line page, and ways to spoil it."""

from procedures.models import EasyLine, Procedure

SLUG = "picc-line"

LINES = (
    ("what", "", "A PICC line is a soft tube."),
    ("why", "", "It gives you medicine."),
    ("before", "", "Bring someone you trust."),
    ("day", "", "You lie on a bed."),
    ("after", "", "Your arm may ache."),
    ("help", "same_day", "You have a fever."),
    ("help", "same_day", "The line leaks."),
    ("help", "emergency", "You cannot get your breath, or your chest hurts."),
    ("help", "emergency", "You bleed a lot."),
    ("help", "emergency", "The line snaps."),
    ("choose", "", "You can say yes or no."),
)
"""Part, level, text. Not in the order of the page: emergencies must come first all the same."""


def rows(lines=LINES) -> list[dict[str, object]]:
    return [
        {"part": part, "level": level, "text": text, "order": number}
        for number, (part, level, text) in enumerate(lines, start=1)
    ]


def give_easy_version(slug: str = SLUG, lines=LINES) -> Procedure:
    """Put these lines in the place of the page's own easy version, in the working rows alone."""
    page = Procedure.objects.get(slug=slug)
    page.easy_lines.all().delete()
    for row in rows(lines):
        EasyLine.objects.create(procedure=page, **row)
    return page
