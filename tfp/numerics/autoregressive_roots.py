r"""All solutions of the moments of an autoregressive law, from one polynomial.

Given the persistence :math:`\rho` the moments are linear in the elasticities,

.. math:: Z'(X - \rho X_{-1})\,\beta = Z'(\phi - \rho \phi_{-1}),

so that :math:`\beta(\rho) = N(\rho) / D(\rho)` with :math:`D` the determinant on the left,
a polynomial of degree *p*, and :math:`N` of degree *p* too. What remains is that
:math:`\rho` is the regression of :math:`\omega` on its past :math:`v`,

.. math:: (D\omega)'(Dv) - \rho\,(Dv)'(Dv) = 0,

a polynomial of degree :math:`2p + 1` in :math:`\rho`: its real roots are all solutions, and
no search can miss one. Everything is a function of the cross-products of the variables.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray

# A pair of complex roots this near the real axis, relative to their size, may be a real
# double root blurred by rounding; whether it is one is decided by solving from it.
NEARLY_REAL = 1e-6


def autoregressive_roots(products: FloatArray, p: int) -> list[tuple[float, FloatArray]]:
    """Return the solutions from cross-products of centred variables.

    Parameters
    ----------
    products
        Of proxied output, its *p* inputs, both of the period before, and *p* instruments.
    p
        Number of inputs.
    """
    present, past = slice(0, 1 + p), slice(1 + p, 2 + 2 * p)
    instrument = products[2 + 2 * p :]
    now, before = instrument[:, present], instrument[:, past]
    # The values of a polynomial on the unit circle are the transform of its coefficients.
    count = 2 * p + 2
    circle = np.exp(2j * np.pi * np.arange(count) / count)
    system = now - circle[:, None, None] * before
    determinant, solved = _determinant_and_numerator(system)
    weights = np.concatenate([determinant[:, None], -solved], axis=1)
    cross, own = products[present, past], products[past, past]
    value = np.einsum("ri,ij,rj->r", weights, cross, weights)
    value -= circle * np.einsum("ri,ij,rj->r", weights, own, weights)
    coefficients = np.fft.fft(value).real / count
    found = np.roots(coefficients[::-1])
    real = np.sort(found.real[np.abs(found.imag) <= NEARLY_REAL * (1.0 + np.abs(found))])[::-1]
    return [(float(rho), _elasticities(now - rho * before)) for rho in real]


def _elasticities(system: FloatArray) -> FloatArray:
    return np.asarray(np.linalg.lstsq(system[:, 1:], system[:, 0], rcond=None)[0], np.float64)


def _determinant_and_numerator(
    system: np.ndarray[tuple[int, ...], np.dtype[np.complex128]],
) -> tuple[np.ndarray[tuple[int, ...], np.dtype[np.complex128]], ...]:
    """Return det M and det M times the solution of M b = r, for systems [r, M]."""
    right, left = system[:, :, 0], system[:, :, 1:]
    determinant = np.linalg.det(left)
    # Cramer's rule: exact where the determinant vanishes, which a solver is not.
    numerator = np.empty_like(right)
    for column in range(right.shape[1]):
        replaced = left.copy()
        replaced[:, :, column] = right
        numerator[:, column] = np.linalg.det(replaced)
    return determinant, numerator
