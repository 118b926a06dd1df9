"""Two-stage least squares against the formulas as they are printed."""

from __future__ import annotations

import numpy as np

from tfp.numerics.least_squares import least_squares
from tfp.numerics.two_stage import cragg_donald, two_stage


def sample(n=200, *, seed=1):
    """Return target, two endogenous inputs, a constant and three instruments."""
    rng = np.random.default_rng(seed)
    tools, error = rng.normal(size=(n, 3)), rng.normal(size=n)
    inputs = tools @ rng.normal(size=(3, 2)) + error[:, None] + rng.normal(size=(n, 2))
    return inputs @ [0.3, 0.6] + error + 1.0, inputs, np.ones((n, 1)), tools


def test_coefficients_bread_and_projection_are_those_of_the_formula():
    target, inputs, constant, tools = sample()
    regressors, instruments = (
        np.column_stack([inputs, constant]),
        np.column_stack([constant, tools]),
    )
    answer = two_stage(target, regressors, instruments)
    projection = instruments @ np.linalg.solve(instruments.T @ instruments, instruments.T)
    inner = regressors.T @ projection @ regressors
    expected = np.linalg.solve(inner, regressors.T @ projection @ target)
    np.testing.assert_allclose(answer.regression.coefficients, expected, rtol=1e-11)
    np.testing.assert_allclose(answer.regression.bread, np.linalg.inv(inner), rtol=1e-10)
    np.testing.assert_allclose(answer.projected, projection @ regressors, atol=1e-12)
    residuals = target - regressors @ expected
    np.testing.assert_allclose(answer.regression.residuals, residuals, atol=1e-11)
    np.testing.assert_allclose(answer.explained, residuals @ projection @ residuals, rtol=1e-9)


def test_regressors_that_are_their_own_instruments_give_least_squares():
    target, inputs, constant, _ = sample()
    regressors = np.column_stack([inputs, constant])
    ours = two_stage(target, regressors, regressors).regression
    np.testing.assert_allclose(
        ours.coefficients, least_squares(target, regressors).coefficients, rtol=1e-12
    )


def test_with_one_endogenous_variable_cragg_and_donald_give_f():
    _, inputs, constant, tools = sample()
    long = least_squares(inputs[:, 0], np.column_stack([constant, tools])).residual_sum
    short = least_squares(inputs[:, 0], constant).residual_sum
    expected = (short - long) / 3 / (long / (200 - 4))
    np.testing.assert_allclose(cragg_donald(inputs[:, :1], constant, tools), expected, rtol=1e-11)
    fewer = cragg_donald(inputs[:, :1], constant, tools, absorbed=96)
    np.testing.assert_allclose(fewer, expected * 100 / 196, rtol=1e-11)


def test_with_two_it_is_the_smallest_canonical_correlation_in_units_of_f():
    _, inputs, constant, tools = sample()
    x, z = (each - each.mean(axis=0) for each in (inputs, tools))
    explained = z @ np.linalg.lstsq(z, x, rcond=None)[0]
    squared = np.linalg.eigvals(np.linalg.solve(x.T @ x, x.T @ explained)).real.min()
    expected = (200 - 4) / 3 * squared / (1.0 - squared)
    np.testing.assert_allclose(cragg_donald(inputs, constant, tools), expected, rtol=1e-10)


def test_without_included_regressors():
    target, inputs, _, tools = sample()
    answer = two_stage(target, inputs[:, :1], tools[:, :1])
    expected = (tools[:, 0] @ target) / (tools[:, 0] @ inputs[:, 0])
    np.testing.assert_allclose(answer.regression.coefficients, [expected], rtol=1e-12)
    assert cragg_donald(inputs[:, :1], np.empty((200, 0)), tools) > 0.0
