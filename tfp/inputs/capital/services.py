r"""Capital services: stocks weighed by what it costs to use them.

.. math:: \Delta \ln K_t = \sum_k \bar v_{k,t}\, \Delta \ln S_{k,t}, \qquad
          v_{k,t} = \frac{u_{k,t} S_{k,t}}{\sum_j u_{j,t} S_{j,t}}

A computer that costs as much as a house rents for many times more, because it lasts for
few years: where capital moves to short-lived assets, services grow faster than the stock.
The difference is the *composition* of capital.

Assumptions
-----------
Services of an asset move with its stock; rentals measure what a unit produces.

References
----------
Jorgenson, D. W. and Griliches, Z. (1967). The explanation of productivity change. *Review
of Economic Studies* 34(3), 249-283. https://doi.org/10.2307/2296675
Inklaar, R., Woltjer, P. and Gallardo Albarrán, D. (2019). The composition of capital and
cross-country productivity comparisons. *International Productivity Monitor* 36, 34-52.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np

from tfp.errors import MethodError, check_choice
from tfp.inputs.capital.property_income import capital_income
from tfp.inputs.capital.service_index import CapitalServiceIndex
from tfp.inputs.capital.user_cost import Rentals, UserCost
from tfp.numerics.capital_services import ShareTiming, services_growth
from tfp.numerics.rental_prices import before
from tfp.panel.agreement import check_agreement
from tfp.panel.findings import Finding, finding_at
from tfp.panel.panel import require_panel
from tfp.panel.units import units_differ

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray
    from tfp.panel.panel import Panel
    from tfp.panel.roles import Column

StockTiming = Literal["in_use", "start", "mid"]
StockWeights = Literal["constant_prices", "values"]
NewAssets = Literal["drop", "raise"]


@dataclass(frozen=True, eq=False, kw_only=True)
class CapitalServices:
    """A method that turns stocks by asset into one index of capital services.

    Parameters
    ----------
    user_cost : UserCost or None
        The rule for rentals. None takes rental costs as published: the panel's
        ``capital_income`` by asset.
    stock_timing : {"in_use", "start", "mid"}
        What the columns ``capital`` by asset hold. ``"in_use"``: the stock that works in
        the year of its row (as inventories with any ``timing`` hand it on). ``"start"``:
        stocks stand at the end of the year, and a year works with the stock of the row
        before; ``"mid"``: with the mean of the two. The last two lose the first year.
    share_timing : {"average", "current", "previous"}
        Which year's cost shares weigh a growth: the mean of both (Törnqvist), this one's,
        or the previous one's. Rentals begin in the second year, and with ``"average"``
        services begin to grow in the third.
    stock_weights : {"constant_prices", "values"}
        What services are compared with: the sum of the stocks at constant prices, or the
        Törnqvist index of stocks with shares in their value at current prices.
    new_assets : {"drop", "raise"}
        An asset without stock in one of two years: left out of that growth and named in
        the warnings, or refused. Kept in, it would be growth from nothing.

    Raises
    ------
    MethodError
        ``option-unknown``, ``user-cost-not-a-rule``, ``values-need-prices`` where the stock
        is to be weighed by values and no user cost says how stocks are priced.

    Examples
    --------
    >>> import tfp
    >>> panel = tfp.Panel(
    ...     {"year": [2020, 2021, 2022], "houses": [900.0, 909.0, 918.0], "ict": [50.0, 60.0, 72.0],
    ...      "p_houses": [1.0, 1.02, 1.04], "p_ict": [1.0, 0.97, 0.94],
    ...      "surplus": [100.0, 105.0, 110.0]},
    ...     time="year", capital={"houses": "houses", "ict": "ict"},
    ...     investment_price={"houses": "p_houses", "ict": "p_ict"}, capital_income="surplus")
    >>> rule = tfp.UserCost(rate_of_return="ex_post", price_reference=2020,
    ...                     depreciation={"houses": 0.03, "ict": 0.30}, source="stated")
    >>> services = tfp.CapitalServices(user_cost=rule).fit(panel)
    >>> services.growth.round(3)
          services  stock  composition
    year
    2020       NaN    NaN          NaN
    2021       NaN  1.980          NaN
    2022     5.135  2.144        2.991
    """

    user_cost: UserCost | None
    stock_timing: StockTiming = "in_use"
    share_timing: ShareTiming = "average"
    stock_weights: StockWeights = "constant_prices"
    new_assets: NewAssets = "drop"

    def __post_init__(self) -> None:
        for option, choices in (
            ("stock_timing", StockTiming),
            ("share_timing", ShareTiming),
            ("stock_weights", StockWeights),
            ("new_assets", NewAssets),
        ):
            check_choice(option, getattr(self, option), get_args(choices))
        found: object = self.user_cost
        if found is not None and not isinstance(found, UserCost):
            name = found.__name__ if isinstance(found, type) else type(found).__name__
            raise MethodError("user-cost-not-a-rule", found=name)
        if self.user_cost is None and self.stock_weights == "values":
            raise MethodError("values-need-prices")

    def fit(self, panel: Panel, *, rng: Any = None) -> CapitalServiceIndex:
        """Return the services, stock and composition of `panel`.

        Parameters
        ----------
        panel : Panel
            Yearly, with ``capital`` by asset, and what the user cost asks for.
        rng
            Not used; every method takes it.

        Raises
        ------
        MethodError
            ``inventory-needs-years``, ``assets-missing``, ``stock-negative``,
            ``mixed-units``, ``mixed-price-bases``, ``mixed-vintages``,
            ``mixed-boundaries`` of the stocks, ``asset-without-partner`` where an asset
            appears or vanishes and that is refused, ``asset-costs-missing``, and those of
            :meth:`tfp.UserCost.rentals`.
        """
        del rng
        require_panel(panel)
        if panel.rows.frequency != "year":
            raise MethodError("inventory-needs-years", frequency=panel.rows.frequency)
        stocks = self._stocks(panel)
        rentals = self._rentals(panel, stocks)
        matrix = np.array(list(stocks.values()))
        growth = services_growth(
            matrix,
            _times(rentals.rental, matrix),
            _times(rentals.price, matrix) if self.stock_weights == "values" else None,
            panel.rows.breaks,
            self.share_timing,
        )
        return CapitalServiceIndex.of(
            panel,
            tuple(stocks),
            matrix,
            rentals,
            growth,
            options=self.options(),
            warnings=(
                *rentals.warnings,
                *self._unmatched(panel, stocks),
                *_remark_income(panel, rentals.income),
            ),
        )

    def options(self) -> dict[str, object]:
        """Return the options as plain values."""
        return {
            "user_cost": None if self.user_cost is None else self.user_cost.options(),
            "stock_timing": self.stock_timing,
            "share_timing": self.share_timing,
            "stock_weights": self.stock_weights,
            "new_assets": self.new_assets,
        }

    def _stocks(self, panel: Panel) -> dict[str, FloatArray]:
        """Return the stock of each asset that works in the year of each row."""
        columns = panel.several("capital")
        if not columns:
            raise MethodError("assets-missing", present=sorted(panel.columns))
        _check_one_kind(list(columns.values()))
        stocks = {}
        for asset, column in columns.items():
            negative = np.flatnonzero(column.values < 0.0)
            if len(negative):
                raise MethodError(
                    "stock-negative",
                    places=panel.rows.places(negative[:6], column.name),
                    asset=asset,
                    value=float(column.values[negative[0]]),
                )
            stocks[asset] = self._timed(panel, column.values)
        return stocks

    def _timed(self, panel: Panel, values: FloatArray) -> FloatArray:
        if self.stock_timing == "in_use":
            return values
        opening = before(values, panel.rows.breaks)
        return opening if self.stock_timing == "start" else (opening + values) / 2.0

    def _rentals(self, panel: Panel, stocks: dict[str, FloatArray]) -> Rentals:
        if self.user_cost is not None:
            return self.user_cost.rentals(panel, stocks)
        absent = [a for a in stocks if f"capital_income:{a}" not in panel.columns]
        if absent:
            raise MethodError("asset-costs-missing", assets=absent)
        costs = np.array([panel.values(f"capital_income:{asset}") for asset in stocks])
        matrix = np.array(list(stocks.values()))
        return Rentals(
            rental=np.divide(costs, matrix, out=np.zeros_like(costs), where=matrix != 0.0),
            price=np.full_like(costs, np.nan),
            rate_of_return=np.full(len(panel), np.nan),
            income=capital_income(panel),
            warnings=(),
        )

    def _unmatched(self, panel: Panel, stocks: dict[str, FloatArray]) -> list[Finding]:
        """Return a finding for each asset that appears or vanishes, with its years."""
        found = []
        for asset, stock in stocks.items():
            earlier = before(stock, panel.rows.breaks)
            column = panel.column(f"capital:{asset}")
            for code, changed in (
                ("asset-appears", (earlier == 0.0) & (stock > 0.0)),
                ("asset-vanishes", (earlier > 0.0) & (stock == 0.0)),
            ):
                rows = np.flatnonzero(changed)
                if not len(rows):
                    continue
                if self.new_assets == "raise":
                    raise MethodError(
                        "asset-without-partner",
                        places=panel.rows.places(rows[:6], column.name),
                        asset=asset,
                    )
                found.append(
                    finding_at(code, "warn", panel, rows, column, asset=asset, count=len(rows))
                )
        return found


def _check_one_kind(stocks: list[Column]) -> None:
    """Refuse stocks of different price bases, vintages, boundaries or units."""
    for what, code in (
        ("price_base", "mixed-price-bases"),
        ("vintage", "mixed-vintages"),
        ("boundary", "mixed-boundaries"),
    ):
        check_agreement(stocks, what, code)
    if any(units_differ(*pair) for pair in combinations(stocks, 2)):
        raise MethodError("mixed-units", stated=[f"{c.role}: {c.unit}" for c in stocks])


def _times(factor: FloatArray, stocks: FloatArray) -> FloatArray:
    """Return factor times stock, nothing where there is no stock."""
    return np.where(stocks != 0.0, factor * stocks, 0.0)


def _remark_income(panel: Panel, income: FloatArray | None) -> list[Finding]:
    """Remark years in which capital earns nothing or makes a loss: they have no cost shares."""
    if income is None:
        return []
    rows = np.flatnonzero(income <= 0.0)
    if not len(rows):
        return []
    return [
        finding_at(
            "capital-income-not-positive",
            "warn",
            panel,
            rows,
            income=float(income[rows[0]]),
            count=len(rows),
        )
    ]
