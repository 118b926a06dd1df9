"""The translog and Kmenta's approximation: elasticities, units, monotonicity, curvature."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import tfp
from tfp.numerics.translog import isoquants_bend_inward, second_derivatives

ROLES = {"entity": "firm", "time": "year", "output": "output", "capital": "capital"}


def panel_of(frame, **columns):
    return tfp.Panel(frame.assign(**columns), **ROLES, labour="labour")


def curved(made, squares=(-0.05, 0.08, -0.04), noise=0.0):
    """Return firms with a known translog in deviations from (3, 3)."""
    frame = made(n=40)
    k, n = np.log(frame["capital"]), np.log(frame["labour"])
    kc, lc = k - 3.0, n - 3.0
    log_output = 1.0 + 0.35 * k + 0.6 * n
    log_output += squares[0] * kc**2 + squares[1] * kc * lc + squares[2] * lc**2
    rng = np.random.default_rng(9)
    return frame.assign(output=np.exp(log_output + noise * rng.normal(size=len(frame))))


def test_the_true_elasticities_of_every_row(made):
    frame = curved(made)
    estimate = tfp.Translog().fit(panel_of(frame))
    kc, lc = np.log(frame["capital"]) - 3.0, np.log(frame["labour"]) - 3.0
    np.testing.assert_allclose(
        estimate.row_elasticities[0], 0.35 + 2 * -0.05 * kc + 0.08 * lc, atol=1e-10
    )
    np.testing.assert_allclose(
        estimate.row_elasticities[1], 0.6 + 0.08 * kc + 2 * -0.04 * lc, atol=1e-10
    )
    assert estimate.elasticities["capital"] == pytest.approx(
        np.mean(estimate.row_elasticities[0]), abs=1e-12
    )


@pytest.mark.parametrize("effects", ["none", "entity", "period", "entity and period"])
def test_effects_are_those_of_the_linear_estimators(made, effects):
    """Without squares in the truth and in the data the two give the same residual sum."""
    frame = curved(made, noise=0.1)
    estimate = tfp.Translog(effects=effects, covariance=tfp.Conventional()).fit(panel_of(frame))
    k, n = np.log(frame["capital"]), np.log(frame["labour"])
    k, n = k - k.mean(), n - n.mean()
    with_products = tfp.Panel(
        frame.assign(kk=k * k, kl=k * n, ll=n * n), **ROLES, labour="labour",
        controls={"kk": "kk", "kl": "kl", "ll": "ll"},
    )  # fmt: skip
    linear = {
        "none": tfp.PooledLeastSquares(covariance=tfp.Conventional()),
        "entity": tfp.FixedEffects(covariance=tfp.Conventional()),
        "period": tfp.PooledLeastSquares(year_effects=True, covariance=tfp.Conventional()),
        "entity and period": tfp.FixedEffects(period_effects=True, covariance=tfp.Conventional()),
    }[effects].fit(with_products)
    np.testing.assert_allclose(estimate.estimates[:2], linear.estimates[:2], rtol=1e-9)
    np.testing.assert_allclose(estimate.std_errors[:2], linear.std_errors[:2], rtol=1e-9)
    assert estimate.diagnostics["residual_sum"] == pytest.approx(
        linear.diagnostics["residual_sum"], rel=1e-10
    )


def test_pitfall_11_it_is_centred_and_its_shape_is_checked(made):
    """Raw squares have a condition of 1e8 and more, and nobody looks at the elasticities."""
    frame = curved(made, squares=(-0.2, 0.02, -0.1), noise=0.05)
    plain = tfp.Translog().fit(panel_of(frame))
    scaled = panel_of(frame, capital=frame["capital"] * 1e9, labour=frame["labour"] / 1e4)
    other = tfp.Translog().fit(scaled)
    np.testing.assert_allclose(other.estimates[:5], plain.estimates[:5], rtol=1e-7, atol=1e-9)
    np.testing.assert_allclose(other.std_errors[:5], plain.std_errors[:5], rtol=1e-7)
    negative = (plain.row_elasticities[0] <= 0).mean()
    assert 0 < negative < 1
    assert plain.diagnostics["negative_capital"] == pytest.approx(negative, abs=1e-12)
    codes = [finding.code for finding in plain.warnings]
    assert "form-not-monotone" in codes


def test_curvature_against_levels():
    """Along an isoquant output is kept: the second differences of the other input say it."""
    rng = np.random.default_rng(3)
    second = second_derivatives(np.array([0.1, -0.25, 0.12]), 2)
    first = np.array([0.4, 0.6])

    def log_output(x):
        return first @ x + 0.5 * x @ second @ x

    found = []
    for _ in range(60):
        at = rng.normal(0.0, 1.2, 2)
        theta = first + second @ at
        if (theta <= 0.05).any():
            continue
        target, step = log_output(at), 1e-3
        other = []
        for move in (-step, 0.0, step):  # capital in levels
            capital = np.exp(at[0]) + move
            guess = at[1]
            for _ in range(50):
                x = np.array([np.log(capital), guess])
                guess -= (log_output(x) - target) / (first + second @ x)[1]
            other.append(np.exp(guess))
        bends = other[0] - 2 * other[1] + other[2]
        expected = bool(isoquants_bend_inward(theta[None], second)[0])
        if abs(bends) > 1e-9:
            assert (bends > 0) == expected
            found.append(expected)
    assert {True, False} == set(found)


def test_three_inputs_are_checked_too(made):
    frame = made(n=30)
    rng = np.random.default_rng(5)
    frame["m"] = np.exp(rng.normal(2.0, 0.6, len(frame)))
    frame["output"] = frame["output"] * frame["m"] ** 0.3
    panel = tfp.Panel(frame, **ROLES, labour="labour", further_inputs={"materials": "m"})
    estimate = tfp.Translog().fit(panel)
    assert len(estimate.row_elasticities) == 3
    assert estimate.terms[3:9] == (
        "capital^2", "capital × labour", "capital × materials", "labour^2", "labour × materials",
        "materials^2",
    )  # fmt: skip
    assert 0.9 < estimate.diagnostics["monotone_share"] <= 1.0
    assert [test.name for test in estimate.tests] == ["constant_returns", "cobb_douglas"]


def test_cobb_douglas_is_kept_where_it_is_true_and_left_where_not(made):
    straight = tfp.Translog(covariance=tfp.Conventional()).fit(
        panel_of(curved(made, squares=(0, 0, 0), noise=0.1))
    )
    bent = tfp.Translog(covariance=tfp.Conventional()).fit(panel_of(curved(made, noise=0.1)))
    assert straight.tests[1].p_value > 0.05 > bent.tests[1].p_value


def test_tfp_is_output_less_the_form(made):
    frame = curved(made, noise=0.1)
    estimate = tfp.Translog().fit(panel_of(frame))
    # With a constant the mean residual is zero: TFP is the residual and a number.
    gap = estimate.log_tfp - estimate.residuals
    np.testing.assert_allclose(gap, gap[0], atol=1e-10)


class TestKmenta:
    def ces(self, made, rho):
        frame = made(n=60)
        k, n = np.log(frame["capital"]), np.log(frame["labour"])
        k, n = k - k.mean(), n - n.mean()
        inside = 0.4 * np.exp(-rho * k) + 0.6 * np.exp(-rho * n)
        return panel_of(frame.assign(output=np.exp(2.0) * inside ** (-0.9 / rho)))

    def test_near_cobb_douglas_it_finds_the_parameters(self, made):
        found = tfp.Kmenta().fit(self.ces(made, 0.01)).diagnostics
        assert found["substitution_parameter"] == pytest.approx(0.01, abs=2e-5)
        assert found["distribution_parameter"] == pytest.approx(0.4, abs=1e-4)
        assert found["substitution_elasticity"] == pytest.approx(1 / 1.01, abs=2e-5)

    def test_far_from_it_it_is_biased_towards_one(self, made):
        found = tfp.Kmenta().fit(self.ces(made, 1.5)).diagnostics
        assert 1 / 2.5 < found["substitution_elasticity"] < 1.0

    def test_it_is_the_translog_with_one_square(self, made):
        frame = curved(made, noise=0.1)
        estimate = tfp.Kmenta().fit(panel_of(frame))
        value = dict(zip(estimate.terms, estimate.estimates, strict=True))
        assert value["capital^2"] == value["labour^2"] == -value["capital × labour"] / 2
        k, n = np.log(frame["capital"]), np.log(frame["labour"])
        k, n = k - k.mean(), n - n.mean()
        x = np.column_stack([k, n, (k - n) ** 2, np.ones(len(k))])
        expected = np.linalg.lstsq(x, np.log(frame["output"]), rcond=None)[0]
        np.testing.assert_allclose(estimate.estimates[[0, 1, 2, 5]], expected, rtol=1e-9)

    def test_the_error_of_rho_is_that_of_small_moves(self, made):
        """Against a numerical derivative of rho in the three coefficients."""
        method = tfp.Kmenta(covariance=tfp.Conventional())
        estimate = method.fit(panel_of(curved(made, noise=0.1)))
        b = estimate.estimates[[0, 1, 2]]
        chosen = np.array([0, 1, 2])
        variance = estimate.covariance[np.ix_(chosen, chosen)]

        def rho(c):
            return -2 * c[2] * (c[0] + c[1]) / (c[0] * c[1])

        slope = [(rho(b + h) - rho(b - h)) / 2e-6 for h in 1e-6 * np.eye(3)]
        error = np.sqrt(slope @ variance @ slope)
        assert estimate.diagnostics["substitution_parameter_std_error"] == pytest.approx(
            error, rel=1e-6
        )

    def test_constant_inputs_are_named_not_a_crash(self, made):
        """Peers stop with a singular matrix, or aliased coefficients, and say nothing more."""
        with pytest.raises(tfp.MethodError) as error:
            tfp.Kmenta().fit(panel_of(made(), capital=1.0))
        assert error.value.code == "collinear-inputs"

    def test_other_numbers_of_inputs_are_refused(self, made):
        with pytest.raises(tfp.MethodError) as error:
            tfp.Kmenta().fit(tfp.Panel(made(), **ROLES))
        assert error.value.code == "not-two-inputs"


def test_they_are_kept_and_shown(made, tmp_path):
    for method in (tfp.Translog(effects="entity"), tfp.Kmenta()):
        estimate = method.fit(panel_of(curved(made, noise=0.1)))
        estimate.save(tmp_path / "estimate.tfp")
        again = tfp.load(tmp_path / "estimate.tfp")
        pd.testing.assert_frame_equal(again.tidy(), estimate.tidy())
        assert estimate.summary("vi")


def test_effects_need_several_entities(made):
    frame = made()
    with pytest.raises(tfp.MethodError) as error:
        tfp.Translog(effects="entity").fit(panel_of(frame[frame["firm"] == "firm 000"]))
    assert error.value.code == "one-entity"
