r"""Quantities, and the identities between them.

An identity is written as what must be zero. Only its gradient is kept, taken where the
identity holds, by a complex step: exact to rounding, for products and logarithms too.
:mod:`tfp.report.run_identities` writes down those of a run.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tfp.numerics.arrays import FloatArray

_STEP = 1e-30
# Digits to which a printed number must agree with a quantity to be taken for it.
_SAME = 1e-9
# A sum that misses its total by less than this tells the missing part all the same.
_NEARLY = 0.02


@dataclass(frozen=True)
class Quantity:
    """A number with a name: of what, of which area, of which year or period.

    A `level` is an amount, which can be of any size but not negative; all other
    quantities may be of any sign.
    """

    name: str
    entity: str
    time: str
    value: float
    level: bool = False


@dataclass
class Identities:
    """Quantities, and the gradients of the identities between them.

    Attributes
    ----------
    quantities : list of Quantity
    gradients : list of dict
        By number of a quantity, how the identity changes with it.
    """

    quantities: list[Quantity] = field(default_factory=list)
    gradients: list[dict[int, float]] = field(default_factory=list)
    _numbers: dict[tuple[str, str, str], int] = field(default_factory=dict)
    _by_time: dict[str, list[int]] = field(default_factory=dict)

    def add(
        self, name: str, entity: str, time: str, value: float, *, level: bool = False
    ) -> int | None:
        """Add a quantity unless it is missing, and return its number."""
        if not math.isfinite(value):
            return None
        key = (name, entity, time)
        if key not in self._numbers:
            self._numbers[key] = len(self.quantities)
            self._by_time.setdefault(time, []).append(len(self.quantities))
            amount = level and value > 0.0
            self.quantities.append(Quantity(name, entity, time, float(value), amount))
        return self._numbers[key]

    def number(self, name: str, entity: str, time: str) -> int | None:
        """Return the number of a quantity; None if the run has none of that name."""
        return self._numbers.get((name, entity, time))

    def hold(self, identity: Callable[..., Any], *numbers: int | None) -> None:
        """Add an identity between some quantities, unless one of them is missing."""
        known = [number for number in numbers if number is not None]
        if len(known) < len(numbers) or not known:
            return
        values = np.array([self.quantities[number].value for number in known], dtype=complex)
        gradient: dict[int, float] = {}
        for place, number in enumerate(known):
            moved = values.copy()
            moved[place] += 1j * _STEP
            slope = float(np.imag(identity(*moved))) / _STEP
            gradient[number] = gradient.get(number, 0.0) + slope
        if all(math.isfinite(slope) for slope in gradient.values()):
            self.gradients.append(gradient)

    def total(self, total: int | None, parts: Iterable[int | None]) -> None:
        """Add that parts make a total, also where a small discrepancy is left."""
        numbers = [part for part in parts if part is not None]
        if total is None or not numbers or total in numbers:
            return
        values = [self.quantities[part].value for part in numbers]
        size = max(sum(map(abs, values)), abs(self.quantities[total].value))
        if abs(self.quantities[total].value - sum(values)) <= _NEARLY * size:
            self.hold(lambda whole, *others: whole - sum(others), total, *numbers)

    def found(self, value: float, times: Iterable[str]) -> list[int]:
        """Return the quantities of some times that a printed number shows.

        In whichever power of ten: a table may print in other units than the data.
        """
        return [
            number
            for time in times
            for number in self._by_time.get(time, ())
            if same_digits(value, self.quantities[number].value)
        ]

    def matrix(self) -> FloatArray:
        """Return the gradients as rows, in relative changes of the quantities."""
        scales = [abs(quantity.value) or 1.0 for quantity in self.quantities]
        matrix = np.zeros((len(self.gradients), len(self.quantities)))
        for row, gradient in enumerate(self.gradients):
            for number, slope in gradient.items():
                matrix[row, number] = slope * scales[number]
        largest = np.abs(matrix).max(axis=1, initial=0.0)
        scaled: FloatArray = matrix[largest > 0.0] / largest[largest > 0.0, None]
        return scaled


def same_digits(one: float, other: float) -> bool:
    """Tell whether two numbers agree up to a power of ten."""
    if one == 0.0 or other == 0.0:
        return one == other
    ratio = one / other
    if ratio <= 0.0:
        return False
    power = math.log10(ratio)
    return abs(power - round(power)) < _SAME
