"""Rules for factor weights: what each gives in each year, and what each refuses.

That contributions are weights times growth is shown in test_identities.
"""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

import tfp

# Weights are ratios and sums of a few numbers below one.
ROUNDING = 4e-16
IDENTITY = 1e-12  # relative, as the package promises
YEARS = [2009, 2010, 2011, 2012, 2013, 2015, 2016]  # 2014 is missing


def panel_of(years=YEARS, further=None, **columns):
    rng = np.random.default_rng(7)
    names = ["y", "k", "k2", "l", "e"]
    frame = {"year": years, **{n: np.exp(rng.normal(3, 0.1, len(years))) for n in names}, **columns}
    roles = {"time": "year", "output": "y", "capital": "k", "labour": "l"}
    roles |= {"further_inputs": {"energy": "e"}} if further else {}
    return frame, roles


def fit(weights, frame, roles, **options):
    return tfp.GrowthAccounting(factor_weights=weights, **options).fit(tfp.Panel(frame, **roles))


def weights_of(weights, frame, roles, **options):
    return fit(weights, frame, roles, **options).factor_weights


def refusal(function, *arguments, **options):
    with pytest.raises(tfp.TFPError) as error:
        function(*arguments, **options)
    assert error.value.message("en") != error.value.message("vi")
    return error.value


class TestFixedShares:
    @pytest.mark.parametrize(
        "shares",
        [
            tfp.FixedShares(capital=0.4),
            tfp.FixedShares(labour=0.6),
            tfp.FixedShares(capital=0.4, labour=0.6),
            tfp.FixedShares(capital=np.float64(0.4)),
            tfp.FixedShares(by_period={"2000-2020": {"capital": 0.4}}),
        ],
    )
    def test_the_share_left_out_is_the_rest(self, shares):
        weights = weights_of(shares, *panel_of())
        np.testing.assert_allclose(weights.dropna(), [[0.4, 0.6]] * 5, atol=ROUNDING)

    def test_numbers_of_other_kinds_are_numbers(self):
        weights = weights_of(tfp.FixedShares(capital=np.float32(0.5)), *panel_of())
        assert weights.dropna().to_numpy().tolist() == [[0.5, 0.5]] * 5

    def test_shares_that_miss_one_by_rounding_are_scaled_to_it(self):
        shares = tfp.FixedShares(capital=0.3333333333, labour=0.6666666666)
        accounts = fit(shares, *panel_of())
        np.testing.assert_allclose(accounts.factor_weights.dropna().sum(axis=1), 1.0, atol=ROUNDING)
        assert accounts.productivity_form().largest_gap <= IDENTITY

    @pytest.mark.parametrize(
        ("timing", "capital_2012"), [("current", 0.5), ("previous", 0.4), ("average", 0.45)]
    )
    def test_each_period_has_its_own(self, timing, capital_2012):
        table = {"2010-2011": {"capital": 0.4}, "2012–2016": {"capital": 0.5}}
        shares = tfp.FixedShares(by_period=table, source="input-output tables")
        capital = weights_of(shares, *panel_of(), share_timing=timing)["capital"]
        # 2009 has no table; no growth needs one, because 2010 is in the first.
        expected = [0.4, 0.4, capital_2012, 0.5, np.nan, 0.5]
        np.testing.assert_allclose(capital, expected, atol=ROUNDING)

    def test_only_what_can_be_per_cent_is_called_so(self):
        slip, typed = (refusal(tfp.FixedShares, capital=share) for share in (1.2, 42.0))
        assert "per cent, write" not in slip.part("remedy")
        assert typed.part("remedy").endswith("If it is in per cent, write 0.4200.")
        assert typed.part("remedy", "vi").endswith("phần trăm thì viết 0,4200.")

    def test_an_error_tells_the_table_from_what_it_lacks(self):
        shares = tfp.FixedShares(by_period={"2009-2012": {"capital": 0.4}})
        error = refusal(fit, shares, *panel_of())
        assert error.part("found") == (
            "The share table holds 2009-2012; 2 rows with growth lie outside."
        )
        assert [place.time for place in error.places] == [2013, 2016]

    @pytest.mark.parametrize("order", [slice(None), slice(None, None, -1)])
    def test_years_without_growth_need_no_share(self, order):
        # The year before a gap's end and an entity of one row, wherever it stands.
        rows = [("a", 2005), ("a", 2010), ("a", 2011), ("b", 2000)][order]
        rng = np.random.default_rng(1)
        frame = {name: rng.uniform(1, 2, 4) for name in ("y", "k", "l")}
        frame |= {"p": [p for p, _ in rows], "year": [year for _, year in rows]}
        roles = {"entity": "p", "time": "year", "output": "y", "capital": "k", "labour": "l"}
        shares = tfp.FixedShares(by_period={"2011-2015": {"capital": 0.4}})
        weights = weights_of(shares, frame, roles)["capital"].dropna()
        assert weights.to_dict() == {("a", 2011): 0.4}

    @pytest.mark.parametrize(
        ("options", "code"),
        [
            ({}, "shares-missing"),
            ({"capital": 0.4, "by_period": {}}, "shares-missing"),
            ({"capital": 40.0}, "share-outside-unit-interval"),
            ({"capital": 1.0}, "share-outside-unit-interval"),
            ({"capital": float("nan")}, "share-not-a-number"),
            ({"capital": True}, "share-not-a-number"),
            ({"capital": {"ict": "0.1"}}, "share-not-a-number"),
            ({"by_period": {"2010": {"capital": None, "labour": "0.6"}}}, "share-not-a-number"),
            ({"capital": {"ict": 0.1, "other": -0.1}}, "share-outside-unit-interval"),
            ({"by_period": {"2010": {"capital": 0.0}}}, "share-outside-unit-interval"),
            ({"by_period": {"2010": {"capitl": 0.4}}}, "option-unknown"),
        ],
    )
    def test_refuses_what_is_no_share(self, options, code):
        assert refusal(tfp.FixedShares, **options).code == code

    @pytest.mark.parametrize(
        ("options", "code"),
        [
            ({"capital": 0.4, "labour": 0.5}, "shares-do-not-add"),
            ({"capital": 0.4, "further": {"energy": 0.1}}, "share-without-factor"),
            ({"capital": {"ict": 0.4}}, "share-without-factor"),
            ({"capital": {}}, "shares-too-few"),
            ({"by_period": {"2009-2012": {"capital": 0.4}}}, "shares-do-not-cover"),
            ({"by_period": {}}, "shares-do-not-cover"),
            (
                {"by_period": {"2009-2012": {"capital": 0.4}, "2012-2016": {"capital": 0.5}}},
                "shares-overlap",
            ),
            ({"by_period": {"2009 to 2016": {"capital": 0.4}}}, "span-not-understood"),
        ],
    )
    def test_refuses_what_does_not_fit_the_panel(self, options, code):
        frame, roles = panel_of()
        assert refusal(fit, tfp.FixedShares(**options), frame, roles).code == code

    @pytest.mark.parametrize(
        ("options", "code"),
        [
            ({"capital": 0.4}, "shares-too-few"),
            ({"capital": 0.6, "labour": 0.5}, "shares-leave-nothing"),
        ],
    )
    def test_leaves_one_share_out_at_most_and_something_for_it(self, options, code):
        frame, roles = panel_of(further=True)
        assert refusal(fit, tfp.FixedShares(**options), frame, roles).code == code

    def test_says_which_years_lie_outside_the_table(self):
        shares = tfp.FixedShares(by_period={"2010-2015": {"capital": 0.4}})
        error = refusal(fit, shares, *panel_of())
        assert [place.time for place in error.places] == [2016]


class TestIncomeShares:
    def test_columns_come_before_incomes(self):
        n = len(YEARS)
        frame, roles = panel_of(s=np.linspace(0.5, 0.65, n), w=np.ones(n), r=np.ones(n))
        roles |= {"labour_income": "w", "capital_income": "r"}
        assert weights_of(tfp.IncomeShares(), frame, roles)["labour"].loc[2010] == 0.5
        shares = weights_of(tfp.IncomeShares(), frame, roles | {"labour_share": "s"}, rates="log")
        assert shares["labour"].loc[2010] == pytest.approx(0.5125, abs=ROUNDING)
        assert shares["capital"].loc[2010] == pytest.approx(0.4875, abs=ROUNDING)

    def test_columns_rounded_to_six_decimals_are_scaled(self):
        n = len(YEARS)
        frame, roles = panel_of(ls=np.full(n, 0.6666665), cs=np.full(n, 0.333333))
        roles |= {"labour_share": "ls", "capital_share": "cs"}
        accounts = fit(tfp.IncomeShares(), frame, roles)
        assert accounts.factor_weights.dropna().sum(axis=1).to_numpy() == pytest.approx(
            1.0, abs=ROUNDING
        )
        assert accounts.productivity_form().largest_gap <= IDENTITY

    @pytest.mark.parametrize(
        ("labour", "capital", "code"),
        [
            (60.0, None, "share-in-per-cent"),
            (0.6, 0.3, "share-columns-do-not-add"),
        ],
    )
    def test_refuses_columns_that_are_no_shares(self, labour, capital, code):
        n = len(YEARS)
        frame, roles = panel_of(ls=np.full(n, labour), cs=np.full(n, capital or 0.0))
        roles |= {"labour_share": "ls"} | ({"capital_share": "cs"} if capital else {})
        error = refusal(fit, tfp.IncomeShares(), frame, roles)
        assert error.code == code
        assert error.places[0].time == 2009

    @pytest.mark.parametrize("rule", [tfp.IncomeShares(), tfp.CostShares()])
    def test_refuses_panels_without_incomes_and_names_them(self, rule):
        frame, roles = panel_of(further=True, w=np.ones(len(YEARS)))
        error = refusal(fit, rule, frame, roles | {"labour_income": "w"})
        assert error.code == "incomes-missing"
        assert error.fields["absent"] == ["capital_income", "further_incomes:energy"]

    def test_keeps_a_bad_year_and_remarks_it(self):
        n = len(YEARS)
        frame, roles = panel_of(w=np.full(n, 160.0), r=np.full(n, -60.0))
        accounts = fit(
            tfp.IncomeShares(), frame, roles | {"labour_income": "w", "capital_income": "r"}
        )
        assert accounts.factor_weights.dropna().to_numpy() == pytest.approx(
            np.array([[-0.6, 1.6]] * 5), abs=ROUNDING
        )
        assert [f.code for f in accounts.warnings] == ["shares-outside-unit-interval"]
        assert accounts.warnings[0].part("effect", "vi")

    @pytest.mark.parametrize(
        ("missing", "times"), [(0.0, []), (1e-7, []), (2e-6, [2011]), (-0.01, [2011])]
    )
    def test_incomes_that_leave_a_rest_are_remarked_where_they_do(self, missing, times):
        n = len(YEARS)
        whole = np.full(n, 100.0)
        whole[2] *= 1 + missing
        frame, roles = panel_of(w=np.full(n, 60.0), r=np.full(n, 40.0), v=whole)
        roles |= {"labour_income": "w", "capital_income": "r", "income": "v"}
        found = fit(tfp.IncomeShares(), frame, roles).warnings
        assert [(f.code, p.time, p.column) for f in found for p in f.places] == [
            ("incomes-do-not-exhaust", time, "v") for time in times
        ]
        for finding in found:
            assert finding.fields["ratio"] == pytest.approx(1 / (1 + missing), abs=ROUNDING)
            assert finding.part("found") != finding.part("found", "vi")

    def test_the_rest_of_incomes_is_no_matter_where_shares_are_given(self):
        n = len(YEARS)
        frame, roles = panel_of(s=np.full(n, 0.4), v=np.ones(n))
        accounts = fit(tfp.IncomeShares(), frame, roles | {"capital_share": "s", "income": "v"})
        assert accounts.warnings == ()

    def test_incomes_that_add_to_nothing_give_no_growth(self):
        income = np.array([1.0, 1.0, -1.0, 1.0, 1.0, 1.0, 1.0])
        frame, roles = panel_of(w=income, r=np.ones(len(YEARS)))
        roles |= {"labour_income": "w", "capital_income": "r"}
        tfp_points = fit(tfp.IncomeShares(), frame, roles).contributions["tfp"]
        assert tfp_points.notna().to_dict() == {
            2010: True, 2011: False, 2012: False, 2013: True, 2015: False, 2016: True,
        }  # fmt: skip


class TestCostShares:
    def test_what_costs_do_not_exhaust_is_profit(self):
        n = len(YEARS)
        frame, roles = panel_of(w=np.full(n, 54.0), r=np.full(n, 36.0), v=np.linspace(100, 112, n))
        roles |= {"labour_income": "w", "capital_income": "r", "income": "v"}
        accounts = fit(tfp.CostShares(), frame, roles)
        weights = accounts.factor_weights.dropna()
        assert weights["labour"].to_numpy() == pytest.approx(0.6, abs=ROUNDING)
        assert weights["capital"].to_numpy() == pytest.approx(0.4, abs=ROUNDING)
        profit = 1 - 90.0 / np.linspace(100, 112, n)
        # Of this and the previous year, as the weights beside it.
        assert weights["pure_profit"].loc[2010] == pytest.approx(profit[:2].mean(), abs=ROUNDING)

    @pytest.mark.parametrize(("excess", "times"), [(0.04, []), (0.06, [2012])])
    def test_a_loss_that_no_bad_year_explains_is_remarked(self, excess, times):
        n = len(YEARS)
        cost = np.full(n, 40.0)
        cost[3] += 100.0 * excess
        frame, roles = panel_of(w=np.full(n, 60.0), r=cost, v=np.full(n, 100.0))
        roles |= {"labour_income": "w", "capital_income": "r", "income": "v"}
        found = fit(tfp.CostShares(), frame, roles).warnings
        assert [(f.code, p.time, p.column) for f in found for p in f.places] == [
            ("pure-profit-negative", time, "v") for time in times
        ]
        assert all(f.fields["share"] == pytest.approx(-excess, abs=1e-15) for f in found)
        assert all(f.part("found") != f.part("found", "vi") for f in found)

    def test_without_income_there_is_no_such_line(self):
        n = len(YEARS)
        frame, roles = panel_of(w=np.full(n, 54.0), r=np.full(n, 36.0))
        roles |= {"labour_income": "w", "capital_income": "r"}
        accounts = fit(tfp.CostShares(), frame, roles)
        assert accounts.pure_profit_share is None
        assert list(accounts.factor_weights) == ["capital", "labour"]


def stated(capital=0.5, labour=0.7, concept="value_added", units="aggregate"):
    known = {"capital": capital, "labour": labour}
    return tfp.StatedElasticities(known, concept, units, source="a paper")


@pytest.mark.parametrize("rule", [tfp.IncomeShares(), tfp.CostShares()])
@pytest.mark.parametrize("other", ["labour_income", "income"])
def test_incomes_in_different_units_are_refused(rule, other) -> None:
    frame, roles = panel_of(ci=np.full(7, 0.04), li=np.full(7, 60.0), total=np.full(7, 0.1))
    roles |= {"capital_income": "ci", "labour_income": "li", "income": "total"}
    units = {"capital_income": "trillion VND", other: "billion VND"}
    assert refusal(fit, rule, frame, roles | {"units": units}).code == "mixed-units"
    same = dict.fromkeys(units, "billion VND")
    assert fit(rule, frame, roles | {"units": same}).factor_weights is not None


class TestOutputElasticities:
    def test_returns_to_scale_are_a_term_or_left_inside_tfp(self):
        separate, normalised = (
            fit(tfp.OutputElasticities(stated(), returns=returns), *panel_of()).contributions
            for returns in ("separate", "normalise")
        )
        assert list(separate) == ["output", "capital", "labour", "returns_to_scale", "tfp"]
        assert list(normalised) == ["output", "capital", "labour", "tfp"]
        inputs = separate["capital"] + separate["labour"]
        assert (separate["returns_to_scale"] - 0.2 * inputs).abs().max() < 1e-14
        together = separate["tfp"] + separate["returns_to_scale"]
        assert (together - normalised["tfp"]).abs().max() < 1e-14

    def test_the_elasticities_times_growth_are_the_inputs_and_returns(self):
        accounts = fit(tfp.OutputElasticities(stated()), *panel_of(), rates="log")
        growth, points = accounts.factor_growth, accounts.contributions
        whole = 0.5 * growth["capital"] + 0.7 * growth["labour"]
        parts = points["capital"] + points["labour"] + points["returns_to_scale"]
        assert (whole - parts).abs().max() < 1e-13

    @pytest.mark.parametrize("labour", [0.5, 0.5 - 1e-15])
    def test_constant_returns_are_no_term(self, labour):
        accounts = fit(tfp.OutputElasticities(stated(0.5, labour)), *panel_of())
        assert accounts.term_names == ("capital", "labour", "tfp")
        assert accounts.capital_output_form().largest_gap <= IDENTITY

    @pytest.mark.parametrize(
        ("estimate", "returns", "remarks"),
        [
            (stated(), "separate", []),
            (stated(), "normalise", ["elasticities-normalised"]),
            (stated(units="firm"), "separate", ["firm-elasticities-on-aggregate"]),
            (stated(-0.1, 0.9), "separate", ["elasticity-negative"]),
            (stated(0.1, 0.3), "separate", ["elasticity-sum-unusual"]),
            (stated(0.9, 0.8), "normalise", ["elasticity-sum-unusual", "elasticities-normalised"]),
            (stated(0.7, 0.8), "separate", []),
        ],
    )
    def test_remarks(self, estimate, returns, remarks):
        accounts = fit(tfp.OutputElasticities(estimate, returns=returns), *panel_of())
        assert [finding.code for finding in accounts.warnings] == remarks
        assert all(
            f.part(p, "vi") for f in accounts.warnings for p in ("found", "effect", "remedy")
        )

    @pytest.mark.parametrize(
        ("estimate", "code"),
        [
            (stated(concept="gross_output"), "elasticity-output-concept"),
            (stated(-0.5, 0.5), "elasticity-sum-not-positive"),
            (
                tfp.StatedElasticities({"capital": 0.4}, "value_added", "aggregate"),
                "elasticities-missing",
            ),
            (
                tfp.StatedElasticities(
                    {"capital": 0.4, "labour": 0.5, "energy": 0.1}, "value_added", "aggregate"
                ),
                "elasticities-missing",
            ),
        ],
    )
    def test_refusals(self, estimate, code):
        assert refusal(fit, tfp.OutputElasticities(estimate), *panel_of()).code == code

    @pytest.mark.parametrize(
        ("capital", "code"),
        [
            (np.nan, "elasticity-not-a-number"),
            ("0.35", "elasticity-not-a-number"),
            (None, "elasticity-not-a-number"),
            (True, "elasticity-not-a-number"),
            (np.inf, "elasticity-implausible"),
            (35, "elasticity-implausible"),
            (-35.0, "elasticity-implausible"),
            (3.01, "elasticity-implausible"),
        ],
    )
    def test_what_cannot_be_an_elasticity_is_refused_where_it_is_stated(self, capital, code):
        error = refusal(stated, capital)
        assert error.code == code
        assert error.fields["names"] == ["capital"]

    def test_three_is_the_most(self):
        assert stated(3.0).elasticities["capital"] == 3.0

    def test_estimates_of_other_programs_are_held_to_the_same(self):
        estimate = SimpleNamespace(
            elasticities={"capital": 40.0, "labour": 60.0},
            output_concept="value_added",
            observed_units="aggregate",
        )
        error = refusal(tfp.OutputElasticities, estimate)
        assert (error.code, error.fields["values"]) == ("elasticity-implausible", [40.0, 60.0])

    def test_gross_output_is_taken_for_gross_output(self):
        rule = tfp.OutputElasticities(stated(concept="gross_output"))
        assert fit(rule, *panel_of(), output_concept="gross_output").elasticity_sum == 1.2

    def test_refuses_words_that_it_does_not_know(self):
        assert (
            refusal(tfp.OutputElasticities, stated(), returns="seperate").code == "option-unknown"
        )
        assert refusal(stated, units="firms").code == "option-unknown"
        assert refusal(stated, concept="output").code == "option-unknown"

    @pytest.mark.parametrize("form", ["productivity_form", "capital_output_form"])
    def test_the_forms_need_constant_returns(self, form):
        accounts = fit(tfp.OutputElasticities(stated()), *panel_of())
        assert refusal(getattr(accounts, form)).code == "form-needs-constant-returns"
