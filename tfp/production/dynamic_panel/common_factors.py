r"""From the free coefficients of a dynamic equation to those of a production function.

A Cobb-Douglas function whose productivity follows :math:`\omega_t = \rho\omega_{t-1} + \xi_t`
is :math:`y_t = \rho y_{t-1} + \theta x_t - \rho\theta x_{t-1} + \xi_t`: the coefficients of
lagged inputs are those of the current ones times minus the persistence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tfp.errors import MethodError
from tfp.numerics.minimum_distance import common_factors
from tfp.production.dynamic_panel.lagged_sample import lag_name
from tfp.results.estimate import TestOutcome

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray

PERSISTENCE = "persistence"


def restricted(
    coefficients: FloatArray,
    covariance: FloatArray,
    names: tuple[str, ...],
    factors: tuple[str, ...],
    controls: tuple[str, ...],
) -> tuple[FloatArray, FloatArray, tuple[str, ...], TestOutcome]:
    """Return the elasticities, the persistence, their covariance and the test.

    Raises
    ------
    MethodError
        ``common-factors-lags`` unless output and every input have exactly one lag.
    """
    from scipy.special import chdtrc

    lagged = [lag_name(name, 1) for name in factors]
    wanted = [lag_name("output", 1), *factors, *lagged, *controls]
    beyond = [name for name in names if ", lag " in name and name not in wanted]
    if beyond or any(name not in names for name in wanted):
        raise MethodError("common-factors-lags")
    chosen = [names.index(name) for name in wanted]
    near = common_factors(coefficients[chosen], covariance[np.ix_(chosen, chosen)], len(factors))
    test = TestOutcome(
        name="common_factors",
        statistic=near.distance,
        p_value=float(chdtrc(len(factors), near.distance)),
        distribution=f"chi2({len(factors)})",
    )
    # Elasticities stand first, as everywhere else.
    order = [*range(1, 1 + len(factors)), 0, *range(1 + len(factors), len(near.estimates))]
    return (
        near.estimates[order],
        near.covariance[np.ix_(order, order)],
        (*factors, PERSISTENCE, *controls),
        test,
    )
