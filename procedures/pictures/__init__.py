"""Pictures drawn from plain facts, as SVG made on the server.

Every function takes plain values and returns ``Picture`` objects (markup, the same in words, and
a numbered key); nothing here knows of the database, of a request or of the site.
"""

from procedures.pictures.body_map import REGION_SLUGS, body_map
from procedures.pictures.entry_and_target import Entry, Purpose, entry_and_target
from procedures.pictures.instruments import INSTRUMENT_SLUGS
from procedures.pictures.likelihood import Chance, Denominator, shared_denominator, word_for
from procedures.pictures.markup import Picture
from procedures.pictures.parts import PART_SLUGS, UnknownPart
from procedures.pictures.radiation_scale import BANDS, COMPARISONS, band_of, radiation_scale
from procedures.pictures.risk_people import risk_people, risk_pictures
from procedures.pictures.routes import ENTRY_SLUGS, Via, is_within_reach
from procedures.pictures.step_frames import Place, Step, step_frames
from procedures.pictures.timeline import STAGE_SLUGS, Stage, timeline

__all__ = [
    "BANDS",
    "COMPARISONS",
    "ENTRY_SLUGS",
    "INSTRUMENT_SLUGS",
    "PART_SLUGS",
    "REGION_SLUGS",
    "STAGE_SLUGS",
    "Chance",
    "Denominator",
    "Entry",
    "Picture",
    "Place",
    "Purpose",
    "Stage",
    "Step",
    "UnknownPart",
    "Via",
    "band_of",
    "body_map",
    "entry_and_target",
    "is_within_reach",
    "radiation_scale",
    "risk_people",
    "risk_pictures",
    "shared_denominator",
    "step_frames",
    "timeline",
    "word_for",
]
