r"""Capital stocks for many draws of depreciation and initial stock at once.

.. math:: K_{e,t,b} = (1 - \delta_b) K_{e,t-1,b} + \sigma_b\, \iota_b\, I_{e,t}, \qquad
          K_{e,0,b} = r_b\, Y_e

with :math:`\iota_b` as in :func:`tfp.numerics.perpetual_inventory.perpetual_inventory`.
One entity is done at a time and the draws lie side by side, so that the vectors of a
recursion stay in the cache and nothing but the result is ever held.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray
    from tfp.numerics.perpetual_inventory import InvestmentTiming


def inventory_draws(
    investment: FloatArray,
    depreciation: FloatArray,
    initial_base: FloatArray,
    initial_ratio: FloatArray,
    *,
    investment_scale: FloatArray | None = None,
    investment_timing: InvestmentTiming = "end_of_year",
    out: FloatArray | None = None,
) -> FloatArray:
    """Return the stock at the end of each year for each draw.

    Each draw has the bits that `perpetual_inventory` gives for its parameters. Nothing is
    checked; a missing value of investment makes the stocks from its year on NaN.

    Parameters
    ----------
    investment
        Constant prices, (entities, years). That of the first year is in the initial stock.
    depreciation
        Yearly rate as a fraction, one a draw, (draws,).
    initial_base
        What the ratio multiplies, such as output of the first year, (entities,).
    initial_ratio
        Initial stock over the base, one a draw, (draws,), or (entities, draws).
    investment_scale
        What all investment is multiplied by, one a draw, (draws,); None for 1.
    investment_timing
        ``"end_of_year"`` or ``"mid_year"``.
    out
        Where to write, (entities, years, draws), contiguous; a new array if None.

    Returns
    -------
    (entities, years, draws) array

    Examples
    --------
    >>> stocks = inventory_draws(
    ...     np.array([[20.0, 30.0, 40.0]]),
    ...     np.array([0.05, 0.10]),
    ...     np.array([50.0]),
    ...     np.array([2.0, 2.0]),
    ... )
    >>> stocks[0].tolist()
    [[100.0, 100.0], [125.0, 120.0], [158.75, 148.0]]
    """
    entities, years = investment.shape
    draws = depreciation.size
    stocks = np.empty((entities, years, draws)) if out is None else out
    kept = 1.0 - depreciation
    unworn = 1.0 - depreciation / 2.0 if investment_timing == "mid_year" else None
    added = np.empty(draws) if not (investment_scale is None and unworn is None) else None
    ratios = np.broadcast_to(initial_ratio, (entities, draws))
    for entity in range(entities):
        own = stocks[entity]
        np.multiply(ratios[entity], initial_base[entity], out=own[0])
        for year in range(1, years):
            now = own[year]
            np.multiply(own[year - 1], kept, out=now)
            if added is None:
                now += investment[entity, year]
                continue
            if investment_scale is None:
                added.fill(investment[entity, year])
            else:
                np.multiply(investment_scale, investment[entity, year], out=added)
            if unworn is not None:
                added *= unworn
            now += added
    return stocks
