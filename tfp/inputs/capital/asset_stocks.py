"""The stocks of several assets side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from tfp.inputs.capital.property_income import check_units
from tfp.panel.agreement import check_agreement
from tfp.panel.keyed import keyed_frame
from tfp.results.result import Result

if TYPE_CHECKING:
    import pandas as pd

    from tfp.panel.findings import Finding
    from tfp.panel.panel import Panel


@dataclass(frozen=True, eq=False, kw_only=True, repr=False)
class AssetStocks(Result):
    """Stocks of several assets, each as its own inventory gave it.

    Attributes
    ----------
    panel : Panel
        The panel with the roles ``capital:{asset}``.
    stocks : dict of CapitalStocks or CohortStocks
        By asset: depreciation, surviving share and the like are there.
    warnings : tuple of Finding
        What the inventories remarked, each at the asset's column of investment.
    """

    kind: ClassVar[str] = "asset_stocks"

    panel: Panel
    stocks: dict[str, Any]
    warnings: tuple[Finding, ...] = ()

    @property
    def stock(self) -> pd.DataFrame:
        """The stock of each asset that is used in production."""
        return keyed_frame(
            self.panel.rows,
            {name: column.values for name, column in self.panel.several("capital").items()},
        )

    @property
    def total(self) -> pd.DataFrame:
        """The sum over assets: the stock, not the services of capital.

        Meaningful at constant prices of one base year; chained volumes do not add up.

        Raises
        ------
        MethodError
            ``mixed-units`` or ``mixed-price-bases`` where the assets declare different ones.
        """
        columns = list(self.panel.several("capital").values())
        check_units(columns)
        check_agreement(columns, "price_base", "mixed-price-bases")
        values = [column.values for column in columns]
        return keyed_frame(self.panel.rows, {"total": np.sum(values, axis=0)})

    @property
    def surviving_share(self) -> pd.DataFrame:
        """Share of each asset's stock at the end of the year that rests on the initial stock."""
        return keyed_frame(
            self.panel.rows,
            {name: own.surviving_initial / own.end_of_year for name, own in self.stocks.items()},
        )

    @property
    def _origin(self) -> str:
        return self.panel.rows.origin

    def __repr__(self) -> str:
        return f"AssetStocks of {len(self.stocks)} assets: {', '.join(self.stocks)[:80]}"

    def _tidy(self) -> pd.DataFrame:
        import pandas as pd

        shares = self.surviving_share
        each = [
            values.to_frame("in_use").assign(initial_share=shares[asset], asset=str(asset))
            for asset, values in self.stock.items()
        ]
        frame = pd.concat(each).reset_index()
        keys = list(frame.columns[: -len(each[0].columns)])
        return frame[[*keys, "asset", "in_use", "initial_share"]]
