"""Ackerberg-Caves-Frazer: roots, certificate, options; and faults seen in other programs."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import tfp

ACF = tfp.AckerbergCavesFrazer
# Wages more persistent and more varied than productivity: some samples have no root at all
# that could be a production function.
PERSISTENT_WAGES = {"wage_persistence": 0.8, "wage_sd": 0.3, "persistence": 0.5}


@pytest.fixture(scope="module")
def rootless(panel_of):
    """Return a sample all of whose roots are inadmissible."""
    for seed in range(200):
        frame = tfp.datasets.generate_firms("DGP1", 60, 5, rng=seed, **PERSISTENT_WAGES).frame
        panel = panel_of(frame)
        if not any(root.admissible for root in ACF().fit(panel).roots):
            return panel
    pytest.fail("no such sample")


class TestRoots:
    def test_the_labour_condition_read_backwards_is_a_root_too(self, panel_of, firms):
        estimate = ACF().fit(panel_of(firms))
        assert [root.admissible for root in estimate.roots].count(True) == 2
        true, false = (root for root in estimate.roots if root.admissible)
        assert true.elasticities == pytest.approx([0.4, 0.6], abs=0.1)
        assert false.elasticities == pytest.approx([0.0, 1.0], abs=0.1)
        assert [root for root in estimate.roots if root.chosen] == [true]
        assert true.persistence > false.persistence
        assert all(root.moment_norm < 1e-11 for root in estimate.roots)

    def test_two_admissible_roots_are_not_hidden(self, panel_of, firms):
        estimate = ACF().fit(panel_of(firms))
        assert not estimate.identified
        assert estimate.converged
        assert [finding.code for finding in estimate.warnings] == ["several-admissible-roots"]
        hidden = next(root for root in estimate.roots if root.admissible and not root.chosen)
        share = f"{hidden.elasticities[1]:.3f}"
        assert share in estimate.warnings[0].part("found", "en")
        assert share.replace(".", ",") in estimate.warnings[0].part("found", "vi")

    def test_a_declared_rule_identifies_and_stays_in_the_result(self, panel_of, firms):
        first = ACF(root_rule="largest_persistence").fit(panel_of(firms))
        last = ACF(root_rule="smallest_persistence").fit(panel_of(firms))
        assert first.identified
        assert last.identified
        assert [finding.severity for finding in first.warnings] == ["note"]
        assert first.provenance.options["root_rule"] == "largest_persistence"
        admissible = [root.elasticities[1] for root in first.roots if root.admissible]
        assert first.elasticities["labour"] == pytest.approx(admissible[0], abs=1e-9)
        assert last.elasticities["labour"] == pytest.approx(admissible[-1], abs=1e-9)

    def test_no_admissible_root_is_an_answer(self, rootless):
        estimate = ACF().fit(rootless)
        assert not estimate.converged
        assert not estimate.identified
        assert np.isnan(estimate.estimates).all()
        assert estimate.productivity["log_tfp"].isna().all()
        assert len(estimate.roots) >= 1
        assert estimate.warnings[-1].code == "no-admissible-root"
        assert estimate.warnings[-1].severity == "block"
        assert estimate.summary("vi")

    def test_strict_makes_it_an_error(self, rootless):
        with pytest.raises(tfp.MethodError) as error:
            ACF(strict=True).fit(rootless)
        assert error.value.code == "no-admissible-root"

    def test_it_needs_no_start_and_no_seed(self, panel_of, firms):
        """Pitfall 1: starts from the first stage plus noise."""
        panel = panel_of(firms)
        first = ACF(law_degree=3).fit(panel, rng=1)
        again = ACF(law_degree=3).fit(panel, rng=2)
        np.testing.assert_array_equal(first.estimates, again.estimates)

    def test_the_certificate_is_kept_with_the_result(self, panel_of, firms, tmp_path):
        estimate = ACF(law_degree=2).fit(panel_of(firms))
        estimate.save(tmp_path / "acf.tfp")
        again = tfp.load(tmp_path / "acf.tfp")
        assert again.diagnostics == estimate.diagnostics
        assert {"moment_norm", "condition", "roots", "admissible_roots", "persistence"} <= set(
            again.diagnostics
        )
        assert len(again.roots) == len(estimate.roots)
        np.testing.assert_array_equal(again.roots[0].coefficients, estimate.roots[0].coefficients)
        pd.testing.assert_frame_equal(again.tidy(), estimate.tidy())


class TestProductivity:
    def test_two_columns_differ_by_the_shock_nobody_foresaw(self, panel_of, plain):
        frame = plain(300, 8, seed=1)
        estimate = ACF(labour_timing="predetermined at t").fit(panel_of(frame))
        both = estimate.productivity
        np.testing.assert_allclose(
            both["log_tfp"] - both["log_productivity"], estimate.residuals, atol=1e-12
        )
        truth = frame["log_productivity"].to_numpy()
        known = np.corrcoef(both["log_productivity"], truth)[0, 1]
        assert known > 0.99
        assert np.corrcoef(both["log_tfp"], truth)[0, 1] < known

    def test_tfp_is_output_less_inputs(self, panel_of, firms):
        estimate = ACF().fit(panel_of(firms))
        expected = np.log(firms["output"])
        for name, elasticity in estimate.elasticities.items():
            expected = expected - elasticity * np.log(firms[name])
        np.testing.assert_allclose(estimate.productivity["log_tfp"], expected, atol=1e-12)


class TestOptions:
    def test_predetermined_labour_is_its_own_instrument(self, panel_of, plain):
        estimate = ACF(labour_timing="predetermined at t").fit(panel_of(plain(3_000, 8, seed=2)))
        for name, true in (("capital", 0.4), ("labour", 0.6)):
            error = estimate.std_errors[estimate.terms.index(name)]
            assert error < 0.02
            assert abs(estimate.elasticities[name] - true) < 3 * error

    def test_what_moves_productivity_belongs_into_its_law(self, panel_of, plain):
        """Research that firms also answer with inputs biases the law that leaves it out."""
        frame = plain(3_000, 8, seed=3, research=0.5)
        panel = panel_of(frame, controls={"research": "research"})
        options = {"labour_timing": "predetermined at t", "shifters": ("research",)}
        for degree in (1, 2):
            estimate = ACF(**options, law_degree=degree).fit(panel)
            assert "research" not in estimate.terms
            assert estimate.elasticities["labour"] == pytest.approx(0.6, abs=0.03)
            assert estimate.elasticities["capital"] == pytest.approx(0.4, abs=0.03)
            assert estimate.diagnostics["persistence"] == pytest.approx(0.7, abs=0.03)

    def test_year_effects_take_out_what_all_firms_share(self, panel_of, firms):
        shift = {year: 0.3 * np.sin(year) for year in firms["year"].unique()}
        moved = firms.assign(output=firms["output"] * np.exp(firms["year"].map(shift)))
        method = ACF(year_effects=True)
        plain, shifted = method.fit(panel_of(firms)), method.fit(panel_of(moved))
        np.testing.assert_allclose(plain.estimates[:2], shifted.estimates[:2], atol=1e-9)
        gap = dict(zip(shifted.terms, shifted.estimates - plain.estimates, strict=True))
        assert gap["period 2004"] == pytest.approx(shift[2004] - shift[2001], abs=1e-10)
        # What they share is part of what firms know.
        known = shifted.productivity["log_productivity"] - plain.productivity["log_productivity"]
        expected = firms["year"].map(shift) - shift[2001] + shift[2001]
        np.testing.assert_allclose(known, expected, atol=1e-9)

    def test_controls_are_taken_out_by_the_first_stage(self, panel_of, firms):
        """Controls crashed one release of prodest."""
        control = np.random.default_rng(1).normal(size=len(firms))
        moved = firms.assign(z=control, output=firms["output"] * np.exp(0.3 * control))
        estimate = ACF().fit(panel_of(moved, controls={"z": "z"}))
        without = ACF().fit(panel_of(firms))
        assert estimate.terms == ("capital", "labour", "z")
        assert estimate.estimates[2] == pytest.approx(0.3, abs=0.01)
        assert estimate.estimates[:2] == pytest.approx(without.estimates, abs=0.02)
        assert estimate.std_errors[2] == pytest.approx(0.1 / np.sqrt(len(firms)), rel=0.2)

    def test_several_assets_are_several_states(self, panel_of, plain):
        frame = plain(400, 8, seed=4)
        rng = np.random.default_rng(9)
        second = np.exp(rng.normal(size=len(frame)))
        frame = frame.assign(ict=second, output=frame["output"] * second**0.1)
        panel = panel_of(frame, capital={"ict": "ict", "other": "capital"})
        estimate = ACF(labour_timing="predetermined at t").fit(panel)
        assert set(estimate.elasticities) == {"capital_ict", "capital_other", "labour"}
        assert estimate.elasticities["capital_ict"] == pytest.approx(0.1, abs=0.03)

    def test_materials_as_proxy_and_input_are_warned_of(self, panel_of, firms):
        """Pitfall 12: gross output."""
        method = ACF(flexible=("labour", "materials"), output_concept="gross_output", degree=2)
        codes = [finding.code for finding in method.fit(panel_of(firms)).warnings]
        assert codes[0] == "flexible-input-unidentified"


class TestTranslog:
    def test_of_cobb_douglas_firms_has_no_curvature(self, panel_of, plain):
        method = ACF(form="translog", labour_timing="predetermined at t")
        estimate = method.fit(panel_of(plain(3_000, 8, seed=6)))
        assert estimate.terms[2:] == ("capital^2", "capital × labour", "labour^2")
        assert estimate.elasticities["labour"] == pytest.approx(0.6, abs=0.03)
        assert np.abs(estimate.estimates[2:]).max() < 0.03
        assert (np.abs(estimate.estimates[2:]) < 3 * estimate.std_errors[2:]).all()

    def test_elasticities_of_rows_average_to_the_first_order_terms(self, panel_of, plain):
        method = ACF(form="translog", labour_timing="predetermined at t")
        estimate = method.fit(panel_of(plain(200, 8, seed=7)))
        for name, rows in zip(estimate.factor_names, estimate.row_elasticities, strict=True):
            assert rows.mean() == pytest.approx(estimate.elasticities[name], abs=1e-12)
            assert rows.std() > 0.0

    def test_the_units_of_inputs_do_not_matter(self, panel_of, plain):
        """Pitfall 11: raw squares, not centred."""
        frame = plain(200, 8, seed=7)
        method = ACF(form="translog", labour_timing="predetermined at t")
        larger = frame.assign(capital=frame["capital"] * 1e6, output=frame["output"] / 1e3)
        first, second = method.fit(panel_of(frame)), method.fit(panel_of(larger))
        np.testing.assert_allclose(first.estimates, second.estimates, rtol=0, atol=1e-8)

    def test_negative_elasticities_of_rows_are_counted(self, panel_of, plain):
        frame = plain(60, 5, seed=8)
        method = ACF(form="translog", labour_timing="predetermined at t", degree=2)
        estimate = method.fit(panel_of(frame))
        shares = {
            finding.fields["terms"][0]: finding.fields["share"]
            for finding in estimate.warnings
            if finding.code == "elasticity-negative-in-rows"
        }
        for name, rows in zip(estimate.factor_names, estimate.row_elasticities, strict=True):
            assert shares.get(name, 0.0) == pytest.approx(100 * (rows < 0).mean())
        assert shares


class TestRows:
    def test_names_of_columns_do_not_matter(self, panel_of, firms):
        """Pitfall 6: columns chosen by parts of their names."""
        names = {"capital": "state", "labour": "lag.sX", "materials": "Z", "output": "free"}
        renamed = firms.rename(columns=names)
        panel = panel_of(
            renamed, output="free", capital="state", labour="lag.sX",
            further_inputs={"Z_state": "Z"},
        )  # fmt: skip
        np.testing.assert_array_equal(
            ACF(proxy="Z_state").fit(panel).estimates, ACF().fit(panel_of(firms)).estimates
        )

    def test_lags_follow_the_calendar(self, panel_of, firms):
        """Pitfall 8: lags by row cross gaps."""
        holed = firms[~((firms["firm"] % 3 == 0) & (firms["year"] == 2004))]
        estimate = ACF().fit(panel_of(holed))
        firms_with_gap = len(firms.loc[firms["firm"] % 3 == 0, "firm"].unique())
        assert estimate.diagnostics["rows"] == len(holed)
        assert estimate.diagnostics["rows_with_past"] == 150 * 7 - 2 * firms_with_gap
        apart = holed.assign(
            firm=holed["firm"] * 10 + ((holed["firm"] % 3 == 0) & (holed["year"] > 2004))
        )
        np.testing.assert_allclose(
            ACF().fit(panel_of(apart)).estimates, estimate.estimates, rtol=0, atol=1e-12
        )

    def test_a_row_without_materials_is_lost_as_past_too(self, panel_of, firms):
        missing = firms.copy()
        missing.loc[missing.index[3], "materials"] = np.nan
        estimate = ACF().fit(panel_of(missing))
        assert estimate.ledger[["role", "entity", "time"]].to_numpy().tolist() == [
            ["further_inputs:materials", "1", 2004]
        ]
        assert estimate.diagnostics["rows_with_past"] == 150 * 7 - 2

    def test_a_mass_of_ones_is_pointed_out(self, panel_of, firms):
        """Pitfall 10: none coded as log zero."""
        coded = firms.copy()
        coded.loc[coded.index[::20], "labour"] = 1.0
        codes = {f.code: f.fields for f in ACF().fit(panel_of(coded)).warnings}
        assert codes["mass-at-one"]["terms"] == ("labour",)
        assert codes["mass-at-one"]["count"] == 60

    def test_the_order_of_rows_does_not_matter(self, panel_of, firms):
        shuffled = firms.sample(frac=1.0, random_state=1)
        np.testing.assert_allclose(
            ACF().fit(panel_of(shuffled)).estimates,
            ACF().fit(panel_of(firms)).estimates,
            rtol=0,
            atol=1e-10,
        )


BAD = {
    "unknown proxy": (lambda f: f, {"proxy": "energy"}, "input-unknown"),
    "unknown shifter": (lambda f: f, {"shifters": ("research",)}, "input-unknown"),
    "one firm": (lambda f: f[f["firm"] == 1], {}, "one-entity"),
    "no neighbours": (lambda f: f[f["year"] % 2 == 0], {}, "no-difference"),
    "few rows": (lambda f: f[(f["firm"] < 3) & (f["year"] < 2005)], {}, "too-few-rows"),
    "proxy is capital": (lambda f: f.assign(materials=f["capital"]), {}, "collinear-inputs"),
}


@pytest.mark.parametrize("kind", BAD)
def test_what_is_refused(panel_of, firms, kind):
    change, options, code = BAD[kind]
    with pytest.raises(tfp.MethodError) as error:
        ACF(**options).fit(panel_of(change(firms)))
    assert error.value.code == code


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"degree": 0}, "degree-not-positive"),
        ({"law_degree": 0}, "degree-not-positive"),
        ({"labour_timing": "later"}, "option-unknown"),
        ({"root_rule": "nicest"}, "option-unknown"),
        ({"form": "leontief"}, "option-unknown"),
    ],
)
def test_options_that_do_not_exist(options, code):
    with pytest.raises(tfp.MethodError) as error:
        ACF(**options)
    assert error.value.code == code


def test_roots_without_a_slope_are_none(panel_of, firms):
    """Labour that never changes in a firm: with the law of a random walk nothing is left."""
    fixed = firms.groupby("firm")["labour"].transform("first")
    estimate = tfp.AckerbergCavesFrazer().fit(panel_of(firms.assign(labour=fixed)))
    assert not estimate.identified or estimate.diagnostics["condition"] < 1e8
    assert all(np.isfinite(root.moment_norm) for root in estimate.roots)
    assert max(root.condition for root in estimate.roots) < 1e8
