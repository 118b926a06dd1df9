"""Wooldridge's moments against linearmodels, and on firms whose elasticities are known."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from linearmodels.iv import IV2SLS, IVGMM

import tfp
from tfp.production.control_function.firm_sample import firm_sample
from tfp.production.control_function.wooldridge_equations import stacked_equations

TRUTH = {"capital": 0.4, "labour": 0.5}
# Two programs in double precision, on instruments whose condition is some thousands.
ROUNDING = 1e-8
NINETY = 1.6448536269514722  # 95 % point of the normal distribution


def firms(n=200, years=6, *, seed=1):
    """Return firms whose materials reveal productivity, and whose wages last."""
    rng = np.random.default_rng(seed)
    productivity, wage = rng.normal(0.0, 0.4, n), rng.normal(0.0, 0.3, n)
    capital = rng.normal(3.0, 0.7, n)
    rows = []
    for year in range(years):
        before = productivity
        productivity = 0.7 * before + rng.normal(0.0, 0.3, n)
        wage = 0.7 * wage + rng.normal(0.0, 0.2, n)
        capital = 0.8 * capital + 0.3 * before + 0.6 + rng.normal(0.0, 0.3, n)
        labour = 0.5 * capital + productivity - wage + rng.normal(0.0, 0.1, n)
        materials = 0.7 * capital + productivity + 0.1 * productivity**2 * (productivity > 0)
        output = 0.4 * capital + 0.5 * labour + productivity + rng.normal(0.0, 0.1, n)
        rows.append(
            pd.DataFrame(
                {
                    "firm": np.arange(n),
                    "year": 2000 + year,
                    "output": np.exp(output),
                    "capital": np.exp(capital),
                    "labour": np.exp(labour),
                    "materials": np.exp(materials),
                    "weather": rng.normal(size=n),
                }
            )
        )
    return pd.concat(rows, ignore_index=True)


def panel_of(frame, **more):
    return tfp.Panel(
        frame,
        entity="firm",
        time="year",
        output="output",
        capital="capital",
        labour="labour",
        further_inputs={"materials": "materials"},
        **more,
    )


METHODS = {
    "both": tfp.Wooldridge(),
    "random walk": tfp.Wooldridge(law="random_walk"),
    "second": tfp.Wooldridge(equations="second"),
}


def equations_of(panel, method):
    sample = firm_sample(panel, inputs=("capital", "labour"), proxy="materials", method="")
    return stacked_equations(
        sample,
        1,
        second_only=method.equations == "second",
        common=method.law == "random_walk",
        degree=method.degree,
        years=method.year_effects,
    )


@pytest.mark.parametrize("name", ["both", "random walk"])
def test_two_steps_are_those_of_linearmodels(name):
    panel = panel_of(firms())
    rows = equations_of(panel, METHODS[name])
    theirs = IVGMM(
        rows.target,
        None,
        rows.regressors,
        rows.instruments,
        weight_type="clustered",
        clusters=rows.entities,
    ).fit(iter_limit=2)
    estimate = METHODS[name].fit(panel)
    np.testing.assert_allclose(estimate.estimates, theirs.params.iloc[:2], rtol=0, atol=ROUNDING)
    test = next(test for test in estimate.tests if test.name == "hansen")
    assert test.statistic == pytest.approx(theirs.j_stat.stat, rel=1e-6)


def test_the_second_equation_is_two_stage_least_squares():
    panel = panel_of(firms())
    rows = equations_of(panel, METHODS["second"])
    theirs = IV2SLS(rows.target, None, rows.regressors, rows.instruments).fit(
        cov_type="clustered", clusters=rows.entities, debiased=False
    )
    estimate = METHODS["second"].fit(panel)
    np.testing.assert_allclose(estimate.estimates, theirs.params.iloc[:2], rtol=0, atol=ROUNDING)
    np.testing.assert_allclose(estimate.std_errors, theirs.std_errors.iloc[:2], rtol=1e-7)


@pytest.mark.parametrize("name", ["both", "second"])
@pytest.mark.parametrize(
    ("samples", "low", "high"),
    [(100, 0.80, 0.97), pytest.param(1000, 0.87, 0.93, marks=pytest.mark.slow)],
)
def test_the_truth_is_found_and_intervals_cover_it(name, samples, low, high):
    estimates = [METHODS[name].fit(panel_of(firms(seed=seed))) for seed in range(samples)]
    for factor, truth in TRUTH.items():
        place = estimates[0].terms.index(factor)
        gaps = np.array([estimate.estimates[place] - truth for estimate in estimates])
        assert abs(gaps.mean()) < 0.005 + 2 * gaps.std(ddof=1) / np.sqrt(samples)
        errors = np.array([estimate.std_errors[place] for estimate in estimates])
        covered = np.mean(np.abs(gaps) < NINETY * errors)
        assert low < covered < high


def test_least_squares_is_far_off():
    estimate = tfp.PooledLeastSquares().fit(panel_of(firms().drop(columns="weather")))
    assert estimate.elasticities["materials"] > 0.5


class TestPitfall5:
    """Two constants, errors clustered across equations, weight from the right moments."""

    def test_each_equation_has_its_own_constant(self):
        rows = equations_of(panel_of(firms(n=30)), METHODS["random walk"])
        # The polynomial starts with a constant in both; the last column is the second's.
        assert set(np.unique(rows.regressors[:, -1])) == {0.0, 1.0}
        assert rows.regressors[:, -1].mean() == 0.5
        assert (rows.regressors[:, 2] == 1.0).all()

    def test_errors_are_clustered_by_firm_across_equations(self):
        panel = panel_of(firms())
        rows, estimate = equations_of(panel, METHODS["both"]), METHODS["both"].fit(panel)
        x, z, y = rows.regressors, rows.instruments, rows.target
        first = np.linalg.inv(z.T @ z)
        start = np.linalg.solve(x.T @ z @ first @ z.T @ x, x.T @ z @ first @ z.T @ y)
        scores = np.zeros((200, z.shape[1]))
        np.add.at(scores, rows.entities, z * (y - x @ start)[:, None])
        weight = np.linalg.inv(scores.T @ scores)
        covariance = np.linalg.inv(x.T @ z @ weight @ z.T @ x)[:2, :2]
        np.testing.assert_allclose(estimate.covariance, covariance, rtol=1e-6)
        # Both equations hold the same shock, which a weight by equations would not know.
        apart = scores[:, :11].T @ scores[:, 11:]
        assert np.abs(apart).max() > 0.1 * np.sqrt(np.abs(scores.T @ scores)).max()


def test_productivity_is_told_from_the_shock():
    frame = firms(n=400)
    estimate = METHODS["both"].fit(panel_of(frame))
    productivity = estimate.productivity
    shock = productivity["log_tfp"] - productivity["log_productivity"]
    assert shock.notna().all()
    assert shock.std() == pytest.approx(0.1, abs=0.01)
    assert METHODS["second"].fit(panel_of(frame)).log_productivity is None


def test_controls_and_years_have_coefficients_of_their_own():
    frame = firms()
    frame["output"] *= np.exp(0.2 * frame["weather"] + 0.1 * (frame["year"] == 2003))
    estimate = tfp.Wooldridge(year_effects=True).fit(
        panel_of(frame, controls={"weather": "weather"})
    )
    values = dict(zip(estimate.terms, estimate.estimates, strict=True))
    assert values["weather"] == pytest.approx(0.2, abs=0.01)
    assert values["period 2003"] - values["period 2002"] == pytest.approx(0.1, abs=0.05)
    # No firm has a year before the first, whose constant is therefore unknown.
    productivity = estimate.productivity["log_productivity"]
    unknown = productivity.index[productivity.isna()]
    assert set(unknown.get_level_values(1)) == {2000}
    assert len(unknown) == 200


class TestInputsThatTheProxyFixes:
    """Where state and proxy fix an input, its elasticity is read off the polynomial's error."""

    @pytest.mark.parametrize(
        ("proxy", "adjustment_sd"), [("materials", 0.0), ("investment", 0.0), ("investment", 0.6)]
    )
    @pytest.mark.parametrize("equations", ["both", "second"])
    def test_capital_that_follows_by_a_rule_is_not_identified(
        self, proxy, adjustment_sd, equations
    ):
        made = tfp.datasets.generate_firms("DGP2", 200, 6, rng=1, adjustment_sd=adjustment_sd)
        panel = panel_of(made.frame, investment="investment")
        estimate = tfp.Wooldridge(proxy=proxy, equations=equations).fit(panel)
        found = {finding.code: finding for finding in estimate.warnings}
        assert not estimate.identified
        assert found["input-fixed-by-proxy"].fields["terms"] == ("capital",)
        assert found["input-fixed-by-proxy"].fields["parts"] > 10_000
        assert np.isnan(estimate.std_errors[0])
        assert np.isfinite(estimate.std_errors[1])
        assert np.isnan(estimate.tests[0].statistic)
        for language in ("en", "vi"):
            assert estimate.summary(language)

    def test_the_law_that_needs_no_such_variation_is_left_alone(self):
        made = tfp.datasets.generate_firms("DGP2", 200, 6, rng=1, adjustment_sd=0.0)
        estimate = tfp.Wooldridge(law="random_walk").fit(panel_of(made.frame))
        assert estimate.identified

    @pytest.mark.parametrize("name", METHODS)
    def test_nothing_is_said_where_inputs_vary_on_their_own(self, name):
        for seed in range(20):
            estimate = METHODS[name].fit(panel_of(firms(seed=seed)))
            assert estimate.identified
            assert estimate.warnings == ()

    def test_labour_that_the_proxy_fixes(self):
        frame = firms()
        frame["labour"] = frame["capital"] ** 0.3 * frame["materials"] ** 0.4
        frame["labour"] *= np.exp(np.random.default_rng(1).normal(0.0, 1e-3, len(frame)))
        both, second = (METHODS[name].fit(panel_of(frame)) for name in ("both", "second"))
        fixed = [f.fields["terms"] for f in both.warnings if f.code == "input-fixed-by-proxy"]
        assert fixed == [("labour",)]
        assert not any(finding.code == "input-fixed-by-proxy" for finding in second.warnings)

    def test_a_past_that_says_nothing_of_labour_is_a_weak_instrument(self):
        made = tfp.datasets.generate_firms("DGP2", 200, 6, rng=1)
        estimate = tfp.Wooldridge(equations="second").fit(panel_of(made.frame))
        assert estimate.diagnostics["first_stage_f_labour"] < 10
        assert "instruments-weak" in [finding.code for finding in estimate.warnings]

    def test_returns_that_no_technology_has(self):
        """Materials follow labour in DGP1: the critique of Ackerberg, Caves and Frazer."""
        made = tfp.datasets.generate_firms("DGP1", 200, 6, rng=1)
        codes = [f.code for f in tfp.Wooldridge().fit(panel_of(made.frame)).warnings]
        assert codes == ["returns-not-credible"]


@pytest.mark.parametrize("name", METHODS)
class TestWhatAnEstimateDoesNotDependOn:
    def test_the_order_of_rows_and_units(self, name):
        frame = firms()
        other = frame.sample(frac=1.0, random_state=3)
        other = other.assign(capital=other["capital"] * 1e6, materials=other["materials"] / 50)
        first, second = (METHODS[name].fit(panel_of(given)) for given in (frame, other))
        for factor, elasticity in first.elasticities.items():
            assert second.elasticities[factor] == pytest.approx(elasticity, abs=1e-8)

    def test_a_lag_never_crosses_a_gap(self, name):
        frame = firms(years=8)
        holed = frame[frame["year"] != 2004]
        estimate = METHODS[name].fit(panel_of(holed))
        equations = 1 if name == "second" else 2
        assert estimate.diagnostics["rows"] == equations * 200 * (3 + 2)

    def test_it_is_kept_and_shown(self, name, tmp_path):
        estimate = METHODS[name].fit(panel_of(firms()))
        estimate.save(tmp_path / "estimate.tfp")
        pd.testing.assert_frame_equal(tfp.load(tmp_path / "estimate.tfp").tidy(), estimate.tidy())
        for language in ("en", "vi"):
            assert estimate.summary(language)


BAD = {
    "proxy": ({"flexible": ("labour", "materials")}, "proxy-is-input"),
    "unknown": ({"proxy": "energy"}, "input-unknown"),
}


@pytest.mark.parametrize("kind", BAD)
def test_what_is_refused(kind):
    options, code = BAD[kind]
    with pytest.raises(tfp.MethodError) as error:
        tfp.Wooldridge(**options).fit(panel_of(firms(n=20)))
    assert error.value.code == code


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"law": "random_walk", "equations": "second"}, "option-unknown"),
        ({"degree": 0}, "degree-not-positive"),
    ],
)
def test_options_that_contradict(options, code):
    with pytest.raises(tfp.MethodError) as error:
        tfp.Wooldridge(**options)
    assert error.value.code == code
