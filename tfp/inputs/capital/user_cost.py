r"""The user cost of capital: what an asset would rent for.

.. math:: u_{k,t} = q_{k,t-1}\, i_t + \delta_k\, q_{k,t} - \Delta q_{k,t}

per unit of the stock that works in year t. The price of a new asset is :math:`q`, its
(expected) change :math:`\Delta q`. The nominal rate of return :math:`i` is

- *ex post*: the one at which rentals exhaust capital income :math:`\Pi`,

  .. math:: i_t = \frac{\Pi_t + \sum_k \Delta q_{k,t} S_{k,t} - \sum_k \delta_k q_{k,t} S_{k,t}}
                       {\sum_k q_{k,t-1} S_{k,t}},

- *ex ante*: a stated real rate and general inflation, :math:`(1 + r)(1 + \pi) - 1`; what
  rentals then do not exhaust of income is pure profit (or loss),
- *hybrid*: ex post, except in the years of an area in which that would make a rental
  negative, which take the ex-ante rate (the rule of the Bureau of Labor Statistics).

Assumptions
-----------
Ex post: no pure profit, one rate of return for all assets, and every asset that earns the
capital income is in the panel; land and inventories that are left out raise the rate.
Taxes on profits and investment grants are not part of the formula.

References
----------
Jorgenson, D. W. (1963). Capital theory and investment behavior. *American Economic Review*
53(2), 247-259.
OECD (2009). *Measuring Capital*, second edition, chapters 8 and 18.
https://doi.org/10.1787/9789264068476-en
Harper, M. J., Berndt, E. R. and Wood, D. O. (1989). Rates of return and capital
aggregation using alternative rental prices. In D. W. Jorgenson and R. Landau (eds),
*Technology and Capital Formation*, MIT Press.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from tfp.errors import MethodError, Place, check_choice
from tfp.inputs.capital.depreciation import Geometric
from tfp.inputs.capital.initial_stock import rows_of_year
from tfp.inputs.capital.negative_rentals import negative_rental, remark_negative, remark_switch
from tfp.inputs.capital.property_income import (
    capital_income,
    check_capital_unit,
    check_labour_below_income,
)
from tfp.inputs.fractions import check_fractions
from tfp.inputs.prices.deflating import check_one_base
from tfp.numerics.growth import growth_rates
from tfp.numerics.rental_prices import (
    AssetYears,
    before,
    internal_rate,
    mean_of_years,
    rental_prices,
    rentals_without_negative,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tfp.numerics.arrays import FloatArray
    from tfp.panel.findings import Finding
    from tfp.panel.panel import Panel

RateOfReturn = Literal["ex_post", "ex_ante", "hybrid"]
PriceChange = Literal["actual", "moving_average", "general_inflation"]
NegativeRentals = Literal["raise", "keep", "zero"]


@dataclass(frozen=True, eq=False)
class Rentals:
    """What the user cost came to.

    Attributes
    ----------
    rental : (k, n) array
        User cost of a unit of each asset's stock; 0 without stock.
    price : (k, n) array
        Price of a new unit, 1 in the year of the stocks' prices.
    rate_of_return : (n,) array
        Nominal.
    income : (n,) array or None
        Capital income, where the panel has it.
    warnings : tuple of Finding
    """

    rental: FloatArray
    price: FloatArray
    rate_of_return: FloatArray
    income: FloatArray | None
    warnings: tuple[Finding, ...]


@dataclass(frozen=True, eq=False, kw_only=True)
class UserCost:
    """A rule for the rentals of assets: options only.

    Parameters
    ----------
    rate_of_return : {"ex_post", "ex_ante", "hybrid"}
        Where the rate of return comes from; see the module.
    depreciation : mapping, optional
        Rate by asset, a number or a ``Geometric``; None takes the panel's columns
        ``depreciation_rate``, by asset or one for all.
    price_reference : int or "as_given", optional
        Year at whose prices the stocks are valued: prices are divided by their level of
        that year, so that price times stock is money. None takes the price base that the
        stocks declare; ``"as_given"`` says that prices are money per unit already.
    price_change : {"actual", "moving_average", "general_inflation"}
        The change of asset prices that rentals deduct: this year's; the mean rate of
        `window` years that end with this one; or that of general inflation, so that only
        the real rate counts (OECD's balanced real rate).
    window : int
        Years of the moving average.
    real_rate : float or mapping, optional
        Real rate of return as a fraction, or by year; for ex ante and hybrid.
    inflation : float, mapping or "output_price", optional
        General inflation as a fraction, by year, or the growth of the panel's
        ``output_price``.
    inflation_window : int
        Years over which the growth of ``output_price`` is averaged; 1 takes this year's.
    source : str
        Where real rate, inflation and depreciation come from; needed with any of them.
    negative_rentals : {"raise", "keep", "zero"}
        What to do with a rental below zero: refuse it; keep it as it is; or give the asset
        none in that year and, ex post, solve the rate anew for the others, so that income
        stays exhausted. Kept and dropped ones are named in the warnings.

    Raises
    ------
    MethodError
        ``option-unknown``, ``window-too-short``, ``external-rate-missing``,
        ``inflation-missing``, ``user-cost-source-missing``, ``user-cost-depreciation``,
        ``option-unused`` for one that the others leave without effect,
        ``fraction-in-per-cent``.

    Examples
    --------
    >>> import tfp
    >>> tfp.UserCost(rate_of_return="ex_post", depreciation={"buildings": 0.03, "ict": 0.30},
    ...              source="tables of the ministry of finance").rate_of_return
    'ex_post'
    """

    rate_of_return: RateOfReturn
    depreciation: Mapping[str, float | Geometric] | None = None
    price_reference: int | Literal["as_given"] | None = None
    price_change: PriceChange = "actual"
    window: int = 5
    real_rate: float | Mapping[int, float] | None = None
    inflation: float | Mapping[int, float] | Literal["output_price"] | None = None
    inflation_window: int = 1
    source: str = ""
    negative_rentals: NegativeRentals = "raise"

    def __post_init__(self) -> None:
        for option, choices in (
            ("rate_of_return", RateOfReturn),
            ("price_change", PriceChange),
            ("negative_rentals", NegativeRentals),
        ):
            check_choice(option, getattr(self, option), get_args(choices))
        for option in ("window", "inflation_window"):
            years = getattr(self, option)
            if not isinstance(years, (int, np.integer)) or years < 1:
                raise MethodError("window-too-short", option=option, years=str(years))
        if self.rate_of_return != "ex_post" and self.real_rate is None:
            raise MethodError("external-rate-missing", rate_of_return=self.rate_of_return)
        if self._needs_inflation and self.inflation is None:
            raise MethodError("inflation-missing")
        for option in ("real_rate", "inflation"):
            check_fractions(option, getattr(self, option))
        self._check_used()
        if self.depreciation is not None and not isinstance(self.depreciation, Mapping):
            raise MethodError("user-cost-depreciation", found=str(self.depreciation))
        stated = (self.depreciation, self.real_rate, self.inflation)
        if any(figure is not None for figure in stated) and not self.source.strip():
            raise MethodError("user-cost-source-missing")

    def _check_used(self) -> None:
        """Refuse options that the others leave without effect."""
        smoothed = isinstance(self.inflation, str)
        unused = {
            "real_rate": self.real_rate is not None and self.rate_of_return == "ex_post",
            "inflation": self.inflation is not None and not self._needs_inflation,
            "window": self.window != type(self).window and self.price_change != "moving_average",
            "inflation_window": self.inflation_window != 1 and not smoothed,
        }
        for option, is_unused in unused.items():
            if is_unused:
                raise MethodError(
                    "option-unused",
                    option=option,
                    value=str(getattr(self, option)),
                    because=f"rate_of_return={self.rate_of_return!r}, "
                    f"price_change={self.price_change!r}, inflation={self.inflation!r}",
                )

    @property
    def _needs_inflation(self) -> bool:
        return self.rate_of_return != "ex_post" or self.price_change == "general_inflation"

    def rentals(self, panel: Panel, stocks: Mapping[str, FloatArray]) -> Rentals:
        """Return the rentals of the assets of `panel`.

        Parameters
        ----------
        panel : Panel
            Yearly, with ``investment_price`` and, unless stated, ``depreciation_rate`` of
            each asset; ex post also ``capital_income``, or ``income`` and ``labour_income``.
        stocks : mapping
            Stock of each asset that works in the year of the row, (n,).

        Raises
        ------
        MethodError
            ``asset-price-missing``, ``asset-depreciation-missing``,
            ``depreciation-out-of-range``, ``price-not-chained``,
            ``price-reference-missing``, ``price-reference-contradicts``, ``year-missing``,
            ``mixed-units`` of stocks and income, ``capital-income-missing``,
            ``year-without-figure``, ``labour-income-above-income``, ``negative-rental``.
        """
        names = tuple(stocks)
        check_capital_unit(panel)
        assets = self._assets(panel, names, np.array([stocks[name] for name in names]))
        income = capital_income(panel)
        if income is None and self.rate_of_return != "ex_ante":
            raise MethodError("capital-income-missing", present=sorted(panel.columns))
        warnings: list[Finding] = []
        if self.rate_of_return == "ex_ante" or income is None:
            rate = self._external_rate(panel)
            rental = rental_prices(assets, rate)
        else:
            rate = internal_rate(assets, income)
            rental = rental_prices(assets, rate)
            if self.rate_of_return == "hybrid":
                switched: NDArray[np.bool_] = np.any(rental < 0.0, axis=0)
                rate = np.where(switched, self._external_rate(panel), rate)
                rental = rental_prices(assets, rate)
                warnings += remark_switch(panel, switched)
        negative = rental < 0.0
        if negative.any():
            if self.negative_rentals == "raise":
                check_labour_below_income(panel)
                raise negative_rental(panel, names, rental)
            warnings += remark_negative(panel, names, rental, kept=self.negative_rentals == "keep")
            if self.negative_rentals == "zero":
                rental, rate = self._without(assets, income, rental, rate)
        return Rentals(
            rental=rental,
            price=assets.price,
            rate_of_return=rate,
            income=income,
            warnings=tuple(warnings),
        )

    def options(self) -> dict[str, object]:
        """Return the options as plain values."""
        rates: object = None
        if self.depreciation is not None:
            rates = {
                name: rate.options()["rate"] if isinstance(rate, Geometric) else float(rate)
                for name, rate in self.depreciation.items()
            }
        return {
            "rate_of_return": self.rate_of_return,
            "depreciation": rates,
            "price_reference": self.price_reference,
            "price_change": self.price_change,
            "window": self.window,
            "real_rate": _plain(self.real_rate),
            "inflation": _plain(self.inflation),
            "inflation_window": self.inflation_window,
            "source": self.source,
            "negative_rentals": self.negative_rentals,
        }

    def _assets(self, panel: Panel, names: tuple[str, ...], stocks: FloatArray) -> AssetYears:
        breaks = panel.rows.breaks
        price = np.array([self._price(panel, name) for name in names])
        earlier = before(price, breaks)
        if self.price_change == "actual":
            revaluation = price - earlier
        elif self.price_change == "moving_average":
            growth = np.array([growth_rates(row, breaks, "simple") for row in price])
            revaluation = earlier * mean_of_years(growth, breaks, self.window)
        else:
            revaluation = earlier * self._inflation(panel)
        rates = np.array([self._depreciation(panel, name) for name in names])
        return AssetYears(price, earlier, revaluation, rates, stocks)

    def _price(self, panel: Panel, asset: str) -> FloatArray:
        role = f"investment_price:{asset}"
        if role not in panel.columns:
            raise MethodError("asset-price-missing", asset=asset, present=sorted(panel.columns))
        check_one_base(panel.column(role))
        price = panel.values(role)
        if self.price_reference == "as_given":
            return price
        reference = rows_of_year(panel, self._reference_year(panel, asset))
        level: FloatArray = price[reference][panel.rows.codes]
        return price / level

    def _reference_year(self, panel: Panel, asset: str) -> int:
        column = panel.column(f"capital:{asset}")
        declared, stated = column.price_base, self.price_reference
        year = _year_of(declared if stated is None else stated)
        if year is None:
            raise MethodError("price-reference-missing", asset=asset, stated=str(declared or ""))
        if _year_of(declared) not in (None, year):
            raise MethodError(
                "price-reference-contradicts",
                places=[Place(column=column.name)],
                asset=asset,
                stated=year,
                declared=str(declared),
            )
        return year

    def _depreciation(self, panel: Panel, asset: str) -> FloatArray:
        rule: float | Geometric
        if self.depreciation is not None:
            if asset not in self.depreciation:
                raise MethodError("asset-depreciation-missing", asset=asset)
            rule = self.depreciation[asset]
            rule = rule if isinstance(rule, Geometric) else Geometric(float(rule))
            return np.broadcast_to(rule.rates(panel), len(panel)).astype(np.float64)
        role = f"depreciation_rate:{asset}"
        role = role if role in panel.columns else "depreciation_rate"
        if role not in panel.columns:
            raise MethodError("asset-depreciation-missing", asset=asset)
        rates = panel.values(role)
        wrong = np.flatnonzero((rates < 0.0) | (rates >= 1.0))
        if len(wrong):
            raise MethodError(
                "depreciation-out-of-range",
                places=panel.rows.places(wrong[:6], panel.column(role).name),
                rate=float(rates[wrong[0]]),
            )
        return rates

    def _external_rate(self, panel: Panel) -> FloatArray:
        real = _by_year(panel, self.real_rate, "real_rate")
        return (1.0 + real) * (1.0 + self._inflation(panel)) - 1.0

    def _inflation(self, panel: Panel) -> FloatArray:
        if isinstance(self.inflation, str):
            check_choice("inflation", self.inflation, ("output_price",))
            growth = growth_rates(panel.values("output_price"), panel.rows.breaks, "simple")
            return mean_of_years(growth, panel.rows.breaks, self.inflation_window)
        return _by_year(panel, self.inflation, "inflation")

    def _without(
        self, assets: AssetYears, income: FloatArray | None, rental: FloatArray, rate: FloatArray
    ) -> tuple[FloatArray, FloatArray]:
        """Give negative rentals none; ex post, solve the rate anew where there were any."""
        touched = (rental < 0.0).any(axis=0)
        if income is None or self.rate_of_return != "ex_post":
            return np.maximum(rental, 0.0), rate
        others, lower = rentals_without_negative(assets, income)
        return np.where(touched, others, rental), np.where(touched, lower, rate)


def _by_year(panel: Panel, given: float | Mapping[int, float] | None, option: str) -> FloatArray:
    """Return a figure of each row, from one number or a number by year.

    The first year of a series has no rental and needs none.
    """
    if not isinstance(given, Mapping):
        return np.full(len(panel), np.nan if given is None else float(given))
    table = {int(year): float(figure) for year, figure in given.items()}
    figures = np.array([table.get(year, np.nan) for year in panel.rows.times.tolist()])
    needed = np.setdiff1d(np.arange(len(panel)), panel.rows.breaks)
    absent = sorted(set(panel.rows.times[needed[np.isnan(figures[needed])]].tolist()))
    if absent:
        raise MethodError("year-without-figure", option=option, years=absent, count=len(absent))
    return figures


def _year_of(stated: object) -> int | None:
    """Return a year that is written as a number or in digits, anything else as None."""
    digits = str(stated).strip()
    return int(digits) if digits.isdecimal() else None


def _plain(given: float | Mapping[int, float] | str | None) -> object:
    if isinstance(given, Mapping):
        return {str(year): float(figure) for year, figure in given.items()}
    return given if given is None or isinstance(given, str) else float(given)
