r"""Derivatives and integrals of sums of monomials, term by term."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray

Terms = tuple[tuple[int, ...], ...]


def derivative(basis: FloatArray, terms: Terms, variable: int) -> FloatArray:
    """Return the derivatives of monomials by one of their variables, (q, n).

    Parameters
    ----------
    basis
        Values of the monomials, (q, n).
    terms
        Their exponents; with each also the one that has one power less of the variable.
    variable
        Its place.

    Examples
    --------
    >>> terms = ((0,), (1,), (2,))
    >>> derivative(np.array([[1.0], [3.0], [9.0]]), terms, 0)[:, 0].tolist()
    [0.0, 1.0, 6.0]
    """
    place = {term: number for number, term in enumerate(terms)}
    result = np.zeros_like(basis)
    for number, term in enumerate(terms):
        power = term[variable]
        if power:
            lower = (*term[:variable], power - 1, *term[variable + 1 :])
            result[number] = power * basis[place[lower]]
    return result


def integral(basis: FloatArray, terms: Terms, variable: int, values: FloatArray) -> FloatArray:
    """Return the integrals of monomials by one of their variables, from zero, (q, n).

    Parameters
    ----------
    basis, terms, variable
        As in :func:`derivative`.
    values
        Of the variable, (n,).

    Examples
    --------
    >>> integral(np.array([[1.0], [3.0]]), ((0,), (1,)), 0, np.array([3.0]))[:, 0].tolist()
    [3.0, 4.5]
    """
    raised = np.array([term[variable] + 1.0 for term in terms])
    whole: FloatArray = basis * values / raised[:, None]
    return whole
