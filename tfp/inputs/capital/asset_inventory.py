"""Capital by asset: each kind of asset by an inventory of its own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tfp.errors import MethodError, Place
from tfp.inputs.capital.admission import check_capital_absent, kind_of
from tfp.inputs.capital.asset_stocks import AssetStocks
from tfp.panel.panel import Panel, require_panel

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tfp.inputs.capital.cohort_inventory import CohortInventory
    from tfp.inputs.capital.cohort_stocks import CohortStocks
    from tfp.inputs.capital.inventory import CapitalStocks, PerpetualInventory
    from tfp.panel.findings import Finding
    from tfp.panel.ledger import LedgerEntry
    from tfp.panel.roles import Column

# What a method reads of the panel beside investment; each asset has its own rate.
_SHARED = ("output",)
_BY_ASSET = ("investment", "depreciation_rate")
# A stock of one asset is not to be held against the capital-output ratio of an economy.
_OF_THE_WHOLE = ("initial-ratio-implausible",)


@dataclass(frozen=True, eq=False)
class AssetInventory:
    """A method that runs an inventory on the investment in each asset.

    Parameters
    ----------
    methods : mapping
        ``PerpetualInventory`` or ``CohortInventory`` by asset; the assets are those of
        the panel's ``investment={"ict": ..., "buildings": ...}``. A rate of depreciation
        that is read from the panel is the asset's own ``depreciation_rate={"ict": ...}``.

    Examples
    --------
    >>> import tfp
    >>> panel = tfp.Panel(
    ...     {"year": [2020, 2021], "built": [60.0, 63.0], "ict": [10.0, 12.0]},
    ...     time="year", investment={"buildings": "built", "ict": "ict"})
    >>> method = tfp.AssetInventory({
    ...     "buildings": tfp.PerpetualInventory(
    ...         depreciation=0.03, initial_stock=tfp.GivenStock(900.0, year=2020)),
    ...     "ict": tfp.CohortInventory(
    ...         efficiency=tfp.Hyperbolic(0.5), retirement=tfp.FixedLife(5), discount_rate=0.04,
    ...         initial_stock=tfp.BackcastInvestment(growth=0.1, years=5))})
    >>> stocks = method.fit(panel)
    >>> sorted(stocks.panel.several("capital")), stocks.total["total"].round(1).tolist()
    (['buildings', 'ict'], [930.8, 970.9])
    """

    methods: Mapping[str, PerpetualInventory | CohortInventory]

    def __post_init__(self) -> None:
        if not hasattr(self.methods, "items") or not self.methods:
            raise MethodError("assets-no-table", found=kind_of(self.methods))
        for asset, method in self.methods.items():
            if not hasattr(method, "fit") or isinstance(method, type):
                raise MethodError("asset-method-unknown", asset=asset, found=kind_of(method))
        object.__setattr__(self, "methods", dict(self.methods))

    def fit(self, panel: Panel, *, rng: Any = None) -> AssetStocks:
        """Return the stocks of each asset and the panel with ``capital:{asset}``.

        Raises
        ------
        MethodError
            ``assets-differ`` unless the methods' assets are those of investment,
            ``capital-present``, and those of the assets' methods.
        """
        del rng
        require_panel(panel)
        check_capital_absent(panel)
        invested = panel.several("investment")
        if set(invested) != set(self.methods):
            raise MethodError(
                "assets-differ",
                without_method=sorted(set(invested) - set(self.methods)),
                without_investment=sorted(set(self.methods) - set(invested)),
            )
        stocks = {asset: self.methods[asset].fit(_of_asset(panel, asset)) for asset in invested}
        bare = _without_capital(panel)
        for asset, result in stocks.items():
            column, entries = _capital_of(asset, result)
            bare = bare.with_column(column, *entries)
        warnings = tuple(_remarks(stocks))
        return AssetStocks(panel=bare, stocks=stocks, warnings=warnings)


def _of_asset(panel: Panel, asset: str) -> Panel:
    """Return a panel in which the asset's investment is the only one."""
    columns = {role: panel.columns[role] for role in _SHARED if role in panel.columns}
    for role in _BY_ASSET:
        if f"{role}:{asset}" in panel.columns:
            columns[role] = replace(panel.columns[f"{role}:{asset}"], role=role)
        elif role in panel.columns:
            columns[role] = panel.columns[role]
    return Panel.of(panel.rows, columns)


def _without_capital(panel: Panel) -> Panel:
    """Return the panel without capital that was derived before."""
    columns = {r: c for r, c in panel.columns.items() if r.partition(":")[0] != "capital"}
    ledger = tuple(e for e in panel.ledger if e.role.partition(":")[0] != "capital")
    return Panel.of(panel.rows, columns, ledger)


def _capital_of(
    asset: str, result: CapitalStocks | CohortStocks
) -> tuple[Column, tuple[LedgerEntry, ...]]:
    """Return the asset's capital and its ledger under the asset's own role."""
    role = f"capital:{asset}"
    column = replace(result.panel.column("capital"), role=role, name=role)
    return column, tuple(replace(entry, role=role) for entry in result.panel.ledger)


def _remarks(stocks: Mapping[str, CapitalStocks | CohortStocks]) -> Iterator[Finding]:
    """Yield each asset's remarks at its column of investment."""
    for result in stocks.values():
        for finding in result.warnings:
            if finding.code not in _OF_THE_WHOLE:
                yield replace(finding, places=_at_column(finding.places, result))


def _at_column(
    places: tuple[Place, ...], result: CapitalStocks | CohortStocks
) -> tuple[Place, ...]:
    """Return places that name the column of investment; the column itself where there are none."""
    column = result.panel.column("investment").name
    return tuple(replace(place, column=place.column or column) for place in places or (Place(),))
