"""Reference numbers such as IR-2026-4K7BQT-Z, drawn at random, with a check character.

They tell nothing about how many referrals there are, and they are not credentials: knowing one
opens nothing. The alphabet has no vowels, so no words, and no letter that looks like a digit.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Sequence

ALPHABET = "23456789BCDFGHJKLMNPQRSTVWXYZ"
RANDOM_LENGTH = 6
_SHAPE = re.compile(rf"IR([0-9]{{4}})([{ALPHABET}]{{{RANDOM_LENGTH}}})([{ALPHABET}])")


class ReferenceRefused(ValueError):
    """Not a reference number, or one character is wrong. Its text can be shown."""


def check_character(year: int, body: str) -> str:
    """The character that makes any single slip, and any swap of neighbours, show.

    A weighted sum to a prime base (29); each place has its own weight.
    """
    values = [int(digit) for digit in f"{year:04d}"] + [ALPHABET.index(each) for each in body]
    total = sum(weight * value for weight, value in enumerate(values, start=2))
    return ALPHABET[total % len(ALPHABET)]


def new_reference(year: int, choose: Callable[[Sequence[str]], str] = secrets.choice) -> str:
    """A fresh reference. The caller holds it unique in the database and draws again if taken."""
    body = "".join(choose(ALPHABET) for _ in range(RANDOM_LENGTH))
    return f"IR-{year:04d}-{body}-{check_character(year, body)}"


def parse_reference(raw: str | None) -> str:
    """The canonical form of a typed reference. Raises ReferenceRefused."""
    shape = _SHAPE.fullmatch(re.sub(r"[\s-]", "", raw or "").upper())
    if shape is None:
        raise ReferenceRefused("Enter a reference like IR-2026-BCDFGH-J.")
    year, body, check = int(shape[1]), shape[2], shape[3]
    if check_character(year, body) != check:
        raise ReferenceRefused("One character of this reference is wrong. Check it.")
    return f"IR-{year:04d}-{body}-{check}"
