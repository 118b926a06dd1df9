r"""Covariance of least-squares coefficients: named options.

.. math:: \hat V = c\, (X'X)^{-1} \hat S (X'X)^{-1}

with the bread from the regression and the meat :math:`\hat S` and factor :math:`c` of the
option. The sums are those of statsmodels.

References
----------
Cameron, A. C. and Miller, D. L. (2015). A practitioner's guide to cluster-robust
inference. *Journal of Human Resources* 50(2), 317-372. https://doi.org/10.3368/jhr.50.2.317
Driscoll, J. C. and Kraay, A. C. (1998). Consistent covariance matrix estimation with
spatially dependent panel data. *Review of Economics and Statistics* 80(4), 549-560.
https://doi.org/10.1162/003465398557825
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Protocol

import numpy as np

from tfp.errors import MethodError, check_choice

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray
    from tfp.production.equation import Equation, Solved

Correction = Literal["none", "degrees_of_freedom", "groups"]
CORRECTIONS: tuple[Correction, ...] = ("none", "degrees_of_freedom", "groups")


class Covariance(Protocol):
    """A rule for the covariance of the coefficients of an equation."""

    @property
    def name(self) -> str:
        """What tables call it."""

    def of(self, equation: Equation, solved: Solved) -> FloatArray:
        """Return the covariance, (k, k)."""

    def options(self) -> dict[str, object]:
        """Return the option as plain values."""


@dataclass(frozen=True)
class Conventional:
    r"""Errors alike and independent: :math:`\hat\sigma^2 (X'X)^{-1}`."""

    name = "conventional"

    def of(self, equation: Equation, solved: Solved) -> FloatArray:
        """Return the covariance, (k, k)."""
        free = equation.residual_degrees
        return solved.regression.bread * (solved.regression.residual_sum / free)

    def options(self) -> dict[str, object]:
        """Return the option as plain values."""
        return {"covariance": self.name}


@dataclass(frozen=True)
class Robust:
    """Errors of any variance, independent (White).

    Parameters
    ----------
    correction : {"degrees_of_freedom", "none"}
        Whether the covariance is multiplied by n / (n - k): HC1, else HC0.
    """

    correction: Literal["none", "degrees_of_freedom"] = "degrees_of_freedom"
    name = "heteroskedasticity-robust"

    def __post_init__(self) -> None:
        check_choice("correction", self.correction, CORRECTIONS[:2])

    def of(self, equation: Equation, solved: Solved) -> FloatArray:
        """Return the covariance, (k, k)."""
        scores = equation.regressors * solved.regression.residuals[:, None]
        bread = solved.regression.bread
        plain: FloatArray = bread @ (scores.T @ scores) @ bread
        return plain * _factor(self.correction, equation, 0)

    def options(self) -> dict[str, object]:
        """Return the option as plain values."""
        return {"covariance": self.name, "correction": self.correction}


@dataclass(frozen=True)
class Clustered:
    """Errors that may be correlated within an entity, within a period, or within both.

    Parameters
    ----------
    by : {"entity", "time", "entity and time"}
    correction : {"degrees_of_freedom", "groups", "none"}
        The factor: n / (n - k); G / (G - 1) times (n - 1) / (n - k), with G the smallest
        number of groups; or one.
    """

    by: Literal["entity", "time", "entity and time"] = "entity"
    correction: Correction = "groups"

    def __post_init__(self) -> None:
        check_choice("by", self.by, ("entity", "time", "entity and time"))
        check_choice("correction", self.correction, CORRECTIONS)

    @property
    def name(self) -> str:
        """What tables call it."""
        return f"clustered by {self.by}"

    def of(self, equation: Equation, solved: Solved) -> FloatArray:
        """Return the covariance, (k, k)."""
        from statsmodels.stats import sandwich_covariance as sandwich

        arrays = _arrays(equation, solved)
        groups = {"entity": equation.entities, "time": equation.periods}
        counts = {name: int(group.max()) + 1 for name, group in groups.items()}
        if self.by == "entity and time":
            both = sandwich.cov_cluster_2groups(
                arrays, groups["entity"], groups["time"], use_correction=False
            )
            plain, number = both[0], min(counts.values())
        else:
            plain = sandwich.cov_cluster(arrays, groups[self.by], use_correction=False)
            number = counts[self.by]
        if number < 2:
            raise MethodError("one-cluster", by=self.by)
        return np.asarray(plain) * _factor(self.correction, equation, number)

    def options(self) -> dict[str, object]:
        """Return the option as plain values."""
        return {"covariance": self.name, "correction": self.correction}


@dataclass(frozen=True)
class DriscollKraay:
    """Errors correlated between entities and, fading over some periods, in time.

    It needs many periods; ten to fifteen years are few.

    Parameters
    ----------
    lags : int
        Periods over which the correlation fades, by Bartlett's weights.
    """

    lags: int
    name = "Driscoll-Kraay"

    def __post_init__(self) -> None:
        if self.lags < 0:
            raise MethodError("lags-negative", lags=self.lags)

    def of(self, equation: Equation, solved: Solved) -> FloatArray:
        """Return the covariance, (k, k)."""
        from statsmodels.stats import sandwich_covariance as sandwich

        arrays = _arrays(equation, solved)
        order = np.argsort(equation.periods, kind="stable")
        ordered = (arrays[0][order], arrays[1])
        covariance = sandwich.cov_nw_groupsum(
            ordered, self.lags, equation.periods[order], use_correction=0
        )
        return np.asarray(covariance)

    def options(self) -> dict[str, object]:
        """Return the option as plain values."""
        return {"covariance": self.name, "lags": self.lags}


def _arrays(equation: Equation, solved: Solved) -> tuple[Any, Any]:
    """Return scores and bread, as the sums of statsmodels take them."""
    residuals = solved.regression.residuals
    return equation.regressors * residuals[:, None], solved.regression.bread


def _factor(correction: Correction, equation: Equation, groups: int) -> float:
    n, k = map(int, equation.regressors.shape)
    if correction == "none":
        return 1.0
    if correction == "degrees_of_freedom":
        return n / (n - k)
    return groups / (groups - 1) * (n - 1) / (n - k)
