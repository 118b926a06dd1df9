"""Fractions and per cents: which of the two a figure, or a unit, looks like."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from statistics import median

from tfp.errors import MethodError
from tfp.panel.keys import bare_spelling

# A yearly rate of a hundred per cent and more was typed in per cent.
MOST = 1.0
PER_CENT = 100.0
_PER_CENT = re.compile(r"%|percent|phantram")
_FRACTION = re.compile(r"fraction|phanso")


def check_fraction(option: str, value: float, *, most: float = MOST) -> None:
    """Refuse a figure that looks like per cent where a fraction is asked for.

    Parameters
    ----------
    option : str
        What the figure is called where it was written.
    value : float
    most : float
        From here on, in absolute value, it looks like per cent; a fall of exactly so much
        is left to whoever asks, for whom it may be impossible.

    Raises
    ------
    MethodError
        ``fraction-in-per-cent``, which suggests the fraction.
    """
    if value != -most and most <= abs(value) < math.inf:
        raise MethodError(
            "fraction-in-per-cent",
            option=option,
            value=float(value),
            fraction=f"{value / PER_CENT:g}",  # as it is typed, in every language
        )


def check_fractions(option: str, given: float | Mapping[int, float] | str | None) -> None:
    """Refuse figures that look like per cent: a number, or most of those of a table by year.

    One year of more than a hundred per cent has been seen; half of the years have not.
    """
    if isinstance(given, Mapping):
        figures = [float(value) for value in given.values()]
        if figures:
            check_fraction(option, max(figures, key=abs) if _most_are_large(figures) else 0.0)
    elif given is not None and not isinstance(given, str):
        check_fraction(option, float(given))


def is_per_cent(unit: str | None) -> bool:
    """Tell whether a unit is per cent, in English or Vietnamese.

    Examples
    --------
    >>> is_per_cent("phần trăm"), is_per_cent("%"), is_per_cent("thousand persons")
    (True, True, False)
    """
    return unit is not None and _PER_CENT.search(bare_spelling(unit)) is not None


def is_fraction(unit: str | None) -> bool:
    """Tell whether a unit is a fraction of one.

    Examples
    --------
    >>> is_fraction("fraction"), is_fraction("phân số"), is_fraction("%")
    (True, True, False)
    """
    return unit is not None and _FRACTION.search(bare_spelling(unit)) is not None


def _most_are_large(figures: list[float]) -> bool:
    return median(abs(figure) for figure in figures) >= MOST
