"""Markups where output is a quantity; a refusal, or a wedge by that name, where it is not."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import tfp

LABOUR = 0.5
METHOD = tfp.Wooldridge()


def firms(n=300, years=6, *, seed=1):
    """Return firms that hire up to where labour's share is its elasticity over the markup."""
    rng = np.random.default_rng(seed)
    productivity, wage = rng.normal(0.0, 0.4, n), rng.normal(0.0, 0.3, n)
    capital, markup = rng.normal(3.0, 0.7, n), rng.uniform(1.05, 1.6, n)
    rows = []
    for year in range(years):
        productivity = 0.7 * productivity + rng.normal(0.0, 0.3, n)
        wage = 0.7 * wage + rng.normal(0.0, 0.2, n)
        capital = 0.8 * capital + 0.6 + rng.normal(0.0, 0.3, n)
        shock = rng.normal(0.0, 0.1, n)
        labour = 0.5 * capital + productivity - wage
        output = 0.4 * capital + LABOUR * labour + productivity + shock
        price = 3.0 * markup
        columns = {
            "firm": np.arange(n),
            "year": 2000 + year,
            "output": np.exp(output),
            "capital": np.exp(capital),
            "labour": np.exp(labour),
            "materials": np.exp(0.7 * capital + productivity),
            "revenue": price * np.exp(output),
            "wages": LABOUR / markup * price * np.exp(output - shock),
            "markup": markup,
        }
        rows.append(pd.DataFrame(columns))
    return pd.concat(rows).sort_values(["firm", "year"], ignore_index=True)


def panel_of(frame, **changes):
    roles = {"labour_income": "wages", "output_current": "revenue"} | changes
    return tfp.Panel(
        frame,
        entity="firm",
        time="year",
        output="output",
        capital="capital",
        labour="labour",
        further_inputs={"materials": "materials"},
        **roles,
    )


@pytest.fixture(scope="module")
def made():
    frame = firms()
    panel = panel_of(frame)
    return frame, panel, METHOD.fit(panel)


def test_markups_are_found(made):
    frame, panel, estimate = made
    found = tfp.markups(estimate, panel, "labour", output_is="quantity")
    assert found.meaning == "markup"
    ours = found.frame["markup"].to_numpy()
    # All are off by the one error of the elasticity, and by what is left of the shock.
    gap = np.log(ours / frame["markup"])
    assert abs(gap.mean()) < 3 * found.relative_error + 0.01
    assert gap.std() < 0.03
    assert found.median == pytest.approx(np.median(ours), abs=1e-15)


def test_the_share_is_free_of_the_shock(made):
    frame, panel, estimate = made
    found = tfp.markups(estimate, panel, "labour", output_is="quantity")
    plain = (frame["wages"] / frame["revenue"]).to_numpy()
    shock = estimate.log_tfp - estimate.log_productivity
    np.testing.assert_allclose(found.cost_share, plain * np.exp(shock), rtol=1e-13)
    np.testing.assert_allclose(
        found.ratio, estimate.elasticities["labour"] / found.cost_share, rtol=1e-13
    )
    place = estimate.terms.index("labour")
    assert found.relative_error == pytest.approx(
        estimate.std_errors[place] / estimate.estimates[place], rel=1e-12
    )


def test_elasticities_that_vary_are_taken_row_by_row(made):
    _, panel, _ = made
    method = tfp.AckerbergCavesFrazer(form="translog", root_rule="largest_persistence")
    estimate = method.fit(panel)
    found = tfp.markups(estimate, panel, "labour", output_is="quantity")
    place = estimate.factor_names.index("labour")
    np.testing.assert_array_equal(found.elasticity, estimate.row_elasticities[place])


class TestConvention20:
    """Revenue is not output: the ratio of a revenue elasticity is no markup."""

    def test_deflated_revenue_is_refused(self, made):
        _, panel, estimate = made
        with pytest.raises(tfp.MethodError, match="revenue elasticities") as error:
            tfp.markups(estimate, panel, "labour", output_is="deflated_revenue")
        assert error.value.code == "markup-from-revenue"

    def test_who_insists_gets_an_input_wedge_and_not_a_markup(self, made):
        _, panel, estimate = made
        found = tfp.markups(
            estimate, panel, "labour", output_is="deflated_revenue", input_wedge=True
        )
        assert found.meaning == "input_wedge"
        assert "markup" not in found.frame
        assert "input_wedge" in found.tidy()
        assert repr(found).startswith("MarkupRatios: input wedge")
        assert [finding.code for finding in found.warnings] == ["input-wedge"]

    def test_what_output_is_has_no_default(self, made):
        _, panel, estimate = made
        with pytest.raises(TypeError, match="output_is"):
            tfp.markups(estimate, panel, "labour")

    def test_with_revenue_the_ratio_is_one_whatever_the_markup(self):
        """Bond and others: at an optimum the revenue elasticity is the share itself."""
        frame = firms(n=600)
        # Demand with elasticity -e gives the markup e / (e - 1), and revenue Q^(1 - 1/e).
        markup = 1.5
        frame["wages"] = frame["wages"] * frame["markup"] / markup / frame["revenue"]
        frame["revenue"] = frame["output"] ** (1 / markup)
        frame["wages"] *= frame["revenue"]
        panel = panel_of(frame.assign(output=frame["revenue"]))
        found = tfp.markups(
            METHOD.fit(panel), panel, "labour", output_is="deflated_revenue", input_wedge=True
        )
        assert found.median == pytest.approx(1.0, abs=0.05)


def test_ratios_below_one_are_said_aloud(made):
    frame, _, _ = made
    panel = panel_of(frame.assign(wages=frame["wages"] * 2))
    found = tfp.markups(METHOD.fit(panel), panel, "labour", output_is="quantity")
    assert [finding.code for finding in found.warnings] == ["markup-below-one"]


def test_it_is_kept_and_shown(made, tmp_path):
    _, panel, estimate = made
    found = tfp.markups(estimate, panel, "labour", output_is="quantity")
    found.save(tmp_path / "markups.tfp")
    again = tfp.load(tmp_path / "markups.tfp")
    pd.testing.assert_frame_equal(again.tidy(), found.tidy())
    for language in ("en", "vi"):
        assert found.summary(language)


def refused(estimate, panel, name="labour"):
    with pytest.raises(tfp.TFPError) as error:
        tfp.markups(estimate, panel, name, output_is="quantity")
    return error.value.code


def test_what_is_refused(made):
    frame, panel, estimate = made
    assert refused(estimate, panel, "capital") == "markup-input"
    assert refused(estimate, panel, "energy") == "markup-input"
    assert refused(tfp.FixedEffects().fit(panel), panel) == "shock-unknown"
    assert refused(estimate, panel_of(frame[:-1])) == "estimate-of-other-rows"
    assert refused(estimate, panel_of(frame, labour_income=None)) == "role-missing"
    assert refused(estimate, panel_of(frame.assign(wages=0.0))) == "not-positive"
    costs = panel_of(frame.assign(cost=frame["wages"]), further_incomes={"materials": "cost"})
    shares = tfp.GandhiNavarroRivers().fit(costs)
    assert refused(shares, costs, "materials") == "markup-assumed"
