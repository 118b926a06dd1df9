"""The figures of the exercise's province: made up, and said so wherever they are shown.

Growth, ratios of investment and labour are stated; levels follow from them. What was typed
into the form differs from what the yearbook prints in the ways in which offices' files do.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

FIRST_YEAR, LAST_YEAR = 2010, 2025
YEARS = tuple(range(FIRST_YEAR, LAST_YEAR + 1))
BREAK_YEAR = 2021
# Labour of the year before the break, counted as from the break on.
LABOUR_BEFORE_BREAK = 653.1

_LEVEL = 42180.0  # billion VND at the prices of 2010
_FIRST_GROWTH = 6.87
_GROWTH = (
    7.12, 6.35, 6.48, 7.05, 7.62, 7.31, 7.84, 8.12, 8.27, 3.14, 0.62, 9.16, 6.02, 7.45, 8.05,
)  # fmt: skip
_INVESTED = (
    30.6, 31.2, 30.9, 31.7, 32.4, 32.9, 33.6, 33.1, 33.8, 34.5, 34.9, 34.2, 33.4, 33.0, 32.6, 33.2,
)  # fmt: skip
_LABOUR = (
    612.4, 620.1, 627.5, 636.5, 644.2, 651.0, 657.9, 663.2, 669.8, 676.1, 680.7, 645.9, 657.2,
    663.8, 669.1, 675.4,
)  # fmt: skip

# What the next yearbook prints for the last year, once it is final.
REVISED_GROWTH = 7.71
REVISED_INVESTED = 32.5
REVISED_LABOUR = 673.9

# The planted mistakes: levels of an earlier book up to a year, digits exchanged in copying,
# persons printed in a table of thousands.
EARLIER_BOOK_UNTIL, EARLIER_BOOK = 2014, 0.948
EXCHANGED_YEAR = 2018
PERSONS_YEAR = 2013


@dataclass(frozen=True)
class Figures:
    """One table of the province, a row for each of :data:`YEARS`.

    Attributes
    ----------
    output, investment : tuple of float
        Billion VND at the prices of 2010.
    growth : tuple of float
        Per cent, as published.
    labour : tuple of float
        Thousand persons.
    """

    output: tuple[float, ...]
    growth: tuple[float, ...]
    investment: tuple[float, ...]
    labour: tuple[float, ...]


def right_figures(*, revised: bool = False) -> Figures:
    """Return what is right, before or after the last year is final."""
    growth, invested, labour = _GROWTH, _INVESTED, _LABOUR
    if revised:
        growth = (*growth[:-1], REVISED_GROWTH)
        invested = (*invested[:-1], REVISED_INVESTED)
        labour = (*labour[:-1], REVISED_LABOUR)
    levels = accumulate(growth, lambda level, rate: level * (1 + rate / 100), initial=_LEVEL)
    output = tuple(round(level, 1) for level in levels)
    return Figures(
        output=output,
        growth=(_FIRST_GROWTH, *growth),
        investment=tuple(
            round(level * ratio / 100, 1) for level, ratio in zip(output, invested, strict=True)
        ),
        labour=labour,
    )


def printed_figures(*, revised: bool = False) -> Figures:
    """Return what the yearbook prints: one figure of labour is in persons."""
    right = right_figures(revised=revised)
    labour = tuple(
        round(value * 1000) if year == PERSONS_YEAR else value
        for year, value in zip(YEARS, right.labour, strict=True)
    )
    return Figures(right.output, right.growth, right.investment, labour)


def typed_figures() -> Figures:
    """Return what stands in the form: the printed figures, and two mistakes of the copyist."""
    printed = printed_figures()
    output = tuple(
        round(value * EARLIER_BOOK, 1) if year <= EARLIER_BOOK_UNTIL else value
        for year, value in zip(YEARS, printed.output, strict=True)
    )
    investment = tuple(
        _exchanged(value) if year == EXCHANGED_YEAR else value
        for year, value in zip(YEARS, printed.investment, strict=True)
    )
    return Figures(output, printed.growth, investment, printed.labour)


def _exchanged(value: float) -> float:
    """Return a figure with its first two digits exchanged."""
    digits = f"{value:.1f}"
    return float(digits[1] + digits[0] + digits[2:])
