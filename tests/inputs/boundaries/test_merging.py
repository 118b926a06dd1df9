"""63 -> 34: sums and means are those of the whole, and what would not be is refused."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tfp
from tfp.inputs.boundaries.additivity import ADDITIVE, WEIGHTS
from tfp.panel.roles import NAMED, ROLES

CONCORDANCE = tfp.viet_nam_concordance()
NEW = "34 units (from 1 July 2025)"
SEEDS = st.integers(0, 2**32 - 1)
UNITS = st.lists(
    st.sampled_from([area.name for area in CONCORDANCE.new.members]), min_size=1, unique=True
)
WEIGHED = {"labour_share": "income"}
# Two parts of one unit, three of another, one that only changes its name.
SOME = ["Hưng Yên", "Phú Thọ", "Huế"]


def refusal(function, *arguments, **options):
    with pytest.raises(tfp.TFPError) as error:
        function(*arguments, **options)
    assert error.value.message("en") != error.value.message("vi")
    return error.value


def small(
    province=("Hưng Yên", "Hưng Yên", "Thái Bình", "Thái Bình"), year=(2020, 2021) * 2, **columns
):
    """Return a panel of typed figures, its roles the names of the columns."""
    options = {key: columns.pop(key) for key in ("units", "price_bases", "definitions", "status")
               if key in columns}  # fmt: skip
    frame = {"p": list(province), "year": list(year), **columns}
    roles = {role: role for role in columns if role in ROLES}
    panel = tfp.Panel(frame, entity="p", time="year", **roles, **options)
    return tfp.assign_areas(panel, "63 provinces")


def by_hand(frame, column, unit):
    """Return the sum over the parts in another way: by pandas, from the frame."""
    names = [part.name for part in CONCORDANCE.parts(unit)]
    return frame[frame.index.get_level_values(0).isin(names)][column].groupby(level=1).sum()


class TestSums:
    @settings(max_examples=30)
    @given(seed=SEEDS, units=UNITS)
    def test_every_unit_is_the_sum_of_its_parts(self, make_panel, seed, units):
        panel = make_panel(seed, units)
        merged = tfp.merge_areas(panel)
        assert set(merged.rows.entities) == set(units)
        for role in panel.columns:
            for unit in units:
                np.testing.assert_allclose(
                    merged.frame.loc[unit, role], by_hand(panel.frame, role, unit), rtol=1e-13
                )

    @given(seed=SEEDS)
    def test_the_nation_is_the_same_before_and_after(self, make_panel, seed):
        panel = make_panel(seed)
        merged = tfp.merge_areas(panel)
        assert (len(panel.rows.entities), len(merged.rows.entities)) == (63, 34)
        before, after = (p.frame.groupby(level=1).sum() for p in (panel, merged))
        np.testing.assert_allclose(after, before[after.columns], rtol=1e-13)

    @settings(max_examples=20)
    @given(seed=SEEDS)
    def test_units_of_one_part_keep_every_bit(self, make_panel, seed):
        panel = make_panel(seed, roles=("output", "income", "labour_share"))
        merged = tfp.merge_areas(panel, weights=WEIGHED)
        for area in CONCORDANCE.new.members:
            parts = CONCORDANCE.parts(area)
            if len(parts) == 1:
                kept = merged.frame.loc[area.name].to_numpy()
                assert (kept == panel.frame.loc[parts[0].name].to_numpy()).all()

    def test_typed_numbers_in_the_order_of_the_new_list(self):
        merged = tfp.merge_areas(
            small(
                ("Yên Bái", "Thái Bình", "Lào Cai", "Hưng Yên"), (2020,) * 4,
                output=[1.0, 20.0, 2.0, 10.0],
            )
        )  # fmt: skip
        assert merged.rows.entities == ("Lào Cai", "Hưng Yên")
        assert merged.values("output").tolist() == [3.0, 30.0]
        assert merged.column("output").boundary == NEW

    def test_several_columns_of_one_role_are_added_each(self):
        frame = {"p": ["Hưng Yên", "Thái Bình"], "year": [2020] * 2, "a": [1.0, 2.0],
                 "b": [10.0, 20.0]}  # fmt: skip
        panel = tfp.Panel(frame, entity="p", time="year",
                          output_by_part={"agriculture": "a", "services": "b"})  # fmt: skip
        merged = tfp.merge_areas(tfp.assign_areas(panel, "63 provinces"))
        assert merged.values("output_by_part:services").tolist() == [30.0]

    def test_no_role_is_added_by_default(self):
        assert not ADDITIVE & set(WEIGHTS)
        assert {ROLES[role] for role in ADDITIVE} == {"quantity", "value"}
        others = set(ROLES) - ADDITIVE - set(WEIGHTS)
        assert "labour_composition" in others
        panel = small(output=[1.0] * 4)
        for role in others - set(NAMED):
            column = replace(panel.column("output"), role=role)
            error = refusal(tfp.merge_areas, panel.with_column(column))
            assert error.code == "index-not-additive"

    @given(seed=SEEDS)
    def test_stocks_summed_are_stocks_rebuilt_from_summed_investment(self, make_panel, seed):
        panel = make_panel(seed, SOME, roles=("output", "investment"))
        ratio = tfp.CapitalOutputRatio(2.5, year=2019)
        method = tfp.PerpetualInventory(depreciation=0.05, initial_stock=ratio)
        summed = tfp.merge_areas(method.fit(panel).panel)
        rebuilt = method.fit(tfp.merge_areas(panel)).panel
        np.testing.assert_allclose(summed.values("capital"), rebuilt.values("capital"), rtol=1e-12)


class TestMeans:
    @given(seed=SEEDS)
    def test_a_share_of_income_is_labour_income_over_income(self, make_panel, seed):
        panel = make_panel(seed, SOME, roles=("income", "labour_share"))
        merged = tfp.merge_areas(panel, weights=WEIGHED)
        frame = panel.frame.assign(wages=panel.frame["income"] * panel.frame["labour_share"])
        for unit in SOME:
            expected = by_hand(frame, "wages", unit) / by_hand(frame, "income", unit)
            np.testing.assert_allclose(merged.frame.loc[unit, "labour_share"], expected)

    def test_published_growth_is_weighed_by_the_output_of_the_year_before(self):
        merged = tfp.merge_areas(
            small(output=[100.0, 110.0, 300.0, 303.0], output_growth=[np.nan, 10.0, np.nan, 1.0]),
            weights={"output_growth": "output"},
            missing="blank",
        )
        growth = merged.values("output_growth")
        assert np.isnan(growth[0])
        assert growth[1] == pytest.approx(100 * (413 / 400 - 1), rel=1e-13)

    def test_depreciation_is_weighed_by_what_wears_out(self):
        merged = tfp.merge_areas(
            small(capital=[100.0, 120.0, 300.0, 310.0], depreciation_rate=[0.0, 0.1, 0.0, 0.02]),
            weights={"depreciation_rate": "capital"},
        )
        assert merged.values("depreciation_rate")[1] == pytest.approx((10 + 6) / 400, rel=1e-13)

    @pytest.mark.parametrize("weight", ["output_current", "output"])
    def test_a_price_is_current_value_over_constant_value(self, weight):
        real, price = np.array([100.0, 110.0, 300.0, 303.0]), np.array([1.0, 1.2, 1.0, 1.5])
        merged = tfp.merge_areas(
            small(output=real, output_current=real * price, output_price=price),
            weights={"output_price": weight},
        )
        expected = merged.values("output_current") / merged.values("output")
        np.testing.assert_allclose(merged.values("output_price"), expected, rtol=1e-13)

    def test_hours_and_human_capital_are_weighed_by_persons(self):
        merged = tfp.merge_areas(
            small(labour=[1.0, 1.0, 3.0, 3.0], hours_per_worker=[40.0, 44.0, 48.0, 44.0],
                  human_capital=[2.0, 2.0, 1.0, 1.0]),
            weights={"hours_per_worker": "labour", "human_capital": "labour"},
        )  # fmt: skip
        assert merged.values("hours_per_worker").tolist() == [46.0, 44.0]
        assert merged.values("human_capital").tolist() == [1.25, 1.25]

    @pytest.mark.parametrize("role", sorted(WEIGHTS))
    def test_no_mean_is_taken_silently(self, role):
        panel = small(output=[1.0] * 4, **({} if role == "output" else {role: [0.5] * 4}))
        error = refusal(tfp.merge_areas, panel)
        assert (error.code, error.fields["weight"]) == ("mean-without-weight", WEIGHTS[role][0])
        assert set(tfp.merge_areas(panel, leave_out=role).columns) == {"output"}

    def test_a_weight_that_gives_no_figure_of_the_whole_is_refused(self):
        panel = small(output=[1.0] * 4, labour=[1.0] * 4, labour_share=[0.5] * 4)
        for weights in ({"labour_share": "labour"}, {"output": "labour"}, {"income": "output"}):
            assert refusal(tfp.merge_areas, panel, weights=weights).code == "option-unknown"
        missing = refusal(tfp.merge_areas, panel, weights={"labour_share": "income"})
        assert missing.code == "role-missing"


class TestRefusals:
    def test_labels_without_boundary_are_not_merged(self):
        frame = {"p": ["Hưng Yên", "Thái Bình"], "year": [2020] * 2, "y": [1.0] * 2}
        panel = tfp.Panel(frame, entity="p", time="year", output="y")
        error = refusal(tfp.merge_areas, panel)
        assert error.code == "boundary-undeclared"

    def test_a_boundary_declared_on_one_column_only_is_not_enough(self):
        panel = tfp.Panel(
            {"p": ["Hưng Yên", "Thái Bình"], "year": [2020] * 2, "y": [1.0] * 2, "l": [1.0] * 2},
            entity="p", time="year", output="y", labour="l",
            boundaries={"output": "63 provinces"},
        )  # fmt: skip
        error = refusal(tfp.merge_areas, panel)
        assert (error.code, error.fields["roles"]) == ("boundary-undeclared", ["labour"])

    @given(seed=SEEDS, units=UNITS)
    def test_new_units_are_never_divided(self, make_panel, seed, units):
        merged = tfp.merge_areas(make_panel(seed, units))
        assert refusal(tfp.merge_areas, merged).code == "disaggregation-refused"
        assert refusal(tfp.assign_areas, merged, "63 provinces").code == "boundary-contradicts"

    def test_a_part_that_is_absent(self):
        panel = small(("Hưng Yên", "Quảng Ninh"), (2020, 2020), output=[1.0, 2.0])
        error = refusal(tfp.merge_areas, panel)
        assert error.code == "parts-absent"
        assert [place.entity for place in error.places] == ["Thái Bình"]

    @pytest.mark.parametrize("row", [True, False])
    def test_part_sums_are_never_given(self, row):
        province, year = ["Hưng Yên"] * 2 + ["Thái Bình"] * 2, [2020, 2021] * 2
        output = [1.0, 2.0, 3.0, np.nan]
        if row:  # the row itself is missing
            province, year, output = province[:3], year[:3], output[:3]
        panel = small(province, year, output=output)
        error = refusal(tfp.merge_areas, panel)
        assert error.code == "part-missing"
        assert [(place.entity, place.time) for place in error.places] == [("Thái Bình", 2021)]
        blank = tfp.merge_areas(panel, missing="blank").values("output")
        np.testing.assert_array_equal(blank, [4.0, np.nan])

    def test_what_no_part_has_is_missing_without_a_word(self):
        merged = tfp.merge_areas(small(output=[1.0, np.nan, 3.0, np.nan]))
        np.testing.assert_array_equal(merged.values("output"), [4.0, np.nan])

    @pytest.mark.parametrize(
        "options",
        [
            {"units": {"output": "index, 2010 = 100"}},
            {"units": {"output": "chỉ số (%)"}},
            {"price_bases": {"output": "prices of the previous year"}},
            {"price_bases": {"output": "giá so sánh năm trước"}},
            {"price_bases": {"output": "chain-linked 2015"}},
        ],
    )
    def test_indices_and_chained_volumes_do_not_add_up(self, options):
        error = refusal(tfp.merge_areas, small(output=[1.0] * 4, **options))
        assert error.code == "index-not-additive"

    def test_an_index_of_composition_has_no_weight(self):
        panel = small(labour=[1.0] * 4, labour_composition=[1.0] * 4)
        error = refusal(tfp.merge_areas, panel, leave_out=())
        assert error.code == "index-not-additive"
        assert "labour" in tfp.merge_areas(panel, leave_out="labour_composition").columns

    def test_options_are_spelled_right(self):
        panel = small(output=[1.0] * 4)
        assert refusal(tfp.merge_areas, panel, missing="skip").code == "option-unknown"
        assert refusal(tfp.merge_areas, panel, leave_out=["labor"]).code == "option-unknown"
        assert refusal(tfp.merge_areas, panel.frame).code == "panel-expected"


class TestWhatIsKnownOfTheFigures:
    def test_status_is_the_weakest(self):
        merged = tfp.merge_areas(
            small(output=[1.0] * 4, s=["final", "final", "final", "preliminary"], status="s")
        )
        assert merged.column("output").status.tolist() == [0, 2]

    def test_unit_price_base_and_name_stay(self):
        panel = small(output=[1.0] * 4, units={"output": "tỷ đồng"}, price_bases={"output": "2010"})
        before, after = panel.column("output"), tfp.merge_areas(panel).column("output")
        assert (after.unit, after.price_base, after.name) == ("tỷ đồng", "2010", before.name)

    def test_the_ledger_names_the_parts_and_keeps_what_was_done_to_them(self):
        panel = tfp.fill_values(
            small(output=[1.0, np.nan, 3.0, 4.0]), "output", {2021: 2.0},
            entity="Hưng Yên", reason="not in the table", source="yearbook",
        )  # fmt: skip
        filled, merged = tfp.merge_areas(panel).ledger
        assert filled.rows == (("Hưng Yên, 63 provinces (to 30 June 2025)", 2021),)
        assert (merged.action, merged.role) == ("merged", "output")
        assert merged.rows == (("Hưng Yên", 2020), ("Hưng Yên", 2021))
        assert merged.detail("en") == "Hưng Yên + Thái Bình"
        assert merged.why("en") == f"on the boundary {NEW}"
        assert merged.why("vi") == "theo địa giới 34 tỉnh, thành phố (từ 1/7/2025)"

    def test_a_unit_that_only_changes_its_name_is_renamed(self):
        merged = tfp.merge_areas(small(("TT-Huế",), (2024,), output=[5.0]))
        assert merged.rows.entities == ("Huế",)
        assert [entry.action for entry in merged.ledger] == ["renamed", "renamed"]
        assert [entry.detail() for entry in merged.ledger] == ["TT-Huế", "Thừa Thiên Huế"]

    def test_weights_are_in_the_ledger(self):
        merged = tfp.merge_areas(small(income=[1.0] * 4, labour_share=[0.5] * 4), weights=WEIGHED)
        entries = {entry.role: entry for entry in merged.ledger}
        assert entries["income"].detail() == "Hưng Yên + Thái Bình"
        assert entries["labour_share"].detail() == "Hưng Yên + Thái Bình, weighted by income"

    def test_every_figure_of_the_ledger_has_words(self):
        from tfp.language.catalogue import subject

        for language in ("en", "vi"):
            figures = subject("ledger", language)["figure"]
            for rule in ("sum", "mean", "mean_of_previous", "harmonic_mean"):
                assert "{parts}" in figures[f"parts_{rule}"]


class TestPrices:
    real = np.array([100.0, 110.0, 300.0, 303.0])
    money = np.array([110.0, 126.5, 360.0, 378.75])  # of prices 1.10, 1.15, 1.20, 1.25

    def test_indices_of_two_bases_are_never_averaged(self):
        panel = small(output=self.real, output_price=[110.0, 115.0, 1.2, 1.25])
        error = refusal(tfp.merge_areas, panel, weights={"output_price": "output"})
        assert error.code == "price-bases-unclear"
        declared = small(
            output=self.real, output_price=[110.0, 115.0, 1.2, 1.25],
            units={"output_price": "2020 = 100"},
        )  # fmt: skip
        error = refusal(tfp.merge_areas, declared, weights={"output_price": "output"})
        assert error.fields["levels"] == [1.2, 110.0]

    def test_values_behind_them_give_the_price_of_the_whole_whatever_the_bases(self):
        panel = small(
            output=self.real, output_current=self.money, output_price=[110.0, 115.0, 1.2, 1.25],
            price_bases={"output": "2010"},
        )  # fmt: skip
        merged = tfp.merge_areas(panel).column("output_price")
        np.testing.assert_allclose(merged.values, [470 / 400, 505.25 / 413], rtol=1e-14)
        assert merged.unit == "2010 = 1"

    def test_a_common_scale_is_kept_with_its_unit(self):
        panel = small(
            output=self.real, output_current=self.money, output_price=100 * self.money / self.real,
            units={"output_price": "2010 = 100"},
        )  # fmt: skip
        merged = tfp.merge_areas(panel).column("output_price")
        np.testing.assert_allclose(merged.values, [117.5, 50525 / 413], rtol=1e-14)
        assert merged.unit == "2010 = 100"

    def test_an_area_of_one_part_takes_the_common_base_with_the_others(self):
        province = ("Huế", "Huế", "Hưng Yên", "Hưng Yên", "Thái Bình", "Thái Bình")
        panel = small(
            province, (2020, 2021) * 3, output=[10.0, 10.0, *self.real],
            output_current=[12.0, 13.0, *self.money],
            output_price=[120.0, 130.0, 110.0, 115.0, 1.2, 1.25],
        )  # fmt: skip
        frame = tfp.merge_areas(panel).frame["output_price"]
        assert frame.loc["Huế"].tolist() == [1.2, 1.3]

    def test_one_declared_base_may_be_averaged(self):
        panel = small(
            output=self.real, output_price=[100.0, 115.0, 100.0, 125.0],
            units={"output_price": "năm 2020 = 100"},
        )  # fmt: skip
        merged = tfp.merge_areas(panel, weights={"output_price": "output"})
        expected = [100.0, (110 * 115 + 303 * 125) / 413]
        np.testing.assert_allclose(merged.values("output_price"), expected, rtol=1e-14)

    def test_a_moving_base_is_not_averaged(self):
        panel = small(
            output=self.real, output_price=[103.0, 104.0, 105.0, 106.0],
            units={"output_price": "previous year = 100"},
        )  # fmt: skip
        error = refusal(tfp.merge_areas, panel, weights={"output_price": "output"})
        assert error.code == "price-not-chained"
