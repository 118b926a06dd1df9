r"""Growth of output split into contributions of the inputs and what remains.

.. math:: \hat A_t = \hat Y_t - \sum_i \bar s_{i,t} \, \hat X_{i,t}

The rows of a panel come sorted by entity and time. A row without a previous period
(a *break*) has no growth: its results are NaN. The work goes through the rows in
chunks that stay in the processor's cache, and every result is computed in place in
the array that is returned; see ``benchmarks/growth_core.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from tfp.numerics.cache_lines import empty_on_cache_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tfp.numerics.arrays import FloatArray, IntArray

Rates = Literal["simple", "log"]
ShareTiming = Literal["average", "current", "previous"]

# 128 KiB an array: all arrays of a chunk fit the cache of one core together, and the thirty
# calls a chunk still cost little beside the arithmetic.
CHUNK_ROWS = 16_384


@dataclass(frozen=True, eq=False)
class GrowthTerms:
    """Terms of the growth equation, as fractions (0.05 is five per cent), one a row.

    Attributes
    ----------
    output_growth : (n,)
        Growth of output since the previous period.
    contributions : tuple of (n,)
        Weighted growth of each input, in the order of the inputs.
    residual : (n,)
        Output growth less all contributions.
    """

    output_growth: FloatArray
    contributions: tuple[FloatArray, ...]
    residual: FloatArray


class _Chunk(NamedTuple):
    """Rows that have a row before them, those rows before, and the breaks among them."""

    now: slice
    before: slice
    breaks: IntArray


@np.errstate(divide="ignore", invalid="ignore", over="ignore")
def growth_terms(
    output: FloatArray,
    inputs: Sequence[FloatArray],
    weights: Sequence[FloatArray | float | None],
    breaks: IntArray,
    *,
    rates: Rates,
    share_timing: ShareTiming,
) -> GrowthTerms:
    r"""Return the growth of output, the contributions of the inputs and the residual.

    .. math::

       \hat X_t = \ln(X_t / X_{t-1}) \text{ or } (X_t - X_{t-1}) / X_{t-1}, \qquad
       c_{i,t} = \bar s_{i,t} \hat X_{i,t}, \qquad
       \hat A_t = \hat Y_t - \sum_i c_{i,t}

    Nothing is checked and no column is copied: memory is that of the results and at
    most two megabytes. Values that have no growth (a zero before, a negative number
    under a logarithm, NaN) give NaN or infinity without a warning.

    Parameters
    ----------
    output
        Output, (n,), in any unit; rows sorted by entity, then time.
    inputs
        Inputs, each (n,), each in any unit.
    weights
        One for each input, as a fraction: (n,), a constant, or None for one less the
        sum of the others, which at most one may be.
    breaks
        Sorted numbers of the rows without a previous period; contains 0 if n > 0.
    rates
        ``"simple"`` relative changes or ``"log"`` changes.
    share_timing
        The weight in the growth from t - 1 to t: mean of both (``"average"``), that of
        t (``"current"``) or of t - 1 (``"previous"``).

    Returns
    -------
    GrowthTerms
        New arrays; NaN at the breaks.

    Examples
    --------
    >>> terms = growth_terms(
    ...     np.array([100.0, 106.0]),
    ...     [np.array([300.0, 327.0]), np.array([50.0, 50.5])],
    ...     [0.40, None],
    ...     np.array([0]),
    ...     rates="simple",
    ...     share_timing="average",
    ... )
    >>> [round(100 * float(part[1]), 6) for part in (*terms.contributions, terms.residual)]
    [3.6, 0.6, 1.8]
    """
    n = output.size
    terms = GrowthTerms(_results(n), tuple(_results(n) for _ in inputs), _results(n))
    terms.residual[:1] = np.nan
    explicit = [i for i, weight in enumerate(weights) if weight is not None]
    remaining = [i for i, weight in enumerate(weights) if weight is None]
    mean_scratch, rest_scratch = _scratch(n), _scratch(n)
    for chunk in _chunks(n, breaks):
        unexplained = _changes(output, terms.output_growth, chunk, rates)
        residual = terms.residual[chunk.now]
        rest: FloatArray | float = 1.0
        for i in explicit + remaining:
            contribution = _changes(inputs[i], terms.contributions[i], chunk, rates)
            weight = weights[i]
            if weight is None:
                contribution *= rest
            else:
                mean = _mean_weight(weight, chunk, share_timing, mean_scratch)
                contribution *= mean
                if remaining:
                    rest = _less(rest, mean, rest_scratch)
            unexplained = np.subtract(unexplained, contribution, out=residual)
        if not inputs:
            residual[:] = unexplained
    return terms


@np.errstate(divide="ignore", invalid="ignore", over="ignore")
def growth_rates(values: FloatArray, breaks: IntArray, rates: Rates) -> FloatArray:
    """Return the growth of one column, (n,), as fractions; NaN at the breaks.

    Parameters
    ----------
    values
        Levels, (n,); rows sorted by entity, then time.
    breaks
        Sorted numbers of the rows without a previous period; contains 0 if n > 0.
    rates
        ``"simple"`` relative changes or ``"log"`` changes.

    Examples
    --------
    >>> growth_rates(np.array([100.0, 105.0, 84.0]), np.array([0]), "simple").tolist()
    [nan, 0.05, -0.2]
    """
    growth = _results(values.size)
    for chunk in _chunks(values.size, breaks):
        _changes(values, growth, chunk, rates)
    return growth


def mean_weights(weight: FloatArray, breaks: IntArray, share_timing: ShareTiming) -> FloatArray:
    """Return the weight that the growth into each row takes, (n,); NaN at the breaks.

    Parameters
    ----------
    weight
        Weight of one input in each period, (n,); rows sorted by entity, then time.
    breaks
        Sorted numbers of the rows without a previous period; contains 0 if n > 0.
    share_timing
        ``"average"`` of t - 1 and t, ``"current"`` or ``"previous"``.

    Examples
    --------
    >>> mean_weights(np.array([0.25, 0.5, 0.25]), np.array([0]), "average").tolist()
    [nan, 0.375, 0.375]
    """
    means = _results(weight.size)
    scratch = _scratch(weight.size)
    for chunk in _chunks(weight.size, breaks):
        means[chunk.now] = _mean_weight(weight, chunk, share_timing, scratch)
        means[chunk.breaks] = np.nan
    return means


def _chunks(n: int, breaks: IntArray) -> Iterator[_Chunk]:
    # The very first row has none before it; it is a break and only gets its NaN.
    first_rows = [1, *range(1 + CHUNK_ROWS, n, CHUNK_ROWS)]
    cuts = [0, *np.searchsorted(breaks, first_rows[1:]).tolist(), breaks.size]
    for k, first in enumerate(first_rows):
        last = min(first + CHUNK_ROWS, n)
        yield _Chunk(slice(first, last), slice(first - 1, last - 1), breaks[cuts[k] : cuts[k + 1]])


def _results(n: int) -> FloatArray:
    # Row 1 is where the first chunk begins, and the chunks are whole numbers of lines.
    return empty_on_cache_lines(n, first=1)


def _scratch(n: int) -> FloatArray:
    return empty_on_cache_lines(min(n, CHUNK_ROWS))


def _changes(values: FloatArray, out: FloatArray, chunk: _Chunk, rates: Rates) -> FloatArray:
    now, before, change = values[chunk.now], values[chunk.before], out[chunk.now]
    if rates == "log":
        # The logarithm of the ratio, not the difference of logarithms: as fast, and some
        # twenty times closer, because the large common part never appears.
        np.divide(now, before, out=change)
        np.log(change, out=change)
    else:
        np.subtract(now, before, out=change)
        np.divide(change, before, out=change)
    out[chunk.breaks] = np.nan
    return change


def _mean_weight(
    weight: FloatArray | float, chunk: _Chunk, share_timing: ShareTiming, scratch: FloatArray
) -> FloatArray | float:
    if not isinstance(weight, np.ndarray):
        return weight
    now, before = weight[chunk.now], weight[chunk.before]
    if share_timing == "current":
        return now
    if share_timing == "previous":
        return before
    mean = np.add(now, before, out=scratch[: now.size])
    mean *= 0.5
    return mean


def _less(
    rest: FloatArray | float, mean: FloatArray | float, scratch: FloatArray
) -> FloatArray | float:
    if isinstance(mean, np.ndarray):
        return np.subtract(rest, mean, out=scratch[: mean.size])
    if isinstance(rest, np.ndarray):
        return np.subtract(rest, mean, out=rest)
    return rest - mean
