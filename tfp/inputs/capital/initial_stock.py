r"""Where the perpetual inventory starts.

The initial stock is the weakest number in most growth accounts: with depreciation of
five per cent, sixty per cent of it is still there ten years later. Every rule here is
declared, none is a default, and the share that survives is reported each year.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from tfp.errors import MethodError, check_choice
from tfp.inputs.capital.depreciation import rates_at
from tfp.panel.spans import parse_span
from tfp.panel.units import units_differ

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray, IntArray
    from tfp.panel.panel import Panel


class InitialStock(Protocol):
    """A rule for the stock at the end of one year of each entity."""

    def start(
        self, panel: Panel, depreciation: FloatArray | float
    ) -> tuple[FloatArray, IntArray, tuple[str, ...]]:
        """Return the stocks, (m,), the rows at whose end they stand, (m,), and remarks."""

    def options(self) -> Mapping[str, object]:
        """Return the rule and its figures as plain values."""


@dataclass(frozen=True, eq=False)
class GivenStock:
    """A stock that is known, at the end of a stated year.

    Parameters
    ----------
    value : float or mapping
        The stock, in the unit of investment; by entity where they differ.
    year : int
    source : str
    """

    value: float | Mapping[str, float]
    year: int
    source: str = ""

    def start(
        self, panel: Panel, depreciation: FloatArray | float
    ) -> tuple[FloatArray, IntArray, tuple[str, ...]]:
        """Return the stated stocks."""
        del depreciation
        return _by_entity(panel, self.value), rows_of_year(panel, self.year), ()

    def options(self) -> dict[str, object]:
        """Return the rule and its figures."""
        return {
            "rule": "given stock",
            "value": _plain(self.value),
            "year": self.year,
            "source": self.source,
        }


@dataclass(frozen=True, eq=False)
class CapitalOutputRatio:
    """A stock that is a stated multiple of output, at the end of a stated year.

    Parameters
    ----------
    ratio : float or mapping
        Stock over output of that year; by entity where they differ. A ratio estimated
        for one area says little of another: one for several is remarked in the result.
    year : int
    source : str
    """

    ratio: float | Mapping[str, float]
    year: int
    source: str = ""

    def start(
        self, panel: Panel, depreciation: FloatArray | float
    ) -> tuple[FloatArray, IntArray, tuple[str, ...]]:
        """Return ratio times output; ``mixed-units`` where investment is in another unit."""
        del depreciation
        _check_units(panel)
        rows = rows_of_year(panel, self.year)
        return _by_entity(panel, self.ratio) * panel.values("output")[rows], rows, ()

    def is_one_for(self, panel: Panel) -> bool:
        """Tell whether one ratio starts the stocks of several entities."""
        return len(panel.rows.entities) > 1 and not isinstance(self.ratio, Mapping)

    def options(self) -> dict[str, object]:
        """Return the rule and its figures."""
        return {
            "rule": "capital-output ratio",
            "ratio": _plain(self.ratio),
            "year": self.year,
            "source": self.source,
        }


@dataclass(frozen=True, eq=False)
class SteadyState:
    r"""The stock at which investment of the first year would grow at a steady rate.

    .. math:: K_{0} = \frac{I_{0}\,(1 + g)}{g + \delta}

    at the end of the year of :math:`I_0`, where :math:`g` is the mean yearly growth of
    investment, or output, over a stated window: the stock that, growing at
    :math:`g`, calls for exactly :math:`I_0` in that year.

    Assumptions
    -----------
    The economy was on a path of constant growth before the window. The OECD's manual
    warns that stocks so obtained are unreliable; look at the surviving share.

    Parameters
    ----------
    years : str
        The window of growth, such as ``"2010-2015"``; its first year starts the stock.
    growth_of : {"investment", "output"}
    source : str
        Who takes this rule, or why it is taken.

    References
    ----------
    Harberger, A. (1978). Perspectives on capital and technology in less developed
    countries. In M. Artis and A. Nobay (eds), *Contemporary Economic Analysis*.
    """

    years: str
    growth_of: str = "investment"
    source: str = ""

    def start(
        self, panel: Panel, depreciation: FloatArray | float
    ) -> tuple[FloatArray, IntArray, tuple[str, ...]]:
        """Return the steady-state stocks."""
        check_choice("growth_of", self.growth_of, ("investment", "output"))
        first, last = parse_span(self.years)
        if first == last:
            raise MethodError("steady-state-window", years=self.years)
        start, end = rows_of_year(panel, first), rows_of_year(panel, last)
        series, investment = panel.values(self.growth_of), panel.values("investment")
        with np.errstate(divide="ignore", invalid="ignore"):
            growth = (series[end] / series[start]) ** (1.0 / (last - first)) - 1.0
        rate = rates_at(panel, depreciation, start)
        bad = ~((growth + rate > 0.0) & (investment[start] > 0.0))
        if bool(bad.any()):
            raise MethodError(
                "steady-state-impossible",
                places=panel.rows.places(start[bad][:6]),
                growth=float(100.0 * growth[bad][0]),
            )
        return investment[start] * (1.0 + growth) / (growth + rate), start, ("steady-state-stock",)

    def options(self) -> dict[str, object]:
        """Return the rule and its figures."""
        return {
            "rule": "steady state",
            "years": self.years,
            "growth_of": self.growth_of,
            "source": self.source,
        }


@dataclass(frozen=True, eq=False)
class ICORStock:
    r"""Incremental capital-output ratio times output, at the end of a stated year.

    .. math:: K_0 = Y_0\, \frac{\sum_t I_t}{Y_{last} - Y_{first - 1}}

    Assumptions
    -----------
    The average ratio of capital to output equals the incremental one, without
    depreciation: it does not, and the stock is usually far too high. The rule is offered
    because it is used, and every result that rests on it says so.

    Parameters
    ----------
    year : int
        Year at whose end the stock stands.
    years : str
        Years whose investment and output increment give the ratio.
    source : str
        Who takes this rule, or why it is taken.
    """

    year: int
    years: str
    source: str = ""

    def start(
        self, panel: Panel, depreciation: FloatArray | float
    ) -> tuple[FloatArray, IntArray, tuple[str, ...]]:
        """Return ICOR times output; ``mixed-units`` where investment is in another unit."""
        del depreciation
        _check_units(panel)
        first, last = parse_span(self.years)
        output, investment = panel.values("output"), panel.values("investment")
        before, end = rows_of_year(panel, first - 1), rows_of_year(panel, last)
        invested = np.sum([investment[rows_of_year(panel, y)] for y in range(first, last + 1)], 0)
        increment = output[end] - output[before]
        if bool((increment <= 0.0).any()):
            raise MethodError(
                "icor-impossible", places=panel.rows.places(end[increment <= 0.0][:6])
            )
        start = rows_of_year(panel, self.year)
        return output[start] * invested / increment, start, ("icor-stock",)

    def options(self) -> dict[str, object]:
        """Return the rule and its figures."""
        return {
            "rule": "ICOR",
            "year": self.year,
            "years": self.years,
            "source": self.source,
        }


def rescaled_ratio(
    old_ratio: float,
    *,
    old_investment: float,
    old_output: float,
    new_investment: float,
    new_output: float,
) -> float:
    r"""Return a capital-output ratio carried from one vintage of the accounts to another.

    .. math:: r^{new} = r^{old}\, \frac{I^{new} / I^{old}}{Y^{new} / Y^{old}}

    all of the same year: the stock is revised in proportion to investment, output as it is.

    Raises
    ------
    MethodError
        ``rescaling-figure-not-positive``.

    Examples
    --------
    Viet Nam 2010, from the vintage before to the one after the re-evaluation of 2019:

    >>> round(rescaled_ratio(2.3274274542289453, old_investment=704401.0, old_output=2157828.0,
    ...                      new_investment=963320.3, new_output=2739843.2), 6)
    2.50679
    """
    figures = {
        "old_ratio": old_ratio,
        "old_investment": old_investment,
        "old_output": old_output,
        "new_investment": new_investment,
        "new_output": new_output,
    }
    for name, value in figures.items():
        if not 0.0 < value < np.inf:
            raise MethodError("rescaling-figure-not-positive", name=name, value=float(value))
    return old_ratio * (new_investment / old_investment) / (new_output / old_output)


def _check_units(panel: Panel) -> None:
    """Refuse a multiple of output as a stock of investment in another unit."""
    columns = (panel.column("output"), panel.column("investment"))
    if units_differ(*columns):
        raise MethodError("mixed-units", stated=[f"{c.role}: {c.unit}" for c in columns])


def rows_of_year(panel: Panel, year: int) -> IntArray:
    """Return the row of `year` of each entity.

    Raises
    ------
    MethodError
        ``year-missing`` if an entity has none.
    """
    rows = panel.rows.rows_at(year)
    if len(rows) != len(panel.rows.entities):
        have = set(panel.rows.codes[rows].tolist())
        absent = [e for code, e in enumerate(panel.rows.entities) if code not in have]
        raise panel.rows.row_missing(year, absent)
    return rows


def _by_entity(panel: Panel, given: float | Mapping[str, float]) -> FloatArray:
    entities = panel.rows.entities
    if isinstance(given, (int, float, np.number)):
        values = np.full(len(entities), float(given))
    else:
        absent = [entity for entity in entities if entity not in given]
        if absent:
            raise MethodError(
                "initial-stock-missing",
                entities=absent[:5],
                count=len(absent),
                unknown=[str(name) for name in given if name not in entities][:5],
            )
        values = np.array([float(given[entity]) for entity in entities])
    return values


def _plain(given: float | Mapping[str, float]) -> float | dict[str, float]:
    if isinstance(given, (int, float, np.number)):
        return float(given)
    return {str(entity): float(value) for entity, value in given.items()}
