r"""Capital by perpetual inventory.

.. math:: K_t = (1 - \delta_t) K_{t-1} + I_t

with stocks at the end of the year. What enters a year's production is the stock at its
end, at its start, or their mean (``timing``): a named choice that alone can move a TFP
share by points.

References
----------
OECD (2009). *Measuring Capital*, second edition.
https://doi.org/10.1787/9789264068476-en
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import numpy as np

from tfp.errors import MethodError, Place, check_choice
from tfp.inputs.capital.admission import (
    check_capital_absent,
    check_initial,
    check_investment,
    check_output_agrees,
    check_positive,
    check_years,
    kind_of,
    with_capital,
)
from tfp.inputs.capital.backcasting import BackcastInvestment
from tfp.inputs.capital.depreciation import Geometric, check_rates
from tfp.inputs.capital.initial_stock import CapitalOutputRatio
from tfp.numerics.perpetual_inventory import perpetual_inventory, stock_in_use
from tfp.panel.findings import Finding
from tfp.panel.keyed import keyed_frame
from tfp.panel.panel import require_panel
from tfp.panel.units import units_differ
from tfp.results.result import Result

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from tfp.inputs.capital.initial_stock import InitialStock
    from tfp.numerics.arrays import FloatArray, IntArray
    from tfp.numerics.perpetual_inventory import CapitalTiming
    from tfp.panel.panel import Panel

InvestmentTiming = Literal["end_of_year", "mid_year"]
PLAUSIBLE_RATIO = (0.3, 15.0)  # of a capital stock to a year's output, of any economy or branch


@dataclass(frozen=True, eq=False, kw_only=True, repr=False)
class CapitalStocks(Result):
    """Stocks by perpetual inventory, and how much of them is still the initial stock.

    Attributes
    ----------
    panel : Panel
        The panel with the role ``capital``: the stock that enters each year's production.
    end_of_year, start_of_year : (n,) arrays
        Stocks in the unit of investment; NaN before the initial stock.
    surviving_initial : (n,) array
        The part of ``end_of_year`` that is left of the initial stock.
    options : dict
        Depreciation, initial stock and timing as plain values.
    warnings : tuple of Finding
    """

    kind: ClassVar[str] = "capital_stocks"

    panel: Panel
    end_of_year: FloatArray
    start_of_year: FloatArray
    surviving_initial: FloatArray
    options: dict[str, Any]
    warnings: tuple[Finding, ...] = ()

    @property
    def stock(self) -> pd.DataFrame:
        """Stock at the start and end of each year, and the one used in production."""
        return keyed_frame(
            self.panel.rows,
            {
                "start_of_year": self.start_of_year,
                "end_of_year": self.end_of_year,
                "in_use": self.panel.values("capital"),
            },
        )

    @property
    def surviving_share(self) -> pd.DataFrame:
        """Share of the end-of-year stock that is still the initial stock."""
        share = self.surviving_initial / self.end_of_year
        return keyed_frame(self.panel.rows, {"surviving_share": share})

    @property
    def _origin(self) -> str:
        return self.panel.rows.origin

    def __repr__(self) -> str:
        return f"CapitalStocks by {self.options['initial_stock']['rule']}; {self.panel!r}"

    def _tidy(self) -> pd.DataFrame:
        return self.stock.join(self.surviving_share).reset_index()


@dataclass(frozen=True, eq=False, kw_only=True)
class PerpetualInventory:
    """A method that turns investment into capital.

    Parameters
    ----------
    depreciation : Geometric or float
        ``0.05`` stands for ``Geometric(0.05)``.
    initial_stock : InitialStock
        ``GivenStock``, ``CapitalOutputRatio``, ``BackcastInvestment``, ``SteadyState`` or
        ``ICORStock``.
    timing : {"end", "start", "mid"}
        Which stock enters a year's production.
    investment_timing : {"end_of_year", "mid_year"}
        Whether the year's investment starts to wear out at its end or at its middle.

    Examples
    --------
    >>> import tfp
    >>> panel = tfp.Panel({"year": [2020, 2021, 2022], "gdp": [100.0, 104.0, 108.0],
    ...                    "gfcf": [30.0, 32.0, 33.0]},
    ...                   time="year", output="gdp", investment="gfcf")
    >>> stocks = tfp.PerpetualInventory(
    ...     depreciation=0.05, initial_stock=tfp.CapitalOutputRatio(2.5, year=2020)).fit(panel)
    >>> stocks.stock["end_of_year"].round(3).tolist()
    [250.0, 269.5, 289.025]
    """

    depreciation: Geometric | float
    initial_stock: InitialStock
    timing: CapitalTiming = "end"
    investment_timing: InvestmentTiming = "end_of_year"

    def __post_init__(self) -> None:
        for option, known in (
            ("timing", ("end", "start", "mid")),
            ("investment_timing", ("end_of_year", "mid_year")),
        ):
            check_choice(option, getattr(self, option), known)
        if not hasattr(self.initial_stock, "start") or isinstance(self.initial_stock, type):
            raise MethodError("initial-stock-not-a-rule", found=kind_of(self.initial_stock))
        if isinstance(self.depreciation, (str, type)):
            raise MethodError("depreciation-not-a-rate", found=kind_of(self.depreciation))

    def fit(self, panel: Panel, *, rng: Any = None) -> CapitalStocks:
        """Return the stocks of `panel`, which is yearly and needs the role ``investment``.

        Raises
        ------
        MethodError
            ``inventory-needs-years``, ``capital-present`` where the panel has capital that
            was not computed so, ``initial-stock-not-positive``,
            ``investment-missing`` or ``investment-gap`` after the initial year,
            ``stock-not-positive`` where disinvestment exhausts the stock,
            ``mixed-vintages`` or ``mixed-price-bases`` of investment and output where
            the initial stock comes from output, ``mixed-units`` of the two where it is a
            multiple of output, and those of depreciation and stock.
        """
        del rng
        require_panel(panel)
        check_years(panel)
        rule = self.depreciation
        depreciation = rule if isinstance(rule, Geometric) else Geometric(rule)
        check_capital_absent(panel)
        check_output_agrees(panel)
        rates = depreciation.rates(panel, partly=True)
        stocks, rows, remarks = self._start(panel, rates)
        check_rates(panel, rates, rows)
        check_initial(panel, stocks, rows)
        check_investment(panel, rows)
        inventory = perpetual_inventory(
            panel.values("investment"),
            rates,
            stocks,
            rows,
            panel.rows.starts,
            panel.rows.lengths,
            investment_timing=self.investment_timing,
        )
        check_positive(panel, inventory.end_of_year)
        options = {
            "depreciation": depreciation.options(),
            "initial_stock": dict(self.initial_stock.options()),
            "timing": self.timing,
            "investment_timing": self.investment_timing,
        }
        return CapitalStocks(
            panel=with_capital(panel, stock_in_use(inventory, self.timing), self.timing, rows),
            end_of_year=inventory.end_of_year,
            start_of_year=inventory.start_of_year,
            surviving_initial=inventory.surviving_initial,
            options=options,
            warnings=(
                *(Finding(code=code, severity="warn") for code in remarks),
                *_remarks(panel, self.initial_stock, depreciation, stocks, rows),
                *self._cut_off(panel, rates),
            ),
        )

    def _cut_off(self, panel: Panel, rates: FloatArray | float) -> list[Finding]:
        rule = self.initial_stock
        return rule.remark_start(panel, rates) if isinstance(rule, BackcastInvestment) else []

    def _start(
        self, panel: Panel, rates: FloatArray | float
    ) -> tuple[FloatArray, IntArray, tuple[str, ...]]:
        rule = self.initial_stock
        if isinstance(rule, BackcastInvestment):  # worn as the investment that follows it
            return rule.start(panel, rates, self.investment_timing)
        return rule.start(panel, rates)


def _remarks(
    panel: Panel,
    rule: InitialStock,
    depreciation: Geometric,
    stocks: FloatArray,
    rows: IntArray,
) -> Iterator[Finding]:
    """Yield what is remarkable about options that are allowed."""
    if depreciation.rate is not None and "depreciation_rate" in panel.columns:
        name = panel.column("depreciation_rate").name
        yield Finding(
            code="depreciation-column-unused",
            severity="warn",
            places=(Place(column=name),),
            fields={"column": name},
        )
    if isinstance(rule, CapitalOutputRatio) and rule.is_one_for(panel):
        yield Finding(
            code="one-ratio-for-all",
            severity="warn",
            fields={"ratio": rule.options()["ratio"], "count": len(panel.rows.entities)},
        )
    if "output" not in panel.columns:
        return
    output = panel.column("output")
    if units_differ(output, panel.column("investment")):
        return
    ratio = np.full(len(rows), np.nan)
    np.divide(stocks, output.values[rows], out=ratio, where=output.values[rows] > 0.0)
    low, high = PLAUSIBLE_RATIO
    outside = np.flatnonzero((ratio < low) | (ratio > high))
    if len(outside):
        yield Finding(
            code="initial-ratio-implausible",
            severity="warn",
            places=panel.rows.places(rows[outside]),
            fields={"ratio": float(ratio[outside[0]]), "low": low, "high": high},
        )
