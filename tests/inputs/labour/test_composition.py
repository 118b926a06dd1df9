"""Labour composition: labour input is persons and composition, and no group is lost silently."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import tfp

IDENTITY = 1e-12  # as the package promises
YEARS = [2018, 2019, 2020, 2021]
HOURS = {"low": [60.0, 58.0, 50.0, 48.0], "high": [40.0, 44.0, 55.0, 60.0]}
EARNED = {"low": [60.0, 60.0, 55.0, 55.0], "high": [80.0, 90.0, 110.0, 130.0]}


def panel_of(hours=HOURS, earned=EARNED, years=YEARS, **further):
    frame = {"year": list(years), **further}
    frame |= {f"h {group}": values for group, values in hours.items()}
    frame |= {f"e {group}": values for group, values in earned.items()}
    return tfp.Panel(
        frame,
        time="year",
        area="Huế",
        labour_by_group={group: f"h {group}" for group in hours},
        **({"labour_income_by_group": {g: f"e {g}" for g in earned}} if earned else {}),
        **{role: role for role in further},
    )


def composed(panel, **options):
    return tfp.labour_composition(panel, **{"source": "labour force survey", **options})


def refusal(code, function, *arguments, **options):
    with pytest.raises(tfp.TFPError) as error:
        function(*arguments, **options)
    assert error.value.code == code
    assert error.value.message("en") != error.value.message("vi")
    return error.value


def tornqvist(hours, earned):
    """Return the growth of labour input, written out group by group."""
    total = np.zeros(hours.shape[1] - 1)
    shares = earned / earned.sum(axis=0)
    for group, share in zip(hours, shares, strict=True):
        total += (share[1:] + share[:-1]) / 2 * np.log(group[1:] / group[:-1])
    return total


class TestIndex:
    def test_persons_and_composition_are_labour_input(self):
        panel = composed(panel_of())
        persons = np.diff(np.log(panel.values("labour")))
        composition = np.diff(np.log(panel.values("labour_composition")))
        expected = tornqvist(np.array(list(HOURS.values())), np.array(list(EARNED.values())))
        np.testing.assert_allclose(persons + composition, expected, rtol=0, atol=IDENTITY)
        assert panel.values("labour").tolist() == [100.0, 102.0, 105.0, 108.0]
        assert panel.values("labour_composition")[0] == 1.0

    positive = arrays(np.float64, (4, 6), elements=st.floats(0.01, 1e4))

    @given(hours=positive, earned=positive)
    def test_the_identity_on_any_figures(self, hours, earned):
        names = [f"g{n}" for n in range(len(hours))]
        panel = composed(
            panel_of(
                dict(zip(names, hours, strict=True)),
                dict(zip(names, earned, strict=True)),
                years=range(2010, 2016),
            )
        )
        growth = np.diff(np.log(panel.values("labour") * panel.values("labour_composition")))
        np.testing.assert_allclose(growth, tornqvist(hours, earned), rtol=0, atol=IDENTITY * 10)

    def test_groups_that_move_alike_have_no_composition(self):
        growing = 1.03 ** np.arange(4)
        hours = {"low": 60.0 * growing, "high": 40.0 * growing}
        index = composed(panel_of(hours)).values("labour_composition")
        np.testing.assert_allclose(index, 1.0, rtol=1e-15)

    def test_equal_wages_have_no_composition_to_first_order(self):
        index = composed(panel_of(), relative_wages={"low": 1.0, "high": 1.0})
        assert index.values("labour_composition")[-1] == pytest.approx(1.0, abs=5e-4)

    def test_a_wage_structure_held_constant_needs_only_ratios(self):
        bare = panel_of(earned={})
        one, other = (
            composed(bare, relative_wages={"low": k, "high": 1.6 * k}).values("labour_composition")
            for k in (1.0, 4_000.0)
        )
        np.testing.assert_allclose(one, other, rtol=1e-14)
        hours = np.array(list(HOURS.values()))
        growth = tornqvist(hours, hours * np.array([[1.0], [1.6]]))
        expected = growth - np.diff(np.log(hours.sum(axis=0)))
        np.testing.assert_allclose(np.diff(np.log(one)), expected, rtol=0, atol=IDENTITY)

    def test_accounts_take_it_as_a_term_with_labours_weight(self):
        panel = composed(
            panel_of(output=[100.0, 106.0, 109.0, 113.0], capital=[250.0, 265.0, 280.0, 290.0])
        )
        accounts = tfp.GrowthAccounting(
            factor_weights=tfp.FixedShares(capital=0.4), rates="log"
        ).fit(panel)
        parts = accounts.contributions[["labour", "labour_composition"]].sum(axis=1)
        expected = 60.0 * tornqvist(np.array(list(HOURS.values())), np.array(list(EARNED.values())))
        np.testing.assert_allclose(parts, expected, rtol=0, atol=1e-10)

    def test_each_area_starts_at_one(self):
        frame = {
            "area": ["a", "a", "b", "b"], "year": [2020, 2021] * 2,
            "low": [60.0, 50.0, 10.0, 20.0], "high": [40.0, 50.0, 20.0, 10.0],
        }  # fmt: skip
        panel = tfp.Panel(
            frame, entity="area", time="year", labour_by_group={"low": "low", "high": "high"}
        )
        index = composed(panel, relative_wages={"low": 1.0, "high": 2.0})
        first, second, third, fourth = index.values("labour_composition")
        assert first == third == 1.0
        assert second > 1.0 > fourth

    def test_a_year_without_any_group_has_no_index(self):
        hours = {name: [*values[:2], np.nan, values[3]] for name, values in HOURS.items()}
        earned = {name: [*values[:2], np.nan, values[3]] for name, values in EARNED.items()}
        index = composed(panel_of(hours, earned)).values("labour_composition")
        assert np.isnan(index).tolist() == [False, False, True, False]


class TestNewGroups:
    HOURS = HOURS | {"robots": [0.0, 0.0, 5.0, 6.0]}
    EARNED = EARNED | {"robots": [0.0, 0.0, 50.0, 60.0]}

    def test_a_new_group_needs_a_rule(self):
        error = refusal("group-new", composed, panel_of(self.HOURS, self.EARNED))
        assert error.fields["group"] == "robots"
        assert [place.time for place in error.places] == [2020]

    def test_matched_leaves_it_out_in_the_year_in_which_it_comes(self):
        both = composed(panel_of(self.HOURS, self.EARNED), new_groups="matched")
        without = composed(panel_of())
        change = np.diff(np.log(both.values("labour_composition")))
        old = np.diff(np.log(without.values("labour_composition")))
        np.testing.assert_allclose(change[:2], old[:2], rtol=0, atol=IDENTITY)
        assert abs(change[2] - old[2]) > 1e-4
        assert both.values("labour").tolist() == [100.0, 102.0, 110.0, 114.0]


class TestTotals:
    def test_a_total_that_the_groups_add_to_stays(self):
        panel = composed(panel_of(labour=[100.01, 102.0, 105.0, 108.0]))
        assert panel.values("labour")[0] == 100.01

    def test_another_total_is_refused_unless_it_is_meant(self):
        panel = panel_of(labour=[100.0, 102.0, 105.0, 118.0])
        error = refusal("labour-not-sum-of-groups", composed, panel)
        assert [place.time for place in error.places] == [2021]
        kept = composed(panel, total="labour")
        assert kept.values("labour")[-1] == 118.0
        same = composed(panel_of()).values("labour_composition")
        np.testing.assert_array_equal(kept.values("labour_composition"), same)

    def test_without_labour_there_is_none_to_keep(self):
        refusal("role-missing", composed, panel_of(), total="labour")


class TestDefinitions:
    def panel(self):
        frame = {
            "year": YEARS, "low": HOURS["low"], "high": HOURS["high"], "y": [100.0, 104, 106, 110],
            "k": [250.0, 260, 270, 280], "rule": ["ICLS-13"] * 3 + ["ICLS-19"],
        }  # fmt: skip
        return tfp.Panel(
            frame, time="year", area="Huế", output="y", capital="k",
            labour_by_group={"low": "low", "high": "high"},
            definitions={"labour_by_group": "rule"},
        )  # fmt: skip

    def test_a_change_of_definition_stays_one_in_labour_and_in_its_composition(self):
        """Own-use producers leave the count in 2021: composition jumps with it."""
        panel = composed(self.panel(), relative_wages={"low": 1.0, "high": 1.5})
        for role in ("labour", "labour_composition"):
            with pytest.raises(tfp.MethodError) as error:
                tfp.growth_accounts(panel, capital_share=0.4)
            assert error.value.code == "unspliced-break"
            assert error.value.fields["role"] == role
            assert [place.time for place in error.value.places] == [2021]
            panel = tfp.splice(
                panel, role, 2021, tfp.AssumedGrowth(0.0, name="no change at the break")
            )
        accounts = tfp.growth_accounts(panel, capital_share=0.4)
        assert accounts.contributions.loc[2021, "labour_composition"] == 0.0


class TestRefusals:
    def test_missing_cells(self):
        holes = HOURS | {"low": [60.0, np.nan, 50.0, 48.0]}
        error = refusal("group-cells-missing", composed, panel_of(holes))
        assert error.fields["group"] == "low"
        assert [place.time for place in error.places] == [2019]
        earned = EARNED | {"high": [np.nan, 90.0, 110.0, 130.0]}
        assert refusal("group-cells-missing", composed, panel_of(HOURS, earned)).fields[
            "group"
        ] == "high"  # fmt: skip

    def test_declared_interpolation_first(self):
        holes = panel_of(HOURS | {"low": [60.0, np.nan, 50.0, 48.0]})
        filled = tfp.interpolate(holes, "labour_by_group:low", [2019], reason="no survey in 2019")
        assert composed(filled).values("labour")[1] == 55.0 + 44.0

    @pytest.mark.parametrize(
        ("code", "panel", "options"),
        [
            ("source-required", panel_of(), {"source": ""}),
            ("option-unknown", panel_of(), {"new_groups": "drop"}),
            ("option-unknown", panel_of(), {"total": "mean"}),
            (
                "groups-missing",
                tfp.Panel({"year": [2020], "l": [1.0]}, time="year", labour="l"),
                {},
            ),
            ("group-incomes-missing", panel_of(earned={}), {}),
            ("group-incomes-missing", panel_of(), {"relative_wages": {"low": 1.0}}),
            ("wages-not-positive", panel_of(), {"relative_wages": {"low": 1.0, "high": 0.0}}),
            ("group-negative", panel_of(HOURS | {"low": [60.0, 58.0, -50.0, 48.0]}), {}),
            ("composition-present", panel_of(labour_composition=[1.0] * 4), {}),
            ("panel-expected", {"year": [1]}, {}),
        ],
    )
    def test_what_cannot_be_computed(self, code, panel, options):
        refusal(code, composed, panel, **options)


class TestTrainedShare:
    def panel(self, trained=(15.4, 16.6, 17.9, 18.2)):
        frame = {"year": YEARS[: len(trained)], "trained": list(trained)}
        return tfp.Panel(frame, time="year", area="Huế", trained_share="trained")

    def test_it_is_the_composition_of_two_groups_with_constant_wages(self):
        trained = np.array([15.4, 16.6, 17.9, 18.2])
        two = panel_of({"yes": trained, "no": 100.0 - trained}, {})
        expected = composed(two, relative_wages={"yes": 1.4, "no": 1.0})
        found = tfp.trained_composition(self.panel(), premium=0.4, source="survey")
        np.testing.assert_allclose(
            found.values("labour_composition"), expected.values("labour_composition"), rtol=1e-14
        )

    def test_no_premium_no_composition_to_first_order(self):
        found = tfp.trained_composition(self.panel(), premium=0.0, source="survey")
        assert found.values("labour_composition")[-1] == pytest.approx(1.0, abs=5e-5)
        (entry,) = found.ledger
        assert "0.0%" in entry.detail("en")
        assert entry.source == "survey"

    @pytest.mark.parametrize(
        ("code", "trained", "premium"),
        [
            ("trained-share-outside", (15.4, 116.0), 0.4),
            ("trained-share-outside", (15.4, 0.0), 0.4),
            ("premium-impossible", (15.4, 16.0), -1.0),
        ],
    )
    def test_what_it_refuses(self, code, trained, premium):
        refusal(
            code, tfp.trained_composition, self.panel(trained), premium=premium, source="survey"
        )


@pytest.mark.parametrize("unit", ["%", "per cent", "phần trăm"])
def test_groups_in_per_cent_are_no_labour(unit):
    units = {f"labour_by_group:{group}": unit for group in HOURS}
    roles = {"labour_by_group": {g: f"h {g}" for g in HOURS}, "labour": "workers"}
    frame = {"year": YEARS, "workers": [50.0, 51.0, 52.0, 53.0]}
    frame |= {"h low": [60.0, 58.0, 50.0, 48.0], "h high": [40.0, 42.0, 50.0, 52.0]}
    panel = tfp.Panel(frame, time="year", units=units, **roles)
    wages = {"low": 1.0, "high": 1.5}
    refusal("groups-in-per-cent", composed, panel, relative_wages=wages)
    kept = composed(panel, relative_wages=wages, total="labour")
    assert kept.values("labour").tolist() == frame["workers"]


def test_education_is_counted_once_unless_it_is_said_that_groups_are_of_something_else():
    schooled = panel_of(human_capital=[2.0, 2.1, 2.2, 2.3])
    error = refusal("composition-beside-human-capital", composed, schooled)
    assert error.fields["column"] == "human_capital"
    refusal("option-unknown", composed, schooled, human_capital="keep")
    both = composed(schooled, human_capital="beside")
    assert "education-twice" not in [finding.code for finding in both.check()]
    trained = panel_of(human_capital=[2.0] * 4, trained_share=[20.0, 21.0, 22.0, 23.0])
    options = {"premium": 0.4, "source": "survey"}
    refusal("composition-beside-human-capital", tfp.trained_composition, trained, **options)
    tfp.trained_composition(trained, human_capital="beside", **options)


@pytest.mark.parametrize("unit", [None, "fraction"])
def test_the_share_of_trained_workers_in_fractions_is_refused(unit):
    units = {} if unit is None else {"trained_share": unit}
    frame = {"year": YEARS, "share": [0.20, 0.21, np.nan, 0.22]}
    panel = tfp.Panel(frame, time="year", trained_share="share", units=units)
    error = refusal(
        "trained-share-in-fractions", tfp.trained_composition, panel, premium=0.4, source="survey"
    )
    assert error.fields["per_cent"] == 22.0


def test_a_premium_in_per_cent_is_refused():
    panel = tfp.Panel({"year": YEARS, "s": [20.0] * 4}, time="year", trained_share="s")
    error = refusal(
        "fraction-in-per-cent", tfp.trained_composition, panel, premium=40, source="survey"
    )
    assert error.fields["fraction"] == "0.4"


def test_wages_of_a_group_that_is_not_there_are_refused():
    wages = {"low": 1.0, "high": 1.5, "middle": 1.2}
    error = refusal("levels-unknown", composed, panel_of(), relative_wages=wages)
    assert error.fields["levels"] == ["middle"]
