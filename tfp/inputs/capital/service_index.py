"""The result of weighing stocks by their rentals: services, stock, composition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from tfp.numerics.chains import level_index
from tfp.panel.deriving import inherited, marks_of, one_row_later
from tfp.panel.keyed import keyed_frame
from tfp.panel.ledger import LedgerEntry
from tfp.panel.panel import Panel
from tfp.panel.roles import Column
from tfp.results.result import Result

if TYPE_CHECKING:
    import pandas as pd

    from tfp.inputs.capital.user_cost import Rentals
    from tfp.numerics.arrays import FloatArray, IntArray
    from tfp.numerics.capital_services import ServicesGrowth
    from tfp.panel.findings import Finding
    from tfp.panel.rows import RowIndex

BASE = 100.0


@dataclass(frozen=True, eq=False, kw_only=True, repr=False)
class CapitalServiceIndex(Result):
    """Capital services, the stock they come from, and what separates the two.

    Attributes
    ----------
    panel : Panel
        The panel with the index of services in the role ``capital`` (100 in the year from
        which it grows) in place of the stocks by asset, for
        :class:`~tfp.accounts.growth.GrowthAccounting`. Where it had no ``capital_income``
        but ``income`` and ``labour_income``, it has their difference.
    assets : tuple of str
    stocks, rentals : tuple of (n,) arrays
        Of each asset: the stock that works in the year, and the user cost of a unit.
    services_growth, stock_growth : (n,) arrays
        Changes of logarithms.
    cost_shares, stock_shares, asset_growth : tuple of (n,) arrays
        Of each asset: its weight in the growth of services and of the stock, and its own
        growth; 0 where it is left out.
    rate_of_return : (n,) array
        Nominal; NaN where rentals were not computed.
    income : (n,) array or None
        Capital income at current prices.
    options : dict
    warnings : tuple of Finding
    """

    kind: ClassVar[str] = "capital_service_index"

    panel: Panel
    assets: tuple[str, ...]
    stocks: tuple[FloatArray, ...]
    rentals: tuple[FloatArray, ...]
    services_growth: FloatArray
    stock_growth: FloatArray
    cost_shares: tuple[FloatArray, ...]
    stock_shares: tuple[FloatArray, ...]
    asset_growth: tuple[FloatArray, ...]
    rate_of_return: FloatArray
    income: FloatArray | None
    options: dict[str, Any]
    warnings: tuple[Finding, ...] = ()

    @classmethod
    def of(
        cls,
        panel: Panel,
        assets: tuple[str, ...],
        stocks: FloatArray,
        rentals: Rentals,
        growth: ServicesGrowth,
        *,
        options: dict[str, Any],
        warnings: tuple[Finding, ...],
    ) -> CapitalServiceIndex:
        """Return the result of computed stocks (k, n), rentals and growth."""
        return cls(
            panel=_with_services(panel, assets, growth.services, rentals.income, options),
            assets=assets,
            stocks=tuple(stocks),
            rentals=tuple(rentals.rental),
            services_growth=growth.services,
            stock_growth=growth.stock,
            cost_shares=tuple(growth.cost_shares),
            stock_shares=tuple(growth.stock_shares),
            asset_growth=tuple(growth.growth),
            rate_of_return=rentals.rate_of_return,
            income=rentals.income,
            options=options,
            warnings=warnings,
        )

    @property
    def rows(self) -> RowIndex:
        """Who and when each row is."""
        return self.panel.rows

    @property
    def growth(self) -> pd.DataFrame:
        """Growth of services, stock and composition in log points (100 times the change)."""
        return self._frame(
            {
                "services": 100.0 * self.services_growth,
                "stock": 100.0 * self.stock_growth,
                "composition": 100.0 * (self.services_growth - self.stock_growth),
            }
        )

    @property
    def index(self) -> pd.DataFrame:
        """Services, stock and composition as indices, 100 in the year from which all grow."""
        base = base_rows(self.rows, self.services_growth)
        growth = {
            "services": self.services_growth,
            "stock": self.stock_growth,
            "composition": self.services_growth - self.stock_growth,
        }
        return self._frame({name: _index(self.rows, g, base) for name, g in growth.items()})

    @property
    def contributions(self) -> pd.DataFrame:
        """Contribution of each asset to the growth of services, in log points."""
        parts = zip(self.cost_shares, self.asset_growth, strict=True)
        return self._by_asset([100.0 * share * growth for share, growth in parts])

    @property
    def composition_by_asset(self) -> pd.DataFrame:
        """Contribution of each asset to the growth of composition, in log points.

        Its growth times its cost share less its share in the stock.
        """
        parts = zip(self.cost_shares, self.stock_shares, self.asset_growth, strict=True)
        return self._by_asset([100.0 * (v - w) * growth for v, w, growth in parts])

    @property
    def rental_prices(self) -> pd.DataFrame:
        """User cost of a unit of each asset's stock."""
        return self._by_asset(list(self.rentals))

    @property
    def costs(self) -> pd.DataFrame:
        """User cost of the whole stock of each asset, at current prices."""
        return self._by_asset(self._costs())

    @property
    def shares_of_cost(self) -> pd.DataFrame:
        """Share of each asset in the user cost of a year, before share timing."""
        costs = self._costs()
        return self._by_asset([cost / np.sum(costs, axis=0) for cost in costs])

    @property
    def nominal_rate(self) -> pd.DataFrame:
        """Nominal rate of return in per cent."""
        return self._frame({"rate_of_return": 100.0 * self.rate_of_return})

    @property
    def pure_profit(self) -> pd.DataFrame | None:
        """Capital income, its user cost and what is left; None without capital income.

        Ex post nothing is left but rounding. Ex ante, a loss means that the stated rate of
        return, or the stock, is too high for the income.
        """
        if self.income is None:
            return None
        cost = np.sum(self._costs(), axis=0)
        return self._frame(
            {"capital_income": self.income, "user_cost": cost, "pure_profit": self.income - cost}
        )

    @property
    def by_asset(self) -> Panel:
        """The panel with the stock in use and the user cost of each asset.

        Roles ``capital`` and ``capital_income`` by asset, in place of the whole: for
        accounts in which every asset is a term.
        """
        kept = {
            role: column
            for role, column in self.panel.columns.items()
            if role.partition(":")[0] not in ("capital", "capital_income")
        }
        panel = Panel.of(self.rows, kept, self.panel.ledger)
        whole = self.panel.column("capital")
        for asset, stock, cost in zip(self.assets, self.stocks, self._costs(), strict=True):
            panel = panel.with_column(
                Column(
                    role=f"capital:{asset}",
                    name=asset,
                    values=stock,
                    price_base=whole.price_base,
                    **inherited([whole]),
                )
            )
            panel = panel.with_column(
                Column(role=f"capital_income:{asset}", name=f"{asset}_cost", values=cost)
            )
        return panel

    @property
    def at_cost(self) -> Panel:
        """The panel whose ``capital_income`` is the user cost of capital.

        For :class:`~tfp.accounts.income_shares.CostShares`, which show pure profit where
        the panel has ``income``.
        """
        cost = np.sum(self._costs(), axis=0)
        known = np.flatnonzero(~np.isnan(cost))[:1]
        entry = _derived("capital_income", self.rows, known, "cost", self.options)
        column = Column(role="capital_income", name="user_cost", values=cost)
        return self.panel.with_column(column, entry)

    @property
    def _origin(self) -> str:
        return self.rows.origin

    def __repr__(self) -> str:
        rule = self.options["user_cost"]
        by = "published costs" if rule is None else f"{rule['rate_of_return']} user cost"
        count = len(self.assets)
        return f"CapitalServiceIndex by {by} of {count} assets; {len(self.rows)} rows"

    def _tidy(self) -> pd.DataFrame:
        tidy = self.growth.join(self.nominal_rate)
        return tidy.join(self.index.add_suffix("_index")).reset_index()

    def _costs(self) -> list[FloatArray]:
        parts = zip(self.rentals, self.stocks, strict=True)
        return [np.where(stock != 0.0, rental * stock, 0.0) for rental, stock in parts]

    def _by_asset(self, values: list[FloatArray]) -> pd.DataFrame:
        return self._frame(dict(zip(self.assets, values, strict=True)))

    def _frame(self, columns: dict[str, FloatArray]) -> pd.DataFrame:
        return keyed_frame(self.rows, columns)


def base_rows(rows: RowIndex, growth: FloatArray) -> IntArray:
    """Return the row before the first growth of each entity; its first row if there is none."""
    base = rows.starts.copy()
    known = np.flatnonzero(~np.isnan(growth))
    codes, first = np.unique(rows.codes[known], return_index=True)
    base[codes] = known[first] - 1
    return base


def _index(rows: RowIndex, growth: FloatArray, base: IntArray) -> FloatArray:
    index = level_index(growth, rows.starts, rows.breaks, rates="log", base_row=base)
    return BASE * index


def _with_services(
    panel: Panel,
    assets: tuple[str, ...],
    growth: FloatArray,
    income: FloatArray | None,
    options: dict[str, Any],
) -> Panel:
    rows = panel.rows
    model = inherited(panel.column(f"capital:{asset}") for asset in assets)
    if options["stock_timing"] == "start":  # in use is the stock of the row before
        model |= one_row_later(marks_of(panel.column(f"capital:{asset}") for asset in assets), rows)
    dropped = [f"capital:{asset}" for asset in assets]
    if income is not None:
        dropped += [f"capital_income:{asset}" for asset in panel.several("capital_income")]
    columns = {role: column for role, column in panel.columns.items() if role not in dropped}
    bare = Panel.of(rows, columns, panel.ledger)
    base = base_rows(rows, growth)
    years = set(rows.times[base].tolist())
    index = Column(
        role="capital",
        name="capital_services",
        values=_index(rows, growth, base),
        unit=f"{years.pop()} = 100" if len(years) == 1 else None,
        price_base=panel.column(f"capital:{assets[0]}").price_base,
        **model,
    )
    done = _derived("capital", rows, base, "services", options, assets=", ".join(assets))
    with_services = bare.with_column(index, done)
    if income is None or "capital_income" in columns:
        return with_services
    entry = _derived("capital_income", rows, rows.starts, "income", None)
    parents = [*panel.several("capital_income").values()]
    parents = parents or [*panel.in_role("income"), *panel.in_role("labour_income")]
    column = Column(
        role="capital_income", name="capital_income", values=income, **marks_of(parents)
    )
    return with_services.with_column(column, entry)


def _derived(
    role: str,
    rows: RowIndex,
    where: IntArray,
    what: str,
    options: dict[str, Any] | None,
    **fields: str,
) -> LedgerEntry:
    """Return the entry that something was derived, with the rule of rentals if any matters."""
    rule = None if options is None else options["user_cost"]
    figure = "" if options is None else "rentals_published" if rule is None else "rentals"
    if rule is not None:
        chosen = ("rate_of_return", "price_change", "negative_rentals")
        fields["rule"] = ", ".join(f"{name}={rule[name]}" for name in chosen)
    return LedgerEntry(
        action="derived",
        role=role,
        rows=rows.keys(where),
        cause=f"capital_{what}",
        figure=figure,
        fields=fields,
        source=rule["source"] if rule is not None else "",
    )
