"""Creatinine clearance by Cockcroft and Gault, in UK units."""

from __future__ import annotations

from decimal import Decimal

from referrals.vocabulary import Sex

SEX_FACTOR = {Sex.MALE: Decimal("1.23"), Sex.FEMALE: Decimal("1.04")}
ADULT_AGE = 18


def creatinine_clearance(
    age: int | None,
    weight_kg: Decimal | float | None,
    creatinine: Decimal | float | None,
    sex: Sex | str | None,
    adult_age: int = ADULT_AGE,
) -> Decimal | None:
    """Estimated clearance in mL/min, unrounded; None when it cannot be worked out.

    ``creatinine`` is in micromol/L and must already be recent enough. With sex not known, the
    lower of the two results. (140 - age) x weight x k / creatinine, k = 1.23 male, 1.04 female.
    """
    if age is None or weight_kg is None or creatinine is None or age < adult_age:
        return None
    if weight_kg <= 0 or creatinine <= 0:
        return None
    factor = SEX_FACTOR.get(sex, min(SEX_FACTOR.values()))
    return (140 - age) * Decimal(str(weight_kg)) * factor / Decimal(str(creatinine))
