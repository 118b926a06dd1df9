r"""The first stage: output free of what nobody foresaw.

.. math:: y_{it} = \Phi(x_{it}, p_{it}) + \delta' z_{it} + \tau_t + \varepsilon_{it}

:math:`\Phi` is a polynomial of a total degree. What is linear in the design (controls,
period effects, and in the methods of Olley-Pakes and Levinsohn-Petrin the flexible inputs)
is estimated here once and for all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tfp.errors import MethodError
from tfp.numerics.least_squares import dependent_columns
from tfp.numerics.records import Record

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray, IntArray

# Below this a pivot of the scaled cross-products may be rounding: then columns decide.
SUSPICIOUS = 1e-9


@dataclass(frozen=True, eq=False, kw_only=True)
class FirstStage(Record):
    r"""A solved first stage.

    Attributes
    ----------
    design : (k, m) array
        First what is linear, then the polynomial.
    names : tuple of str
        Of the linear rows.
    coefficients : (k,) array
    residuals : (m,) array
    bread : (k, k) array
    """

    design: FloatArray
    names: tuple[str, ...]
    coefficients: FloatArray
    residuals: FloatArray
    bread: FloatArray

    @property
    def polynomial(self) -> FloatArray:
        """The rows of the design whose coefficients give phi, (q, m)."""
        return self.design[len(self.names) :]

    @property
    def proxied(self) -> FloatArray:
        r""":math:`\hat\Phi`, (m,)."""
        fitted: FloatArray = self.coefficients[len(self.names) :] @ self.polynomial
        return fitted

    def influence(self, entities: IntArray) -> FloatArray:
        """Return what each firm contributes to the error of the coefficients, (firms, k)."""
        starts = np.flatnonzero(np.diff(entities, prepend=-1))
        sums: FloatArray = np.add.reduceat(self.design * self.residuals, starts, axis=1)
        return (self.bread @ sums).T


def first_stage(
    target: FloatArray,
    linear: FloatArray,
    names: tuple[str, ...],
    polynomial: FloatArray,
    weights: FloatArray | None = None,
) -> FirstStage:
    """Return the regression on what is linear and on a polynomial.

    Parameters
    ----------
    target
        (m,).
    linear
        (c, m).
    names
        Of its rows.
    polynomial
        (q, m), the constant included.
    weights
        Of the rows, (m,); None for one each.

    Raises
    ------
    MethodError
        ``too-few-rows``, ``collinear-inputs``.
    """
    design = np.vstack([linear, polynomial]) if len(linear) else polynomial
    parameters, rows = design.shape
    if rows <= parameters:
        raise MethodError("too-few-rows", rows=rows, parameters=parameters)
    weighted = design if weights is None else design * weights
    products = weighted @ design.T
    _check_rank(products, design, names)
    bread: FloatArray = np.linalg.inv(products).astype(np.float64, copy=False)
    coefficients = bread @ (weighted @ target)
    residuals = target - coefficients @ design
    # Once more on what is left: as exact then as an orthogonal decomposition.
    coefficients = coefficients + bread @ (weighted @ residuals)
    return FirstStage(
        design=design,
        names=names,
        coefficients=coefficients,
        residuals=target - coefficients @ design,
        bread=bread,
    )


def _check_rank(products: FloatArray, design: FloatArray, names: tuple[str, ...]) -> None:
    lengths = np.sqrt(np.diag(products))
    if lengths.min() > 0.0:
        smallest = float(np.linalg.eigvalsh(products / np.outer(lengths, lengths)).min())
        if smallest > SUSPICIOUS:
            return
    dependent = dependent_columns(design.T)
    if len(dependent):
        shown = [names[i] if i < len(names) else f"term {i - len(names)}" for i in dependent]
        raise MethodError("collinear-inputs", names=shown)
