"""What was meant by a figure that was mistyped: a decimal mark lost, two digits exchanged."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

import numpy as np

# A figure with its decimal mark put right is close to what was expected: within three of
# the usual spreads, at least by a factor of 1.2 and at most by one of 1.8, for half of
# ten (3.2) is as far from one as from ten.
DECIMAL_SPREADS, DECIMAL_LEAST, DECIMAL_MOST = 3.0, 0.2, 0.6
# Two digits exchanged are put right by one exchange, which brings the figure within two
# spreads and no other one does.
SWAP_SPREADS = 2.0
LARGEST_POWER = 6


class Repair(NamedTuple):
    """A figure that may have been meant; by how many powers of ten it differs, 0 if by digits."""

    value: float
    power: int


def decimal_repair(value: float, expected: float, spread: float) -> Repair | None:
    """Return the figure with its decimal mark where it was expected; None if that is nowhere.

    Parameters
    ----------
    value, expected
        The figure as it stands and what its neighbours let expect, both positive.
    spread
        Usual spread of the logarithm.

    Examples
    --------
    >>> decimal_repair(219658.0, 21743.7, 0.13)
    Repair(value=21965.8, power=1)
    """
    off = float(np.log(value / expected))
    power = round(off / float(np.log(10.0)))
    margin = min(max(DECIMAL_SPREADS * spread, DECIMAL_LEAST), DECIMAL_MOST)
    if not 1 <= abs(power) <= LARGEST_POWER or abs(off - power * np.log(10.0)) > margin:
        return None
    return Repair(float(Decimal(repr(value)).scaleb(-power)), power)


def swap_repair(value: float, expected: float, spread: float) -> Repair | None:
    """Return the figure with two neighbouring digits exchanged; None if no exchange helps.

    Parameters
    ----------
    value, expected, spread
        As in :func:`decimal_repair`.

    Examples
    --------
    >>> swap_repair(10894.78, 10850.0, 0.01) is None
    True
    >>> swap_repair(6128.5, 1631.0, 0.01)
    Repair(value=1628.5, power=0)
    """
    near = [
        candidate
        for candidate in _exchanges(value)
        if abs(np.log(candidate / expected)) <= SWAP_SPREADS * spread
    ]
    distinct = set(near)
    return Repair(distinct.pop(), 0) if len(distinct) == 1 else None


def _exchanges(value: float) -> list[float]:
    written = format(Decimal(repr(value)), "f").removesuffix(".0")
    places = [n for n, character in enumerate(written) if character.isdigit()]
    found = []
    for first, second in pairwise(places):
        if written[first] != written[second]:
            digits = list(written)
            digits[first], digits[second] = digits[second], digits[first]
            found.append("".join(digits))
    # Nobody prints 0,412.5: what begins with a zero was not meant.
    sound = [candidate for candidate in found if not (candidate[0] == "0" and candidate[1] != ".")]
    return [float(candidate) for candidate in sound if float(candidate) > 0.0]
