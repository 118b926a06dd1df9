r"""What the control function leaves of an input, which is all that its elasticity is read from.

Wooldridge's equations hold a polynomial in state inputs and proxy. The elasticity of an input
comes from what the polynomial leaves of it. Where the input is a function of what the
polynomial is made of, as capital is of last year's capital and investment, nothing is
left but the error of the polynomial, which is no experiment: it shrinks with the degree,
and any elasticity fits it.

.. math:: \lambda_d = \min_{\pi} \sum_{it} (x_{it} - c_d(k, p)_{it}'\pi)^2
    / \sum_{it} (x_{it} - \bar x)^2
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tfp.numerics.polynomial_basis import polynomial_basis
from tfp.panel.findings import Finding

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray, IntArray
    from tfp.production.control_function.firm_sample import FirmSample

# One part in ten thousand: a hundredth of the standard deviation, less than figures are
# exact to.
LEAST = 1e-4
# Two degrees more take away at least that much of what is only the polynomial's error.
FALL = 0.5
HIGHER = 2
ROUNDING = 1e-15


def fixed_inputs(
    sample: FirmSample, inputs: IntArray, known: IntArray, states: int, degree: int
) -> list[Finding]:
    """Return a finding for each input that state inputs and proxy fix.

    Parameters
    ----------
    sample
    inputs
        Which inputs, by their place, on the rows whose past is in the sample.
    known
        Rows on which state inputs and proxy stand: these rows, or those before them.
    states
        How many inputs, the first ones, are state inputs.
    degree
        Of the polynomial.
    """
    logs = sample.logs
    variables = np.vstack([logs.log_inputs[:, :states].T, sample.log_proxy])
    bases = [polynomial_basis(variables, d).T[known] for d in (degree, degree + HIGHER)]
    found = []
    for number in inputs:
        target = logs.log_inputs[logs.successors, number]
        left, higher = (_left(target, basis) for basis in bases)
        if left < LEAST or higher < FALL * left:
            parts = int(1.0 / np.nanmax([np.nanmin([left, higher]), ROUNDING]))
            fields = {"terms": [logs.factor_names[number]], "parts": parts}
            found.append(Finding(code="input-fixed-by-proxy", severity="block", fields=fields))
    return found


def _left(target: FloatArray, basis: FloatArray) -> float:
    """Return the part of the variance that is left; NaN where rows are few beside terms."""
    rows, terms = basis.shape
    if rows < 2 * terms:
        return np.nan
    orthogonal, _ = np.linalg.qr(basis)
    residual = target - target.mean()
    total = residual @ residual
    for _ in range(2):  # once more on what is left: the first time rounds at the size of x
        residual = residual - orthogonal @ (orthogonal.T @ residual)
    return float(residual @ residual / (rows - terms) / (total / (rows - 1)))
