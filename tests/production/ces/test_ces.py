"""CES functions with a known truth: parameters, limits, ranges, and what is not identified."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import tfp
from tfp.numerics.ces import (
    Nest,
    aggregate,
    composite_derivatives,
    input_elasticities,
    log_composite,
)


def made_panel(rho=0.6, *, returns=1.0, trend=0.0, noise=0.0, n=120, seed=2, scale=1.0):
    """Return one area and many years of inputs that move apart."""
    rng = np.random.default_rng(seed)
    logs = np.column_stack([rng.normal(3.0, 0.7, n), rng.normal(1.0, 0.7, n)])
    z = logs - logs.mean(axis=0)
    composite = aggregate(z, np.array([0.35, 0.65]), rho)
    years = np.arange(1900, 1900 + n)
    log_output = 2.0 + trend * (years - 1900) + returns * composite + noise * rng.normal(size=n)
    return tfp.Panel(
        {"year": years, "y": np.exp(log_output), "k": scale * np.exp(logs[:, 0]),
         "l": np.exp(logs[:, 1])},
        time="year", output="y", capital="k", labour="l",
    )  # fmt: skip


def values(estimate):
    return dict(zip(estimate.terms, estimate.estimates, strict=True))


@pytest.mark.parametrize("rho", [-0.7, -0.2, 1e-7, 0.5, 3.0])
@pytest.mark.parametrize("error", ["multiplicative", "additive"])
def test_the_truth_is_found_on_both_sides_of_cobb_douglas(rho, error):
    method = tfp.CES(error=error, constant_returns=False, trend=True)
    found = values(method.fit(made_panel(rho, returns=0.9, trend=0.01)))
    assert found["rho of capital+labour"] == pytest.approx(rho, abs=1e-6)
    assert found["weight of capital in capital+labour"] == pytest.approx(0.35, abs=1e-7)
    assert found["returns"] == pytest.approx(0.9, abs=1e-7)
    assert found["trend"] == pytest.approx(0.01, abs=1e-8)


def test_three_inputs_in_one_nest():
    rng = np.random.default_rng(8)
    logs = rng.normal(0.0, 0.6, (80, 3))
    weights = np.array([0.2, 0.3, 0.5])
    log_output = aggregate(logs - logs.mean(axis=0), weights, 0.8)
    frame = {"year": np.arange(1900, 1980), "y": np.exp(log_output)}
    frame |= {name: np.exp(column) for name, column in zip("abc", logs.T, strict=True)}
    panel = tfp.Panel(frame, time="year", output="y", further_inputs={n: n for n in "abc"})
    found = values(tfp.CES().fit(panel))
    assert found["rho of a+b+c"] == pytest.approx(0.8, abs=1e-6)
    assert found["weight of b in a+b+c"] == pytest.approx(0.3, abs=1e-7)


class TestTheFunction:
    nest = Nest("all", (Nest("two", (0, 1)), 2))

    def logs(self):
        return np.random.default_rng(1).normal(0.0, 1.0, (7, 3))

    def test_it_is_smooth_where_rho_is_zero(self):
        weights, values_ = np.array([0.3, 0.7]), self.logs()[:, :2]
        middle = aggregate(values_, weights, 0.0)
        np.testing.assert_allclose(middle, values_ @ weights, rtol=1e-15)
        for rho in (1e-9, 9.9e-5, 1.01e-4, 1e-3):
            plain = -np.log(np.exp(-rho * values_) @ weights) / rho
            # The plain formula loses digits as rho falls; ours does not.
            np.testing.assert_allclose(aggregate(values_, weights, rho), plain, atol=1e-15 / rho)
        jump = aggregate(values_, weights, 1.0001e-4) - aggregate(values_, weights, 0.9999e-4)
        assert np.abs(jump).max() < 1e-6 * 0.02

    @pytest.mark.parametrize("positive", [True, False])
    @pytest.mark.parametrize("rho", [1e-6, 0.7])
    def test_derivatives_are_those_of_differences(self, positive, rho):
        second = -np.log1p(rho) if positive else rho
        at = np.array([0.4, second, 0.3, -0.2])
        exact = composite_derivatives(self.nest, self.logs(), at, positive=positive)
        for column, step in enumerate(1e-6 * np.eye(4)):
            high, low = (
                log_composite(self.nest, self.logs(), at + sign * step, positive=positive)
                for sign in (1, -1)
            )
            np.testing.assert_allclose(exact[:, column], (high - low) / 2e-6, atol=2e-9)

    def test_elasticities_add_to_one(self):
        at = np.array([0.4, 0.3, 0.3, -0.2])
        shares = input_elasticities(self.nest, self.logs(), at, positive=True)
        np.testing.assert_allclose(shares.sum(axis=1), 1.0, rtol=1e-13)
        assert (shares > 0).all()


def test_it_is_normalised_units_change_nothing():
    first = tfp.CES().fit(made_panel(noise=0.05))
    other = tfp.CES().fit(made_panel(noise=0.05, scale=1e6))
    np.testing.assert_allclose(other.estimates, first.estimates, rtol=1e-6)
    gap = other.log_tfp - first.log_tfp
    np.testing.assert_allclose(gap, gap[0], atol=1e-7)
    # The plain weights, which publications print, do depend on them.
    name = "plain_weight_capital_in_capital+labour"
    assert other.diagnostics[name] != pytest.approx(first.diagnostics[name], rel=0.1)


def test_errors_and_ranges_are_those_of_many_samples():
    """Forty samples: the spread of rho is what the errors say, and the range holds the truth."""
    rhos, errors, held, name = [], [], 0, "capital+labour"
    for seed in range(40):
        estimate = tfp.CES().fit(made_panel(noise=0.1, n=60, seed=seed))
        at = estimate.terms.index(f"rho of {name}")
        rhos.append(estimate.estimates[at])
        errors.append(estimate.std_errors[at])
        found = estimate.diagnostics
        ends = (found[f"substitution_low_{name}"], found[f"substitution_high_{name}"])
        held += ends[0] <= 1 / 1.6 <= ends[1]
    # The relative error of a standard deviation of 40 is 0.11: three of them.
    assert np.std(rhos, ddof=1) == pytest.approx(np.median(errors), rel=0.34)
    assert np.mean(rhos) == pytest.approx(0.6, abs=4 * np.std(rhos) / np.sqrt(40))
    assert held >= 34, "95 per cent of 40, less three standard deviations"


def test_inputs_that_move_together_leave_the_range_open():
    rng = np.random.default_rng(4)
    labour = np.cumsum(rng.normal(0.02, 0.01, 15))
    capital = labour + 1.0 + rng.normal(0.0, 0.02, 15)
    output = 0.4 * capital + 0.6 * labour + rng.normal(0.0, 0.01, 15)
    panel = tfp.Panel(
        {"year": np.arange(2010, 2025), "y": np.exp(output), "k": np.exp(capital),
         "l": np.exp(labour)},
        time="year", output="y", capital="k", labour="l",
    )  # fmt: skip
    estimate = tfp.CES().fit(panel)
    assert not estimate.identified
    assert {f.code for f in estimate.warnings} & {"substitution-open", "nest-degenerate"}
    assert "khớp" in " ".join(estimate.summary("vi").split())


def test_tfp_is_output_less_the_form():
    estimate = tfp.CES(constant_returns=False).fit(made_panel(noise=0.05))
    gap = estimate.log_tfp - estimate.residuals
    np.testing.assert_allclose(gap, gap[0], atol=1e-9)
    mean = np.mean(estimate.row_elasticities[0])
    assert estimate.elasticities["capital"] == pytest.approx(mean, abs=1e-12)


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"nests": (("capital", "energy"), "labour")}, "nests-not-inputs"),
        ({"nests": ("capital",)}, "nests-not-inputs"),
        ({"nests": ("capital", "labour", "labour")}, "nests-not-inputs"),
        ({"error": "relative"}, "option-unknown"),
        ({"region": "anywhere"}, "option-unknown"),
    ],
)
def test_what_is_refused(options, code):
    with pytest.raises(tfp.MethodError) as error:
        tfp.CES(**options).fit(made_panel(n=20))
    assert error.value.code == code


def test_too_few_rows():
    with pytest.raises(tfp.MethodError) as error:
        tfp.CES(trend=True).fit(made_panel(n=4))
    assert error.value.code == "too-few-rows"


def test_it_is_kept_and_shown(tmp_path):
    estimate = tfp.CES(trend=True).fit(made_panel(noise=0.05, n=30))
    estimate.save(tmp_path / "estimate.tfp")
    again = tfp.load(tmp_path / "estimate.tfp")
    pd.testing.assert_frame_equal(again.tidy(), estimate.tidy())
    assert again.diagnostics == estimate.diagnostics
    assert estimate.summary("vi")
