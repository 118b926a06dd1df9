r"""What stands out in a table of levels, one row an entity and one column a period.

The change of the logarithm of each entity, :math:`d_{it}`, is held against what is usual:
its own median change, :math:`c_i`, and, where there are enough entities to tell, what most
of them did in that period, :math:`m_t`,

.. math:: r_{it} = d_{it} - m_t - c_i, \qquad
          s_{it} = \max(s_i, s_t, s, \underline{s}),

with median absolute deviations (times 1.4826) of the entity, of the period and of the whole
table as the spreads :math:`s`. Medians are not moved by what they are to find, as long as it
is less than half of the changes. A value stands out where :math:`|r_{it}|` is many spreads.
The largest of the spreads counts, so that few periods of an entity that happen to be calm, or
one unusual period of all, make no suspects.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tfp.numerics.medians import NORMAL, median_of, row_medians
from tfp.numerics.records import Record

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tfp.numerics.arrays import FloatArray

# A value this many spreads away is a suspect. With normal errors one change in ten
# thousand million is; with the fat tails of provincial investment a few in a thousand.
SUSPECT_SPREADS = 6.0
# One per cent: smoother series than that are interpolated or projected, and a spread of
# nearly nothing would make every correction of them a suspect.
SMALLEST_SPREAD = 0.01
# A spike is back where it left from when what remains is less than half of it.
RETURNED = 0.5
# Fewer changes cannot tell what is usual for an entity, fewer entities not what is for a period.
SHORT_HISTORY = 4
MANY_ENTITIES = 8
# A table of fewer changes can look calm by chance; there a suspect moves by a quarter at least.
FEW_CHANGES, LEAST_LOG = 8, 0.25
# All moved together: at least half of the entities more than two spreads to one side, and
# five times as many as to the other.
COMMON_SHARE, COMMON_SPREADS, COMMON_SIDES = 0.5, 2.0, 5.0
# Rows are out of step: at least a tenth of the entities stand out, a fifth of those to the
# smaller side, and sorted by size the same values are four times as close to what was expected.
MISALIGNED_SHARE, MISALIGNED_SIDES, MISALIGNED_GAIN = 0.1, 0.2, 4.0


@dataclass(frozen=True, eq=False)
class Screening(Record):
    """What stands out in a table, (entities, periods).

    Attributes
    ----------
    misaligned : (T,) array of bool
        Periods whose values are in the wrong rows.
    common : (N, T) array of bool
        Changes by more than is usual in periods in which most entities moved the same way.
    spikes : (N, T) array of bool
        Values that leave and come back.
    steps : (N, T) array of bool
        Changes since the period before that do not come back, those in common aside.
    expected : (N, T) array
        Level that the neighbours of a value let expect: for spikes and values of misaligned
        periods those before and after, otherwise the one before.
    residual : (N, T) array
        Change of the logarithm since the period before, less what is usual; for the cells
        of misaligned periods and for spikes, of the value from what is expected.
    spread : (N, T) array
        Spread that the residual is held against.
    """

    misaligned: NDArray[np.bool_]
    common: NDArray[np.bool_]
    spikes: NDArray[np.bool_]
    steps: NDArray[np.bool_]
    expected: FloatArray
    residual: FloatArray
    spread: FloatArray


@dataclass(frozen=True, eq=False)
class _Usual:
    """Changes of a table of logarithms, what is usual for them, and their spreads."""

    change: FloatArray
    period: FloatArray
    own: FloatArray
    residual: FloatArray
    own_spread: FloatArray
    period_spread: FloatArray
    spread: float


def screen(levels: FloatArray) -> Screening:
    """Return what stands out in a table of levels.

    Parameters
    ----------
    levels
        (N, T), in any unit; NaN where there is none. Levels at or below zero are left out.

    Returns
    -------
    Screening

    Examples
    --------
    A comma lost in the fourth of seven years:

    >>> levels = np.array([[21326.2, 18533.2, 19658.0, 219658.0, 22509.7, 24385.1, 26996.8]])
    >>> found = screen(levels)
    >>> np.argwhere(found.spikes).tolist(), round(float(found.expected[0, 3]))
    ([[0, 3]], 21036)
    """
    logs = np.log(np.where(levels > 0.0, levels, np.nan))
    shape = logs.shape
    residual, expected = np.full(shape, np.nan), np.full(shape, np.nan)
    spread = np.full(shape, SMALLEST_SPREAD)
    clean, misaligned = _misaligned_periods(logs, residual, expected, spread)
    common = _common_changes(clean)
    usual = _usual(clean, common)
    spikes = _spikes(clean, usual, residual, expected, spread)
    clean = np.where(spikes, np.nan, clean)
    steps = _steps(clean, _usual(clean, common), residual, expected, spread)
    return Screening(misaligned, common, spikes, steps, np.exp(expected), residual, spread)


def _usual(logs: FloatArray, common: NDArray[np.bool_] | None = None) -> _Usual:
    change = _changes(logs)
    if common is not None:
        # Told already; what is usual in such a period is what the others did.
        change = np.where(common, np.nan, change)
    middle, count = row_medians(change.T)
    many = count >= MANY_ENTITIES
    period = np.where(many, middle, _or_zero(median_of(middle[many])))
    own, count = row_medians(change - period)
    short = count < SHORT_HISTORY
    # What the others do is the best guess for an entity of few periods.
    own[short] = _or_zero(median_of(change - period)) if len(own) > 1 else own[short]
    own = np.where(np.isnan(own), 0.0, own)
    residual = change - period - own[:, None]
    own_spread, _ = row_medians(np.abs(residual))
    own_spread[short] = 0.0
    period_spread, count = row_medians(np.abs(residual).T)
    period_spread[count < MANY_ENTITIES] = 0.0
    return _Usual(
        change,
        period,
        own,
        residual,
        NORMAL * own_spread,
        NORMAL * period_spread,
        max(_or_zero(NORMAL * median_of(_all_but_largest(residual))), SMALLEST_SPREAD),
    )


def _all_but_largest(residual: FloatArray) -> FloatArray:
    """Return the sizes of residuals without the largest.

    A series that grows at an even rate but for one jump has no other residual: the jump
    must not be its own measure.
    """
    sizes = residual_sizes(residual)
    return np.delete(sizes, np.argmax(sizes)) if len(sizes) else sizes


def residual_sizes(residual: FloatArray) -> FloatArray:
    """Return the sizes of residuals, without those that are exactly none.

    Each entity's median change has a residual of none by construction, and in a short
    table these are a good part of all.
    """
    sizes = np.abs(residual)
    return sizes[sizes > 0.0]


def _misaligned_periods(
    logs: FloatArray, residual: FloatArray, expected: FloatArray, spread: FloatArray
) -> tuple[FloatArray, NDArray[np.bool_]]:
    """Find periods whose values stand in the wrong rows; return the table without them.

    The worst comes first: beside it, its neighbours look displaced too.
    """
    clean, found = logs, np.zeros(logs.shape[1], dtype=np.bool_)
    if len(logs) < MANY_ENTITIES:
        return clean, found
    while True:
        candidates = {
            t: _displaced(clean, t) for t in range(logs.shape[1]) if not np.isnan(clean[:, t]).all()
        }
        sizes = {t: size for t, (_, _, size) in candidates.items() if size > 0.0}
        if not sizes:
            return clean, found
        worst = max(sizes, key=lambda t: sizes[t])
        off, usual, _ = candidates[worst]
        residual[:, worst], spread[:, worst] = off, usual
        expected[:, worst] = clean[:, worst] - off
        found[worst] = True
        clean = clean.copy()
        clean[:, worst] = np.nan


def _displaced(logs: FloatArray, t: int) -> tuple[FloatArray, FloatArray, float]:
    """Return how far the values of a period are off, what is usual, and the size if displaced."""
    guess, usual = _from_neighbours(logs, t)
    off = logs[:, t] - guess
    known = ~np.isnan(off)
    if np.count_nonzero(known) < MANY_ENTITIES:
        return off, usual, 0.0
    raw, values, limit = off[known], logs[known, t], SUSPECT_SPREADS * usual[known]
    off = off - _centre(raw, values, limit)
    # Of a common move of unequal size one half is above its middle: both sides are of the
    # values as they stand, too.
    sided = _both_sides(raw, limit) and _both_sides(off[known], limit)
    return off, usual, _permuted(off[known], values, limit) if sided else 0.0


def _centre(off: FloatArray, values: FloatArray, limit: FloatArray) -> float:
    """Return what the period did to all."""
    middle = median_of(off)
    if 2 * np.count_nonzero(np.abs(off - middle) <= limit) > len(off):
        return middle
    # With most values in the wrong rows: from the values as a set.
    return median_of(np.sort(values) - np.sort(values - off))


def _both_sides(off: FloatArray, limit: FloatArray) -> bool:
    up, down = np.count_nonzero(off > limit), np.count_nonzero(off < -limit)
    if up + down < max(MISALIGNED_SHARE * len(off), SHORT_HISTORY):
        return False
    return bool(min(up, down) >= MISALIGNED_SIDES * (up + down))


def _from_neighbours(logs: FloatArray, t: int) -> tuple[FloatArray, FloatArray]:
    """Return what the other periods let expect in one, and the spread of that."""
    others = np.delete(logs, t, axis=1)
    usual = _usual(others)
    spread = np.maximum(usual.own_spread, usual.spread)
    before = logs[:, t - 1] + usual.own if t > 0 else np.full(len(logs), np.nan)
    after = logs[:, t + 1] - usual.own if t + 1 < logs.shape[1] else np.full(len(logs), np.nan)
    guess = np.where(np.isnan(before), after, before)
    both = ~np.isnan(before) & ~np.isnan(after)
    guess[both] = (before[both] + after[both]) / 2.0
    return guess, spread


def _permuted(off: FloatArray, values: FloatArray, limit: FloatArray) -> float:
    """Return how far values are from their place if they are right in another one, else 0."""
    together = np.abs(np.sort(values) - np.sort(values - off))
    size = median_of(np.abs(off[np.abs(off) > limit]))
    return size if median_of(together) * MISALIGNED_GAIN < size else 0.0


def _common_changes(logs: FloatArray) -> NDArray[np.bool_]:
    """Find changes that most entities made the same way, by far more than is usual."""
    change = _changes(logs)
    found = np.zeros(logs.shape, dtype=np.bool_)
    if len(logs) < MANY_ENTITIES:
        return found
    for t in range(1, logs.shape[1]):
        others = np.delete(change, t, axis=1)
        own, count = row_medians(others)
        own_spread, _ = row_medians(np.abs(others - own[:, None]))
        pooled = median_of(residual_sizes(others - own[:, None]))
        spread = NORMAL * np.fmax(own_spread, pooled)
        off = np.where(count >= SHORT_HISTORY - 1, change[:, t] - own, np.nan)
        limit = COMMON_SPREADS * np.fmax(spread, SMALLEST_SPREAD)
        known = np.count_nonzero(~np.isnan(off))
        up, down = np.count_nonzero(off > limit), np.count_nonzero(off < -limit)
        few, most = min(up, down), max(up, down)
        if known >= MANY_ENTITIES and most >= max(COMMON_SHARE * known, COMMON_SIDES * few):
            # It is likely of each, now: the spread of the table is enough for who is in it.
            least = COMMON_SPREADS * max(NORMAL * pooled, SMALLEST_SPREAD)
            found[:, t] = off > least if up > down else off < -least
    return found


def _spikes(
    logs: FloatArray,
    usual: _Usual,
    residual: FloatArray,
    expected: FloatArray,
    spread: FloatArray,
) -> NDArray[np.bool_]:
    """Find values that leave the level and come back; write what was expected there."""
    found = np.zeros(logs.shape, dtype=np.bool_)
    if logs.shape[1] < SHORT_HISTORY:
        return found
    there, back = usual.residual[:, 1:-1], usual.residual[:, 2:]
    height = (there - back) / 2.0
    limits = np.empty(height.shape)
    for t in range(1, logs.shape[1] - 1):
        limits[:, t - 1] = _spread_without(usual, t)
    high = (np.abs(height) > _threshold(limits, usual)) & (there * back < 0.0)
    high &= np.abs(there + back) < RETURNED * np.abs(height)
    # Beside a spike the way back looks like a spike of half the size the other way.
    size = np.where(high, np.abs(height), 0.0)
    beside = np.pad(size, ((0, 0), (1, 1)))
    high &= (size >= beside[:, :-2]) & (size >= beside[:, 2:])
    found[:, 1:-1] = high
    residual[found], spread[found] = height[high], limits[high]
    expected[found] = logs[found] - height[high]
    return found


def _spread_without(usual: _Usual, t: int) -> FloatArray:
    """Return the spread at a period, the entity's own without the changes to and from it."""
    others = np.delete(usual.residual, (t, t + 1), axis=1)
    middle, count = row_medians(others)
    sizes = np.abs(others - middle[:, None])
    own, _ = row_medians(sizes)
    own = np.where(count >= SHORT_HISTORY - 1, NORMAL * own, 0.0)
    period = max(float(usual.period_spread[t]), float(usual.period_spread[t + 1]))
    # In a table of few entities the spike itself is a good part of all changes.
    pooled = _or_zero(NORMAL * median_of(residual_sizes(sizes)))
    few = len(sizes) < MANY_ENTITIES and pooled > 0.0
    pooled = max(pooled, SMALLEST_SPREAD) if few else usual.spread
    return np.maximum(own, max(period, pooled))


def _threshold(limits: FloatArray, usual: _Usual) -> FloatArray:
    changes = np.count_nonzero(~np.isnan(usual.change))
    least = LEAST_LOG if changes < FEW_CHANGES else 0.0
    return np.maximum(SUSPECT_SPREADS * limits, least)


def _steps(
    logs: FloatArray,
    usual: _Usual,
    residual: FloatArray,
    expected: FloatArray,
    spread: FloatArray,
) -> NDArray[np.bool_]:
    """Find changes that do not come back; write what was expected without them."""
    limits = np.maximum(usual.own_spread[:, None], usual.period_spread)
    limits = np.maximum(limits, usual.spread)
    found = np.abs(usual.residual) > _threshold(limits, usual)
    free = ~np.isnan(usual.residual) & np.isnan(residual)
    residual[free], spread[free] = usual.residual[free], limits[free]
    expected[free] = (logs - usual.residual)[free]
    return found


def _changes(logs: FloatArray) -> FloatArray:
    return np.diff(logs, axis=1, prepend=np.nan)


def _or_zero(value: float) -> float:
    return 0.0 if np.isnan(value) else value
