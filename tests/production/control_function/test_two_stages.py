"""Olley-Pakes and Levinsohn-Petrin: conventions, attrition, rows; faults of other programs."""

from __future__ import annotations

import numpy as np
import pytest

import tfp

CONVENTIONS = ["output", "productivity"]


@pytest.fixture(scope="module")
def clean(panel_of, plain):
    """Return firms for whom both methods are consistent."""
    return panel_of(plain(1_000, 10, seed=11))


@pytest.mark.parametrize("convention", CONVENTIONS)
@pytest.mark.parametrize("method", [tfp.OlleyPakes, tfp.LevinsohnPetrin])
def test_the_truth_where_the_assumptions_hold(clean, method, convention):
    estimate = method(law_fitted_to=convention).fit(clean)
    errors = dict(zip(estimate.terms, estimate.std_errors, strict=True))
    assert errors["labour"] < 0.01
    assert errors["capital"] < 0.03
    for name, true in (("capital", 0.4), ("labour", 0.6)):
        assert abs(estimate.elasticities[name] - true) < 3 * errors[name]


@pytest.mark.parametrize(
    ("count", "limits"),
    [(100, (0.80, 0.97)), pytest.param(1_000, (0.87, 0.93), marks=pytest.mark.slow)],
)
@pytest.mark.parametrize("method", [tfp.OlleyPakes, tfp.LevinsohnPetrin])
def test_intervals_cover_the_truth_in_many_samples(panel_of, plain, method, count, limits):
    gaps, errors = [], []
    for seed in range(count):
        estimate = method(degree=2).fit(panel_of(plain(300, 6, seed=5_000 + seed)))
        gaps.append(estimate.estimates - [0.4, 0.6])
        errors.append(estimate.std_errors)
    spread = np.std(gaps, axis=0, ddof=1) / np.sqrt(count)
    assert (np.abs(np.mean(gaps, axis=0)) < 0.005 + 2 * spread).all()
    covered = np.mean(np.abs(gaps) < 1.6448536 * np.array(errors), axis=0)
    assert ((covered >= limits[0]) & (covered <= limits[1])).all()


def test_labour_has_no_elasticity_of_its_own_where_it_follows_the_proxy(panel_of):
    """The critique of Ackerberg, Caves and Frazer: wages vary, and the proxy answers them."""
    firms = tfp.datasets.generate_firms("DGP1", 1_000, 10, rng=1)
    estimate = tfp.LevinsohnPetrin().fit(panel_of(firms.frame))
    assert estimate.elasticities["labour"] == pytest.approx(0.0, abs=0.03)
    assert estimate.elasticities["capital"] == pytest.approx(1.1, abs=0.1)


@pytest.mark.parametrize("convention", CONVENTIONS)
def test_the_criterion_is_lowest_at_the_estimate(panel_of, firms, convention):
    estimate = tfp.LevinsohnPetrin(law_fitted_to=convention).fit(panel_of(firms))
    assert abs(estimate.diagnostics["criterion_derivative"]) < 1e-9
    from tfp.numerics.law_regression import law_fit
    from tfp.production.control_function.firm_sample import firm_sample
    from tfp.production.control_function.second_stage import _stages

    method = tfp.LevinsohnPetrin(law_fitted_to=convention)
    sample = firm_sample(
        panel_of(firms), inputs=("capital", "labour"), proxy="materials", method="-"
    )
    stages = _stages(method, sample)
    rows = stages.rows(stages.first_stage(), None)
    at = estimate.elasticities["capital"]
    for b in np.linspace(-0.9, 1.9, 15):
        fit, step = law_fit(rows, b), 1e-6
        assert fit.criterion >= estimate.diagnostics["criterion"]
        slope = (law_fit(rows, b + step).criterion - law_fit(rows, b - step).criterion) / 2 / step
        assert 2 * fit.derivative == pytest.approx(slope, rel=1e-5, abs=1e-6)
    assert law_fit(rows, at).criterion == estimate.diagnostics["criterion"]


class TestInvestment:
    def test_rows_without_investment_are_left_out_and_counted(self, panel_of, firms):
        """Pitfall 10: Olley-Pakes needs positive investment."""
        idle = firms.copy()
        idle.loc[idle.index[::10], "investment"] = 0.0
        estimate = tfp.OlleyPakes(degree=2).fit(panel_of(idle))
        assert estimate.diagnostics["rows"] == len(firms) * 0.9
        ledger = estimate.ledger
        assert len(ledger) == len(firms) // 10
        assert set(ledger["role"]) == {"investment"}
        assert "investment" in ledger["reason"].iloc[0]
        # Nobody can lag a row that is not there.
        assert estimate.diagnostics["rows_with_past"] < estimate.diagnostics["rows"] - 150

    def test_negative_investment_is_no_proxy_either(self, panel_of, firms):
        idle = firms.copy()
        idle.loc[idle.index[:3], "investment"] = [-1.0, 0.0, np.nan]
        ledger = tfp.OlleyPakes(degree=2).fit(panel_of(idle)).ledger
        assert len(ledger) == 3
        assert len(ledger["reason"].unique()) == 2

    def test_materials_may_not_be_zero(self, panel_of, firms):
        idle = firms.copy()
        idle.loc[idle.index[0], "materials"] = 0.0
        with pytest.raises(tfp.MethodError) as error:
            tfp.LevinsohnPetrin().fit(panel_of(idle))
        assert error.value.code == "not-positive"


def leaving(frame):
    """Let firms leave for good when productivity is below a limit that past capital lowers."""
    capital = np.log(frame["capital"]).groupby(frame["firm"]).shift(1)
    low = frame["log_productivity"] < -0.4 - 0.4 * capital
    return frame[~low.groupby(frame["firm"]).cummax()]


class TestAttrition:
    """Pitfall 13: exit belongs to the period after the last one seen."""

    def test_who_is_not_seen_again_left_a_period_later(self, panel_of, firms):
        from tfp.production.control_function.firm_sample import firm_sample
        from tfp.production.control_function.survival import survival

        gone = firms[~((firms["firm"] == 1) & (firms["year"] > 2003))]
        gap = gone[~((gone["firm"] == 2) & (gone["year"] == 2005))]
        sample = firm_sample(
            panel_of(gap), inputs=("capital", "labour"), proxy="investment", method="-"
        ).logs
        who = survival(sample, np.ones((1, len(sample))))
        keys = [sample.panel.rows.keys([sample.used[row]])[0] for row in who.rows]
        answers = dict(zip(keys, who.survived.tolist(), strict=True))
        assert answers["1", 2003] == 0.0
        assert answers["1", 2002] == 1.0
        # Missing for a year is no exit, and the last year says nothing.
        assert ("2", 2004) not in answers
        assert answers["2", 2003] == 1.0
        assert not any(year == 2008 for _, year in answers)
        assert who.exits == 1

    def test_a_row_that_lacks_a_value_is_no_exit(self, panel_of, firms):
        from tfp.production.control_function.firm_sample import firm_sample
        from tfp.production.control_function.survival import survival

        holed = firms[~((firms["firm"] == 1) & (firms["year"] > 2003))].copy()
        holed.loc[(holed["firm"] == 3) & (holed["year"] == 2005), "output"] = np.nan
        sample = firm_sample(
            panel_of(holed), inputs=("capital", "labour"), proxy="investment", method="-"
        ).logs
        who = survival(sample, np.ones((1, len(sample))))
        keys = [sample.panel.rows.keys([sample.used[row]])[0] for row in who.rows]
        assert dict(zip(keys, who.survived.tolist(), strict=True))["3", 2004] == 1.0

    def test_selection_is_corrected(self, panel_of, plain):
        panel = panel_of(leaving(plain(4_000, 10, seed=12)))
        plain = tfp.OlleyPakes().fit(panel)
        corrected = tfp.OlleyPakes(survival=True).fit(panel)
        gaps = [abs(e.elasticities["capital"] - 0.4) for e in (plain, corrected)]
        assert corrected.diagnostics["exits"] > 500
        assert gaps[0] > 3 * corrected.std_errors[0]
        assert gaps[1] < gaps[0] / 2

    def test_without_exit_there_is_nothing_to_correct(self, panel_of, firms):
        with pytest.raises(tfp.MethodError) as error:
            tfp.OlleyPakes(survival=True).fit(panel_of(firms))
        assert error.value.code == "no-exit"

    def test_few_exits_are_pointed_out(self, panel_of, firms):
        few = firms[~((firms["firm"] < 9) & (firms["year"] > 2004))]
        estimate = tfp.OlleyPakes(survival=True, degree=1).fit(panel_of(few))
        assert [finding.code for finding in estimate.warnings] == ["exits-few"]
        assert estimate.warnings[0].fields["exits"] == 8


def test_two_capitals_are_one_too_many(panel_of, firms):
    panel = panel_of(firms.assign(ict=1.0 + firms["capital"] ** 2),
                     capital={"ict": "ict", "other": "capital"})  # fmt: skip
    with pytest.raises(tfp.MethodError) as error:
        tfp.LevinsohnPetrin().fit(panel)
    assert error.value.code == "one-state"
    assert tfp.LevinsohnPetrin(state="capital_other").fit(panel).converged


def test_a_minimum_outside_the_range_is_said(panel_of, firms):
    # Output that falls with capital so fast that no elasticity from -1 to 2 is best.
    odd = firms.assign(output=firms["output"] * firms["capital"] ** 9)
    estimate = tfp.LevinsohnPetrin().fit(panel_of(odd))
    assert not estimate.converged
    assert np.isnan(estimate.estimates[0])
    assert estimate.warnings[-1].code == "minimum-at-border"
    with pytest.raises(tfp.MethodError) as error:
        tfp.LevinsohnPetrin(strict=True).fit(panel_of(odd))
    assert error.value.code == "no-minimum"


@pytest.mark.parametrize("method", [tfp.OlleyPakes, tfp.LevinsohnPetrin])
def test_controls_and_years_are_coefficients_of_the_first_stage(panel_of, firms, method):
    control = np.random.default_rng(1).normal(size=len(firms))
    moved = firms.assign(z=control, output=firms["output"] * np.exp(0.3 * control))
    estimate = method(year_effects=True).fit(panel_of(moved, controls={"z": "z"}))
    assert estimate.terms[:4] == ("capital", "labour", "z", "period 2002")
    assert estimate.estimates[2] == pytest.approx(0.3, abs=0.02)
    assert np.isfinite(estimate.std_errors).all()


def test_analytic_errors_agree_with_the_bootstrap(clean):
    for method in (tfp.OlleyPakes, tfp.LevinsohnPetrin):
        analytic = method(degree=2).fit(clean).std_errors
        drawn = method(degree=2, covariance=tfp.Bootstrap(60)).fit(clean, rng=1).std_errors
        np.testing.assert_allclose(drawn, analytic, rtol=0.35)
