r"""Further rules for the initial stock, from investment alone.

They ask for no figure of another source and are used for that: by research on Chinese
provinces, by cross-country panels. What each assumes about the years before the first is
what decides the growth of capital in the first decade; look at the surviving share.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tfp.errors import MethodError
from tfp.inputs.capital.depreciation import rates_at
from tfp.inputs.capital.initial_stock import rows_of_year
from tfp.inputs.fractions import check_fraction
from tfp.panel.spans import parse_span

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray, IntArray
    from tfp.panel.panel import Panel

MOST_PLACES = 6  # one more than a message shows


@dataclass(frozen=True, eq=False)
class FittedSteadyState:
    r"""The steady-state stock of a trend fitted to investment.

    .. math::

       \ln I_t = a + b t, \qquad
       K_{1} = (1 - \delta)\, \frac{e^{a + b t_1}}{e^{b} - 1 + \delta} + I_1

    at the end of the first year :math:`t_1` of a stated window: the stock at its start is
    the one for which the fitted investment of that year keeps growth steady, and the
    investment that was really made comes on top. One odd first year moves the stock less
    than under :class:`~tfp.inputs.capital.initial_stock.SteadyState`.

    Assumptions
    -----------
    Investment had grown at the fitted rate for as long as assets live.

    Parameters
    ----------
    years : str
        The window of the trend, such as ``"2010-2020"``, of three years at least; its first
        year starts the stock. Investment must be positive in all of it.
    source : str
        Who takes this rule, or why it is taken.

    References
    ----------
    Nehru, V. and Dhareshwar, A. (1993). A new database on physical capital stock: sources,
    methodology and results. *Revista de Análisis Económico* 8(1), 37-59.
    """

    years: str
    source: str = ""

    def start(
        self, panel: Panel, depreciation: FloatArray | float
    ) -> tuple[FloatArray, IntArray, tuple[str, ...]]:
        """Return the stocks on the fitted trend.

        Raises
        ------
        MethodError
            ``fitted-window`` for fewer than three years, ``year-missing``,
            ``not-positive`` where a logarithm does not exist,
            ``fitted-investment-missing``, ``steady-state-impossible``.
        """
        first, last = parse_span(self.years)
        if last - first < 2:
            raise MethodError("fitted-window", years=self.years)
        cells = np.array([rows_of_year(panel, year) for year in range(first, last + 1)])
        invested = panel.values("investment")[cells]
        _check_logarithms(panel, cells, invested)
        time = np.arange(len(cells), dtype=np.float64)
        log_invested = np.log(invested)
        deviation = time - time.mean()
        slope = deviation @ log_invested / (deviation @ deviation)
        fitted = np.exp(log_invested.mean(axis=0) - slope * time.mean())
        start = cells[0]
        rate = rates_at(panel, depreciation, start)
        denominator = np.expm1(slope) + rate
        impossible = ~(denominator > 0.0)
        if bool(impossible.any()):
            raise MethodError(
                "steady-state-impossible",
                places=panel.rows.places(start[impossible][:MOST_PLACES]),
                growth=float(100.0 * np.expm1(slope[impossible][0])),
            )
        stocks = (1.0 - rate) * fitted / denominator + invested[0]
        return stocks, start, ("steady-state-stock",)

    def options(self) -> dict[str, object]:
        """Return the rule and its figures."""
        return {"rule": "fitted steady state", "years": self.years, "source": self.source}


@dataclass(frozen=True, eq=False)
class InvestmentMultiple:
    r"""Investment of one year over a stated rate.

    .. math:: K_0 = I_0 / r

    at the end of the year. The rate stands for growth and depreciation together; 0.10 is
    what studies of Chinese provinces take for 1952.

    Parameters
    ----------
    rate : float
        Above zero; 0.10 gives ten times the investment of the year.
    year : int
    source : str
        Where the rate comes from.

    References
    ----------
    Zhang, J., Wu, G. and Zhang, J. (2004). The estimation of China's provincial capital
    stock: 1952-2000. *Economic Research Journal* 10, 35-44.
    """

    rate: float
    year: int
    source: str = ""

    def __post_init__(self) -> None:
        if not 0.0 < self.rate < np.inf:
            raise MethodError("investment-multiple-rate", rate=float(self.rate))
        check_fraction("rate", self.rate)

    def start(
        self, panel: Panel, depreciation: FloatArray | float
    ) -> tuple[FloatArray, IntArray, tuple[str, ...]]:
        """Return investment over the rate."""
        del depreciation
        rows = rows_of_year(panel, self.year)
        return panel.values("investment")[rows] / self.rate, rows, ()

    def options(self) -> dict[str, object]:
        """Return the rule and its figures."""
        return {
            "rule": "investment multiple",
            "rate": float(self.rate),
            "year": self.year,
            "source": self.source,
        }


@dataclass(frozen=True, eq=False)
class Unbenchmarked:
    r"""No stock before the first year: what there is, is the investment since then.

    .. math:: K_0 = I_0

    Right where the series begins before the oldest asset that is still in use; anywhere
    else capital starts far too small and grows far too fast for decades. Every result that
    rests on it says so.

    Parameters
    ----------
    year : int
        First year of the series, at whose end the stock is that year's investment.
    source : str
        Who takes this rule, or why it is taken.
    """

    year: int
    source: str = ""

    def start(
        self, panel: Panel, depreciation: FloatArray | float
    ) -> tuple[FloatArray, IntArray, tuple[str, ...]]:
        """Return the investment of the first year."""
        del depreciation
        rows = rows_of_year(panel, self.year)
        return panel.values("investment")[rows], rows, ("stock-unbenchmarked",)

    def options(self) -> dict[str, object]:
        """Return the rule and its figures."""
        return {"rule": "unbenchmarked", "year": self.year, "source": self.source}


def _check_logarithms(panel: Panel, cells: IntArray, invested: FloatArray) -> None:
    """Refuse investment that is missing, zero or negative in the window of a trend."""
    column = panel.column("investment")
    missing = cells[np.isnan(invested)]
    if len(missing):
        raise MethodError(
            "fitted-investment-missing",
            places=panel.rows.places(missing[:MOST_PLACES].tolist(), column.name),
            count=len(missing),
        )
    wrong = cells[invested <= 0.0]
    if len(wrong):
        raise MethodError(
            "not-positive",
            places=panel.rows.places(wrong[:MOST_PLACES].tolist(), column.name),
            role="investment",
            count=len(wrong),
            value=float(column.values[wrong[0]]),
        )
