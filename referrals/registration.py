"""GMC numbers. There is no check digit: only the register entry shows a typing error."""

from __future__ import annotations

import re

TEST_NUMBER = "0000000"
_SHAPE = re.compile(r"C?([0-9]{7})")


class GmcNumberRefused(ValueError):
    """The number has the wrong shape, or is one that nobody holds. Its text can be shown."""


def parse_gmc_number(raw: str | None, *, live: bool) -> str:
    """The seven digits of a GMC number, or of an NHS consultant code such as C1234567.

    ``live`` refuses seven equal digits; 0000000 is kept for tests. Raises GmcNumberRefused.
    """
    shape = _SHAPE.fullmatch(re.sub(r"\s", "", raw or "").upper())
    if shape is None:
        raise GmcNumberRefused("Enter the 7 digits of the GMC number, for example 1234567.")
    digits = shape.group(1)
    if live and len(set(digits)) == 1:
        raise GmcNumberRefused("Seven equal digits are not a GMC number. Check it.")
    return digits
