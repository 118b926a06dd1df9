"""The one function that shows a number to a reader.

Rounding is half away from zero on the decimal digits that Python prints for the
number, as a spreadsheet does: 0.25 is shown as 0.3, 2.45 as 2.5 and -0.04 as 0.0,
never as -0.0. Full precision stays in frames, cells and files.
"""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tfp.language.catalogue import Language

_SEPARATORS = {"en": (",", "."), "vi": (".", ",")}
# Wide enough for any float written without an exponent (309 digits before the point).
_EXACT = Context(prec=700, rounding=ROUND_HALF_UP)


def round_half_away(value: float, digits: int) -> Decimal:
    """Round to `digits` decimals, halves away from zero, without a minus zero.

    Examples
    --------
    >>> [str(round_half_away(x, 1)) for x in (0.25, 2.45, -0.04, -0.25)]
    ['0.3', '2.5', '0.0', '-0.3']
    """
    rounded = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-digits), context=_EXACT)
    return abs(rounded) if rounded == 0 else rounded


def show_as_stated(
    value: float, language: Language = "en", *, least: int = 0, most: int = 6
) -> str:
    """Return `value` with the decimals that it has, `least` at least.

    Examples
    --------
    >>> show_as_stated(45.0), show_as_stated(47.5, "vi"), show_as_stated(0.4, least=2)
    ('45', '47,5', '0.40')
    """
    digits = least
    while digits < most and abs(round(value, digits) - value) > 1e-12:  # noqa: PLR2004
        digits += 1
    return show_number(value, digits, language)


def show_number(
    value: float | None,
    digits: int = 2,
    language: Language = "en",
    *,
    grouping: bool = True,
    sign: bool = False,
    missing: str = "",
) -> str:
    """Return `value` as a reader of `language` writes it.

    Parameters
    ----------
    value
        The number; None, NaN and infinities are shown as `missing`.
    digits
        Decimals shown.
    language
        ``"en"``: 1,234.5; ``"vi"``: 1.234,5.
    grouping
        Whether thousands are separated.
    sign
        Whether a plus sign is shown before positive numbers.
    missing
        What stands for a missing number.

    Examples
    --------
    >>> show_number(27065153.25, 1), show_number(27065153.25, 1, "vi")
    ('27,065,153.3', '27.065.153,3')
    >>> show_number(-0.004), show_number(1.5, 1, sign=True)
    ('0.00', '+1.5')
    """
    if value is None or not math.isfinite(value):
        return missing
    rounded = round_half_away(value, digits)
    shown = f"{rounded:{'+' if sign and rounded != 0 else ''}{',' if grouping else ''}f}"
    thousands, point = _SEPARATORS[language]
    return shown.translate({ord(","): thousands, ord("."): point})


def rounded_sum_differs(parts: Sequence[float], total: float, digits: int) -> bool:
    """Tell whether the parts, as shown, fail to add to the total, as shown.

    A table in which this happens carries a note; the parts are never bent to fit.

    Examples
    --------
    >>> rounded_sum_differs([33.34, 33.33, 33.33], 100.0, 1)
    True
    """
    shown = sum((round_half_away(part, digits) for part in parts), Decimal(0))
    return shown != round_half_away(total, digits)
