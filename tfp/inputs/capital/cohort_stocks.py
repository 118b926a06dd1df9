"""The stocks that an inventory of cohorts gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from tfp.panel.keyed import keyed_frame
from tfp.results.result import Result

if TYPE_CHECKING:
    import pandas as pd

    from tfp.numerics.arrays import FloatArray
    from tfp.panel.findings import Finding
    from tfp.panel.panel import Panel


@dataclass(frozen=True, eq=False, kw_only=True, repr=False)
class CohortStocks(Result):
    """Gross, net and productive stocks, and the consumption of fixed capital.

    Attributes
    ----------
    panel : Panel
        The panel with the role ``capital``: the stock that enters each year's production.
    gross, net, productive : (n,) arrays
        Stocks at the end of each year at constant prices; NaN before the first one, and
        NaN throughout where only a stock of another kind was given to start with.
    consumption : (n,) array
        Consumption of fixed capital of each year at constant prices.
    end_of_year, start_of_year : (n,) arrays
        The stock of the kind that enters production.
    surviving_initial : (n,) array
        The part of ``end_of_year`` that is left of the initial stock or of back-cast
        investment.
    options : dict
        Profile, retirement, initial stock and timing as plain values.
    warnings : tuple of Finding
    """

    kind: ClassVar[str] = "cohort_stocks"

    panel: Panel
    gross: FloatArray
    net: FloatArray
    productive: FloatArray
    consumption: FloatArray
    end_of_year: FloatArray
    start_of_year: FloatArray
    surviving_initial: FloatArray
    options: dict[str, Any]
    warnings: tuple[Finding, ...] = ()

    @property
    def stock(self) -> pd.DataFrame:
        """The stocks at the end of each year, and the one used in production."""
        return keyed_frame(
            self.panel.rows,
            {
                "gross": self.gross,
                "net": self.net,
                "productive": self.productive,
                "in_use": self.panel.values("capital"),
            },
        )

    @property
    def fixed_capital_consumption(self) -> pd.DataFrame:
        """Consumption of fixed capital, and its share in the net stock at the start of the year.

        The share is a rate of depreciation: it moves with the age of the stock.
        """
        before = self.net + self.consumption - self.panel.values("investment")
        rate = np.full(len(before), np.nan)
        np.divide(self.consumption, before, out=rate, where=before > 0.0)
        return keyed_frame(self.panel.rows, {"consumption": self.consumption, "rate": rate})

    @property
    def surviving_share(self) -> pd.DataFrame:
        """Share of the stock in use, at the end of the year, that rests on the initial stock."""
        share = self.surviving_initial / self.end_of_year
        return keyed_frame(self.panel.rows, {"surviving_share": share})

    @property
    def _origin(self) -> str:
        return self.panel.rows.origin

    def __repr__(self) -> str:
        return (
            f"CohortStocks: {self.options['stock']}, "
            f"{self.options['efficiency']['profile']} efficiency; {self.panel!r}"
        )

    def _tidy(self) -> pd.DataFrame:
        stocks = self.stock.assign(start_of_year=self.start_of_year, end_of_year=self.end_of_year)
        initial = self.surviving_share.rename(columns={"surviving_share": "initial_share"})
        return stocks.join(self.fixed_capital_consumption).join(initial).reset_index()
