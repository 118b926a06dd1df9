"""Rates at which capital wears out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tfp.errors import MethodError

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray
    from tfp.panel.panel import Panel


@dataclass(frozen=True, eq=False)
class Geometric:
    """The same fraction of the stock is lost in each year of an asset's life.

    Parameters
    ----------
    rate : float or mapping, optional
        Fraction a year (0.05 is five per cent): one for all, by entity
        (``{"Hà Nội": 0.06, ...}``) or by year (``{2010: 0.050, ...}``). None takes the
        panel's column ``depreciation_rate``.

    Raises
    ------
    MethodError
        ``depreciation-out-of-range`` unless 0 <= rate < 1; ``depreciation-missing``
        where an entity or a year has none.
    """

    rate: float | Mapping[str, float] | Mapping[int, float] | None = None

    def rates(self, panel: Panel) -> FloatArray | float:
        """Return the rate of each row, (n,), or one for all."""
        if self.rate is None:
            return _checked(panel, panel.values("depreciation_rate"))
        if isinstance(self.rate, (int, float, np.number)):
            if not 0.0 <= self.rate < 1.0:
                raise MethodError("depreciation-out-of-range", rate=float(self.rate))
            return float(self.rate)
        return _checked(panel, self._by_key(panel, self.rate))

    def _by_key(self, panel: Panel, given: Mapping[str, float] | Mapping[int, float]) -> FloatArray:
        table: dict[str, float] = {str(key): float(rate) for key, rate in given.items()}
        rows = panel.rows
        if set(table) & set(rows.entities):
            by_entity = np.array([table.get(entity, np.nan) for entity in rows.entities])
            return by_entity[rows.codes]
        distinct, position = np.unique(rows.times, return_inverse=True)
        by_time = np.array([table.get(str(int(time)), np.nan) for time in distinct])
        return by_time[position]

    def options(self) -> dict[str, object]:
        """Return the option as plain values."""
        plain: object = self.rate
        if isinstance(self.rate, Mapping):
            plain = {str(key): value for key, value in self.rate.items()}
        return {"profile": "geometric", "rate": plain}


def _checked(panel: Panel, rates: FloatArray) -> FloatArray:
    absent = np.flatnonzero(np.isnan(rates))
    if len(absent):
        raise MethodError("depreciation-missing", places=panel.rows.places(absent[:6]))
    wrong = np.flatnonzero((rates < 0.0) | (rates >= 1.0))
    if len(wrong):
        raise MethodError(
            "depreciation-out-of-range",
            places=panel.rows.places(wrong[:6]),
            rate=float(rates[wrong[0]]),
        )
    return rates
