r"""Polynomials of several variables, of a total degree.

.. math:: x_1^{e_1} \cdots x_v^{e_v}, \qquad e_1 + \ldots + e_v \le d

The variables are centred and scaled before they are multiplied: the span is the same and
its condition far better.
"""

from __future__ import annotations

from functools import cache
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray, IntArray


@cache
def exponents(variables: int, degree: int) -> tuple[tuple[int, ...], ...]:
    """Return the exponents of all monomials, those of lower degree first.

    Examples
    --------
    >>> exponents(2, 2)
    ((0, 0), (1, 0), (0, 1), (2, 0), (1, 1), (0, 2))
    """
    every = [e for e in product(range(degree, -1, -1), repeat=variables) if sum(e) <= degree]
    return tuple(sorted(every, key=sum))


def monomials(
    values: FloatArray, terms: tuple[tuple[int, ...], ...], out: FloatArray | None = None
) -> FloatArray:
    """Return products of powers of variables, one row a term.

    Parameters
    ----------
    values
        (v, n).
    terms
        Exponents; with each term of a positive degree also one that lacks one factor of it.
    out
        Where to write, (q, n); a new array if None.

    Returns
    -------
    (q, n) array

    Examples
    --------
    >>> monomials(np.array([[2.0], [3.0]]), exponents(2, 2))[:, 0].tolist()
    [1.0, 2.0, 3.0, 4.0, 6.0, 9.0]
    """
    basis = np.empty((len(terms), values.shape[1])) if out is None else out
    for number, (lower, variable) in enumerate(_recipe(terms)):
        if variable < 0:
            basis[number] = 1.0
        else:
            np.multiply(basis[lower], values[variable], out=basis[number])
    return basis


@cache
def _recipe(terms: tuple[tuple[int, ...], ...]) -> tuple[tuple[int, int], ...]:
    """Return which earlier term each one is a multiple of, and of which variable."""
    place = {term: number for number, term in enumerate(terms)}
    steps = []
    for term in terms:
        factors = (v for v, power in enumerate(term) if power and _less(term, v) in place)
        variable = next(factors, -1)
        steps.append((place[_less(term, variable)] if variable >= 0 else 0, variable))
    return tuple(steps)


def standardised(values: FloatArray) -> FloatArray:
    """Return rows less their mean over their standard deviation; constant rows as zeros."""
    centred = values - values.mean(axis=-1, keepdims=True)
    spread = np.sqrt(np.mean(centred**2, axis=-1, keepdims=True))
    scaled: FloatArray = centred / np.where(spread > 0.0, spread, 1.0)
    return scaled


def polynomial_basis(values: FloatArray, degree: int) -> FloatArray:
    """Return all monomials of standardised variables, the constant first.

    Parameters
    ----------
    values
        (v, n).
    degree
        The largest total degree.

    Returns
    -------
    (q, n) array
    """
    return monomials(standardised(values), exponents(len(values), degree))


def largest_powers(values: FloatArray, degree: int) -> IntArray:
    """Return the power up to which each variable's powers are not explained by lower ones.

    A variable of two values, such as a dummy, has no square of its own.
    """
    return np.array([min(degree, len(np.unique(row)) - 1) for row in values], dtype=np.intp)


def _less(term: tuple[int, ...], variable: int) -> tuple[int, ...]:
    return (*term[:variable], term[variable] - 1, *term[variable + 1 :])
