r"""Forms of the production function that are linear in their coefficients.

.. math::

    \text{Cobb-Douglas:}\quad & \sum_j \beta_j x_j \\
    \text{translog:}\quad & \sum_j \beta_j x_j + \sum_{j \le k} \beta_{jk} x_j x_k,
    \qquad \theta_j = \beta_j + 2 \beta_{jj} x_j + \sum_{k \ne j} \beta_{jk} x_k

The inputs of a translog are less their means, so that :math:`\beta_j` is the mean elasticity.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations_with_replacement
from typing import TYPE_CHECKING, Literal

import numpy as np

from tfp.numerics.records import Record

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray

Form = Literal["cobb_douglas", "translog"]


@dataclass(frozen=True, eq=False, kw_only=True)
class Technology(Record):
    """A form, and the means that its inputs are less.

    Attributes
    ----------
    form : {"cobb_douglas", "translog"}
    names : tuple of str
        Of the inputs.
    means : (f,) array
        Zeros for a Cobb-Douglas function.
    """

    form: Form
    names: tuple[str, ...]
    means: FloatArray

    @property
    def terms(self) -> tuple[str, ...]:
        """Names of the coefficients: of each input, then of squares and products."""
        pairs = (
            f"{self.names[j]}^2" if j == k else f"{self.names[j]} × {self.names[k]}"
            for j, k in self._pairs
        )
        return (*self.names, *pairs)

    @property
    def _pairs(self) -> tuple[tuple[int, int], ...]:
        if self.form == "cobb_douglas":
            return ()
        return tuple(combinations_with_replacement(range(len(self.names)), 2))

    def expand(self, log_inputs: FloatArray) -> FloatArray:
        """Return the terms of the function, (p, n), from logs of the inputs, (f, n)."""
        centred = log_inputs - self.means[:, None]
        return np.vstack([centred, *(centred[j] * centred[k] for j, k in self._pairs)])

    def elasticities(self, coefficients: FloatArray, log_inputs: FloatArray) -> FloatArray:
        """Return the elasticity of each input, row by row, (f, n)."""
        centred = log_inputs - self.means[:, None]
        rows = np.repeat(coefficients[: len(self.names), None], log_inputs.shape[1], axis=1)
        for (j, k), value in zip(self._pairs, coefficients[len(self.names) :], strict=True):
            rows[j] += value * centred[k]
            rows[k] += value * centred[j]
        return rows


def technology(form: Form, names: tuple[str, ...], log_inputs: FloatArray) -> Technology:
    """Return a form, centred at the means of these inputs, (f, n), where it needs a centre."""
    centre = log_inputs.mean(axis=1) if form == "translog" else np.zeros(len(names))
    return Technology(form=form, names=names, means=centre)
