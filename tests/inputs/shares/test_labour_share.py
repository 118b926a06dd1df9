"""Labour's share: each treatment by its own formula, taxes three ways, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tfp
from tfp.inputs.shares.available import available_labour_shares
from tfp.inputs.shares.treatments import TREATMENTS
from tfp.panel.roles import Column

ROUNDING = 1e-15
Y, T, P, W, M, AGRICULTURE = 1000.0, 90.0, 10.0, 300.0, 250.0, 150.0
L, E = 50.0, 20.0
FIGURES = {
    "income": Y, "product_taxes": T, "production_taxes": P, "compensation": W,
    "mixed_income": M, "labour": L, "employees": E, "population": 90.0,
}  # fmt: skip
SURVEY = tfp.HouseholdSurvey(
    wages="paid", self_employment={"farm": 0.5, "shop": 1.0}, unit_factor=0.001
)
TOLD = {"paid": 400.0, "farm": 200.0, "shop": 100.0}
OPTIONS = {
    "agriculture_to_labour": {"agriculture": "agriculture"},
    "household_survey": {"survey": SURVEY},
}


def panel_of(years=(2015, 2016), without=(), **changed):
    figures = {name: value for name, value in FIGURES.items() if name not in without} | changed
    frame = {name: np.resize(np.asarray(v, dtype=float), len(years)) for name, v in figures.items()}
    frame |= {"year": list(years), "agri": np.full(len(years), AGRICULTURE)}
    frame |= {name: np.full(len(years), value) for name, value in TOLD.items()}
    return tfp.Panel(
        frame,
        time="year",
        area="Huế",
        output_current_by_part={"agriculture": "agri"},
        labour_income_by_group={name: name for name in TOLD},
        **{name: name for name in figures},
    )


def way(treatment, taxes="in", **options):
    if taxes == "split":
        options = {"taxes_to_labour": 0.25, **options}
    return tfp.LabourShare(
        treatment=treatment,
        production_taxes=taxes,
        source="yearbook",
        **{**OPTIONS.get(treatment, {}), **options},
    )


def refusal(code, function, *arguments, **options):
    with pytest.raises(tfp.TFPError) as error:
        function(*arguments, **options)
    assert error.value.code == code
    assert error.value.message("en") != error.value.message("vi")
    return error.value


TOLD_IN_ALL = (400.0 + 0.5 * 200.0 + 100.0) * 12 * 90.0 * 0.001


class TestFormulas:
    @pytest.mark.parametrize(
        ("treatment", "income"),
        [
            ("mixed_to_labour", W + M),
            ("average_wage", W * L / E),
            ("agriculture_to_labour", W + AGRICULTURE),
            ("household_survey", TOLD_IN_ALL),
            ("compensation_only", W),
        ],
    )
    def test_labour_income_over_income_with_taxes_three_ways(self, treatment, income):
        for taxes, expected in (
            ("in", income / Y),
            ("out", income / (Y - T - P)),
            ("split", (income + 0.25 * (T + P)) / Y),
        ):
            found = way(treatment, taxes).shares(panel_of())
            np.testing.assert_allclose(found, expected, rtol=4 * ROUNDING)

    def test_mixed_income_as_the_rest_leaves_it_out_of_income(self):
        for taxes, expected in (
            ("in", W / (Y - M)),
            ("out", W / (Y - T - P - M)),
            ("split", (W + 0.25 * (T + P)) / (Y - M)),
        ):
            found = way("mixed_as_rest", taxes).shares(panel_of())
            np.testing.assert_allclose(found, expected, rtol=4 * ROUNDING)

    def test_the_three_capital_shares_of_the_input_output_table(self):
        """Of 100: 54 labour with mixed income, 10 taxes, 36 surplus (Viet Nam, 2022)."""
        frame = {"year": [2022], "gdp": [100.0], "labour": [54.0], "taxes": [10.0]}
        panel = tfp.Panel(
            frame, time="year", income="gdp", labour_income="labour", production_taxes="taxes"
        )
        for taxes, part, capital in (("out", None, 0.40), ("in", None, 0.46), ("split", 1.0, 0.36)):
            share = tfp.LabourShare(
                treatment="mixed_to_labour",
                production_taxes=taxes,
                taxes_to_labour=part,
                source="input-output table",
            )
            found = share.add_to(panel).values("capital_share").item()
            assert found == pytest.approx(capital, abs=ROUNDING)

    def test_gollins_second_adjustment_of_2016(self):
        gdp, wages = 5639401.0, 21958.4 * 4985.0 * 12 / 1000
        assert round(wages) == 1_313_551
        panel = panel_of(
            without=("production_taxes",), income=gdp, product_taxes=519503.1,
            compensation=wages, mixed_income=0.54 * gdp - wages,
        )  # fmt: skip
        capital = 1.0 - way("mixed_as_rest", "out").shares(panel)
        assert capital.tolist() == pytest.approx([0.6123, 0.6123], abs=5e-5)

    def test_the_average_wage_sector_by_sector(self):
        sectors = {"farm": (50.0, 2.0, 20.0), "shop": (250.0, 18.0, 30.0)}
        frame = {"year": [2020], "income": [Y]}
        roles = {"compensation": {}, "employees": {}, "labour_by_group": {}}
        for sector, figures in sectors.items():
            for role, value in zip(roles, figures, strict=True):
                roles[role][sector] = f"{role} {sector}"
                frame[f"{role} {sector}"] = [value]
        panel = tfp.Panel(frame, time="year", income="income", **roles)
        by_sector = way("average_wage").shares(panel)
        assert by_sector.item() == pytest.approx((50 / 2 * 20 + 250 / 18 * 30) / Y, rel=ROUNDING)
        # The farms have few employees and low wages: the mean of all hides both.
        assert by_sector.item() != pytest.approx(W * L / 20.0 / Y, rel=0.05)
        assert way("compensation_only").shares(panel).item() == W / Y

    @given(
        wages=st.floats(0.05, 0.5),
        mixed=st.floats(0.05, 0.3),
        taxes=st.floats(0.01, 0.15),
    )
    def test_the_order_of_the_treatments(self, wages, mixed, taxes):
        """Naive is least, all mixed to labour most, the rest's split between."""
        panel = panel_of(
            without=("production_taxes",), income=1.0, compensation=wages, mixed_income=mixed,
            product_taxes=taxes,
        )  # fmt: skip
        for rule in ("in", "out"):
            low, middle, high = (
                way(name, rule).shares(panel)[0]
                for name in ("compensation_only", "mixed_as_rest", "mixed_to_labour")
            )
            assert low < middle < high
        assert way("mixed_to_labour", "out").shares(panel)[0] > high * (1.0 - taxes)


class TestColumns:
    def test_both_shares_add_to_one_and_accounts_use_them(self):
        panel = panel_of(years=range(2015, 2020), without=("labour",))
        grown = {"output": 1.06, "capital": 1.08, "labour": 1.01}
        for role, rate in grown.items():
            values = 100.0 * rate ** np.arange(5)
            panel = panel.with_column(Column(role=role, name=role, values=values))
        weighted = way("mixed_as_rest", "out").add_to(panel)
        total = weighted.values("labour_share") + weighted.values("capital_share")
        np.testing.assert_array_equal(total, 1.0)
        accounts = tfp.GrowthAccounting(factor_weights=tfp.IncomeShares()).fit(weighted)
        share = W / (Y - T - P - M)
        fixed = tfp.GrowthAccounting(factor_weights=tfp.FixedShares(labour=share)).fit(panel)
        np.testing.assert_allclose(accounts.contributions, fixed.contributions, rtol=1e-12)

    def test_the_ledger_says_which_treatment_and_from_where(self):
        panel = way("mixed_as_rest", "out", hold=2016).add_to(panel_of())
        derived, held = [entry for entry in panel.ledger if entry.role == "labour_share"]
        assert derived.source == held.source == "yearbook"
        assert derived.cause == "share_mixed_as_rest"
        assert "product taxes less subsidies, other taxes on production" in derived.detail("en")
        assert "2016" in held.detail("vi")
        assert {entry.action for entry in panel.ledger} == {"derived"}

    @pytest.mark.parametrize("treatment", TREATMENTS)
    @pytest.mark.parametrize("taxes", ["in", "out", "split"])
    def test_every_entry_has_words(self, treatment, taxes):
        panel = way(treatment, taxes, hold="mean").add_to(panel_of())
        for entry in panel.ledger:
            for language in ("en", "vi"):
                assert entry.why(language)
                assert entry.detail(language)

    def test_a_year_without_components_has_no_share(self):
        panel = way("compensation_only").add_to(panel_of(compensation=[W, np.nan]))
        assert np.isnan(panel.values("labour_share")).tolist() == [False, True]
        (entry,) = [entry for entry in panel.ledger if entry.role == "labour_share"]
        assert entry.rows == (("Huế", 2015),)

    def test_several_assets_get_no_single_capital_share(self):
        panel = panel_of()
        for asset in ("ict", "other"):
            column = Column(role=f"capital:{asset}", name=asset, values=np.array([1.0, 2.0]))
            panel = panel.with_column(column)
        panel = way("compensation_only").add_to(panel)
        assert panel.has("labour_share")
        assert not panel.has("capital_share")

    def test_the_naive_share_is_a_finding(self):
        naive = way("compensation_only").add_to(panel_of())
        (found,) = [item for item in naive.check() if item.code == "mixed-income-as-capital"]
        assert [place.time for place in found.places] == [2015, 2016]
        other = way("mixed_to_labour").add_to(panel_of())
        assert "mixed-income-as-capital" not in {item.code for item in other.check()}

    def test_derived_shares_may_be_derived_anew(self):
        panel = way("compensation_only").add_to(panel_of())
        again = way("mixed_to_labour").add_to(panel)
        assert again.values("labour_share")[0] == (W + M) / Y


class TestHolding:
    def test_one_year_or_the_mean_for_all(self):
        panel = panel_of(years=(2014, 2015, 2016), compensation=[200.0, 300.0, np.nan])
        assert way("compensation_only", hold=2014).shares(panel).tolist() == [0.2] * 3
        assert way("compensation_only", hold="mean").shares(panel).tolist() == [0.25] * 3
        error = refusal(
            "labour-share-year-missing", way("compensation_only", hold=2016).shares, panel
        )
        assert error.fields["entities"] == ["Huế"]

    def test_shares_of_one_panel_for_another_by_area_and_year(self):
        long = panel_of(years=range(2013, 2019))
        short = panel_of(years=(2015, 2016), compensation=[200.0, 300.0])
        yearly = way("compensation_only").add_to(long, incomes=short).values("labour_share")
        np.testing.assert_array_equal(yearly, [np.nan, np.nan, 0.2, 0.3, np.nan, np.nan])
        held = way("compensation_only", hold=2016).add_to(long, incomes=short)
        assert held.values("labour_share").tolist() == [0.3] * 6

    def test_no_area_takes_the_share_of_another(self):
        frame = {"year": [2016], "y": [1.0]}
        other = tfp.Panel(frame, time="year", area="Đà Nẵng", output="y")
        error = refusal(
            "labour-share-other-area", way("compensation_only", hold=2016).add_to,
            other, incomes=panel_of(),
        )  # fmt: skip
        assert error.fields["entities"] == ["Đà Nẵng"]
        assert error.fields["known"] == ["Huế"]

    def test_each_area_holds_its_own(self):
        frame = {
            "area": ["a", "a", "b", "b"], "year": [2015, 2016] * 2,
            "y": [10.0] * 4, "w": [2.0, 3.0, 5.0, 6.0],
        }  # fmt: skip
        panel = tfp.Panel(frame, entity="area", time="year", income="y", compensation="w")
        held = way("compensation_only", hold=2016).shares(panel)
        assert held.tolist() == [0.3, 0.3, 0.6, 0.6]


class TestRefusals:
    @pytest.mark.parametrize(
        ("treatment", "without", "absent"),
        [
            ("mixed_to_labour", ("mixed_income",), ["mixed_income"]),
            ("mixed_as_rest", ("mixed_income", "compensation"), ["compensation", "mixed_income"]),
            ("average_wage", ("employees",), ["employees"]),
            ("household_survey", ("population",), ["population"]),
            ("compensation_only", ("income",), ["income"]),
        ],
    )
    def test_missing_components_are_named(self, treatment, without, absent):
        error = refusal("labour-share-components", way(treatment).shares, panel_of(without=without))
        assert error.fields["absent"] == absent

    def test_taxes_cannot_be_taken_out_if_there_are_none(self):
        panel = panel_of(without=("product_taxes", "production_taxes"))
        refusal("labour-share-components", way("compensation_only", "out").shares, panel)
        refusal("labour-share-components", way("compensation_only", "split").shares, panel)
        assert way("compensation_only").shares(panel)[0] == W / Y

    def test_a_share_outside_the_unit_interval_is_an_error_of_units_or_of_treatment(self):
        error = refusal(
            "labour-share-impossible", way("average_wage").shares, panel_of(employees=[20.0, 10.0])
        )
        assert [place.time for place in error.places] == [2016]
        assert error.fields["share"] == 1.5
        refusal(
            "labour-share-impossible", way("mixed_as_rest").shares, panel_of(mixed_income=2 * Y)
        )

    def test_units_vintages_and_bases_must_agree(self):
        def described(**options):
            frame = {"year": [2016], "y": [10.0], "w": [3.0], "t": [1.0]}
            return tfp.Panel(
                frame, time="year", income="y", compensation="w", product_taxes="t", **options
            )

        units = described(units={"income": "billion VND", "compensation": "million VND"})
        refusal("labour-share-units", way("compensation_only").shares, units)
        vintages = described(vintages={"income": "2024", "product_taxes": "2018"})
        refusal("mixed-vintages", way("compensation_only", "out").shares, vintages)
        assert way("compensation_only").shares(vintages).item() == 0.3
        bases = described(price_bases={"income": "2010", "compensation": "current"})
        refusal("mixed-price-bases", way("compensation_only").shares, bases)

    def test_wage_workers_are_not_set_against_spliced_employment(self):
        panel = tfp.splice(panel_of(), "labour", 2016, tfp.AssumedGrowth(0.0, name="no growth"))
        refusal("labour-share-after-splice", way("average_wage").shares, panel)
        assert way("average_wage").add_to(panel, incomes=panel_of()).has("labour_share")

    def test_shares_that_were_given_stay(self):
        panel = panel_of()
        column = Column(role="capital_share", name="alpha", values=np.array([0.4, 0.4]))
        error = refusal(
            "share-columns-present", way("compensation_only").add_to, panel.with_column(column)
        )
        assert error.fields["columns"] == ["alpha"]

    def test_nothing_known_is_refused(self):
        panel = panel_of(compensation=[np.nan, np.nan])
        refusal("labour-share-empty", way("compensation_only").shares, panel)

    @pytest.mark.parametrize(
        ("code", "options"),
        [
            ("share-source-missing", {"source": " "}),
            ("option-unknown", {"treatment": "gollin"}),
            ("option-unknown", {"production_taxes": "half"}),
            ("labour-share-option", {"production_taxes": "split"}),
            ("labour-share-option", {"taxes_to_labour": 0.5}),
            ("labour-share-option", {"treatment": "household_survey"}),
            ("labour-share-option", {"agriculture": "agriculture"}),
            ("taxes-to-labour-outside", {"production_taxes": "split", "taxes_to_labour": 1.5}),
        ],
    )
    def test_options_that_do_not_fit(self, code, options):
        good = {"treatment": "compensation_only", "production_taxes": "in", "source": "yearbook"}
        refusal(code, tfp.LabourShare, **{**good, **options})

    def test_survey_options_that_do_not_fit(self):
        for code, part, factor in (
            ("survey-part-outside", 1.2, 1.0),
            ("survey-factor", 0.5, 0.0),
        ):
            refusal(
                code,
                tfp.HouseholdSurvey,
                wages="w",
                self_employment={"f": part},
                unit_factor=factor,
            )


def test_available_are_those_whose_columns_are_there():
    everything = available_labour_shares(
        panel_of(), source="s", taxes_to_labour=1.0, agriculture="agriculture", survey=SURVEY
    )
    assert len(everything) == 3 * len(TREATMENTS)
    few = available_labour_shares(
        panel_of(without=("mixed_income", "product_taxes", "production_taxes")), source="s"
    )
    assert [item.code for item in few] == ["average_wage, taxes in", "compensation_only, taxes in"]


def test_a_share_to_hold_is_a_year_or_the_mean():
    error = refusal(
        "hold-unknown", tfp.LabourShare, treatment="compensation_only", production_taxes="in",
        source="s", hold="median",
    )  # fmt: skip
    assert error.fields["found"] == "'median'"
