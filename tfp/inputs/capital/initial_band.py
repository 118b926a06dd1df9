r"""How far the initial stock, a declared assumption, moves capital and TFP.

A stock is linear in its initial value: with :math:`\lambda K_0` in place of :math:`K_0`,

.. math:: K_t(\lambda) = K_t + (\lambda - 1)\, s_t,

where :math:`s_t` is what is left of :math:`K_0`. The effect on TFP growth is minus the
capital share times the change of capital growth. The result is a *range of declared
assumptions*: it has no probability.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

import numpy as np

from tfp.errors import MethodError
from tfp.inputs.capital.backcasting import BackcastInvestment
from tfp.inputs.capital.cohort_inventory import CohortInventory
from tfp.inputs.capital.initial_stock import CapitalOutputRatio
from tfp.inputs.capital.inventory import PerpetualInventory
from tfp.inputs.fractions import check_fraction
from tfp.numerics.growth import growth_rates
from tfp.panel.keyed import keyed_frame
from tfp.panel.keys import bare_spelling
from tfp.results.band import Band
from tfp.results.result import Result

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from tfp.inputs.capital.cohort_stocks import CohortStocks
    from tfp.inputs.capital.initial_stock import InitialStock
    from tfp.inputs.capital.inventory import CapitalStocks
    from tfp.numerics.arrays import FloatArray, IntArray
    from tfp.panel.panel import Panel
    from tfp.panel.rows import RowIndex

SCALES = (0.75, 1.25)
# Viet Nam, the nation: capital-output ratios in use by year of the initial stock (2005 on
# the accounts before the re-evaluation of 2019, 2010 on those since), and depreciation.
VIET_NAM_RATIOS = {2005: (1.5, 2.3), 2010: (2.1, 2.8)}
VIET_NAM_DEPRECIATION = (0.04, 0.06)
VIET_NAM = "vietnam"
PER_CENT_SUSPECTED = 1.5  # no share of capital is 150 %; a typed 40 for 0.40 is

Inventory: TypeAlias = PerpetualInventory | CohortInventory


@dataclass(frozen=True, eq=False)
class _Scaled:
    """A multiple of what another rule gives."""

    rule: InitialStock
    scale: float

    def start(
        self, panel: Panel, depreciation: FloatArray | float
    ) -> tuple[FloatArray, IntArray, tuple[str, ...]]:
        """Return the other rule's stocks, scaled."""
        stocks, rows, remarks = self.rule.start(panel, depreciation)
        return self.scale * stocks, rows, remarks

    def options(self) -> dict[str, object]:
        """Return the other rule's figures, and the multiple."""
        return {**self.rule.options(), "scale": self.scale}


@dataclass(frozen=True, eq=False, kw_only=True, repr=False)
class InitialStockRange(Result):
    """Stocks under several declared assumptions, and how far these move growth.

    Attributes
    ----------
    rows : RowIndex
    names : tuple of str
        The assumptions; the first is the user's own.
    capital : tuple of (n,) arrays
        Stock in use under each.
    surviving_share : tuple of (n,) arrays
        Share of the end-of-year stock that is left of the initial stock, under each.
    declared : dict
        What each assumes, as plain values, by its name.
    """

    kind: ClassVar[str] = "initial_stock_range"

    rows: RowIndex
    names: tuple[str, ...]
    capital: tuple[FloatArray, ...]
    surviving_share: tuple[FloatArray, ...]
    declared: dict[str, Any]

    @property
    def growth(self) -> pd.DataFrame:
        """Growth of capital in per cent under each assumption."""
        return self._frame(dict(zip(self.names, 100.0 * self._growth(), strict=True)))

    @property
    def stocks(self) -> pd.DataFrame:
        """Stock in use under each assumption."""
        return self._frame(dict(zip(self.names, self.capital, strict=True)))

    @property
    def surviving(self) -> pd.DataFrame:
        """Share of the stock that is still the initial stock, in per cent."""
        shares = [100.0 * share for share in self.surviving_share]
        return self._frame(dict(zip(self.names, shares, strict=True)))

    @property
    def growth_band(self) -> Band:
        """Growth of capital as a fraction: smallest, the user's own, largest."""
        return self._band(self._growth())

    def effect_on_tfp(self, capital_share: float | FloatArray) -> pd.DataFrame:
        """Return by how many points each assumption moves TFP growth from the user's own.

        Parameters
        ----------
        capital_share : float or (n,) array
            Weight of capital, a fraction; simple rates.

        Raises
        ------
        MethodError
            ``fraction-in-per-cent``.
        """
        _check_share(capital_share)
        growth = self._growth()
        effect = -100.0 * capital_share * (growth - growth[0])
        return self._frame(dict(zip(self.names, effect, strict=True)))

    def tfp_band(self, capital_share: float | FloatArray) -> Band:
        """Return the effect on TFP growth, in points, as smallest, none, largest."""
        _check_share(capital_share)
        growth = self._growth()
        return self._band(-100.0 * capital_share * (growth - growth[0]))

    @property
    def _origin(self) -> str:
        return self.rows.origin

    def __repr__(self) -> str:
        return f"InitialStockRange of {len(self.names)} declared assumptions; {len(self.rows)} rows"

    def _growth(self) -> FloatArray:
        return np.array([growth_rates(k, self.rows.breaks, "simple") for k in self.capital])

    def _band(self, values: FloatArray) -> Band:
        return Band(
            low=values.min(axis=0),
            centre=values[0],
            high=values.max(axis=0),
            level=1.0,
            covers="; ".join(self.names),
        )

    def _tidy(self) -> pd.DataFrame:
        band, growth = self.growth_band, self._growth()
        survive = np.array(self.surviving_share)
        frame = self._frame(
            {
                "capital_growth": 100.0 * growth[0],
                "lowest_growth": 100.0 * band.low,
                "highest_growth": 100.0 * band.high,
                "surviving_share": 100.0 * survive[0],
                "lowest_surviving": 100.0 * survive.min(axis=0),
                "highest_surviving": 100.0 * survive.max(axis=0),
            }
        )
        return frame.reset_index()

    def _frame(self, columns: dict[str, Any]) -> pd.DataFrame:
        return keyed_frame(self.rows, columns)


def initial_stock_range(
    panel: Panel,
    inventory: Inventory,
    alternatives: Mapping[str, Inventory | float] | None = None,
) -> InitialStockRange:
    """Return the stocks of `panel` under an inventory and under declared alternatives to it.

    Parameters
    ----------
    panel : Panel
        With what the inventory asks for.
    inventory : PerpetualInventory or CohortInventory
        The user's own assumption.
    alternatives : mapping, optional
        By name: another inventory, or a multiple of the initial stock (0.75). Unless given:
        for the nation Viet Nam with a capital-output ratio of 2005 or 2010, the ratios and
        depreciation rates in use there; for any other area the user's initial stock times
        0.75 and 1.25. Figures of one area are never used for another. Back-cast
        investment has no single stock to multiply: name other inventories.

    Raises
    ------
    MethodError
        ``alternatives-missing``, ``alternative-not-understood``,
        ``scale-not-positive``, ``scale-without-stock``, ``alternative-name-taken``, and
        those of :meth:`tfp.PerpetualInventory.fit`.

    Examples
    --------
    >>> import tfp
    >>> panel = tfp.Panel({"year": [2020, 2021, 2022], "gdp": [100.0, 104.0, 108.0],
    ...                    "gfcf": [30.0, 32.0, 33.0]},
    ...                   time="year", output="gdp", investment="gfcf")
    >>> inventory = tfp.PerpetualInventory(
    ...     depreciation=0.05, initial_stock=tfp.CapitalOutputRatio(2.5, year=2020))
    >>> tfp.initial_stock_range(panel, inventory).growth.round(2)
          stated  initial stock x 0.75  initial stock x 1.25
    year
    2020     NaN                   NaN                   NaN
    2021    7.80                 12.07                  5.24
    2022    7.24                 10.70                  5.03
    """
    own = inventory.fit(panel)
    if alternatives is None:
        alternatives = default_alternatives(panel, inventory)
    if not alternatives:
        raise MethodError("alternatives-missing")
    runs = {"stated": (own.panel.values("capital"), _share(own), dict(own.options))}
    for name, alternative in alternatives.items():
        if name in runs:
            raise MethodError("alternative-name-taken", name=name)
        runs[name] = _run(panel, inventory, alternative)
    return InitialStockRange(
        rows=panel.rows,
        names=tuple(runs),
        capital=tuple(run[0] for run in runs.values()),
        surviving_share=tuple(run[1] for run in runs.values()),
        declared={name: run[2] for name, run in runs.items()},
    )


def default_alternatives(panel: Panel, inventory: Inventory) -> dict[str, Inventory | float]:
    """Return the alternatives that are run where the user names none.

    Parameters
    ----------
    panel : Panel
    inventory : PerpetualInventory or CohortInventory
    """
    rule = inventory.initial_stock
    names = panel.rows.entities
    if (
        isinstance(inventory, PerpetualInventory)
        and isinstance(rule, CapitalOutputRatio)
        and int(rule.year) in VIET_NAM_RATIOS
        and len(names) == 1
        and bare_spelling(names[0]) == VIET_NAM
    ):
        return {
            f"ratio {ratio:g}, depreciation {rate:g}": replace(
                inventory, depreciation=rate, initial_stock=replace(rule, ratio=ratio)
            )
            for ratio in VIET_NAM_RATIOS[int(rule.year)]
            for rate in VIET_NAM_DEPRECIATION
        }
    return {f"initial stock x {scale:g}": scale for scale in SCALES}


def _run(
    panel: Panel, inventory: Inventory, alternative: Inventory | float
) -> tuple[FloatArray, FloatArray, dict[str, Any]]:
    """Return stock in use, surviving share and declared options of one alternative."""
    if isinstance(alternative, (PerpetualInventory, CohortInventory)):
        stocks = alternative.fit(panel)
        return stocks.panel.values("capital"), _share(stocks), dict(stocks.options)
    if isinstance(alternative, bool) or not isinstance(alternative, (int, float, np.number)):
        raise MethodError("alternative-not-understood", found=type(alternative).__name__)
    if not 0.0 < alternative < np.inf:
        raise MethodError("scale-not-positive", scale=float(alternative))
    rule = inventory.initial_stock
    if rule is None or isinstance(rule, BackcastInvestment):
        raise MethodError("scale-without-stock", scale=float(alternative))
    stocks = replace(inventory, initial_stock=_Scaled(rule, float(alternative))).fit(panel)
    return stocks.panel.values("capital"), _share(stocks), dict(stocks.options)


def _check_share(capital_share: float | FloatArray) -> None:
    """Refuse weights of capital that are typed in per cent."""
    known = np.nan_to_num(np.asarray(capital_share, dtype=np.float64))
    check_fraction("capital_share", float(known.max()), most=PER_CENT_SUSPECTED)


def _share(stocks: CapitalStocks | CohortStocks) -> FloatArray:
    return stocks.surviving_initial / stocks.end_of_year
