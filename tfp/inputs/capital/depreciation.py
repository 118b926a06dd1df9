"""Rates at which capital wears out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tfp.errors import MethodError

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray, IntArray
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

    def rates(self, panel: Panel, *, partly: bool = False) -> FloatArray | float:
        """Return the rate of each row, (n,), or one for all.

        Where only some of the rows are used, `partly` leaves NaN in those that have none;
        :func:`check_rates` then refuses them where they are.
        """
        if self.rate is None:
            return _checked(panel, panel.values("depreciation_rate"), partly=partly)
        if isinstance(self.rate, (int, float, np.number)):
            if not 0.0 <= self.rate < 1.0:
                raise MethodError("depreciation-out-of-range", rate=float(self.rate))
            return float(self.rate)
        return _checked(panel, self._by_key(panel, self.rate), partly=partly)

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


def check_rates(panel: Panel, rates: FloatArray | float, initial_rows: IntArray) -> None:
    """Refuse missing rates from the initial row of each entity on.

    Raises
    ------
    MethodError
        ``depreciation-missing``.
    """
    if not isinstance(rates, float):
        used = np.arange(len(panel)) >= initial_rows[panel.rows.codes]
        _refuse_missing(panel, np.flatnonzero(used & np.isnan(rates)))


def rates_at(panel: Panel, rates: FloatArray | float, rows: IntArray) -> FloatArray:
    """Return the rates of some rows; ``depreciation-missing`` where one has none."""
    if isinstance(rates, float):
        return np.full(len(rows), rates)
    chosen = rates[rows]
    _refuse_missing(panel, rows[np.isnan(chosen)])
    return chosen


def _refuse_missing(panel: Panel, rows: IntArray) -> None:
    if len(rows):
        raise MethodError("depreciation-missing", places=panel.rows.places(rows[:6]))


def _checked(panel: Panel, rates: FloatArray, *, partly: bool) -> FloatArray:
    if not partly:
        _refuse_missing(panel, np.flatnonzero(np.isnan(rates)))
    wrong = np.flatnonzero((rates < 0.0) | (rates >= 1.0))
    if len(wrong):
        raise MethodError(
            "depreciation-out-of-range",
            places=panel.rows.places(wrong[:6]),
            rate=float(rates[wrong[0]]),
        )
    return rates
