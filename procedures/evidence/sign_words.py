"""Boils help signs down to the words that carry them, so that the sheet's terse sign and the page's plain one compare."""

import re
from collections.abc import Callable
from functools import lru_cache

PHRASES: dict[str, str | Callable[[re.Match[str]], str]] = {
    r"\b(?:unusually |very )?low temperatures?\b|\b(?:feel |feeling )?unusually cold\b|\bbelow 36\w*": "lowheat",
    r"\b(?:feel(?:ing)?|are|be|get|gets|getting) hot\b": "fever",
    r"\bbring(?:s|ing)? up blood\b": "vomit bleed",
    r"\b(?:comes?|came|coming|has come|have come) apart\b|\bdisconnect\w*\b": "disconnect",
    r"\boff your food\b|\bappetite\b": "appetite",
    r"\bmore and more\b|\bworse\b|\bworsen\w*\b|\bincreas\w*\b|\bheavier\b": "grow",
    r"\bchoke\b": "chok",
    r"\bheart attack\b|\bheart leaflet\w*\b": " ",
    r"\(.*?\)": " ",
    r"\b(?:(?:very )?fast |uneven |irregular |racing )?heart(?:beat)? ?(?:rac\w+|beats? (?:very )?fast|is racing)?\b"
    r"(?! attack| failure| leaflet)": "heartbeat",
    r"\b(?:cannot|can ?not|can[’']t|will not|unable to|could not) (?:be )?move\w*\b|\bmove (?:it|them)\b": "immobile",
    r"\b(?:droop\w*|drops? on one side|fallen on one side)\b": "droop",
    r"\b(?:cannot|can ?not|can[’']t) (?:lift|raise|keep up)[^.,;]*\barms?\b": "arm weak",
    r"\bback passage\b": "bottom",
    r"\b(?:hard )?(?:blows?|knocks?|bang\w*|hits?|injury) (?:to |on |of )?(?:the |your |hard )*head\b"
    r"|\b(?:hit|hits|bang\w*|hurt|knock\w*)(?: your| the| her| his)? head\b|\bhead injury\b": "headknock",
    r"\b(?:knocked out(?: of place)?|out of place|dislodged|moves|moved|slips|slipped)\b": "moved",
    r"\b(?:ill|unwell|poorly|not right)\b": "unwell",
    r"\bclammy\b": "pale",
    r"\bcoffee[- ]coloured\b": "coffeegrounds",
    r"\bchok\w*\b": "chok",
    r"\bfluids?\b": " ",
    r"\bresist\w*\b": "flush",
    r"\bdislike of (?:bright )?light\b|\b(?:bright )?light (?:that )?hurts\b|\blight (?:that )?hurts\b": "photophobia",
    r"\bwalk\w*\b|\bgait\b": "walk",
    r"\bcoffee[- ]grounds?\b|\bdark grounds\b|\bcoffee-ground\b": "coffeegrounds",
    r"\bbrown bits\b": "coffeegrounds",
    r"\b(?:pass(?:es|ing|ed)? out|black(?:s|ing)? out|faint(?:s|ing|ed|ness)?"
    r"|lose consciousness|loss of consciousness|unconscious)\b": "collapse",
    r"\bhigh temperature\b|\braised temperature\b|\btemperatures?\b|\bfeverish\b|\bfevers?\b": "fever",
    r"\bshort(?:ness)? of breath\b|\bout of breath\b|\bget your breath\b|\bbreath\w*\b": "breath",
    r"\bslur\w*\b": "slur",
    r"\b(?:being|feel(?:ing)?|are|be|keep being) sick\b|\bsickness\b|\bnause\w*\b|\bvomit\w*\b|\bthrow(?:ing)? up\b": "vomit",
    r"\bblood (?:clots?|thinn\w+|pressure|supply|vessels?|tests?)\b": lambda found: found.group(
        0
    ).replace("blood ", ""),
    r"\bbleed\w*\b|\bblood\w*\b|\bhaemorrhage\b": "bleed",
    r"\b(?:high temperature)\b": "fever",
    r"\b(?:chills?|shiver\w*|rigors?|shak(?:e|es|ing))\b": "shiver",
    r"\b(?:mottl\w*|blotch\w*|discolou?r\w*)\b": "blotchy",
    r"\b(?:confus\w*|muddl\w*|disorient\w*)\b": "confused",
    r"\b(?:drows\w*|sleepy|sleepiness|hard to wake)\b": "drowsy",
    r"\b(?:pain\w*|hurts?|hurting|sore\w*|aches?|aching|tender\w*)\b": "pain",
    r"\b(?:abdom\w*|belly|stomach ache)\b": "tummy",
    r"\b(?:stools?|faeces|motions?|poos?|bowel movements?)\b": "poo",
    r"\b(?:wee|pee|urin\w*|pass(?:ing)? water)\b": "urine",
    r"\b(?:severe\w*|bad|badly|awful|terrible|worst|intense|extreme|strong|hard|heavy|heavily|a lot of|lots of)\b": "severe",
    r"\b(?:swell\w*|swollen|swells)\b": "swell",
    r"\b(?:red|redness|redder)\b": "red",
    r"\b(?:weak\w*)\b": "weak",
    r"\b(?:numb\w*)\b": "numb",
    r"\b(?:cold|cool|cooler)\b": "cold",
    r"\b(?:white|pale|paler)\b": "pale",
    r"\b(?:leak\w*|ooz\w*|weep\w*|pus|discharge)\b": "leak",
    r"\b(?:falls?|fell|fallen|comes?|came|coming|pulled|slips?|slipped|slipping) out\b|\bis out\b|\bfalling out\b": "out",
    r"\b(?:jaundice\w*|yellow\w*)\b": "yellow",
    r"\b(?:itch\w*)\b": "itch",
    r"\b(?:smell\w*|foul|offensive)\b": "smell",
    r"\b(?:grow\w*|getting bigger|gets bigger|bigger|expand\w*|fast[- ]growing)\b": "grow",
    r"\b(?:tingl\w*|pins and needles)\b": "tingle",
    r"\b(?:dizz\w*|light[- ]?headed\w*)\b": "dizzy",
    r"\b(?:vision|eyesight|sight|see)\b": "sight",
    r"\b(?:seizures?|fits?|convuls\w*)\b": "seizure",
    r"\b(?:vagina\w*)\b": "vagina",
    r"\b(?:swallow\w*)\b": "swallow",
    r"\b(?:speech|speak\w*|words)\b": "speech",
    r"\b(?:stroke)\b": "stroke",
    r"\b(?:rash\w*|hives)\b": "rash",
    r"\b(?:tight\w*)\b": "tight",
    r"\b(?:sudden\w*)\b": "sudden",
    r"\b(?:cough\w*)\b": "cough",
    r"\b(?:blocked|blocks?|blockage)\b": "block",
    r"\b(?:hiccup\w*|wheez\w*)\b": "wheeze",
    r"\b(?:wound|site|puncture|place where the needle went in|hole)\b": "puncture",
    r"\b(?:tarry|black|sticky)\b": "black",
    r"\b(?:crack\w*|splits?|split\w*|broke\w*|break\w*|snap\w*)\b": "split",
}
"""Ways of saying a thing: the one word that stands for them."""

SYMPTOMS = frozenset(
    [
        "pain",
        "bleed",
        "breath",
        "collapse",
        "shiver",
        "fever",
        "blotchy",
        "confused",
        "slur",
        "red",
        "swell",
        "vomit",
        "numb",
        "weak",
        "pale",
        "out",
        "leak",
        "rash",
        "itch",
        "tight",
        "cold",
        "dizzy",
        "grey",
        "discharge",
        "blue",
        "headache",
        "unwell",
        "tingle",
        "wheeze",
        "lump",
        "cough",
        "bruise",
        "droop",
        "drowsy",
        "grow",
        "yellow",
        "sweat",
        "nosebleed",
        "smell",
        "seizure",
        "die",
        "block",
        "split",
        "flush",
        "moved",
        "stiff",
        "clammy",
        "hot",
        "burn",
        "speech",
        "sight",
        "urine",
        "poo",
        "black",
        "dark",
        "brown",
        "colour",
        "knock",
        "swallow",
        "stuck",
        "chok",
        "cloudy",
        "tired",
        "diarrhoea",
        "constipat",
        "paralys",
        "unsteady",
        "double",
        "heartbeat",
        "cramp",
        "loose",
        "kink",
        "appetite",
        "weight",
        "spurt",
        "disconnect",
        "immobile",
        "headknock",
        "photophobia",
        "walk",
        "coffeegrounds",
        "limp",
        "fluid",
        "blurr",
        "scab",
        "ulcer",
        "tear",
        "bump",
        "shiny",
        "wind",
        "buzz",
        "air",
        "spread",
        "heavier",
        "stretch",
        "restless",
        "hiccup",
        "bloat",
        "passage",
        "saddle",
        "choke",
        "dry",
        "empty",
        "period",
        "wobbly",
        "balance",
        "itchy",
        "capped",
        "cap",
        "thirst",
        "twist",
        "retention",
    ]
)
"""Words for what a person sees or feels."""
PLACES = frozenset(
    [
        "skin",
        "chest",
        "tummy",
        "leg",
        "muscle",
        "back",
        "line",
        "drain",
        "groin",
        "side",
        "throat",
        "arm",
        "tongue",
        "lips",
        "neck",
        "tube",
        "face",
        "eyes",
        "head",
        "heart",
        "lung",
        "liver",
        "stent",
        "limb",
        "kidney",
        "wrist",
        "foot",
        "bag",
        "bowel",
        "bladder",
        "puncture",
        "hand",
        "finger",
        "toe",
        "calf",
        "thigh",
        "buttock",
        "shoulder",
        "spine",
        "vein",
        "artery",
        "fistula",
        "port",
        "filter",
        "testicle",
        "scrotum",
        "penis",
        "womb",
        "vagina",
        "prostate",
        "gum",
        "nose",
        "mouth",
        "gullet",
        "stomach",
        "bottom",
        "genital",
        "graft",
        "coil",
        "dressing",
        "cuff",
        "cement",
        "balloon",
        "jaw",
        "limbs",
        "dialysi",
        "stitch",
        "flow",
        "filter",
        "hip",
        "mouth",
        "piece",
        "tissue",
    ]
)
"""Words for where it is."""
PLACE_WEIGHT = 0.5
"""A place counts for half: “swelling” in the wrong place still says something, a place without a symptom nothing."""


def stem(word: str) -> str:
    """Return a word without its commonest endings, where what is left is a word that carries a sign."""
    carrying = SYMPTOMS | PLACES
    if word in carrying:
        return word
    for ending in ("ing", "ness", "ed", "es", "s", "ly", "y", "ion", "e"):
        if word.endswith(ending) and word.removesuffix(ending) in carrying:
            return word.removesuffix(ending)
    return word


@lru_cache(maxsize=20_000)
def sign_words(text: str) -> frozenset[str]:
    """Return the words that carry a sign, folded so that “high temperature” and “fever” are one."""
    folded = text.lower().replace("’", "'")
    for pattern, word in PHRASES.items():
        folded = re.sub(pattern, word if callable(word) else f" {word} ", folded)
    found = {stem(word) for word in re.findall(r"[a-z]+", folded)}
    return frozenset(found & (SYMPTOMS | PLACES))


REMARKS = (
    "because",
    "see (?:the|what|below|above|list)",
    "(?:can|could) (?:lead|mean|become|form|get|be bleeding|cause|show)",
    "listed",
    "(?:main|known|serious|common) (?:risk|complication)",
    "most serious",
    "do not stop",
    "lie (?:flat|down)",
    "ask (?:when|your)",
    "usually needs",
    "needs? antibiotics",
    "relatively",
    "helps fight",
    "may have blocked",
    "blocked artery",
    "emergency department",
    "tell it from",
    "a US page",
    "signs of (?:a |wound )?(?:stroke|infection|brain bleed)",
    r"(?:ring|call|dial|keep|press)\w* (?:it|on|firmly|until|the)",
    "clots? (?:can|preventing)",
    "clot-preventing",
    "999 if also",
)
COMMENT = re.compile(r"\b(?:" + "|".join(REMARKS) + r")\b", re.IGNORECASE)
"""A remark about a sign, not a sign."""


def parts(text: str) -> list[str]:
    """Split a sheet's sign into its single signs: “slurred speech or confusion, no urine” gives three.

    What comes “, with …” only keeps a sign company, and is left out; so are remarks.
    """
    bare = re.sub(r"\([^()]*\)", " ", re.sub(r"\([^()]*\([^()]*\)[^()]*\)", " ", text))
    bare = re.sub(r",\s*(?:often |sometimes )?with\b[^;:.]*", "", bare)
    found = (part.strip() for part in re.split(r"[,;:.]|\bor\b", bare))
    return [
        part
        for part in found
        if sign_words(part) & SYMPTOMS - {"grow"} and not COMMENT.search(part)
    ]
