"""Chooses the pictures of a procedure page from its published facts, and asks `pictures/` to draw them."""

import logging
from typing import Any

from .models.choices import EntrySite, Frequency, Instrument, Organ, RadiationBand, Route, StepStage
from .pictures import (
    Chance,
    Entry,
    Picture,
    Place,
    Stage,
    Step,
    Via,
    entry_and_target,
    is_within_reach,
    radiation_scale,
    risk_pictures,
    step_frames,
    timeline,
)
from .text import plain

log = logging.getLogger(__name__)
Document = dict[str, Any]

PARTS: dict[str, str] = {
    Organ.BRAIN: "brain",
    Organ.BRAIN_ARTERIES: "brain-artery",
    Organ.NECK_ARTERIES: "carotid-artery",
    Organ.NECK: "thyroid",
    Organ.GULLET: "gullet",
    Organ.HEART: "heart",
    Organ.LUNGS: "lung",
    Organ.LUNG_LINING: "chest-space",
    Organ.LUNG_ARTERIES: "lung-artery",
    Organ.CHEST_VEIN: "svc",
    Organ.ARM_VEINS: "arm-vein",
    Organ.ARM_ARTERIES: "arm-artery",
    Organ.FISTULA: "fistula",
    Organ.AORTA: "aorta",
    Organ.TUMMY_ARTERIES: "bowel-artery",
    Organ.KIDNEY_ARTERIES: "kidney-artery",
    Organ.TUMMY_VEIN: "ivc",
    Organ.LIVER: "liver",
    Organ.LIVER_ARTERIES: "liver-artery",
    Organ.LIVER_VEINS: "liver-vein",
    Organ.LIVER_CHANNEL: "tips-channel",
    Organ.PORTAL_VEIN: "portal-vein",
    Organ.BILE_DUCTS: "bile-duct",
    Organ.GALLBLADDER: "gallbladder",
    Organ.PANCREAS: "pancreas",
    Organ.SPLEEN: "spleen",
    Organ.STOMACH: "stomach",
    Organ.DUODENUM: "duodenum",
    Organ.SMALL_BOWEL: "small-bowel",
    Organ.LARGE_BOWEL: "large-bowel",
    Organ.BELLY_SPACE: "tummy-space",
    Organ.NERVES_COELIAC: "coeliac-plexus",
    Organ.KIDNEYS: "kidney",
    Organ.URETERS: "ureter",
    Organ.BLADDER: "bladder",
    Organ.PROSTATE: "prostate",
    Organ.PROSTATE_ARTERIES: "prostate-artery",
    Organ.WOMB: "womb",
    Organ.WOMB_ARTERIES: "womb-artery",
    Organ.PELVIC_VEINS: "iliac-vein",
    Organ.TESTICLE_VEINS: "testicle-vein",
    Organ.PELVIC_ARTERIES: "iliac-artery",
    Organ.LEG_ARTERIES: "leg-artery",
    Organ.LEG_VEINS: "leg-vein",
    Organ.SPINE: "spine-lower",
    Organ.SPINAL_NERVES: "nerve-root",
}
"""Organ of the catalogue: part of the drawn anatomy. Organs that are anywhere in the body have none."""

VIA: dict[str, Via] = {Route.ARTERY: "artery", Route.VEIN: "vein", Route.SKIN: "skin"}
BANDS = {RadiationBand.VERY_LOW: "very-low", RadiationBand.NONE: "none"}
STAGES = {
    StepStage.ARRIVING: "arrival",
    StepStage.GETTING_READY: "getting-ready",
    StepStage.GOING_HOME: "going-home",
}
AT: dict[str, Place] = {Instrument.CANNULA: "hand"}
"""Where an instrument is when it is not at the part that is treated."""
MOST_ENTRIES = 2
"""Ways in that one picture shows: more than two cannot be read."""


def _entries(document: Document, target: str) -> list[Entry]:
    """Return the ways in that lead to the part, the usual one first; a place that does not is left to the words."""
    via, found = VIA.get(document["facts"]["route"]), []
    for site in document["facts"]["entry_sites"]:
        chosen = None if site == EntrySite.EXISTING_TUBE else via
        if is_within_reach(site, target, chosen):
            found.append(Entry(site, via=chosen))
        elif via != "skin" and is_within_reach(site, target):
            found.append(Entry(site))
        else:
            log.info("No way is drawn for %s from %s", document["slug"], site)
    return found[:MOST_ENTRIES]


def _target(document: Document) -> str | None:
    return next((PARTS[organ] for organ in document["facts"]["organs"] if organ in PARTS), None)


def where(document: Document, prefix: str = "where") -> Picture | None:
    """Draw where the team goes in and what it reaches; None where that can be anywhere, or no way is drawn."""
    target = _target(document)
    entries = _entries(document, target) if target else []
    if not target or not entries:
        return None
    return entry_and_target(
        prefix, entries, [target], purpose=document["facts"].get("purpose", "treat")
    )


def chance_of(row: dict[str, Any]) -> Chance:
    """Return the figure of a row, called as its table calls it.

    One figure is no range: stripes then mean part of a person, not “in some studies”.
    """
    low, high = row["affected_low"], row["affected_high"]
    word = Frequency(row["frequency"])
    called = "" if word in (Frequency.EXPECTED, Frequency.NOT_KNOWN) else word.label.lower()
    return Chance(
        plain(row["name"]), low, None if high == low else high, row["out_of"], called=called
    )


def risks(document: Document, prefix: str = "risk", *, on_paper: bool = False) -> list[Picture]:
    """Draw the risks that have a figure, all out of the same number of people."""
    chances = [
        chance_of(row)
        for row in document["risks"]
        if row["out_of"]
        and row["affected_high"] is not None
        and row["frequency"] != Frequency.NOT_KNOWN
    ]
    return risk_pictures(prefix, chances, on_paper=on_paper) if chances else []


def radiation(document: Document, prefix: str = "radiation") -> Picture | None:
    """Draw the radiation band beside everyday things; None where no source gives a band."""
    band = document["facts"]["radiation_band"]
    if band in (RadiationBand.NOT_KNOWN, RadiationBand.NONE):
        return None
    return radiation_scale(prefix, band=BANDS.get(band, band))


def day(document: Document, prefix: str = "day") -> Picture:
    """Draw the day from arriving to going home, with the time the procedure takes."""
    facts = document["facts"]
    stages = []
    for stage in StepStage:
        steps = [step for step in document["steps"] if step["stage"] == stage]
        if stage == StepStage.PROCEDURE:
            stages.append(
                Stage(
                    "procedure", minutes=facts["duration_low"], minutes_high=facts["duration_high"]
                )
            )
        elif steps or stage in (StepStage.ARRIVING, StepStage.GOING_HOME):
            stages.append(Stage(STAGES.get(stage, stage.value)))
    return timeline(prefix, stages)


def frames(document: Document, prefix: str = "step") -> list[Picture]:
    """Draw each step with its instrument; empty where there is nothing to draw it on."""
    target = _target(document)
    if target is None:
        return []
    entries = _entries(document, target)
    if not entries:
        return []
    steps = [
        Step(plain(step["text"]), step["instrument"], AT.get(step["instrument"], "body"))
        for step in document["steps"]
    ]
    return step_frames(prefix, steps, entries[0], [target])
