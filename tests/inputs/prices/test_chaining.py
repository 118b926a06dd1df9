"""Chain volumes on panels: an example by hand, gaps, areas, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest

import tfp
from tfp.errors import TFPError

# Two goods at prices 1 and 3, then 2 and 2; quantities (10, 5), (12, 6), (12, 9).
FRAME = {
    "year": [2010, 2011, 2012],
    "a": [10.0, 12.0, 12.0],
    "b": [15.0, 18.0, 27.0],
    "av": [10.0, 24.0, 24.0],
    "bv": [15.0, 12.0, 18.0],
    "v": [25.0, 36.0, 42.0],
}
ROLES = {
    "time": "year",
    "output_by_part": {"a": "a", "b": "b"},
    "output_current_by_part": {"a": "av", "b": "bv"},
}


def panel_of(spoil=None, **options):
    return tfp.Panel({**FRAME, **(spoil or {})}, **{**ROLES, **options})


def code_of(panel, **options):
    with pytest.raises(TFPError) as error:
        tfp.chain_volumes(panel, **{"base": 2010, **options})
    assert error.value.message("en") != error.value.message("vi")
    return error.value.code


class TestByHand:
    chained = tfp.chain_volumes(panel_of(), base=2010)

    def test_output_parts_and_discrepancy(self):
        frame = self.chained.panel.frame
        assert frame["output"].tolist() == pytest.approx([25.0, 30.0, 35.0])
        assert frame["output_by_part:a"].tolist() == pytest.approx([10.0, 12.0, 12.0])
        assert frame["output_by_part:b"].tolist() == pytest.approx([15.0, 18.0, 27.0])
        found = frame["output_by_part:statistical_discrepancy"]
        assert found.tolist() == pytest.approx([0.0, 0.0, -4.0])

    def test_contributions_beside_growth_at_fixed_prices(self):
        table = self.chained.contributions
        assert table.loc[2012].tolist() == pytest.approx([100 / 6, 0.0, 100 / 6, 30.0])
        assert table.columns.tolist() == ["output", "a", "b", "added_up"]
        assert np.isnan(table.loc[2010]).all()

    def test_contributions_over_both_years(self):
        table = self.chained.contributions_over("2011-2012")
        # 8 points of a and 12 of b in the first year, 16.7 of b on a level of 1.2.
        assert table.iloc[0].tolist() == pytest.approx([40.0, 8.0, 32.0])

    @pytest.mark.parametrize("span", ["2010-2012", "2030-2031", "2011-2013"])
    def test_years_that_no_area_has_are_refused(self, span):
        with pytest.raises(TFPError) as error:
            self.chained.contributions_over(span)
        assert error.value.code == "period-not-covered"
        assert (error.value.fields["first"], error.value.fields["last"]) == (2010, 2012)

    def test_growth_does_not_depend_on_the_base(self):
        other = tfp.chain_volumes(panel_of(), base=2012)
        assert other.output_growth.tolist()[1:] == self.chained.output_growth.tolist()[1:]
        assert other.panel.frame["output"].tolist() == pytest.approx([30.0, 36.0, 42.0])
        assert other.panel.column("output").price_base == "2012"

    def test_it_shows_itself(self):
        assert repr(self.chained).startswith("ChainedVolumes of 2 parts, prices of 2010; Panel")

    def test_its_arrays_cannot_be_written(self):
        with pytest.raises(ValueError, match="read-only"):
            self.chained.part_contributions[0, 0] = 1.0


class TestPanel:
    def test_an_output_that_is_there_is_replaced_and_the_ledger_says_so(self):
        panel = panel_of({"y": [25.0, 30.0, 39.0]}, output="y")
        chained = tfp.chain_volumes(panel, base=2010).panel
        assert chained.values("output")[2] == pytest.approx(35.0)
        entry = next(entry for entry in chained.ledger if entry.role == "output")
        assert entry.fields["largest"] == pytest.approx(100 * (39 / 30 - 35 / 30))
        assert entry.fields["worst"] == 2012
        assert "in place of y" in entry.detail("en")

    def test_areas_have_chains_of_their_own_and_a_gap_breaks_one(self):
        frame = {
            "p": ["A"] * 3 + ["B"] * 3,
            "year": [2010, 2011, 2012, 2010, 2011, 2013],
            **{name: FRAME[name] * 2 for name in ("a", "b", "av", "bv")},
        }
        chained = tfp.chain_volumes(tfp.Panel(frame, entity="p", **ROLES), base=2010)
        output = chained.panel.values("output")
        assert output[:5].tolist() == pytest.approx([25.0, 30.0, 35.0, 25.0, 30.0])
        assert np.isnan(output[5])
        assert np.isnan(chained.contributions_over("2012")["output"]).tolist() == [False, True]

    def test_a_discrepancy_among_the_parts_is_no_part(self):
        panel = tfp.chain_volumes(panel_of(), base=2010).panel
        again = tfp.chain_volumes(panel, base=2010)
        assert again.parts == ("a", "b")
        assert again.panel.values("output").tolist() == pytest.approx([25.0, 30.0, 35.0])

    def test_groups_take_the_place_of_their_parts(self):
        spoil = {"c": [5.0, 6.0, 7.0], "s": ["final", "estimate", "final"]}
        panel = panel_of(
            spoil, output_by_part={"a": "a", "b": "b", "c": "c"},
            output_current_by_part={"a": "av", "b": "bv", "c": "c"},
            status={"output_current_by_part:b": "s"},
        )  # fmt: skip
        chained = tfp.chain_volumes(panel, base=2010, groups={"goods": ["b", "a"]})
        assert sorted(chained.panel.columns) == [
            "output", "output_by_part:c", "output_by_part:goods",
            "output_by_part:statistical_discrepancy", "output_current_by_part:c",
            "output_current_by_part:goods",
        ]  # fmt: skip
        assert chained.panel.values("output_by_part:goods").tolist() == pytest.approx(
            [25.0, 30.0, 35.0]
        )
        current = chained.panel.column("output_current_by_part:goods")
        assert current.values.tolist() == [25.0, 36.0, 42.0]
        assert current.status.tolist() == [0, 3, 0]
        assert "sum of a, b" in [entry.why() for entry in chained.panel.ledger]

    @pytest.mark.parametrize(
        "groups",
        [{"g": ["a", "x"]}, {"g": ["a"], "h": ["a", "b"]}, {"g": []}, {"a": ["b"]},
         {"g": ["a", "a"]}],
    )  # fmt: skip
    def test_groups_that_are_none(self, groups):
        assert code_of(panel_of(), groups=groups) == "chain-groups"

    def test_parts_in_several_units_are_not_added_up(self):
        units = {"output_current_by_part:a": "billion VND", "output_current_by_part:b": "VND"}
        assert code_of(panel_of(units=units)) == "parts-in-other-units"

    def test_a_first_year_without_previous_prices_is_fine(self):
        at_previous = {"a": [np.nan, 12.0, 24.0], "b": [np.nan, 18.0, 18.0]}
        chained = tfp.chain_volumes(
            panel_of(at_previous), base=2010, parts_at="previous_year_prices"
        )
        assert chained.panel.values("output").tolist() == pytest.approx([25.0, 30.0, 35.0])


@pytest.mark.parametrize(
    ("spoil", "options", "call", "code"),
    [
        ({}, {}, {"base": 2009}, "year-missing"),
        ({}, {}, {"parts_at": "current"}, "option-unknown"),
        ({}, {"output_by_part": None}, {}, "chain-without-parts"),
        ({}, {"output_by_part": {"a": "a"}}, {}, "chain-parts-differ"),
        ({"b": [15.0, np.nan, 27.0]}, {}, {}, "chain-part-missing"),
        ({"bv": [15.0, 12.0, np.nan]}, {}, {}, "chain-part-missing"),
        ({"b": [15.0, 0.0, 27.0]}, {}, {}, "not-positive"),
        ({"bv": [15.0, -3.0, 18.0]}, {}, {}, "not-positive"),
        ({"v": [25.0, 36.0, 43.0]}, {"output_current": "v"}, {}, "chain-parts-do-not-add"),
        ({"year": ["2010Q1", "2010Q2", "2010Q3"]}, {"frequency": "quarter"}, {},
         "chain-needs-years"),
        ({}, {"vintages": {"output_by_part": "2020", "output_current_by_part": "2021"}}, {},
         "mixed-vintages"),
    ],
)  # fmt: skip
def test_what_is_refused(spoil, options, call, code):
    assert code_of(panel_of(spoil, **options), **call) == code


@pytest.mark.parametrize(
    ("base", "parts_at", "refused"),
    [
        ("2010", "previous_year_prices", True),
        ("so sánh 2010", "previous_year_prices", True),
        ("previous year", "previous_year_prices", False),
        ("năm trước", "constant_prices", True),
        ("2010", "constant_prices", False),
    ],
)
def test_parts_declared_at_other_prices_are_refused(base, parts_at, refused):
    frame = {"year": [2010, 2011], "a": [10.0, 11.0], "b": [20.0, 21.0], "va": [10.0, 12.0],
             "vb": [20.0, 25.0]}  # fmt: skip
    panel = tfp.Panel(
        frame, time="year", output_by_part={"a": "a", "b": "b"},
        output_current_by_part={"a": "va", "b": "vb"},
        price_bases={"output_by_part:a": base, "output_by_part:b": base},
    )  # fmt: skip
    if not refused:
        assert tfp.chain_volumes(panel, base=2010, parts_at=parts_at).parts == ("a", "b")
        return
    with pytest.raises(TFPError) as error:
        tfp.chain_volumes(panel, base=2010, parts_at=parts_at)
    assert error.value.code == "chain-parts-at"
    assert error.value.message("en") != error.value.message("vi")
