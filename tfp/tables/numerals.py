"""Numbers written as text, with a declared decimal sign.

Thousands may be separated (27.065.153 where the decimal sign is a comma) as long as
every group has three digits and the separator is one and the same; anything else is
not a number, and nothing is guessed.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

DecimalSign = Literal[".", ","]

# Whole numbers beyond this many digits are not exact in a double.
_EXACT_DIGITS = 15
SEVERAL = 2  # one such number may be chance
_SPACES = " \u00a0\u2009\u202f"


def _pattern(decimal: str, thousands: str) -> re.Pattern[str]:
    gap = f"[{re.escape(thousands)}{_SPACES}]"
    whole = rf"[0-9]+|[1-9][0-9]{{0,2}}(?P<gap>{gap})[0-9]{{3}}(?:(?P=gap)[0-9]{{3}})*"
    return re.compile(
        rf"(?P<sign>[-+\u2212]?)(?P<whole>(?:{whole})?)"
        rf"(?P<fraction>(?:{re.escape(decimal)}[0-9]+)?)(?P<exponent>(?:[eE][-+]?[0-9]+)?)"
    )


_PATTERNS: dict[DecimalSign, re.Pattern[str]] = {
    ".": _pattern(".", ","),
    ",": _pattern(",", "."),
}
_CODE = re.compile(r"0[0-9]+")
_THREE_DIGITS = re.compile(r"[-+\u2212]?[1-9][0-9]{0,2}([.,])[0-9]{3}")


def parse_number(text: str, decimal: DecimalSign = ".") -> float | int | None:
    """Return the number that `text` writes, or None where it writes none.

    Parameters
    ----------
    text
        Without surrounding blanks.
    decimal
        The decimal sign; the other one may separate thousands, as may a blank.

    Returns
    -------
    float or int or None
        An int where the text has neither decimals nor exponent.

    Examples
    --------
    >>> parse_number("27.065.153", ","), parse_number("36,63", ",")
    (27065153, 36.63)
    >>> parse_number("36,63", "."), parse_number("1.5.2"), parse_number("-")
    (None, None, None)
    """
    match = _PATTERNS[decimal].fullmatch(text)
    if match is None or not (match["whole"] or match["fraction"]):
        return None
    sign = "-" if match["sign"] in {"-", "\u2212"} else ""
    whole = "".join(digit for digit in match["whole"] if digit.isdigit())
    if not match["fraction"] and not match["exponent"] and len(whole) <= _EXACT_DIGITS:
        return int(sign + whole)
    number = float(f"{sign}{whole}.{match['fraction'][1:]}0{match['exponent']}")
    return number if math.isfinite(number) else None


def ambiguous_sign(texts: Sequence[str], several: int = SEVERAL) -> DecimalSign | None:
    """Return the sign that may begin decimals or separate thousands, None where it is certain.

    `several` texts or more such as 64.068, and none with the sign in another place: nobody
    can tell 64 thousand from 64 and a bit.

    Examples
    --------
    >>> ambiguous_sign(["935", "1.052", "64.068"]), ambiguous_sign(["64,068", "1,052"])
    ('.', ',')
    >>> ambiguous_sign(["0.935", "1.052", "64.068"]), ambiguous_sign(["1.052"])
    (None, None)
    """
    signed = [text for text in texts if "." in text or "," in text]
    matches = [_THREE_DIGITS.fullmatch(text) for text in signed]
    found = {match[1] for match in matches if match}
    if len(signed) < several or not all(matches) or len(found) > 1:
        return None
    return "." if "." in found else ","


def certain_sign(texts: Iterable[str]) -> DecimalSign | None:
    """Return the decimal sign of texts of which some can only be read with that one.

    Examples
    --------
    >>> certain_sign(["34.190,5", "64.068", "…"]), certain_sign(["64.068"])
    (',', None)
    >>> certain_sign(["0.40", "36,63"]) is None
    True
    """
    found: set[DecimalSign] = set()
    for each in texts:
        read = [sign for sign in _PATTERNS if parse_number(each, sign) is not None]
        if len(read) == 1:
            found.update(read)
    return found.pop() if len(found) == 1 else None


def is_code(text: str) -> bool:
    """Tell whether `text` is digits after a leading zero: a code, such as province ``01``."""
    return _CODE.fullmatch(text) is not None
