r"""CES and nested CES functions of normalised inputs, and their exact derivatives.

For inputs :math:`z_i = \log(x_i / \bar x_i)` and weights that add to one,

.. math:: L = -\frac1\rho \log \sum_i w_i e^{-\rho z_i}, \qquad \sigma = \frac{1}{1 + \rho}

is the logarithm of the composite input; in a nest it is an input of the function outside.
Around :math:`m = \sum_i w_i z_i` it is computed as
:math:`m - \log(1 + \sum_i w_i (e^{-\rho (z_i - m)} - 1)) / \rho`, which loses no digits as
:math:`\rho` falls, and by its cumulants where :math:`\rho` is nearly zero.

Derivatives are taken by a complex step, exact to rounding.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tfp.numerics.records import Record

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tfp.numerics.arrays import FloatArray

NEAR_ZERO = 1e-4  # of rho: below it the cumulants are exact to 1e-16
STEP = 1e-30


@dataclass(frozen=True)
class Nest(Record):
    """A composite input.

    Attributes
    ----------
    name : str
    members : tuple of int or Nest
        Columns of the inputs, and composites.
    """

    name: str
    members: tuple[Any, ...]

    @property
    def nests(self) -> tuple[Nest, ...]:
        """The nests within, the innermost first, this one last."""
        inner = [n for member in self.members if isinstance(member, Nest) for n in member.nests]
        return (*inner, self)


def parameter_count(nest: Nest) -> int:
    """Return how many parameters a function has: weights but one, and rho, of each nest."""
    return sum(len(part.members) for part in nest.nests)


def weights_and_rho(
    nest: Nest, parameters: NDArray[Any], *, positive: bool
) -> list[tuple[NDArray[Any], Any]]:
    r"""Return the weights and rho of each nest, the innermost first.

    Parameters
    ----------
    nest
    parameters
        For each nest the weights but the last, then its substitution. If `positive`, the
        logarithms of the weights relative to the last and :math:`\log \sigma`, so that
        weights lie between zero and one and :math:`\rho > -1`; otherwise the weights and
        rho as they are.
    positive
    """
    found, at = [], 0
    for part in nest.nests:
        count = len(part.members)
        own, last = parameters[at : at + count - 1], parameters[at + count - 1]
        if positive:
            relative = np.concatenate([own, np.zeros(1)])
            sizes = np.exp(relative - np.max(np.real(relative)))
            found.append((sizes / sizes.sum(), np.exp(-last) - 1.0))
        else:
            found.append((np.concatenate([own, np.ones(1) - own.sum()]), last))
        at += count
    return found


def log_composite(
    nest: Nest, log_inputs: NDArray[Any], parameters: NDArray[Any], *, positive: bool
) -> NDArray[Any]:
    """Return the logarithm of the whole composite input, (n,); NaN where it does not exist."""
    known = {
        id(part): pair
        for part, pair in zip(
            nest.nests, weights_and_rho(nest, parameters, positive=positive), strict=True
        )
    }

    def value(member: Any) -> NDArray[Any]:
        if not isinstance(member, Nest):
            return np.asarray(log_inputs[:, member])
        inside = np.column_stack([value(each) for each in member.members])
        return aggregate(inside, *known[id(member)])

    return value(nest)


def aggregate(values: NDArray[Any], weights: NDArray[Any], rho: Any) -> NDArray[Any]:
    """Return L of inputs, (n, m), with weights, (m,), and one rho."""
    with np.errstate(invalid="ignore"):
        return _aggregate(values, weights, rho)


def _aggregate(values: NDArray[Any], weights: NDArray[Any], rho: Any) -> NDArray[Any]:
    mean = values @ weights
    gaps = values - mean[:, None]
    if abs(np.real(rho)) < NEAR_ZERO:
        second, third, fourth = (gaps**power @ weights for power in (2, 3, 4))
        kappa = fourth - 3.0 * second**2
        return np.asarray(mean - rho * second / 2.0 + rho**2 * third / 6.0 - rho**3 * kappa / 24.0)
    with np.errstate(over="ignore", divide="ignore"):
        inside = np.expm1(-rho * gaps) @ weights
        logarithm = np.log1p(inside)
    logarithm = np.where(np.real(inside) > -1.0, logarithm, np.nan)
    return np.asarray(mean - logarithm / rho)


def composite_derivatives(
    nest: Nest, log_inputs: FloatArray, parameters: FloatArray, *, positive: bool
) -> FloatArray:
    """Return the derivatives of the log composite in the parameters, (n, p)."""
    columns = []
    for at in range(len(parameters)):
        moved = parameters.astype(np.complex128)
        moved[at] += 1j * STEP
        moved_value = log_composite(nest, log_inputs, moved, positive=positive)
        columns.append(np.imag(moved_value) / STEP)
    return np.column_stack(columns)


def input_elasticities(
    nest: Nest, log_inputs: FloatArray, parameters: FloatArray, *, positive: bool
) -> FloatArray:
    """Return the elasticities of the composite in each input, (n, f); they add to one."""
    columns = []
    for at in range(log_inputs.shape[1]):
        moved = log_inputs.astype(np.complex128)
        moved[:, at] += 1j * STEP
        whole = log_composite(nest, moved, parameters.astype(np.complex128), positive=positive)
        columns.append(np.imag(whole) / STEP)
    return np.column_stack(columns)


def plain_form(
    nest: Nest, parameters: FloatArray, centres: FloatArray, *, positive: bool
) -> tuple[list[FloatArray], float]:
    r"""Return the weights of the function of inputs as they are, and the log of its scale.

    Without normalisation the weights :math:`\delta_i \propto w_i \bar x_i^{\rho}` depend on
    the units; publications print them. The scale is what the composite of inputs as they
    are is larger than the normalised one.

    Parameters
    ----------
    nest, parameters, positive
        As in :func:`weights_and_rho`.
    centres
        Logarithms of the inputs at the base, (f,).
    """
    pairs = {
        id(part): pair
        for part, pair in zip(
            nest.nests, weights_and_rho(nest, parameters, positive=positive), strict=True
        )
    }
    weights = []

    def base(member: Any) -> float:
        """Return the log of a member at the base, in its plain form."""
        if not isinstance(member, Nest):
            return float(centres[member])
        own, rho = pairs[id(member)]
        inside = np.array([base(each) for each in member.members])
        top = float(np.max(rho * inside))
        sizes = own * np.exp(rho * inside - top)
        weights.append(np.asarray(sizes / sizes.sum(), dtype=np.float64))
        if abs(rho) < NEAR_ZERO:
            return float(weights[-1] @ inside)
        return float((np.log(abs(sizes.sum())) + top) / rho)

    scale = base(nest)
    return weights, scale
