r"""Capital by perpetual inventory of cohorts: gross, net and productive stocks.

Each year's investment is followed on its own:

.. math::

   K_t = \sum_{n \ge 0} I_{t-n}\, \phi_n, \qquad
   K^{net}_t = K^{net}_{t-1} + I_t - C_t

with :math:`\phi_n` the share of a cohort that survives (gross stock), what it still does
(productive stock) or what it is still worth (net stock), and :math:`C_t` the consumption
of fixed capital at constant prices.

References
----------
OECD (2009). *Measuring Capital*, second edition. https://doi.org/10.1787/9789264068476-en
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

import numpy as np

from tfp.errors import MethodError, Place, check_choice
from tfp.inputs.capital.admission import (
    check_capital_absent,
    check_output_agrees,
    check_positive,
    check_years,
    kind_of,
    with_capital,
)
from tfp.inputs.capital.backcasting import BackcastInvestment
from tfp.inputs.capital.cohort_grid import cohort_grid
from tfp.inputs.capital.cohort_profile import CohortProfiles, cohort_profiles
from tfp.inputs.capital.cohort_stocks import CohortStocks
from tfp.inputs.capital.depreciation import Geometric
from tfp.inputs.capital.retirement import StatedSurvival
from tfp.inputs.fractions import check_fraction
from tfp.numerics.cohort_profiles import CohortTiming, cohort_losses, cohort_stock, year_weights
from tfp.numerics.perpetual_inventory import CapitalTiming, InventoryStocks, stock_in_use
from tfp.panel.findings import Finding
from tfp.panel.panel import require_panel

if TYPE_CHECKING:
    import pandas as pd

    from tfp.inputs.capital.cohort_grid import CohortGrid
    from tfp.inputs.capital.efficiency import Efficiency
    from tfp.inputs.capital.initial_stock import InitialStock
    from tfp.inputs.capital.retirement import Retirement
    from tfp.numerics.arrays import FloatArray, IntArray
    from tfp.panel.panel import Panel

StockKind = Literal["productive", "net", "gross"]
LONGEST = 1_000  # years into the past: what is older is nothing, or never wears out
KINDS: tuple[StockKind, ...] = get_args(StockKind)


class _Measured(NamedTuple):
    """Stocks of one kind, what is left of the initial one, and losses, each (m, years)."""

    end: FloatArray
    start: FloatArray
    surviving: FloatArray
    lost: FloatArray


@dataclass(frozen=True, eq=False, kw_only=True)
class CohortInventory:
    """A method that follows each year's investment until it leaves service.

    Parameters
    ----------
    efficiency : Efficiency
        ``StraightLine``, ``Hyperbolic``, ``OneHossShay``, ``DelayedLinear``,
        ``DecliningBalance`` or ``GeometricEfficiency``.
    retirement : Retirement
        ``FixedLife``, ``NormalLife``, ``LogNormalLife``, ``GammaLife``, ``WeibullLife``,
        ``WinfreyLife``, ``StatedSurvival`` or ``NoRetirement``.
    discount_rate : float
        Yearly, as a fraction: how later services count in today's price. It moves net
        stock and consumption of fixed capital, not the productive stock.
    initial_stock : BackcastInvestment, InitialStock or None
        Investment before the data, or a stock of the kind `stock` at the end of one
        year. None gives stocks only for years by which all older cohorts have left
        service.
    initial_decay : float or StatedSurvival, optional
        How a stated initial stock is lost, whose ages nobody knows: at a constant yearly
        rate, or down to stated shares after 0, 1, 2, ... years.
    price_change : float
        Yearly change of the rental of a new asset, real if `discount_rate` is.
    stock : {"productive", "net", "gross"}
        The stock that enters production.
    timing : {"end", "start", "mid"}
        Which stock enters a year's production.
    investment_timing : {"end_of_year", "mid_year", "start_of_year"}
        When a year's investment begins to age: ``"mid_year"`` takes the mean of the
        other two.

    Examples
    --------
    >>> import tfp
    >>> panel = tfp.Panel({"year": [2020, 2021, 2022], "gfcf": [30.0, 32.0, 33.0]},
    ...                   time="year", investment="gfcf")
    >>> method = tfp.CohortInventory(
    ...     efficiency=tfp.Hyperbolic(0.5), retirement=tfp.NormalLife(12, 0.25),
    ...     discount_rate=0.04, initial_stock=tfp.BackcastInvestment(growth=0.06, years=40))
    >>> method.fit(panel).stock[["gross", "net", "productive"]].round(1).loc[2022].tolist()
    [294.5, 157.0, 208.4]
    """

    efficiency: Efficiency
    retirement: Retirement
    discount_rate: float
    initial_stock: BackcastInvestment | InitialStock | None
    initial_decay: float | StatedSurvival | None = None
    price_change: float = 0.0
    stock: StockKind = "productive"
    timing: CapitalTiming = "end"
    investment_timing: CohortTiming = "end_of_year"

    def __post_init__(self) -> None:
        for option, known in (
            ("stock", KINDS),
            ("timing", get_args(CapitalTiming)),
            ("investment_timing", get_args(CohortTiming)),
        ):
            check_choice(option, getattr(self, option), known)
        if not hasattr(self.efficiency, "at") or isinstance(self.efficiency, type):
            raise MethodError("efficiency-not-a-profile", found=kind_of(self.efficiency))
        if not hasattr(self.retirement, "lives") or isinstance(self.retirement, type):
            raise MethodError("retirement-not-a-distribution", found=kind_of(self.retirement))
        rule = self.initial_stock
        if rule is not None and (not hasattr(rule, "start") or isinstance(rule, type)):
            raise MethodError("initial-stock-not-a-rule", found=kind_of(rule))
        stated = rule is not None and not isinstance(rule, BackcastInvestment)
        if stated and self.initial_decay is None:
            raise MethodError("initial-decay-missing")
        if not stated and self.initial_decay is not None:
            raise MethodError("initial-decay-unused")
        if isinstance(self.initial_decay, (str, type, Geometric)):
            raise MethodError("depreciation-not-a-rate", found=kind_of(self.initial_decay))
        check_fraction("discount_rate", self.discount_rate)
        check_fraction("price_change", self.price_change)
        self._profiles(1)

    def profiles(self, ages: int = 50) -> pd.DataFrame:
        """Return survival, efficiency and price of a cohort at ages 0, 1, ... up to `ages`."""
        import pandas as pd

        profiles = self._profiles(ages + 1)
        frame = pd.DataFrame(
            {name: array.copy() for name, array in profiles.field_values().items()}
        )
        return frame.rename_axis("age")

    def fit(self, panel: Panel, *, rng: Any = None) -> CohortStocks:
        """Return the stocks of `panel`, which is yearly and needs the role ``investment``.

        Raises
        ------
        MethodError
            ``investment-too-short`` where no initial stock is given and some entity's
            investment is shorter than a cohort's life; otherwise as
            :meth:`tfp.PerpetualInventory.fit`.
        """
        del rng
        require_panel(panel)
        check_years(panel)
        check_capital_absent(panel)
        check_output_agrees(panel)
        grid = cohort_grid(panel, self.initial_stock, self._decay)
        profiles = self._profiles(grid.investment.shape[1] + 2)
        measured = {
            kind: self._measure(grid, profiles.of(kind))
            for kind in KINDS
            if grid.given is None or kind == self.stock
        }
        nothing = np.full(len(panel), np.nan)
        own = measured[self.stock]
        end, start, surviving = map(grid.rows, (own.end, own.start, own.surviving))
        self._check_reached(panel, end)
        check_positive(panel, end)
        in_use = stock_in_use(InventoryStocks(end, start, surviving), self.timing)
        # What nobody had yet at the start of the first year produced nothing then.
        in_use = np.where(in_use > 0.0, in_use, np.nan)
        invested = panel.values("investment")
        every = {
            kind: grid.rows(measured[kind].end) if kind in measured else nothing for kind in KINDS
        }
        return CohortStocks(
            panel=with_capital(
                panel,
                in_use,
                self.timing,
                _first_known(panel, end),
                since=_first_known(panel, end if grid.given is not None else invested),
            ),
            gross=every["gross"],
            net=every["net"],
            productive=every["productive"],
            consumption=grid.rows(measured["net"].lost) if "net" in measured else nothing,
            end_of_year=end,
            start_of_year=start,
            surviving_initial=surviving,
            options=self._options(),
            warnings=(
                *(Finding(code=code, severity="warn") for code in grid.remarks),
                *self._cut_off(panel),
            ),
        )

    @property
    def _decay(self) -> float | StatedSurvival | None:
        decay = self.initial_decay
        return decay if decay is None or isinstance(decay, StatedSurvival) else float(decay)

    def _profiles(self, n_ages: int) -> CohortProfiles:
        return cohort_profiles(
            self.efficiency,
            self.retirement,
            discount_rate=self.discount_rate,
            price_change=self.price_change,
            n_ages=n_ages,
        )

    def _cut_off(self, panel: Panel) -> list[Finding]:
        """Return the finding that investment was not carried back until it is worn out."""
        rule = self.initial_stock
        if not isinstance(rule, BackcastInvestment):
            return []
        ages = rule.years + LONGEST
        profile = self._profiles(ages + 1).of(self.stock)
        return rule.remark_cohorts(panel, year_weights(profile, self.investment_timing, ages))

    def _measure(self, grid: CohortGrid, profile: FloatArray) -> _Measured:
        """Return stocks of one kind and what they lose, in the order of the grid."""
        # One more than there are years: whether anything older than the data is still in use.
        weights = year_weights(profile, self.investment_timing, grid.investment.shape[1] + 1)
        stocks = cohort_stock(grid.investment, weights)
        past = grid.history.shape[1]
        before = stocks[:, past - 1 : past] if past else np.zeros((len(stocks), 1))
        end = grid.since_first(stocks)
        lost = grid.since_first(cohort_stock(grid.investment, cohort_losses(weights)))
        if grid.given is not None:
            end = end + grid.given
            lost = lost - np.diff(grid.given, axis=1, prepend=np.nan)
            before = np.full_like(before, np.nan)
            surviving = grid.given
        else:
            alone = np.zeros_like(grid.investment)
            alone[:, :past] = grid.history
            surviving = grid.since_first(cohort_stock(alone, weights))
        start = np.column_stack((before, end[:, :-1]))
        if not grid.begins:
            # Older cohorts, of which nothing is known, are in the stock until this age.
            age = int(np.flatnonzero(weights)[-1]) + 1
            end[:, : age - 1] = surviving[:, : age - 1] = np.nan
            start[:, :age] = lost[:, :age] = np.nan
        return _Measured(end, start, surviving, lost)

    def _check_reached(self, panel: Panel, end: FloatArray) -> None:
        """Refuse investment too short for any stock of an entity to be known."""
        known = np.unique(panel.rows.codes[~np.isnan(end)])
        absent = [e for code, e in enumerate(panel.rows.entities) if code not in known]
        if absent:
            raise MethodError(
                "investment-too-short",
                places=[Place(entity=entity or None) for entity in absent[:6]],
                years=int(panel.rows.lengths.max()),
            )

    def _options(self) -> dict[str, Any]:
        rule, decay = self.initial_stock, self._decay
        return {
            "efficiency": dict(self.efficiency.options()),
            "retirement": dict(self.retirement.options()),
            "discount_rate": float(self.discount_rate),
            "price_change": float(self.price_change),
            "initial_stock": {"rule": "none"} if rule is None else dict(rule.options()),
            "initial_decay": decay.options() if isinstance(decay, StatedSurvival) else decay,
            "stock": self.stock,
            "timing": self.timing,
            "investment_timing": self.investment_timing,
        }


def _first_known(panel: Panel, stocks: FloatArray) -> IntArray:
    """Return the first row of each entity whose stock is known."""
    known = np.flatnonzero(~np.isnan(stocks))
    return known[np.unique(panel.rows.codes[known], return_index=True)[1]]
