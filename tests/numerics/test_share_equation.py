"""The share equation against a general least-squares program, and monomials by differences."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import least_squares

from tfp.numerics.monomial_calculus import derivative, integral
from tfp.numerics.polynomial_basis import exponents, monomials
from tfp.numerics.share_equation import share_equation

TERMS = exponents(3, 3)


@pytest.mark.parametrize("seed", range(4))
def test_no_other_coefficients_fit_better(seed):
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(2, 400))
    basis = monomials(values, exponents(2, 2))
    truth = np.array([0.5, 0.02, -0.03, 0.01, 0.0, 0.01])
    log_share = np.log(np.maximum(truth @ basis, 0.1)) + rng.normal(0.0, 0.2, 400)
    ours = share_equation(log_share, basis)

    def gap(gamma):
        return log_share - np.log(np.maximum(gamma @ basis, 1e-12))

    theirs = least_squares(gap, truth, xtol=1e-15, ftol=1e-15, gtol=1e-15)
    assert ours.converged
    assert ours.shock @ ours.shock <= 2 * theirs.cost * (1 + 1e-12)
    np.testing.assert_allclose(ours.coefficients, theirs.x, atol=1e-6)
    np.testing.assert_allclose(ours.gradient @ ours.shock, 0.0, atol=1e-9)


def test_a_constant_share_is_the_geometric_mean():
    log_share = np.log(np.array([0.2, 0.5, 0.4]))
    ours = share_equation(log_share, np.ones((1, 3)))
    assert ours.coefficients[0] == pytest.approx(np.exp(log_share.mean()), rel=1e-14)


@pytest.mark.parametrize("variable", range(3))
def test_derivatives_and_integrals_by_differences(variable):
    rng = np.random.default_rng(0)
    values, step = rng.normal(size=(3, 50)), 1e-6
    moved = [values.copy(), values.copy()]
    moved[0][variable] -= step
    moved[1][variable] += step
    low, high = (monomials(each, TERMS) for each in moved)
    basis = monomials(values, TERMS)
    np.testing.assert_allclose(
        derivative(basis, TERMS, variable), (high - low) / (2 * step), atol=1e-7
    )
    below, above = (
        integral(part, TERMS, variable, each[variable])
        for part, each in ((low, moved[0]), (high, moved[1]))
    )
    np.testing.assert_allclose((above - below) / (2 * step), basis, atol=1e-7)
