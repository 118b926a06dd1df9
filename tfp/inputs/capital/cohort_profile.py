"""The profiles of a whole cohort: who is left, what they still do, what they are worth."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tfp.errors import MethodError
from tfp.inputs.capital.efficiency import DecliningBalance
from tfp.numerics.cohort_profiles import age_price
from tfp.numerics.records import Record

if TYPE_CHECKING:
    from tfp.inputs.capital.efficiency import Efficiency
    from tfp.inputs.capital.retirement import Retirement
    from tfp.numerics.arrays import FloatArray


@dataclass(frozen=True, eq=False)
class CohortProfiles(Record):
    """A cohort at ages 0, 1, ..., each (ages,), as shares of what it was when new.

    Attributes
    ----------
    survival : (ages,) array
        Share of the units that are still in use.
    efficiency : (ages,) array
        What the cohort still does.
    price : (ages,) array
        What it is worth.
    """

    survival: FloatArray
    efficiency: FloatArray
    price: FloatArray

    def of(self, stock: str) -> FloatArray:
        """Return the profile behind the gross, the productive or the net stock."""
        profiles = {"gross": self.survival, "productive": self.efficiency, "net": self.price}
        return profiles[stock]


def _check_rate(efficiency: Efficiency, mean_life: float) -> None:
    """Refuse a declining balance that leaves nothing of the average unit after a year."""
    if isinstance(efficiency, DecliningBalance) and efficiency.rate > mean_life:
        raise MethodError(
            "declining-balance-too-fast", rate=float(efficiency.rate), mean_life=mean_life
        )


def cohort_profiles(
    efficiency: Efficiency,
    retirement: Retirement,
    *,
    discount_rate: float,
    price_change: float,
    n_ages: int,
) -> CohortProfiles:
    """Return the profiles at the first `n_ages` ages.

    Raises
    ------
    MethodError
        ``declining-balance-too-fast`` where the rate is above the mean service life;
        ``profile-needs-life`` where nothing is retired and the profile has no course
        of its own, ``price-without-limit`` where later services, discounted, never end.
    """
    lives, shares = retirement.lives()
    _check_rate(efficiency, float(np.sum(lives * shares)))
    endless = bool(np.isinf(lives[-1]))
    tail = efficiency.tail if endless else 0.0
    if tail is None:
        raise MethodError("profile-needs-life", profile=str(efficiency.options()["profile"]))
    if not (discount_rate > -1.0 and price_change > -1.0) or (
        endless and tail * (1.0 + price_change) >= 1.0 + discount_rate
    ):
        raise MethodError(
            "price-without-limit",
            discount_rate=float(discount_rate),
            price_change=float(price_change),
        )
    whole = n_ages if endless else max(n_ages, math.ceil(float(lives[-1])) + 1)
    ages = np.arange(whole, dtype=np.float64)[:, np.newaxis]
    in_use = ages < lives
    each = np.where(in_use, efficiency.at(np.where(in_use, ages, 0.0), lives), 0.0)
    survival, services = in_use @ shares, each @ shares
    prices = age_price(services, discount_rate=discount_rate, price_change=price_change, tail=tail)
    return CohortProfiles(survival[:n_ages], services[:n_ages], prices[:n_ages])
