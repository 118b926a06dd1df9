"""Moments of an innovation: the Jacobian is exact, and cross-products give the same."""

from __future__ import annotations

import numpy as np
import pytest

from tfp.numerics.innovation_moments import InnovationRows, innovation_moments, law_terms
from tfp.numerics.innovation_products import innovation_products

STEP = 1e-6


def rows(n=400, *, seed=1, shifters=0):
    rng = np.random.default_rng(seed)
    past_inputs = rng.normal(2.0, 1.0, (2, n))
    past = past_inputs.sum(axis=0) * 0.5 + rng.normal(0.0, 0.5, n) + 10.0
    inputs = 0.8 * past_inputs + rng.normal(0.0, 0.5, (2, n))
    moved = rng.normal(size=(shifters, n))
    if shifters > 1:
        moved[1] = moved[1] > 0.3
    return InnovationRows(
        proxied=inputs.sum(axis=0) * 0.5 + 0.6 * past + rng.normal(0.0, 0.3, n),
        past_proxied=past,
        inputs=inputs,
        past_inputs=past_inputs,
        instruments=np.vstack([past_inputs[0], inputs[1]]),
        shifters=moved,
    )


@pytest.mark.parametrize("shifters", [0, 1, 2])
@pytest.mark.parametrize("degree", [1, 2, 3])
def test_the_jacobian_is_that_of_differences(degree, shifters):
    sample, at = rows(shifters=shifters), np.array([0.4, 0.3])
    exact = innovation_moments(sample, at, degree).jacobian
    ends = [
        [innovation_moments(sample, at + sign * STEP * unit, degree).vector for unit in np.eye(2)]
        for sign in (1.0, -1.0)
    ]
    differences = (np.array(ends[0]) - np.array(ends[1])).T / (2 * STEP)
    np.testing.assert_allclose(exact, differences, rtol=0, atol=1e-8)


@pytest.mark.parametrize("degree", [1, 3])
def test_the_derivative_by_a_first_stage_is_that_of_differences(degree):
    sample, at = rows(), np.array([0.4, 0.3])
    rng = np.random.default_rng(5)
    present, past = rng.normal(size=(2, 3, 400))
    moments = innovation_moments(sample, at, degree)

    def moved(change):
        values = {**sample.field_values()}
        values["proxied"] = sample.proxied + change @ present
        values["past_proxied"] = sample.past_proxied + change @ past
        return innovation_moments(InnovationRows(**values), at, degree).vector

    differences = [(moved(STEP * u) - moved(-STEP * u)) / (2 * STEP) for u in np.eye(3)]
    exact = moments.derivative(present, past)
    np.testing.assert_allclose(exact, np.array(differences).T, rtol=0, atol=1e-8)


@pytest.mark.parametrize("shifters", [0, 1, 2])
@pytest.mark.parametrize("degree", [1, 2, 3])
def test_cross_products_give_the_moments_of_the_rows(degree, shifters):
    sample, at = rows(shifters=shifters), np.array([0.7, -0.2])
    products = innovation_products(sample, 3)
    vector, jacobian, norm = products.moments(at, degree)
    moments = innovation_moments(sample, at, degree)
    spread = sample.instruments.std(axis=1)
    np.testing.assert_allclose(vector, moments.vector / spread, rtol=0, atol=1e-12)
    np.testing.assert_allclose(jacobian, moments.jacobian / spread[:, None], rtol=0, atol=1e-11)
    assert norm == pytest.approx(moments.norm, abs=1e-11)


def test_weights_count_as_copies_of_rows():
    sample, at = rows(), np.array([0.7, -0.2])
    weights = np.random.default_rng(2).integers(0, 4, 400)
    copied = np.repeat(np.arange(400), weights)
    gathered = InnovationRows(
        **{name: values[..., copied] for name, values in sample.field_values().items()}
    )
    vector, _, norm = innovation_products(sample, 2, weights.astype(float)).moments(at, 2)
    moments = innovation_moments(gathered, at, 2)
    np.testing.assert_allclose(
        vector, moments.vector / sample.instruments.std(axis=1), rtol=0, atol=1e-12
    )
    assert norm == pytest.approx(moments.norm, abs=1e-12)


def test_the_law_has_no_powers_of_a_dummy():
    dummy = np.array([[0.0, 1.0, 0.0, 1.0]])
    assert law_terms(dummy, 2) == ((0, 0), (1, 0), (0, 1), (2, 0), (1, 1))
