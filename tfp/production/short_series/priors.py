"""What is believed of elasticities before the data are seen, said in numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tfp.errors import MethodError
from tfp.numerics.conjugate_regression import Statements
from tfp.panel.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


TREND = "trend"
MOSTLY = 0.5


@dataclass(frozen=True)
class Prior:
    """A belief about one coefficient: where it is, give or take.

    Parameters
    ----------
    mean : float
    std : float
        Standard deviation; ``math.inf`` for no belief.
    source : str
        Where it comes from, for the report.

    Raises
    ------
    MethodError
        ``prior-not-a-number`` unless the mean is finite and the deviation positive.

    Examples
    --------
    >>> Prior(0.40, 0.10, source="income shares of the national accounts").mean
    0.4
    """

    mean: float
    std: float
    source: str = ""

    def __post_init__(self) -> None:
        if not (math.isfinite(self.mean) and self.std > 0.0):
            raise MethodError("prior-not-a-number", mean=float(self.mean), std=float(self.std))

    def options(self) -> dict[str, object]:
        """Return the belief as plain values."""
        return {"mean": float(self.mean), "std": float(self.std), "source": self.source}


def check_prior_names(priors: Mapping[str, Prior], factor_names: Sequence[str]) -> None:
    """Refuse beliefs that are not of exactly these inputs.

    Raises
    ------
    MethodError
        ``elasticities-missing``.
    """
    absent = [name for name in factor_names if name not in priors]
    surplus = [name for name in priors if name not in factor_names]
    if absent or surplus:
        raise MethodError("elasticities-missing", absent=absent, surplus=surplus)


def statements(
    priors: Mapping[str, Prior], names: Sequence[str], factors: int, returns_std: float | None
) -> Statements:
    """Return beliefs, and constant returns to scale give or take, as rows.

    Parameters
    ----------
    priors
        By coefficient; those without one are not restricted.
    names
        Of the coefficients, the elasticities first.
    factors
        How many of them are elasticities.
    returns_std
        How far the sum of the elasticities is from one; None says nothing of it.
    """
    believed = [name for name in names if name in priors]
    rows = [np.array([1.0 * (name == other) for other in names]) for name in believed]
    values = [priors[name].mean for name in believed]
    stds = [priors[name].std for name in believed]
    if returns_std is not None:
        rows.append(np.array([1.0 * (at < factors) for at in range(len(names))]))
        values.append(1.0)
        stds.append(returns_std)
    return Statements(rows=np.array(rows), values=np.array(values), stds=np.array(stds))


def prior_findings(prior_weight: float) -> Iterator[Finding]:
    """Yield what has to be said where the prior is most of what is known."""
    if prior_weight > MOSTLY:
        yield Finding(
            code="prior-dominates", severity="warn", fields={"weight": 100.0 * prior_weight}
        )
