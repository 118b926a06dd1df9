r"""When the units of a cohort leave service.

A distribution of service lives becomes shares :math:`P(T)` of whole years, so that the
stock of each year is a sum. Which year a life belongs to is an option (``rounding``):
``"nearest"`` keeps the mean life; ``"up"`` retires a life of between six and seven years
when seven are over.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal, Protocol

import numpy as np

from tfp.errors import MethodError, check_choice

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tfp.numerics.arrays import FloatArray

NEGLIGIBLE = 1e-6  # share of a cohort whose exact year of retirement nobody would notice
LONGEST_EVER = 2000  # years; a longer table is a slip in the mean or the variation
# Exponents of Winfrey's symmetrical curves as the OECD manual of 2001 prints them.
WINFREY_EXPONENTS = {"S2": 3.700, "S3": 6.902}


class Retirement(Protocol):
    """A distribution of service lives."""

    def lives(self) -> tuple[FloatArray, FloatArray]:
        """Return the service lives in years, (k,), and the share of each, (k,)."""

    def options(self) -> Mapping[str, object]:
        """Return the distribution and its figures as plain values."""


@dataclass(frozen=True)
class NoRetirement:
    """No unit is ever retired: only for efficiency that declines by itself, geometrically."""

    def lives(self) -> tuple[FloatArray, FloatArray]:
        """Return one life without end."""
        return np.array([np.inf]), np.ones(1)

    def options(self) -> dict[str, object]:
        """Return the distribution."""
        return {"distribution": "none"}


@dataclass(frozen=True)
class FixedLife:
    """All units of a cohort are retired at the same age.

    Parameters
    ----------
    life : float
        Whole years: stocks are counted at the ends of years. Lives that are spread around
        seven and a half years are a ``NormalLife`` or another distribution.

    Raises
    ------
    MethodError
        ``service-life-not-positive``, ``service-life-not-whole``.
    """

    life: float

    def __post_init__(self) -> None:
        _check_life(self.life)
        if self.life != math.floor(self.life):
            raise MethodError(
                "service-life-not-whole",
                life=float(self.life),
                whole=[math.floor(self.life), math.ceil(self.life)],
            )

    def lives(self) -> tuple[FloatArray, FloatArray]:
        """Return the one life."""
        return np.array([float(self.life)]), np.ones(1)

    def options(self) -> dict[str, object]:
        """Return the distribution and its figures."""
        return {"distribution": "fixed", "life": float(self.life)}


@dataclass(frozen=True, eq=False)
class StatedSurvival:
    """A stated share of a cohort that is in use at ages 0, 1, 2 and so on.

    Parameters
    ----------
    shares : sequence of float
        From 1 down to 0, never rising.
    offset : int
        Years to add to every life. A table that counts survivors at the start of the
        year of which efficiency is taken at the end, as the British office's do, has 1.

    Raises
    ------
    MethodError
        ``survival-not-declining``.

    Examples
    --------
    >>> lives, shares = StatedSurvival([1, 0.75, 0.5, 0.25, 0]).lives()
    >>> lives.tolist(), shares.tolist()
    ([1.0, 2.0, 3.0, 4.0], [0.25, 0.25, 0.25, 0.25])
    """

    shares: Sequence[float]
    offset: int = 0

    def __post_init__(self) -> None:
        table = np.array([float(share) for share in self.shares])
        object.__setattr__(self, "shares", tuple(table.tolist()))
        ends = len(table) > 1 and table[0] == 1.0 and table[-1] == 0.0
        if not (ends and bool((np.diff(table) <= 0.0).all())):
            raise MethodError("survival-not-declining", shares=list(self.shares[:6]))

    def lives(self) -> tuple[FloatArray, FloatArray]:
        """Return the lives and the share of each."""
        retired = -np.diff(np.array(self.shares))
        held = np.flatnonzero(retired > 0.0)
        lives: FloatArray = np.asarray(held + 1 + self.offset, dtype=np.float64)
        return lives, retired[held]

    def options(self) -> dict[str, object]:
        """Return the table."""
        return {
            "distribution": "stated",
            "shares": tuple(self.shares),
            "offset": self.offset,
        }


@dataclass(frozen=True, kw_only=True)
class SpreadLife(ABC):
    """Base of the distributions with a formula: where they are cut, and which year is whose.

    Parameters
    ----------
    shortest : float
        No unit is retired at this age or before; the rest is rescaled to sum to one.
    longest : float, optional
        No unit is in use longer; if None, as long as more than a millionth of a cohort is.
    beyond : {"last_year", "dropped"}
        What becomes of the share that the formula gives to longer lives: it is retired
        at `longest`, or the rest is rescaled to sum to one.
    rounding : {"nearest", "up"}
        Which whole year a life belongs to.
    offset : int
        Years to add to every life, as for :class:`StatedSurvival`.
    """

    shortest: float = 0.0
    longest: float | None = None
    beyond: Literal["last_year", "dropped"] = "last_year"
    rounding: Literal["nearest", "up"] = "nearest"
    offset: int = 0

    distribution: ClassVar[str]

    def __post_init__(self) -> None:
        check_choice("beyond", self.beyond, ("last_year", "dropped"))
        check_choice("rounding", self.rounding, ("nearest", "up"))
        for figure in self._figures().values():
            if isinstance(figure, float):
                _check_life(figure)
        self._check_variation()
        longest = float(LONGEST_EVER if self.longest is None else self.longest)
        if not 0.0 <= self.shortest < longest:
            raise MethodError("lives-none-left", shortest=float(self.shortest), longest=longest)

    def _check_variation(self) -> None:
        """Refuse a standard deviation in years in the place of one over the mean."""
        mean, variation = getattr(self, "mean", 0.0), getattr(self, "variation", 0.0)
        if variation >= 1.0:
            raise MethodError(
                "life-variation-in-years",
                mean=float(mean),
                variation=float(variation),
                fraction=f"{variation / mean:.4g}",
            )

    @abstractmethod
    def _below(self, age: FloatArray) -> FloatArray:
        """Return the share of lives up to some ages: the distribution function."""

    @abstractmethod
    def _figures(self) -> dict[str, object]:
        """Return the distribution's own figures."""

    def lives(self) -> tuple[FloatArray, FloatArray]:
        """Return the lives in whole years and the share of each.

        Raises
        ------
        MethodError
            ``lives-none-left`` if the cuts leave nothing.
        """
        longest = self._last_age() if self.longest is None else float(self.longest)
        half = 0.5 if self.rounding == "nearest" else 0.0
        first = max(1, math.floor(self.shortest + half) + (self.rounding == "up"))
        last = max(first, math.ceil(longest - half))
        years = np.arange(first, last + 1, dtype=np.float64)
        edges = np.append(years[:1] - 1.0 + half, years + half)
        edges[0] = self.shortest
        edges[-1] = np.inf if self.beyond == "last_year" else longest
        shares = np.diff(self._below(edges))
        total = float(shares.sum())
        if not total > NEGLIGIBLE:
            raise MethodError("lives-none-left", shortest=float(self.shortest), longest=longest)
        return years + self.offset, shares / total

    def options(self) -> dict[str, object]:
        """Return the distribution and its figures."""
        return {
            "distribution": self.distribution,
            **self._figures(),
            "shortest": float(self.shortest),
            "longest": None if self.longest is None else float(self.longest),
            "beyond": self.beyond,
            "rounding": self.rounding,
            "offset": self.offset,
        }

    def _last_age(self) -> float:
        """Return the first whole age that all but a negligible share do not reach."""
        ages = np.arange(1.0, LONGEST_EVER)
        reached = np.flatnonzero(1.0 - self._below(ages) <= NEGLIGIBLE)
        if not len(reached):
            raise MethodError("service-life-not-positive", life=float(LONGEST_EVER))
        return float(ages[reached[0]])


@dataclass(frozen=True)
class NormalLife(SpreadLife):
    """Service lives are normally distributed.

    Parameters
    ----------
    mean : float
        Mean life in years, before any cut.
    variation : float
        Standard deviation over the mean.

    See Also
    --------
    SpreadLife : the options on cuts and rounding, by keyword.

    Examples
    --------
    >>> lives, shares = NormalLife(7, 3 / 7, shortest=2, longest=11, rounding="up").lives()
    >>> float(lives[0]), float(lives[-1]), round(float(shares.sum()), 12)
    (3.0, 11.0, 1.0)
    """

    mean: float
    variation: float
    distribution: ClassVar[str] = "normal"

    def _below(self, age: FloatArray) -> FloatArray:
        from scipy.special import ndtr

        below: FloatArray = ndtr((age / self.mean - 1.0) / self.variation)
        return below

    def _figures(self) -> dict[str, object]:
        return {"mean": float(self.mean), "variation": float(self.variation)}


@dataclass(frozen=True)
class LogNormalLife(SpreadLife):
    r"""Logarithms of service lives are normally distributed.

    .. math:: \sigma^2 = \log(1 + v^2), \qquad \mu = \log m - \sigma^2 / 2

    Parameters
    ----------
    mean, variation : float
        Mean :math:`m` in years and standard deviation over mean :math:`v` of the lives
        themselves, before any cut.

    See Also
    --------
    SpreadLife : the options on cuts and rounding, by keyword.
    """

    mean: float
    variation: float
    distribution: ClassVar[str] = "lognormal"

    def _below(self, age: FloatArray) -> FloatArray:
        from scipy.special import ndtr

        variance = math.log1p(self.variation**2)
        with np.errstate(divide="ignore"):
            logs = np.log(age / self.mean)
        below: FloatArray = ndtr((logs + variance / 2.0) / math.sqrt(variance))
        return below

    def _figures(self) -> dict[str, object]:
        return {"mean": float(self.mean), "variation": float(self.variation)}


@dataclass(frozen=True)
class GammaLife(SpreadLife):
    r"""Service lives follow a gamma distribution of shape :math:`1 / v^2` and mean :math:`m`.

    Parameters
    ----------
    mean, variation : float
        Mean in years and standard deviation over mean, before any cut.

    See Also
    --------
    SpreadLife : the options on cuts and rounding, by keyword.
    """

    mean: float
    variation: float
    distribution: ClassVar[str] = "gamma"

    def _below(self, age: FloatArray) -> FloatArray:
        from scipy.special import gammainc

        shape = 1.0 / self.variation**2
        return np.asarray(gammainc(shape, shape * age / self.mean), dtype=np.float64)

    def _figures(self) -> dict[str, object]:
        return {"mean": float(self.mean), "variation": float(self.variation)}


@dataclass(frozen=True)
class WeibullLife(SpreadLife):
    r"""Service lives follow a Weibull distribution: the risk of retirement changes with age.

    .. math:: F(a) = 1 - e^{-(a / \lambda)^k}, \qquad \lambda = m / \Gamma(1 + 1/k)

    Parameters
    ----------
    mean : float
        Mean life :math:`m` in years, before any cut.
    shape : float
        :math:`k`: at 1 the risk is the same at every age, above it rises with age.

    See Also
    --------
    SpreadLife : the options on cuts and rounding, by keyword.
    """

    mean: float
    shape: float
    distribution: ClassVar[str] = "Weibull"

    def _below(self, age: FloatArray) -> FloatArray:
        scale = self.mean / math.gamma(1.0 + 1.0 / self.shape)
        below: FloatArray = np.negative(np.expm1(-((age / scale) ** self.shape)))
        return below

    def _figures(self) -> dict[str, object]:
        return {"mean": float(self.mean), "shape": float(self.shape)}


@dataclass(frozen=True)
class WinfreyLife(SpreadLife):
    r"""Winfrey's symmetrical curves, fitted to observed retirements of industrial property.

    The density at age :math:`a` is proportional to

    .. math:: \left(1 - \left(\frac{a}{m} - 1\right)^2\right)^k , \qquad 0 \le a \le 2 m

    Parameters
    ----------
    mean : float
        Mean life :math:`m` in years.
    curve : {"S2", "S3"} or float
        Two curves in use by statistical offices, :math:`k` = 3.700 and 6.902; another
        symmetrical curve is given by its exponent. The skewed families L and R are not
        offered: their coefficients are not in the sources at hand.

    See Also
    --------
    SpreadLife : the options on cuts and rounding, by keyword.

    References
    ----------
    Winfrey, R. (1935). *Statistical Analyses of Industrial Property Retirements*. Iowa
    Engineering Experiment Station, Bulletin 125.

    OECD (2001). *Measuring Capital*, first edition.
    """

    mean: float
    curve: str | float
    distribution: ClassVar[str] = "Winfrey"

    def __post_init__(self) -> None:
        if isinstance(self.curve, str):
            check_choice("curve", self.curve, tuple(WINFREY_EXPONENTS))
        super().__post_init__()

    def _below(self, age: FloatArray) -> FloatArray:
        from scipy.special import betainc

        power = 1.0 + self._exponent
        of_longest = np.minimum(age / (2.0 * self.mean), 1.0)
        return np.asarray(betainc(power, power, of_longest), dtype=np.float64)

    @property
    def _exponent(self) -> float:
        if isinstance(self.curve, str):
            return WINFREY_EXPONENTS[self.curve]
        return float(self.curve)

    def _figures(self) -> dict[str, object]:
        return {
            "mean": float(self.mean),
            "curve": self.curve if isinstance(self.curve, str) else float(self.curve),
        }


def _check_life(life: float) -> None:
    """Refuse a mean, a life or a spread that is not a positive number."""
    if not 0.0 < life < math.inf:
        raise MethodError("service-life-not-positive", life=float(life))
