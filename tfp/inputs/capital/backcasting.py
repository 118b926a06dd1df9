r"""Investment before the first year of the data, from an assumed rate of growth.

.. math:: I_{t-1} = \frac{I_t}{1 + g_t}

The OECD prefers it to an initial stock from a formula: the assumption is about
investment, where it can be argued, it gives the stock an age structure, and what rests
on it is worn out like any other investment.

References
----------
OECD (2009). *Measuring Capital*, second edition, chapter 15.
https://doi.org/10.1787/9789264068476-en
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tfp.errors import MethodError
from tfp.inputs.capital.depreciation import rates_at
from tfp.inputs.capital.truncation import missing_geometric, missing_of_cohorts, remark_truncated
from tfp.inputs.fractions import check_fraction, check_fractions

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray, IntArray
    from tfp.numerics.perpetual_inventory import InvestmentTiming
    from tfp.panel.findings import Finding
    from tfp.panel.panel import Panel


@dataclass(frozen=True, eq=False)
class BackcastInvestment:
    """Investment carried back from the first year of each entity's series.

    Parameters
    ----------
    growth : float or mapping
        Yearly growth of investment as a fraction: one rate, one for each entity, or a
        series by year (``{2009: 0.08, 2008: 0.11, ...}``: growth from the year before).
    years : int
        How many years are added; 0 says that nothing was invested before. Long enough
        for what is left out to be worn out.
    source : str
        Where the growth comes from.

    Raises
    ------
    MethodError
        ``backcast-growth-missing`` where an entity or a year has no growth,
        ``backcast-impossible`` where it is -100 per cent or less, the years are negative
        or investment of the first year is not positive; ``fraction-in-per-cent``.

    Examples
    --------
    >>> import tfp
    >>> panel = tfp.Panel({"year": [2010, 2011], "gfcf": [110.0, 120.0]},
    ...                   time="year", investment="gfcf")
    >>> rows, history = tfp.BackcastInvestment(growth=0.10, years=2).history(panel)
    >>> history.round(3).tolist()
    [[90.909, 100.0]]
    """

    growth: float | Mapping[str, float] | Mapping[int, float]
    years: int
    source: str = ""

    def __post_init__(self) -> None:
        if not isinstance(self.growth, Mapping):
            check_fraction("growth", self.growth)
            return
        table = {str(key): float(rate) for key, rate in self.growth.items()}
        years = {int(key): rate for key, rate in table.items() if key.isdecimal()}
        check_fractions("growth", years)
        for entity, rate in table.items():
            if not entity.isdecimal():
                check_fraction(f"growth[{entity!r}]", rate)

    def history(self, panel: Panel) -> tuple[IntArray, FloatArray]:
        """Return the first row of each entity's investment and what went before it.

        Returns
        -------
        rows : (m,) array of int
        history : (m, years) array
            Back-cast investment, oldest first.
        """
        rows = first_investment_rows(panel)
        first = panel.values("investment")[rows]
        growth = self._growth(panel, rows)
        wrong = ~((first > 0.0) & (growth > -1.0).all(axis=1)) & (self.years > 0)
        if self.years < 0 or bool(wrong.any()):
            raise MethodError(
                "backcast-impossible", places=panel.rows.places(rows[wrong][:6]), years=self.years
            )
        # growth[:, k] leads from k + 1 years before the first one to k years before it.
        history = first[:, np.newaxis] / np.cumprod(1.0 + growth, axis=1)
        return rows, history[:, ::-1]

    def start(
        self,
        panel: Panel,
        depreciation: FloatArray | float,
        investment_timing: InvestmentTiming = "end_of_year",
    ) -> tuple[FloatArray, IntArray, tuple[str, ...]]:
        """Return the stocks at the end of the first year under geometric depreciation.

        The rate of that year is taken for all years before it.
        """
        rows, history = self.history(panel)
        rate = rates_at(panel, depreciation, rows)
        ages = np.arange(self.years, -1, -1)
        left = (1.0 - rate[:, np.newaxis]) ** ages
        if investment_timing == "mid_year":
            left *= 1.0 - rate[:, np.newaxis] / 2.0
        invested = self._invested(panel, rows, history)
        return (left * invested).sum(axis=1), rows, self.remarks

    def remark_start(self, panel: Panel, depreciation: FloatArray | float) -> list[Finding]:
        """Return the finding that a stock under geometric depreciation is cut off too early."""
        if self.years == 0:
            return []
        rows, history = self.history(panel)
        invested = self._invested(panel, rows, history)
        rate = rates_at(panel, depreciation, rows)
        missing = missing_geometric(invested, self._long_growth(panel, rows), rate)
        return remark_truncated(panel, self, rows, missing)

    def remark_cohorts(self, panel: Panel, weights: FloatArray) -> list[Finding]:
        """Return it for cohorts, of which `weights` say what is left after 0, 1, ... years."""
        if self.years == 0:
            return []
        rows, history = self.history(panel)
        invested = self._invested(panel, rows, history)
        missing = missing_of_cohorts(invested, self._long_growth(panel, rows), weights)
        return remark_truncated(panel, self, rows, missing)

    @staticmethod
    def _invested(panel: Panel, rows: IntArray, history: FloatArray) -> FloatArray:
        return np.column_stack((history, panel.values("investment")[rows]))

    def _long_growth(self, panel: Panel, rows: IntArray) -> FloatArray:
        """Return the mean growth of the back-cast of each entity, (m,)."""
        mean: FloatArray = np.expm1(np.log1p(self._growth(panel, rows)).mean(axis=1))
        return mean

    @property
    def remarks(self) -> tuple[str, ...]:
        """Codes of findings about every stock that rests on this rule."""
        return ("backcast-stock",) if self.years else ()

    def options(self) -> dict[str, object]:
        """Return the rule and its figures."""
        plain: object = (
            {str(key): float(value) for key, value in self.growth.items()}
            if isinstance(self.growth, Mapping)
            else float(self.growth)
        )
        return {
            "rule": "back-cast investment",
            "growth": plain,
            "years": int(self.years),
            "source": self.source,
        }

    def _growth(self, panel: Panel, rows: IntArray) -> FloatArray:
        """Return growth to the first year, to the year before it and so on, (m, years)."""
        years = max(self.years, 0)
        shape = (len(rows), years)
        if not isinstance(self.growth, Mapping):
            return np.full(shape, float(self.growth))
        table: dict[str, float] = {str(key): float(value) for key, value in self.growth.items()}
        entities = panel.rows.entities
        if set(table) & set(entities):
            wanted = [[entity] * years for entity in entities]
        else:
            wanted = [
                [str(year) for year in range(int(first), int(first) - years, -1)]
                for first in panel.rows.times[rows].tolist()
            ]
        absent = sorted({key for keys in wanted for key in keys if key not in table})
        if absent:
            raise MethodError("backcast-growth-missing", keys=absent[:6], count=len(absent))
        return np.array([[table[key] for key in keys] for keys in wanted]).reshape(shape)


def first_investment_rows(panel: Panel) -> IntArray:
    """Return the first row of each entity that has investment.

    Raises
    ------
    MethodError
        ``investment-missing`` where an entity has none at all.
    """
    known = np.flatnonzero(~np.isnan(panel.values("investment")))
    found, first = np.unique(panel.rows.codes[known], return_index=True)
    if len(found) != len(panel.rows.entities):
        absent = np.setdiff1d(np.arange(len(panel.rows.entities)), found)
        rows = panel.rows.starts[absent]
        raise MethodError(
            "investment-missing",
            places=panel.rows.places(rows[:6], column=panel.column("investment").name),
            count=int(panel.rows.lengths[absent].sum()),
        )
    return known[first]
