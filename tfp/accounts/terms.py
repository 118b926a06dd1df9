"""From the kernel's output to named terms, returns to scale among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray


def terms_with_returns(
    names: tuple[str, ...],
    contributions: tuple[FloatArray, ...],
    residual: FloatArray,
    elasticity_sum: float,
) -> tuple[tuple[str, ...], tuple[FloatArray, ...]]:
    r"""Return names and values of the terms; the residual gives up returns to scale.

    With weights scaled to one from elasticities that sum to :math:`S`, the term is
    :math:`(S - 1) \sum_i c_i` and TFP is the residual less it. For shares
    (:math:`S = 1`) there is no such term.

    Parameters
    ----------
    names
        Names of the inputs.
    contributions
        Weighted growth of each input, (n,) each.
    residual
        Output growth less the contributions, (n,).
    elasticity_sum
        :math:`S`.
    """
    if elasticity_sum == 1.0:
        return (*names, "tfp"), (*contributions, residual)
    returns = (elasticity_sum - 1.0) * np.sum(contributions, axis=0)
    return (*names, "returns_to_scale", "tfp"), (*contributions, returns, residual - returns)
