"""Probit, against statsmodels."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm

from tfp.numerics.probit import density, probability, probit


@pytest.fixture(scope="module")
def answers():
    rng = np.random.default_rng(1)
    regressors = np.vstack([np.ones(300), rng.normal(size=(2, 300))])
    index = np.array([0.5, 1.0, -0.7]) @ regressors
    return (index + rng.normal(size=300) > 0).astype(float), regressors


def test_coefficients_scores_and_bread_are_those_of_statsmodels(answers):
    yes, regressors = answers
    theirs = sm.Probit(yes, regressors.T).fit(disp=0, method="newton", tol=1e-14, maxiter=100)
    ours = probit(yes, regressors)
    assert ours.converged
    np.testing.assert_allclose(ours.coefficients, theirs.params, rtol=1e-9)
    np.testing.assert_allclose(ours.bread, theirs.cov_params(), rtol=1e-8)
    scores = theirs.model.score_obs(theirs.params)
    np.testing.assert_allclose(ours.scores, np.asarray(scores).T, rtol=1e-7, atol=1e-9)


def test_weights_count_as_copies(answers):
    yes, regressors = answers
    weights = np.random.default_rng(2).integers(0, 4, 300)
    copied = np.repeat(np.arange(300), weights)
    weighted = probit(yes, regressors, weights.astype(float)).coefficients
    np.testing.assert_allclose(
        weighted, probit(yes[copied], regressors[:, copied]).coefficients, rtol=1e-10
    )


def test_the_density_is_the_derivative_of_the_probability():
    index = np.linspace(-3.0, 3.0, 7)
    slope = (probability(index + 1e-6) - probability(index - 1e-6)) / 2e-6
    np.testing.assert_allclose(density(index), slope, rtol=1e-8)
