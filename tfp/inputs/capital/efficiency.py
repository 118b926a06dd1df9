r"""What an asset still does at each age, as a share of what it did when new.

For a unit of service life :math:`T` each profile gives :math:`f(a, T)`, for ages
:math:`0 \le a < T`; from :math:`T` on a unit does nothing. Which lives there are is said
by :mod:`tfp.inputs.capital.retirement`.

References
----------
OECD (2009). *Measuring Capital*, second edition, chapter 11.
https://doi.org/10.1787/9789264068476-en
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from tfp.errors import MethodError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tfp.numerics.arrays import FloatArray


class Efficiency(Protocol):
    """A profile of efficiency over the life of one unit."""

    @property
    def tail(self) -> float | None:
        """How a unit that is never retired declines from year to year; None if it cannot be."""

    def at(self, age: FloatArray, life: FloatArray) -> FloatArray:
        """Return the efficiency at ages below the service life; the arrays are broadcast."""

    def options(self) -> Mapping[str, object]:
        """Return the profile and its figures as plain values."""


@dataclass(frozen=True)
class Hyperbolic:
    r"""Efficiency is lost slowly at first and fast towards the end of life.

    .. math:: f(a, T) = \frac{T - a}{T - b\, a}

    Parameters
    ----------
    b : float
        At most 1, where nothing is lost before the end (:class:`OneHossShay`); 0 is the
        straight line. Statistical offices take 0.5 for equipment and 0.75 for structures.

    Raises
    ------
    MethodError
        ``efficiency-out-of-range`` if `b` is above 1 or no number.

    Examples
    --------
    >>> import numpy as np
    >>> Hyperbolic(0.5).at(np.array([0.0, 4.0, 7.0]), np.array(8.0)).round(4).tolist()
    [1.0, 0.6667, 0.2222]
    """

    b: float

    def __post_init__(self) -> None:
        _check("b", self.b, low=-np.inf, high=1.0)

    @property
    def tail(self) -> float | None:
        """None: the profile is defined by the service life."""
        return None

    def at(self, age: FloatArray, life: FloatArray) -> FloatArray:
        """Return the efficiency at ages below the service life."""
        return (life - age) / (life - self.b * age)

    def options(self) -> dict[str, object]:
        """Return the profile and its figures."""
        return {"profile": "hyperbolic", "b": float(self.b)}


@dataclass(frozen=True)
class OneHossShay:
    r"""A unit does all it ever did until the end of its life: :math:`f(a, T) = 1`."""

    @property
    def tail(self) -> float | None:
        """None: without an end nothing would ever be lost."""
        return None

    def at(self, age: FloatArray, life: FloatArray) -> FloatArray:
        """Return ones."""
        return np.ones(np.broadcast_shapes(age.shape, life.shape))

    def options(self) -> dict[str, object]:
        """Return the profile."""
        return {"profile": "one-hoss shay"}


@dataclass(frozen=True)
class StraightLine:
    r"""The same amount of efficiency is lost every year: :math:`f(a, T) = (T - a) / T`."""

    @property
    def tail(self) -> float | None:
        """None: the profile is defined by the service life."""
        return None

    def at(self, age: FloatArray, life: FloatArray) -> FloatArray:
        """Return the efficiency at ages below the service life."""
        return (life - age) / life

    def options(self) -> dict[str, object]:
        """Return the profile."""
        return {"profile": "straight line"}


@dataclass(frozen=True)
class DelayedLinear:
    r"""Nothing is lost for some years, and then the same amount every year.

    .. math:: f(a, T) = \min\left(1, \frac{T - a}{T - d}\right)

    A unit that is retired before the delay is over loses nothing until then.

    Parameters
    ----------
    delay : float
        :math:`d`, in years.

    Raises
    ------
    MethodError
        ``efficiency-out-of-range`` if `delay` is negative or no number.
    """

    delay: float

    def __post_init__(self) -> None:
        _check("delay", self.delay, low=0.0, high=np.inf)

    @property
    def tail(self) -> float | None:
        """None: the profile is defined by the service life."""
        return None

    def at(self, age: FloatArray, life: FloatArray) -> FloatArray:
        """Return the efficiency at ages below the service life."""
        left = np.ones(np.broadcast_shapes(age.shape, life.shape))
        np.divide(life - age, life - self.delay, out=left, where=(age > self.delay) & (age < life))
        return left

    def options(self) -> dict[str, object]:
        """Return the profile and its figures."""
        return {"profile": "delayed linear", "delay": float(self.delay)}


@dataclass(frozen=True)
class DecliningBalance:
    r"""A constant rate of loss, lower for longer lives: :math:`f(a, T) = (1 - R/T)^a`.

    Parameters
    ----------
    rate : float
        The declining-balance rate :math:`R`: 2 is the double declining balance. Units
        of a life up to :math:`R` years do nothing after their first day.

    Raises
    ------
    MethodError
        ``efficiency-out-of-range`` if `rate` is not positive.
    """

    rate: float

    def __post_init__(self) -> None:
        _check("rate", self.rate, low=0.0, high=np.inf, open_low=True)

    @property
    def tail(self) -> float | None:
        """None: the profile is defined by the service life."""
        return None

    def at(self, age: FloatArray, life: FloatArray) -> FloatArray:
        """Return the efficiency at ages below the service life."""
        kept: FloatArray = np.maximum(1.0 - self.rate / life, 0.0)
        powers: FloatArray = kept**age
        return powers

    def options(self) -> dict[str, object]:
        """Return the profile and its figures."""
        return {"profile": "declining balance", "rate": float(self.rate)}


@dataclass(frozen=True)
class GeometricEfficiency:
    r"""The same share is lost every year: :math:`f(a, T) = (1 - \delta)^a`.

    The one profile that needs no service life, and whose prices decline as its
    efficiency does, whatever the rate of discount.

    Parameters
    ----------
    rate : float
        :math:`\delta` a year, as a fraction.

    Raises
    ------
    MethodError
        ``efficiency-out-of-range`` unless 0 <= rate < 1.
    """

    rate: float

    def __post_init__(self) -> None:
        _check("rate", self.rate, low=0.0, high=1.0, open_high=True)

    @property
    def tail(self) -> float | None:
        """What is left after each further year."""
        return 1.0 - self.rate

    def at(self, age: FloatArray, life: FloatArray) -> FloatArray:
        """Return the efficiency, whatever the service life."""
        powers: FloatArray = (1.0 - self.rate) ** np.broadcast_to(
            age, np.broadcast_shapes(age.shape, life.shape)
        )
        return powers

    def options(self) -> dict[str, object]:
        """Return the profile and its figures."""
        return {"profile": "geometric", "rate": float(self.rate)}


def _check(
    option: str,
    value: float,
    *,
    low: float,
    high: float,
    open_low: bool = False,
    open_high: bool = False,
) -> None:
    """Refuse a figure outside its range; infinity is outside every range."""
    above = value > low if open_low else value >= low
    below = value < high if open_high else value <= high
    if not (above and below and bool(np.isfinite(value))):
        raise MethodError("efficiency-out-of-range", option=option, value=float(value))
