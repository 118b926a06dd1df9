"""Capital services: ``[capital.services]``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

from tfp.inputs.capital.services import CapitalServices, NewAssets, StockTiming, StockWeights
from tfp.inputs.capital.user_cost import NegativeRentals, PriceChange, UserCost
from tfp.numerics.capital_services import ShareTiming
from tfp.workflow.plans.plan_keys import Keys

if TYPE_CHECKING:
    from collections.abc import Mapping

RateOfReturn = Literal["ex_post", "ex_ante", "hybrid", "published"]
# Keys of the user cost by where the rate of return comes from: needed, and allowed.
_USER_COST = (
    "depreciation",
    "price_reference",
    "price_change",
    "window",
    "inflation",
    "inflation_window",
    "negative_rentals",
)
SERVICE_KEYS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "ex_post": ((), (*_USER_COST, "source")),
    "ex_ante": (("real_rate", "source"), _USER_COST),
    "hybrid": (("real_rate", "source"), _USER_COST),
    "published": ((), ()),
}
_BESIDE = ("rate_of_return", "stock_timing", "share_timing", "stock_weights", "new_assets")


@dataclass(frozen=True, kw_only=True)
class Services:
    """``[capital.services]``: stocks weighed by what it costs to use them.

    Which keys belong to which `rate_of_return` stands in :data:`SERVICE_KEYS`;
    ``"published"`` takes rental costs from the data.
    """

    rate_of_return: RateOfReturn
    depreciation: Mapping[str, float] | None = None
    price_reference: int | Literal["as_given"] | None = None
    price_change: PriceChange = "actual"
    window: int = 5
    real_rate: float | Mapping[int, float] | None = None
    inflation: float | Mapping[int, float] | Literal["output_price"] | None = None
    inflation_window: int = 1
    negative_rentals: NegativeRentals = "raise"
    stock_timing: StockTiming = "in_use"
    share_timing: ShareTiming = "average"
    stock_weights: StockWeights = "constant_prices"
    new_assets: NewAssets = "drop"
    source: str = ""

    def method(self, depreciation: Mapping[str, float] | None) -> CapitalServices:
        """Return the method of the library.

        Parameters
        ----------
        depreciation : mapping or None
            Rates of the inventories, which hold where the table names none.
        """
        user_cost = None
        if self.rate_of_return != "published":
            user_cost = UserCost(
                rate_of_return=self.rate_of_return,
                depreciation=self.depreciation or depreciation,
                price_reference=self.price_reference,
                price_change=self.price_change,
                window=self.window,
                real_rate=self.real_rate,
                inflation=self.inflation,
                inflation_window=self.inflation_window,
                source=self.source,
                negative_rentals=self.negative_rentals,
            )
        return CapitalServices(
            user_cost=user_cost,
            stock_timing=self.stock_timing,
            share_timing=self.share_timing,
            stock_weights=self.stock_weights,
            new_assets=self.new_assets,
        )


def read_services(keys: Keys) -> Services:
    """Return ``[capital.services]``."""
    rate = keys.choice("rate_of_return", tuple(SERVICE_KEYS))
    keys.check_belong(rate, *SERVICE_KEYS[rate], beside=_BESIDE)
    return Services(
        rate_of_return=rate,
        depreciation=keys.sub("depreciation").every(Keys.fraction) or None,
        price_reference=keys.optional("price_reference", lambda name: _reference(keys, name)),
        price_change=_word(keys, "price_change", PriceChange, "actual"),
        window=keys.whole("window", 1, 50) if "window" in keys else Services.window,
        real_rate=keys.optional("real_rate", lambda name: _yearly(keys, name)),
        inflation=keys.optional("inflation", lambda name: _inflation(keys, name)),
        inflation_window=(
            keys.whole("inflation_window", 1, 50)
            if "inflation_window" in keys
            else Services.inflation_window
        ),
        negative_rentals=_word(keys, "negative_rentals", NegativeRentals, "raise"),
        stock_timing=_word(keys, "stock_timing", StockTiming, "in_use"),
        share_timing=_word(keys, "share_timing", ShareTiming, "average"),
        stock_weights=_word(keys, "stock_weights", StockWeights, "constant_prices"),
        new_assets=_word(keys, "new_assets", NewAssets, "drop"),
        source=keys.text_or_empty("source"),
    )


def _word(keys: Keys, name: str, words: Any, default: str) -> Any:
    return keys.choice(name, get_args(words), default)


def _reference(keys: Keys, name: str) -> int | Any:
    if isinstance(keys.value(name), str):
        return keys.choice(name, ("as_given",))
    return keys.year(name)


def _yearly(keys: Keys, name: str) -> float | dict[int, float]:
    if isinstance(keys.value(name), dict):
        return keys.by_year(name, Keys.rate)
    return keys.rate(name)


def _inflation(keys: Keys, name: str) -> Any:
    if isinstance(keys.value(name), str):
        return keys.choice(name, ("output_price",))
    return _yearly(keys, name)
