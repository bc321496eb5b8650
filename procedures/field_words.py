"""What the fields of a page's document are called in the editors' room, and how their values read."""

from dataclasses import dataclass
from typing import Any

from .models import choices


@dataclass(frozen=True)
class FieldKind:
    """What a field is called, the words it may hold if they are fixed, and whether it bears on safety."""

    label: str
    words: Any = None
    is_safety: bool = False

    def shown(self, value: Any) -> str:
        """Return a value as an editor would read it."""
        if value is None or value == "" or value == []:
            return ""
        if isinstance(value, list):
            return ", ".join(filter(None, (self.shown(entry) for entry in value)))
        if isinstance(value, bool):
            return "Yes" if value else "No"
        if isinstance(value, float) and value.is_integer():
            return str(int(value))
        if self.words is not None and value in self.words.values:
            return str(self.words(value).label)
        return str(value)


NAMES = {
    "name": FieldKind("Name"),
    "short_name": FieldKind("Short name"),
    "summary": FieldKind("Line for lists"),
    "who_it_is_for": FieldKind("Who it is for"),
    "medical_names": FieldKind("Other medical names"),
    "abbreviations": FieldKind("Abbreviations"),
    "search_words": FieldKind("Words people search for (never shown)"),
    "category": FieldKind("Category"),
    "also_in": FieldKind("Also in"),
    "group": FieldKind("Shelf", choices.GuidanceGroup),
    "order": FieldKind("Place on its shelf"),
}
FACTS = {
    "fasting_food_hours": FieldKind("Hours without food (usual)", is_safety=True),
    "fasting_fluid_hours": FieldKind("Hours without clear drinks (usual)", is_safety=True),
    "bleeding_risk": FieldKind("Bleeding risk class", choices.BleedingRisk, is_safety=True),
    "bleeding_risk_cited": FieldKind("Sources of the bleeding risk class"),
    "stays_in_body": FieldKind("What stays in the body", choices.StaysInBody, is_safety=True),
    "stays_text": FieldKind("What stays in the body, in words", is_safety=True),
    "anaesthetic": FieldKind("Awake or asleep", choices.Anaesthetic),
    "anaesthetic_text": FieldKind("Awake or asleep, in words"),
    "duration_low": FieldKind("Shortest time (minutes)"),
    "duration_high": FieldKind("Longest time (minutes)"),
    "duration_text": FieldKind("How long it takes, in words"),
    "stay_text": FieldKind("Time in hospital"),
    "recovery_text": FieldKind("Back to normal"),
    "imaging": FieldKind("Imaging", choices.Imaging),
    "radiation_band": FieldKind("Radiation band", choices.RadiationBand),
    "radiation_text": FieldKind("Radiation, in words"),
    "done_by_text": FieldKind("Who does it"),
    "route": FieldKind("Route", choices.Route),
    "entry_sites": FieldKind("Ways in", choices.EntrySite),
    "organs": FieldKind("Organs", choices.Organ),
    "purpose": FieldKind("What is done there", choices.Purpose),
    "body_regions": FieldKind("Parts of the body", choices.BodyRegion),
    "planned_ahead": FieldKind("Offers a plan with dates"),
}
LIKELIHOOD = {
    "name": FieldKind("what can happen"),
    "frequency": FieldKind("how often, as a word", choices.Frequency, is_safety=True),
    "frequency_text": FieldKind("how often, in figures", is_safety=True),
    "affected_low": FieldKind("fewest people affected", is_safety=True),
    "affected_high": FieldKind("most people affected", is_safety=True),
    "out_of": FieldKind("out of how many people", is_safety=True),
    "what_we_do": FieldKind("what we do"),
    "cited": FieldKind("sources"),
}
STEP = {
    "text": FieldKind("words"),
    "stage": FieldKind("part of the day", choices.StepStage),
    "instrument": FieldKind("drawing", choices.Instrument),
}
QUESTION = {"question": FieldKind("question"), "answer": FieldKind("answer")}
EASY = {
    "text": FieldKind("words"),
    "part": FieldKind("part"),
    "level": FieldKind("how fast", is_safety=True),
}
SOURCE = {
    "title": FieldKind("title"),
    "publisher": FieldKind("publisher"),
    "year": FieldKind("year"),
    "url": FieldKind("address"),
    "kind": FieldKind("kind", choices.SourceKind),
    "region": FieldKind("where from", choices.Region),
}
PICTURE = {
    "alt": FieldKind("description"),
    "caption": FieldKind("caption"),
    "credit": FieldKind("credit"),
    "licence": FieldKind("licence"),
    "variants": FieldKind("files"),
}
CHECKING = {
    "written_by": FieldKind("Written by"),
    "last_checked": FieldKind("Last checked"),
    "next_check": FieldKind("Next check"),
}
