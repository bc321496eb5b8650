"""Languages that an interpreter may be booked for, by BCP 47 code (section 2.2: `language`)."""

from __future__ import annotations

OTHER_LANGUAGE = "und"
"""BCP 47 for a language that is not named by its code; its name is then asked in words."""

LANGUAGES: tuple[tuple[str, str], ...] = (
    ("bfi", "British Sign Language"),
    ("sq", "Albanian"),
    ("am", "Amharic"),
    ("ar", "Arabic"),
    ("bn", "Bengali or Sylheti"),
    ("bg", "Bulgarian"),
    ("yue", "Cantonese"),
    ("hr", "Croatian"),
    ("cs", "Czech"),
    ("prs", "Dari"),
    ("nl", "Dutch"),
    ("et", "Estonian"),
    ("fa", "Farsi"),
    ("fr", "French"),
    ("de", "German"),
    ("el", "Greek"),
    ("gu", "Gujarati"),
    ("ha", "Hausa"),
    ("he", "Hebrew"),
    ("hi", "Hindi"),
    ("hu", "Hungarian"),
    ("ig", "Igbo"),
    ("it", "Italian"),
    ("ja", "Japanese"),
    ("ko", "Korean"),
    ("kmr", "Kurdish, Kurmanji"),
    ("ckb", "Kurdish, Sorani"),
    ("lv", "Latvian"),
    ("lt", "Lithuanian"),
    ("ml", "Malayalam"),
    ("cmn", "Mandarin"),
    ("ne", "Nepali"),
    ("ps", "Pashto"),
    ("pl", "Polish"),
    ("pt", "Portuguese"),
    ("pa", "Punjabi"),
    ("rom", "Romani"),
    ("ro", "Romanian"),
    ("ru", "Russian"),
    ("sr", "Serbian"),
    ("sn", "Shona"),
    ("sk", "Slovak"),
    ("so", "Somali"),
    ("es", "Spanish"),
    ("sw", "Swahili"),
    ("tl", "Tagalog"),
    ("ta", "Tamil"),
    ("te", "Telugu"),
    ("th", "Thai"),
    ("ti", "Tigrinya"),
    ("tr", "Turkish"),
    ("uk", "Ukrainian"),
    ("ur", "Urdu"),
    ("vi", "Vietnamese"),
    ("cy", "Welsh"),
    ("yo", "Yoruba"),
    (OTHER_LANGUAGE, "Another language"),
)

_NAMES = dict(LANGUAGES)


def language_name(code: object) -> str:
    """The name of a language by its code; what is not in the list stands for itself."""
    return _NAMES.get(str(code), str(code))
