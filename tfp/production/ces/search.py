"""Where the search for a CES function starts, and how far the data hold its substitution."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from tfp.numerics.ces import Nest
from tfp.numerics.separable_least_squares import (
    SeparableFit,
    residual_sum,
    separable_least_squares,
)
from tfp.production.ces.model import HeldModel

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray
    from tfp.production.ces.model import CESModel

# Substitution where the search starts, for each nest: both sides of Cobb-Douglas.
ECONOMIC = (-0.8, -0.3, 0.5, 4.0)
FREE = (-6.0, -2.5, -0.5, 0.5, 6.0)
MOST_STARTS = 6  # of each of two sets of weights
STEPS, PROFILE_STEPS = 1_000, 60
GRID = np.linspace(np.log(0.05), np.log(20.0), 15)  # of log sigma
CRITICAL = 3.841458820694124  # 95 per cent of chi-squared with one degree of freedom


def search(model: CESModel) -> SeparableFit:
    """Return the best solution from a fixed grid of starts, the most promising ones followed."""
    chosen: list[FloatArray] = []
    for weights in (_equal_weights(model.nest), _log_linear_weights(model)):
        starts = _starts(model, weights)
        sums = [residual_sum(model, start) for start in starts]
        order = np.argsort(sums, kind="stable")[:MOST_STARTS]
        chosen += [starts[at] for at in order]
    return separable_least_squares(model, chosen, steps=STEPS)


def _starts(model: CESModel, weights: list[FloatArray]) -> list[FloatArray]:
    nests = model.nest.nests
    extra = model.extra_start()
    found = []
    for rhos in product(ECONOMIC if model.positive else FREE, repeat=len(nests)):
        parts: list[float] = []
        for own, rho in zip(weights, rhos, strict=True):
            if model.positive:
                kept = np.clip(own, 0.05, 0.95)
                parts += [*np.log(kept[:-1] / kept[-1]), -np.log1p(rho)]
            else:
                parts += [*own[:-1], rho]
        found.append(np.concatenate([parts, extra]))
    return found


def _equal_weights(nest: Nest) -> list[FloatArray]:
    return [np.full(len(part.members), 1.0 / len(part.members)) for part in nest.nests]


def _log_linear_weights(model: CESModel) -> list[FloatArray]:
    """Return the weights of the Cobb-Douglas function that fits best; equal where it has none."""
    line = np.column_stack([model.log_inputs, np.ones(len(model.log_output)), model.others])
    slopes = np.linalg.lstsq(line, model.log_output, rcond=None)[0]

    def size(member: Any) -> float:
        if isinstance(member, Nest):
            return sum(size(each) for each in member.members)
        return float(slopes[member])

    found = []
    for part, equal in zip(model.nest.nests, _equal_weights(model.nest), strict=True):
        own = np.array([size(member) for member in part.members])
        found.append(own / own.sum() if abs(own.sum()) > 0.1 * np.abs(own).sum() else equal)
    return found


def substitution_range(model: CESModel, fit: SeparableFit, at: int) -> tuple[float, float]:
    r"""Return the 95 per cent likelihood range of one elasticity of substitution.

    All else is estimated anew at each value; the range holds where
    :math:`n \log(RSS(\sigma) / RSS)` stays below 3.84.

    Parameters
    ----------
    model
        In its economic region.
    fit
    at
        Place of the logarithm of sigma among the parameters.

    Returns
    -------
    (low, high) : tuple of float
        Zero and infinity where the grid, from 0.05 to 20, does not end it.
    """
    best = float(fit.parameters[at])
    above = int(np.searchsorted(GRID, best))
    low = _crossing(model, fit, at, GRID[:above][::-1])
    high = _crossing(model, fit, at, GRID[above:])
    return 0.0 if low is None else low, float("inf") if high is None else high


def _crossing(model: CESModel, fit: SeparableFit, at: int, grid: FloatArray) -> float | None:
    """Return where the statistic first exceeds its limit, going away from the best.

    Its root is nearly straight, so that the crossing is found between two points of the grid.
    """
    place, root = float(fit.parameters[at]), 0.0
    limit, start = np.sqrt(CRITICAL), np.delete(fit.parameters, at)
    least = max(fit.residual_sum, float(np.finfo(np.float64).tiny))
    for value in grid.tolist():
        held = HeldModel(model=model, at=at, value=value)
        found = separable_least_squares(held, [start], steps=PROFILE_STEPS, polished=False)
        start = found.parameters
        ratio = max(found.residual_sum / least, 1.0)
        here = float(np.sqrt(len(model.log_output) * np.log(ratio)))
        if here > limit:
            return float(np.exp(place + (value - place) * (limit - root) / (here - root)))
        place, root = value, max(here, root)
    return None
