"""Which misprint explains a gap between parts and their total.

A sum that is off by e is repaired by one figure less e (or the total plus e). Where that
figure is the printed one with two digits exchanged, with the decimal sign moved, or with one
digit another, the misprint is found; a printed share tells candidates apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tfp.inputs.figures.figure import Figure

How = Literal["swap", "factor", "digit"]
# The likelier misprint first: a decimal sign, two digits, one digit.
HOWS: tuple[How, ...] = ("factor", "swap", "digit")
POWERS = (1, 2, 3)
# A gap must be known to two digits before one or two digits of a figure can explain it:
# coarser, every figure would.
RESOLVED = 0.02


@dataclass(frozen=True)
class Repair:
    """A printed figure and what it would have to be.

    Attributes
    ----------
    figure : Figure
    value : float
        The repaired value, in the figure's own unit.
    how : {"swap", "factor", "digit"}
    """

    figure: Figure
    value: float
    how: How


def repairs(needed: Iterable[tuple[Figure, float, float]]) -> list[Repair]:
    """Return the single misprints that explain a gap, the likeliest kind alone.

    Parameters
    ----------
    needed
        Each figure with the value that would close the gap and what rounding leaves open
        around it, both in the figure's unit.

    Examples
    --------
    >>> from tfp.inputs.figures.figure import Figure
    >>> nonstate = Figure(area="Hòa Bình", variable="nonstate", year=2021, value=10894.78)
    >>> [(r.value, r.how) for r in repairs([(nonstate, 10849.78, 0.005)])]
    [(10849.78, 'swap')]
    """
    found: dict[How, list[Repair]] = {how: [] for how in HOWS}
    for figure, value, room in needed:
        resolved = room <= RESOLVED * abs(value - figure.value)
        for how in HOWS if resolved else HOWS[:1]:
            match = _nearest(_variants(figure.value, how), value, room)
            if match is not None:
                found[how].append(Repair(figure, match, how))
                break
    return next((found[how] for how in HOWS if found[how]), [])


def _nearest(candidates: Iterator[float], value: float, room: float) -> float | None:
    close = [c for c in candidates if abs(c - value) <= room * (1.0 + 1e-9) + 1e-9 * abs(value)]
    return min(close, key=lambda c: abs(c - value)) if close else None


def _variants(printed: float, how: How) -> Iterator[float]:
    """Yield the values of which `printed` would be a misprint of one kind."""
    if how == "factor":
        for power in POWERS:
            yield printed * 10.0**power
            yield printed / 10.0**power
        return
    digits = repr(printed).removesuffix(".0")
    places = [place for place, sign in enumerate(digits) if sign.isdigit()]
    if how == "swap":
        for one, other in combinations(places, 2):
            if digits[one] != digits[other]:
                swapped = list(digits)
                swapped[one], swapped[other] = swapped[other], swapped[one]
                yield float("".join(swapped))
        return
    for place in places:
        for digit in "0123456789":
            if digit != digits[place]:
                yield float(digits[:place] + digit + digits[place + 1 :])
