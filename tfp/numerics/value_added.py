r"""Value added and its change against the best practice of the past, by Diewert and Fox.

Technology of period t is what any period up to t has shown, scaled up or down: with
quantities :math:`y^s` of net output and :math:`x^s` of inputs, prices p and w,

.. math:: R^t(p, w, x) = \max_{s \le t} \frac{p \cdot y^s}{w \cdot x^s}\; w \cdot x

is the largest value added that inputs worth :math:`w \cdot x` allow. Going from t - 1 to t
changes prices, inputs, their mix, technology, and the efficiency
:math:`e^t = p^t \cdot y^t / R^t(p^t, w^t, x^t)`, one after the other; each factor is the
geometric mean of its change at the old and at the new values of the others.

References
----------
Diewert, W. E. and Fox, K. J. (2018). Decomposing value added growth into explanatory
factors. In *The Oxford Handbook of Productivity Analysis*, chapter 19.
https://doi.org/10.1093/oxfordhb/9780190226718.013.19
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray, IntArray


class ValueAddedTerms(NamedTuple):
    """Changes of logarithms into each period, (t,), NaN in the first; they add to `value`.

    Attributes
    ----------
    value
        Of value added.
    output_price, input_quantity
        What it changes by because of prices of output, and of quantities of inputs.
    input_mix
        Because of relative prices of inputs: best practice at other ones is another.
    efficiency_change, technical_progress
        Because of the distance to best practice, and of best practice itself.
    efficiency
        The level :math:`e^t`, a fraction; 1 is best practice.
    """

    value: FloatArray
    output_price: FloatArray
    input_quantity: FloatArray
    input_mix: FloatArray
    efficiency_change: FloatArray
    technical_progress: FloatArray
    efficiency: FloatArray


def value_added_terms(
    price: FloatArray, output: FloatArray, input_price: FloatArray, inputs: FloatArray
) -> ValueAddedTerms:
    """Decompose the growth of value added of one unit.

    Parameters
    ----------
    price, output
        Of net outputs, (t, m), in the order of time; intermediate inputs have quantities
        below zero. Value added must be above zero, at any period's prices too.
    input_price, inputs
        Of primary inputs, (t, n), above zero.

    Returns
    -------
    ValueAddedTerms
        NaN into and out of a period with a figure missing; such a period is no best
        practice.

    Examples
    --------
    >>> one = np.ones((3, 1))
    >>> output, labour = np.array([[10.0], [12.0], [11.0]]), np.array([[5.0], [5.0], [5.0]])
    >>> found = value_added_terms(one, output, one, labour)
    >>> np.exp(found.technical_progress).tolist(), found.efficiency.round(6).tolist()
    ([nan, 1.2, 1.0], [1.0, 1.0, 0.916667])
    """
    value, cost = price @ output.T, input_price @ inputs.T  # (at prices of, quantities of)
    now = np.arange(1, len(price))
    before = now - 1
    best = _Best(value, cost, now)
    with np.errstate(invalid="ignore", divide="ignore"):
        log_cost = np.log(cost)
        output_price = _mean(
            best("now", "before", "before") - best("before", "before", "before"),
            best("now", "now", "now") - best("before", "now", "now"),
        )
        input_quantity = _mean(
            log_cost[before, now] - log_cost[before, before],
            log_cost[now, now] - log_cost[now, before],
        )
        input_mix = _mean(
            best("before", "now", "now") - best("before", "before", "now")
            + log_cost[now, now] - log_cost[before, now],
            best("now", "now", "before") - best("now", "before", "before")
            + log_cost[now, before] - log_cost[before, before],
        )  # fmt: skip
        technical_progress = _mean(
            best("now", "now", "now") - best("now", "now", "before"),
            best("before", "before", "now") - best("before", "before", "before"),
        )
        own = np.log(value.diagonal() / cost.diagonal())
        # No period before an entity's first: the first known one is best practice itself.
        efficiency = own - _Best.of_all(value, cost)
        log_value = np.log(value.diagonal())
    return ValueAddedTerms(
        value=_from_first(log_value[now] - log_value[before]),
        output_price=_from_first(output_price),
        input_quantity=_from_first(input_quantity),
        input_mix=_from_first(input_mix),
        efficiency_change=_from_first(efficiency[now] - efficiency[before]),
        technical_progress=_from_first(technical_progress),
        efficiency=np.exp(efficiency),
    )


class _Best:
    """Logarithm of the best value added per cost, by prices and by what has been seen."""

    def __init__(self, value: FloatArray, cost: FloatArray, now: IntArray) -> None:
        self.value, self.cost = value, cost
        self.rows = {"now": now, "before": now - 1}
        self.seen: dict[tuple[str, str], FloatArray] = {}

    def __call__(self, price: str, input_price: str, seen: str) -> FloatArray:
        """Return it at prices of output and inputs of two periods, of practice up to a third."""
        key = (price, input_price)
        if key not in self.seen:
            ratio = self.value[self.rows[price]] / self.cost[self.rows[input_price]]
            self.seen[key] = np.fmax.accumulate(np.log(ratio), axis=1)
        table = self.seen[key]
        best: FloatArray = table[np.arange(len(table)), self.rows[seen]]
        return best

    @staticmethod
    def of_all(value: FloatArray, cost: FloatArray) -> FloatArray:
        """Return it at each period's own prices, of practice up to that period."""
        best: FloatArray = np.fmax.accumulate(np.log(value / cost), axis=1).diagonal()
        return best


def _mean(one: FloatArray, other: FloatArray) -> FloatArray:
    mean: FloatArray = 0.5 * (one + other)
    return mean


def _from_first(changes: FloatArray) -> FloatArray:
    return np.concatenate([np.full(1, np.nan), changes])
