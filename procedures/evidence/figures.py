"""Reads the figures out of a sentence, as values that compare: 6% is 6 in 100, 2 weeks are 14 days."""

import re
from dataclasses import dataclass
from fractions import Fraction

NUMBER_WORDS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "ninety": 90,
    "hundred": 100,
}

UNITS: dict[str, tuple[str, Fraction]] = {
    r"seconds?|secs?": ("time", Fraction(1, 60)),
    r"minutes?|mins?": ("time", Fraction(1)),
    r"hours?|hrs?|h": ("time", Fraction(60)),
    r"days?": ("time", Fraction(24 * 60)),
    r"nights?": ("time", Fraction(24 * 60)),
    r"weeks?|wks?": ("time", Fraction(7 * 24 * 60)),
    r"months?": ("months", Fraction(1)),
    r"(?:years?|yrs?)": ("months", Fraction(12)),
    r"mSv|millisieverts?": ("dose", Fraction(1)),
    r"[uµμ]Sv|microsieverts?": ("dose", Fraction(1, 1000)),
    r"mm|millimetres?": ("length", Fraction(1)),
    r"cm|centimetres?": ("length", Fraction(10)),
    r"metres?": ("length", Fraction(1000)),
    r"ml|mls|millilitres?": ("volume", Fraction(1)),
    r"litres?": ("volume", Fraction(1000)),
    r"kg|kilograms?|kilos?": ("weight", Fraction(1000)),
    r"stone": ("stone", Fraction(1)),
    r"mg|milligrams?": ("weight", Fraction(1, 1000)),
    r"g|grams?": ("weight", Fraction(1)),
    r"°\s?C|degrees C|C": ("temperature", Fraction(1)),
    r"(?:\s?am)": ("clock", Fraction(1)),
    r"(?:\s?pm)": ("clock", Fraction(1)),
}
"""Unit as written: what it measures, and how many of the base unit it is. Base units: minute, month, mSv, mm, ml, g."""

_NUMERAL = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_WORD = "|".join(NUMBER_WORDS)
_NUMBER = rf"(?:{_NUMERAL}|\b(?:{_WORD})\b)"
_JOIN = r"\s*(?:-|–|to|or|and|/|,)\s*(?:(?:about|nearly|up to|even|sometimes|over|under)\s+)?"
GROUP = re.compile(
    rf"(?<![A-Za-z\d.,/-])(?<![A-Za-z]-){_NUMBER}(?:(?:{_JOIN}){_NUMBER}(?![A-Za-z]\d))*",
    re.IGNORECASE,
)
NUMBER = re.compile(_NUMBER, re.IGNORECASE)
PER_CENT = re.compile(r"\s*(?:%|per ?cent\b|percentage points?\b)", re.IGNORECASE)
PROPORTION = re.compile(
    rf"\s*(?P<between>(?:[A-Za-z’'()-]+\s+){{0,4}}?)(?P<how>in|of|out of|per|from|/)\s+"
    rf"(?:every\s+|the\s+|a\s+|all\s+|about\s+|nearly\s+|around\s+|some\s+)?"
    rf"(?P<base>{_NUMBER})(?!\.\d)(?!\d)(?!-)(?!\s*%)",
    re.IGNORECASE,
)
UNIT = re.compile(
    r"[\s-]*(?:(?:full|whole|more|or more|working|half)\s+)?(?:"
    + "|".join(f"(?P<u{i}>{pattern})" for i, pattern in enumerate(UNITS))
    + r")(?![A-Za-z])",
)
MULTIPLE = re.compile(r"\s*(million|thousand)\b", re.IGNORECASE)
HALF = re.compile(r"\s+and a half\b", re.IGNORECASE)
SPOKEN = {
    re.compile(r"\bhalf an hour\b", re.IGNORECASE): ("time", Fraction(30)),
    re.compile(r"\ban hour and a half\b", re.IGNORECASE): ("time", Fraction(90)),
    re.compile(r"\b(?:a )?quarter of an hour\b", re.IGNORECASE): ("time", Fraction(15)),
    re.compile(r"\b(?:half) a day\b", re.IGNORECASE): ("time", Fraction(12 * 60)),
    re.compile(r"\bovernight\b", re.IGNORECASE): ("time", Fraction(24 * 60)),
    re.compile(r"\bfortnight\b", re.IGNORECASE): ("time", Fraction(14 * 24 * 60)),
    re.compile(r"(?<!half )\b(?:a|an) (?:full )?hour\b", re.IGNORECASE): ("time", Fraction(60)),
    re.compile(r"(?<!half )\ba (?:full )?(?:day|night)\b", re.IGNORECASE): (
        "time",
        Fraction(24 * 60),
    ),
    re.compile(r"\ba (?:full )?week\b", re.IGNORECASE): ("time", Fraction(7 * 24 * 60)),
    re.compile(r"\ba (?:full )?month\b", re.IGNORECASE): ("months", Fraction(1)),
    re.compile(r"\ba (?:full )?year\b", re.IGNORECASE): ("months", Fraction(12)),
}
"""Lengths of time said without a number."""
BEFORE_A_SPOKEN_LENGTH = re.compile(
    r"\b(?:about|around|nearly|under|over|than|within|for|least|takes?|up to|lasts?|after)\s*$",
    re.IGNORECASE,
)
"""What turns “a week” into a length of time; “3 times a week” is not one."""
NO_FIGURE = re.compile(
    r"(?<![\d,.])(?:999|111)(?![,.]?\d|\s*%)(?!\s*(?:in|of|people|patients)\b)"  # telephone numbers known to everyone
    r"|\b[A-Z]{1,6}-?\d+(?:[-/]\d+)*\b"  # names: S12, L4, B12, CO2, GLP-1
    r"|\b\d+[DF]\b"  # 3D; sizes in French gauge
    r"|\b24[- ]hour (?=(?:hot|help|advice|telephone|phone|cancer|number|line))"  # open day and night
    r"|\b(?:from|of) 0 to (?:10|100)\b"  # scales
    r"|\b(?:under |over |up to )?(?:0\.1|5|20)(?: to (?:5|20))? ?mSv\b"  # the house style's bands of radiation
)


@dataclass(frozen=True)
class Figure:
    """One number: what it measures (`number` where no unit was found), its value in the base unit, and how it is written.

    `bare` is the number as it stands, without its unit. For a proportion, `base` is what it is out of, and `highest` the
    upper end of the range that it stands in.
    """

    measures: str
    value: Fraction
    written: str
    bare: Fraction
    base: Fraction = Fraction(0)
    highest: Fraction = Fraction(0)
    by_word: bool = False


def _value(written: str) -> Fraction:
    word = NUMBER_WORDS.get(written.lower())
    return Fraction(word) if word is not None else Fraction(written.replace(",", ""))


def _is_calendar_year(written: str) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d\d", written))


def figures(sentence: str) -> list[Figure]:
    """Return every figure of a sentence, in order. “2 to 5 in 100” gives 2 in 100 and 5 in 100."""
    text = NO_FIGURE.sub(lambda match: " ;" + "_" * max(0, len(match.group(0)) - 2), sentence)
    found: list[Figure] = []
    for pattern, (measures, value) in SPOKEN.items():
        for match in pattern.finditer(text):
            article = (
                match.group(0).lower().startswith(("a ", "an "))
                and "half" not in match.group(0).lower()
            )
            if not article or BEFORE_A_SPOKEN_LENGTH.search(text[: match.start()]):
                found.append(Figure(measures, value, match.group(0), Fraction(1), by_word=True))
    position = 0
    while group := GROUP.search(text, position):
        position = group.end()
        after = text[group.end() :]
        numbers = [match.group(0) for match in NUMBER.finditer(group.group(0))]
        factor, measures, ending = Fraction(1), "number", ""
        half = Fraction(0)
        if match := HALF.match(after):
            half, after = Fraction(1, 2), after[match.end() :]
        if match := MULTIPLE.match(after):
            factor = Fraction(1_000_000 if match.group(1).lower() == "million" else 1000)
            after = after[match.end() :]
        if match := PER_CENT.match(after):
            measures, factor, ending = "proportion", Fraction(1, 100), match.group(0)
            position += match.end()
        elif match := UNIT.match(after):
            pattern = next(name for name, value in match.groupdict().items() if value)
            measures, unit = list(UNITS.values())[int(pattern[1:])]
            factor, ending = factor * unit, match.group(0)
        elif (match := PROPORTION.match(after)) and _is_base(numbers[-1], match, after):
            measures, ending = "proportion", match.group(0)
            factor = factor / _value(match.group("base"))
            position += match.end()
        base = 1 / factor if measures == "proportion" else Fraction(0)
        values = [_value(number) + half for number in numbers]
        for number, value in zip(numbers, values, strict=True):
            fits = not base or (value <= base and value <= values[-1])
            kind = measures if fits else "number"
            if kind == "number" and _is_calendar_year(number):
                kind = "year"
            if kind == "year" and after.startswith("s"):
                kind = "decade"
            found.append(
                Figure(
                    kind,
                    value * factor if kind == measures else value,
                    f"{number}{ending if kind == measures else ''}".strip(),
                    value,
                    base if kind == "proportion" else Fraction(0),
                    max(values) * factor if kind == "proportion" else Fraction(0),
                    by_word=number.lower() in NUMBER_WORDS,
                )
            )
    return found


def _is_base(number: str, match: re.Match[str], after: str) -> bool:
    """Tell whether “… in 100” is what a proportion is out of, and not a year, a time or another count."""
    base, between = match.group("base"), match.group("between")
    if _value(base) < max(_value(number), 2) or (_is_calendar_year(base) and _value(number) != 1):
        return False
    if number.lower() in NUMBER_WORDS and between.strip() not in (
        "",
        "person",
        "people",
        "patients",
    ):
        return False
    if re.search(r"\b(?:and|or|to|than|with|is|are|was|were|has|have)\b", between, re.IGNORECASE):
        return False
    rest = after[match.end() :]
    return not (
        UNIT.match(rest)
        or PER_CENT.match(rest)
        or re.match(_JOIN + _NUMBER + r"\s*(?:hours|days|weeks)", rest)
    )
