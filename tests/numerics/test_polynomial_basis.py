"""Polynomials of several variables."""

from __future__ import annotations

from math import comb

import numpy as np
import pytest

from tfp.numerics.polynomial_basis import exponents, largest_powers, polynomial_basis, standardised


@pytest.mark.parametrize(("variables", "degree"), [(1, 3), (2, 3), (3, 2), (4, 3)])
def test_there_are_as_many_monomials_as_theory_counts(variables, degree):
    assert len(exponents(variables, degree)) == comb(variables + degree, degree)


def test_the_span_is_that_of_raw_powers():
    rng = np.random.default_rng(1)
    x = rng.normal(5.0, 2.0, (2, 50))
    raw = np.array([x[0] ** a * x[1] ** b for a, b in exponents(2, 3)])
    target = rng.normal(size=50)
    basis = polynomial_basis(x, 3)
    fits = [b.T @ np.linalg.lstsq(b.T, target, rcond=None)[0] for b in (raw, basis)]
    np.testing.assert_allclose(fits[0], fits[1], atol=1e-9)
    assert np.linalg.cond(basis) < np.linalg.cond(raw) / 100


def test_standardised_rows_have_mean_zero_and_length_one():
    values = standardised(np.array([[1.0, 2.0, 6.0], [4.0, 4.0, 4.0]]))
    np.testing.assert_allclose(values.mean(axis=1), 0.0, atol=1e-15)
    np.testing.assert_allclose(values.std(axis=1), [1.0, 0.0], atol=1e-15)


def test_a_dummy_has_no_square_of_its_own():
    rows = np.array([[0.0, 1.0, 0.0, 1.0], [1.0, 2.0, 3.0, 4.0]])
    assert largest_powers(rows, 3).tolist() == [1, 3]
