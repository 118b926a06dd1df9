"""Gross output from the share of a flexible input, on firms whose function is known."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import tfp

BURN_IN = 20
NINETY = 1.6448536269514722  # 95 % point of the normal distribution


def firms(n=250, years=8, *, seed=1, slope=0.0):
    r"""Return firms that buy materials up to where their marginal product pays for them.

    .. math:: y = d(l)\, m + 0.25 k + 0.2 l + \omega + \varepsilon, \quad d = 0.5 + s (l - 2)

    so that the share of materials is :math:`d E e^{-\varepsilon}` and the elasticity of
    labour :math:`0.2 + s m`.
    """
    rng = np.random.default_rng(seed)
    omega = rng.normal(0.0, 0.3, n)
    k, l = rng.normal(2.0, 0.6, (2, n))  # noqa: E741
    rows = []
    for year in range(BURN_IN + years):
        before = omega
        omega = 0.7 * before + rng.normal(0.0, 0.2, n)
        k = 0.8 * k + 0.3 * before + 0.4 + rng.normal(0.0, 0.25, n)
        l = 0.6 * l + 0.4 * before + 0.8 + rng.normal(0.0, 0.25, n)  # noqa: E741
        shock = rng.normal(0.0, 0.1, n)
        elasticity = 0.5 + slope * (l - 2.0)
        rest = 0.25 * k + 0.2 * l + omega
        m = (rest + np.log(elasticity) + 0.5 * 0.1**2) / (1.0 - elasticity)
        y = elasticity * m + rest + shock
        columns = {
            "firm": np.arange(n),
            "year": 2000 + year - BURN_IN,
            "output": np.exp(y),
            "capital": np.exp(k),
            "labour": np.exp(l),
            "materials": np.exp(m),
            "cost": np.exp(m),
            "revenue": np.exp(y),
            "omega": omega,
            "of_labour": 0.2 + slope * m,
            "of_materials": elasticity,
        }
        rows.append(pd.DataFrame(columns))
    whole = pd.concat(rows[BURN_IN:], ignore_index=True)
    return whole.sort_values(["firm", "year"], ignore_index=True)


def panel_of(frame, **changes):
    roles = {
        "further_incomes": {"materials": "cost"},
        "output_current": "revenue",
        "labour": "labour",
    } | changes
    return tfp.Panel(
        frame,
        entity="firm",
        time="year",
        output="output",
        capital="capital",
        further_inputs={"materials": "materials"},
        **roles,
    )


@pytest.fixture(scope="module")
def bent():
    frame = firms(slope=0.03)
    return frame, tfp.GandhiNavarroRivers().fit(panel_of(frame))


@pytest.mark.parametrize(
    ("samples", "low", "high"),
    [(100, 0.80, 0.97), pytest.param(1000, 0.87, 0.93, marks=pytest.mark.slow)],
)
def test_the_truth_is_found_and_intervals_cover_it(samples, low, high):
    gaps, reach = [], []
    for seed in range(samples):
        frame = firms(n=150, years=6, seed=seed, slope=0.03)
        estimate = tfp.GandhiNavarroRivers().fit(panel_of(frame))
        truth = [0.25, frame["of_labour"].mean(), frame["of_materials"].mean()]
        gaps.append(np.array(list(estimate.elasticities.values())) - truth)
        reach.append(NINETY * np.sqrt(np.diag(estimate.elasticity_covariance)))
    spread = np.std(gaps, axis=0, ddof=1) / np.sqrt(samples)
    assert (np.abs(np.mean(gaps, axis=0)) < 0.005 + 2 * spread).all()
    covered = np.mean(np.abs(gaps) < reach, axis=0)
    assert ((covered > low) & (covered < high)).all()


def test_a_cubic_law_of_motion_changes_little_where_the_law_is_linear():
    panel = panel_of(firms(slope=0.03))
    linear, cubic = (tfp.GandhiNavarroRivers(law_degree=degree).fit(panel) for degree in (1, 3))
    assert linear.elasticities["materials"] == cubic.elasticities["materials"]
    for name in ("capital", "labour"):
        assert 0 < abs(linear.elasticities[name] - cubic.elasticities[name]) < 0.01


def test_elasticities_of_each_row(bent):
    frame, estimate = bent
    capital, labour, materials = estimate.row_elasticities
    assert np.abs(materials - frame["of_materials"]).max() < 0.05
    assert np.corrcoef(labour, frame["of_labour"])[0, 1] > 0.8
    # The reported ones are their means, exactly.
    for row, mean in zip((capital, labour, materials), estimate.elasticities.values(), strict=True):
        assert row.mean() == pytest.approx(mean, abs=1e-12)


def test_productivity_is_what_the_firms_knew(bent):
    frame, estimate = bent
    known = estimate.productivity["log_productivity"].to_numpy()
    assert np.corrcoef(known, frame["omega"])[0, 1] > 0.98
    shock = estimate.log_tfp - known
    np.testing.assert_allclose(shock, estimate.residuals, atol=1e-12)
    assert shock.std() == pytest.approx(0.1, abs=0.01)
    assert estimate.diagnostics["mean_shock"] == pytest.approx(np.exp(0.005), abs=0.003)


def test_the_second_stage_is_solved_and_says_so(bent):
    _, estimate = bent
    assert estimate.converged
    assert estimate.identified
    assert estimate.diagnostics["moment_norm"] < 1e-12
    assert [root.chosen for root in estimate.roots].count(True) == 1
    assert estimate.diagnostics["condition"] < 1e3
    # Least squares, where a search that does not move stays, is somewhere else.
    logs = np.log(bent[0][["output", "capital", "labour", "materials"]])
    design = np.column_stack([np.ones(len(logs)), logs[["capital", "labour", "materials"]]])
    least_squares = np.linalg.lstsq(design, logs["output"], rcond=None)[0]
    assert least_squares[3] > estimate.elasticities["materials"] + 0.2


def test_moments_hold_by_their_definition(bent):
    """The innovation is unrelated to every term of the polynomial in the other inputs."""
    frame, estimate = bent
    productivity = estimate.log_productivity.reshape(250, 8)
    now, before = productivity[:, 1:].ravel(), productivity[:, :-1].ravel()
    law = np.column_stack([np.ones(len(now)), before])
    logs = np.log(frame[["capital", "labour"]].to_numpy()).reshape(250, 8, 2)[:, 1:].reshape(-1, 2)
    k, l = (logs - logs.mean(axis=0)).T  # noqa: E741
    terms = np.column_stack([k, l, k * k, k * l, l * l])
    innovation = now - law @ np.linalg.lstsq(law, now, rcond=None)[0]
    assert np.abs(terms.T @ innovation / len(now)).max() < 1e-12


def test_it_never_crosses_a_gap():
    frame = firms()
    holed = frame[frame["year"] != 2003]
    estimate = tfp.GandhiNavarroRivers().fit(panel_of(holed))
    assert estimate.diagnostics["rows"] == 250 * 7
    assert estimate.diagnostics["rows_with_past"] == 250 * (2 + 3)


@pytest.mark.parametrize("degree", [1, 2, 3])
def test_the_order_of_rows_and_units_do_not_matter(degree):
    frame = firms(n=120, slope=0.03)
    other = frame.sample(frac=1.0, random_state=3)
    other = other.assign(
        capital=other["capital"] * 1e6,
        materials=other["materials"] / 50,
        cost=other["cost"] * 23_000,
        revenue=other["revenue"] * 23_000,
    )
    method = tfp.GandhiNavarroRivers(degree=degree)
    first, second = method.fit(panel_of(frame)), method.fit(panel_of(other))
    for factor, elasticity in first.elasticities.items():
        assert second.elasticities[factor] == pytest.approx(elasticity, abs=1e-9)


def test_it_is_kept_and_shown(bent, tmp_path):
    _, estimate = bent
    estimate.save(tmp_path / "estimate.tfp")
    again = tfp.load(tmp_path / "estimate.tfp")
    pd.testing.assert_frame_equal(again.tidy(), estimate.tidy())
    for language in ("en", "vi"):
        assert estimate.summary(language)


def test_rows_without_a_share_are_counted():
    frame = firms(n=100)
    frame.loc[[3, 50], "cost"] = np.nan
    frame.loc[[70], "revenue"] = np.nan
    estimate = tfp.GandhiNavarroRivers().fit(panel_of(frame))
    assert len(estimate.ledger) == 3
    assert set(estimate.ledger["role"]) == {"further_incomes:materials", "output_current"}
    assert np.isnan(estimate.log_tfp[[3, 50, 70]]).all()


def test_returns_to_scale_are_judged_with_the_flexible_input():
    frame = firms(n=120)
    codes = [f.code for f in tfp.GandhiNavarroRivers().fit(panel_of(frame)).warnings]
    assert "returns-not-credible" not in codes
    codes = [f.code for f in tfp.GandhiNavarroRivers().fit(panel_of(steeper(frame, 1.6))).warnings]
    assert codes == ["returns-not-credible"]


def steeper(frame, power):
    """Return output that answers more, or less, to inputs than their shares say."""
    return frame.assign(output=frame["output"] ** power)


def test_no_admissible_solution_is_an_answer():
    panel = panel_of(steeper(firms(n=120), 0.1))
    estimate = tfp.GandhiNavarroRivers().fit(panel)
    assert not estimate.converged
    assert not estimate.identified
    assert np.isnan(list(estimate.elasticities.values())).all()
    assert [finding.code for finding in estimate.warnings] == ["no-admissible-root"]
    assert not any(root.admissible for root in estimate.roots)
    with pytest.raises(tfp.MethodError) as error:
        tfp.GandhiNavarroRivers(strict=True).fit(panel)
    assert error.value.code == "no-admissible-root"


BAD = {
    "no cost": ({"further_incomes": None}, {}, "role-missing"),
    "no revenue": ({"output_current": None}, {}, "role-missing"),
    "no labour": ({"labour": None}, {}, "input-unknown"),
    "a cost of zero": ({}, {"cost": 0.0}, "not-positive"),
    "no share": ({}, {"cost": np.nan}, "no-complete-row"),
}


@pytest.mark.parametrize("kind", BAD)
def test_what_is_refused(kind):
    roles, columns, code = BAD[kind]
    with pytest.raises(tfp.TFPError) as error:
        tfp.GandhiNavarroRivers().fit(panel_of(firms(n=30).assign(**columns), **roles))
    assert error.value.code == code


def test_controls_are_not_used_and_it_says_so():
    frame = firms(n=60).assign(weather=lambda f: np.sin(np.arange(len(f))))
    plain = tfp.GandhiNavarroRivers().fit(panel_of(frame))
    controlled = tfp.GandhiNavarroRivers().fit(panel_of(frame, controls={"weather": "weather"}))
    np.testing.assert_array_equal(controlled.estimates, plain.estimates)
    found = {finding.code: finding.fields for finding in controlled.warnings}
    assert found["controls-unused"]["terms"] == ("weather",)
    assert "controls-unused" not in [finding.code for finding in plain.warnings]


@pytest.mark.parametrize("changed", ["labour", "materials"])
def test_inputs_that_others_explain(changed):
    for values in (5.0, firms(n=30)["capital"] ** 2):
        with pytest.raises(tfp.MethodError) as error:
            tfp.GandhiNavarroRivers().fit(panel_of(firms(n=30).assign(**{changed: values})))
        assert error.value.code == "collinear-inputs"
        assert changed in error.value.fields["names"]


@pytest.mark.parametrize(("n", "years", "code"), [(40, 1, "no-difference"), (4, 4, "too-few-rows")])
def test_samples_that_are_too_small(n, years, code):
    with pytest.raises(tfp.MethodError) as error:
        tfp.GandhiNavarroRivers().fit(panel_of(firms(n=n, years=years)))
    assert error.value.code == code


@pytest.mark.parametrize("options", [{"degree": 0}, {"law_degree": 0}])
def test_degrees_below_one(options):
    with pytest.raises(tfp.MethodError) as error:
        tfp.GandhiNavarroRivers(**options)
    assert error.value.code == "degree-not-positive"


class TestBootstrap:
    def test_a_replication_solves_both_stages_on_the_drawn_firms(self):
        """Under fresh names they give the same elasticities, row by row."""
        frame = firms(n=80, slope=0.03)
        counts = np.bincount(np.random.default_rng(3).integers(0, 80, 80), minlength=80)
        problem, estimate, panel = problem_of(frame)
        values, _, _ = problem.again(counts.astype(float), estimate.roots[0].coefficients)
        drawn = np.repeat(np.arange(80), counts)
        parts = [frame[frame["firm"] == one].assign(firm=n) for n, one in enumerate(drawn)]
        again = tfp.GandhiNavarroRivers().fit(panel_of(pd.concat(parts, ignore_index=True)))
        # Terms are centred on other rows: what does not depend on that are elasticities.
        p = len(problem.terms.other_names)
        by_row = values[:p] @ problem.terms.other_slopes
        by_row = by_row + values[p:] @ problem.terms.integral_slopes
        rows = np.concatenate([np.flatnonzero(frame["firm"] == one) for one in drawn])
        for ours, theirs in zip(by_row, again.row_elasticities, strict=False):
            np.testing.assert_allclose(ours[rows], theirs, rtol=0, atol=1e-7)
        assert len(panel) == len(frame)

    def test_its_errors_are_near_the_analytic_ones(self):
        panel = panel_of(firms(n=300, slope=0.03))
        analytic = tfp.GandhiNavarroRivers().fit(panel)
        drawn = tfp.GandhiNavarroRivers(covariance=tfp.Bootstrap(100)).fit(panel, rng=1)
        np.testing.assert_array_equal(drawn.estimates, analytic.estimates)
        ratio = np.sqrt(
            np.diag(drawn.elasticity_covariance) / np.diag(analytic.elasticity_covariance)
        )
        assert ((ratio > 0.7) & (ratio < 1.4)).all()
        assert drawn.covariance_type == "bootstrap of firms"
        low, high = drawn.percentile_intervals(0.9)
        assert (low < high).all()

    def test_lost_replications_are_counted(self):
        method = tfp.GandhiNavarroRivers(covariance=tfp.Bootstrap(60))
        estimate = method.fit(panel_of(firms(n=5, years=6, seed=2)), rng=1)
        counts = estimate.diagnostics
        lost = counts["replications_failed"] + counts["replications_jumped"]
        assert counts["replications"] == 60
        assert lost > 3
        assert len(estimate.replicates) == 60 - lost
        assert np.isfinite(estimate.replicates).all()
        assert "replications-lost" in [finding.code for finding in estimate.warnings]


def problem_of(frame):
    """Return the problem of a frame, its estimate and its panel."""
    from tfp.production.control_function.firm_sample import firm_sample
    from tfp.production.control_function.revenue_share import with_shares
    from tfp.production.control_function.share_problem import share_problem

    panel, names = panel_of(frame), ("capital", "labour", "materials")
    sample = firm_sample(panel, inputs=names, proxy="materials", method="-")
    logs, log_share = with_shares(sample.logs, "materials")
    problem = share_problem(logs, log_share, names, 2, 1)
    return problem, tfp.GandhiNavarroRivers().fit(panel), panel
