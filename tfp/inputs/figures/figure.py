"""One published figure, with what is known of it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from tfp.errors import Place
from tfp.inputs.figures.measures import measure_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tfp.panel.roles import Status

# "34,726 billion" is copied as 34726000 million: so many zeros at the end may be nobody's digits,
MOST_ZEROS = 3
# but never so many that fewer digits than these remain.
LEAST_DIGITS = 4


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One figure as one book prints it.

    Attributes
    ----------
    area, variable : str
        Of what it is a figure.
    year : int
    value : float
        As printed, in `unit`.
    unit : str
        Empty if none was named.
    vintage : str
        The book or table that prints it.
    source : str
        Where it was read.
    status : {"final", "revised", "preliminary", "estimate"} or None
        None where the book says nothing.
    derivation : str
        How it was computed, where it is not published but somebody's arithmetic.
    step : float
        Distance between two neighbouring figures that can be printed: 0.01 for 63.67.
    found_at : Place or None
        File, sheet and cell, where it was read from a table.
    """

    area: str
    variable: str
    year: int
    value: float
    unit: str = ""
    vintage: str = ""
    source: str = ""
    status: Status | None = None
    derivation: str = ""
    step: float = 0.0
    found_at: Place | None = None

    @property
    def key(self) -> tuple[str, str, int, str]:
        """Area, variable, year and vintage: no two figures share all four."""
        return self.area, self.variable, self.year, self.vintage

    @property
    def measure(self) -> str:
        """What is measured, whatever the unit: money, persons, a ratio."""
        return measure_of(self.unit)[0]

    @property
    def amount(self) -> float:
        """The value in its measure's own unit: VND, persons, a fraction."""
        return self.value * measure_of(self.unit)[1]

    @property
    def slack(self) -> float:
        """Half a step of the last printed digit, in the measure's own unit."""
        return 0.5 * self.step * measure_of(self.unit)[1]

    @property
    def place(self) -> Place:
        """Where the figure belongs, and where it was read if that is known."""
        found = self.found_at or Place()
        return Place(
            file=found.file,
            sheet=found.sheet,
            cell=found.cell,
            entity=self.area or None,
            time=self.year,
            column=self.variable,
        )


def printed_step(values: Iterable[float]) -> float:
    """Return the step of the last digit that a column of figures prints.

    All figures of a column are printed to the same decimal: 9.3 beside 61.32 is 9.30.
    Zeros at the end of whole numbers are not digits, up to three of them.

    Examples
    --------
    >>> printed_step([9.3, 61.32]), printed_step([34726000.0]), printed_step([4.0])
    (0.01, 1000.0, 1.0)
    """
    # A zero does not show its digits; where there is nothing else, it is a whole number.
    powers = [_last_power(value) for value in values if value and math.isfinite(value)]
    return float(Decimal(1).scaleb(min(powers, default=0)))


def _last_power(value: float) -> int:
    written = Decimal(repr(value)).normalize()
    power = int(written.as_tuple().exponent)
    if power <= 0:
        return power
    return max(0, min(power, MOST_ZEROS, written.adjusted() - LEAST_DIGITS + 1))
