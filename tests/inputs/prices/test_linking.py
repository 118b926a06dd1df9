"""Linking: rows and columns of the result, overlaps that disagree, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest

import tfp
from tfp.errors import TFPError

OLD = {"year": [2007, 2008, 2009, 2010, 2011], "y": [400.0, 430.0, 452.0, 480.0, 512.0]}
NEW = {"year": [2010, 2011, 2012], "y": [2000.0, 2128.0, 2240.0]}
SOURCE = "yearbooks 2011 and 2013"


def old_panel(frame=OLD, base="1994", **options):
    given = {"time": "year", "output": "y", "price_bases": {"output": base}} | options
    return tfp.Panel(frame, **given)


def new_panel(frame=NEW, base="2010", **options):
    return old_panel(frame, base, **options)


def link(older, newer, *roles, **options):
    return tfp.link_bases(older, newer, *roles, **{"at": 2010, "source": SOURCE, **options})


def code_of(*arguments, **options):
    with pytest.raises(TFPError) as error:
        link(*arguments, **options)
    assert error.value.message("en") != error.value.message("vi")
    return error.value.code


class TestFigures:
    def test_older_growth_before_the_link_and_newer_after(self):
        panel = link(old_panel(), new_panel())
        assert panel.frame.index.tolist() == [2007, 2008, 2009, 2010, 2011, 2012]
        expected = [400 * 2000 / 480, 430 * 2000 / 480, 452 * 2000 / 480, 2000, 2128, 2240]
        assert panel.values("output").tolist() == pytest.approx(expected, rel=1e-15)
        assert panel.column("output").price_base == "2010"

    def test_a_later_link_takes_the_older_growth_further(self):
        panel = link(old_panel(), new_panel(), at=2011)
        assert panel.values("output")[3] == pytest.approx(480 * 2128 / 512)

    @pytest.mark.parametrize(
        ("years", "at", "periods"),
        [
            ([2007, 2008, 2011], 2011, [2010]),  # a gap inside the older series
            ([2011], 2011, [2010]),  # nothing before the link at all
            ([2009, 2010, 2013], 2010, [2013]),  # the older goes on where the newer ends
        ],
    )
    def test_values_of_one_series_alone_do_not_vanish(self, years, at, periods):
        older = old_panel({"year": years, "y": [400.0 + year - 2000 for year in years]})
        with pytest.raises(TFPError) as error:
            link(older, new_panel(), at=at)
        assert error.value.code == "link-loses-values"
        assert error.value.fields["periods"] == periods
        assert [place.time for place in error.value.places] == periods
        assert error.value.message("en") != error.value.message("vi")

    def test_swapped_series_are_refused(self):
        assert code_of(new_panel(), old_panel()) == "link-loses-values"

    def test_what_the_older_has_in_a_gap_of_the_newer_is_written_as_lost(self):
        newer = new_panel({"year": [2010, 2012], "y": [2000.0, 2240.0]})
        panel = link(old_panel(), newer)
        lost = [entry for entry in panel.ledger if entry.action == "lost"]
        assert [(entry.role, entry.rows) for entry in lost] == [("output", (("", 2011),))]
        assert lost[0].why("en") != lost[0].why("vi")
        assert np.isnan(panel.values("output")[4])

    def test_a_base_is_the_same_however_it_is_written(self):
        assert code_of(old_panel(base="so sánh 2010"), new_panel()) == "link-without-difference"

    def test_areas_in_another_order(self):
        frames = [
            {"p": ["A", "A", "B", "B"], "year": [2009, 2010] * 2, "y": [1.0, 2.0, 30.0, 40.0]},
            {"p": ["B", "B", "A", "A"], "year": [2010, 2011] * 2, "y": [400.0, 1.0, 20.0, 2.0]},
        ]
        older, newer = (
            tfp.Panel(frame, time="year", entity="p", output="y", price_bases={"output": base})
            for frame, base in zip(frames, ("1994", "2010"), strict=True)
        )
        panel = link(older, newer)
        assert panel.frame["output"].to_dict() == {
            ("B", 2009): 300.0, ("B", 2010): 400.0, ("B", 2011): 1.0,
            ("A", 2009): 10.0, ("A", 2010): 20.0, ("A", 2011): 2.0,
        }  # fmt: skip

    def test_two_vintages_of_one_base_are_linked_too(self):
        older, newer = (
            maker(price_bases={"output": "2010"}, vintages={"output": vintage})
            for maker, vintage in ((old_panel, "2015"), (new_panel, "2022"))
        )
        assert link(older, newer).column("output").vintage == "2022"

    def test_assets_and_price_indices(self):
        older, newer = (
            tfp.Panel({**frame, "i": frame["y"], "q": frame["y"]}, time="year",
                      investment={"a": "i"}, investment_price="q",
                      price_bases={"investment": base, "investment_price": base})
            for frame, base in ((OLD, "1994"), (NEW, "2010"))
        )  # fmt: skip
        panel = link(older, newer, ["investment", "investment_price"])
        assert panel.values("investment:a")[0] == pytest.approx(400 * 2000 / 480)
        assert panel.values("investment_price")[0] == pytest.approx(400 * 2000 / 480)


class TestOtherColumns:
    def test_the_newer_ones_stay_and_those_only_in_the_older_are_kept(self):
        older = old_panel({**OLD, "l": [5.0] * 5, "v": [1.0] * 5}, labour="l", output_current="v")
        newer = new_panel({**NEW, "v": [7.0] * 3}, output_current="v")
        panel = link(older, newer)
        current = panel.values("output_current")
        assert np.isnan(current[:3]).all()
        assert current[3:].tolist() == [7.0] * 3
        assert panel.values("labour")[:5].tolist() == [5.0] * 5

    def test_ledgers_of_both_are_kept(self):
        older = tfp.interpolate(old_panel({**OLD, "l": [5.0, np.nan, 6.0, 7.0, 8.0]}, labour="l"),
                                "labour", 2008, reason="census")  # fmt: skip
        panel = link(older, new_panel(), reason="base year 2010")
        assert [entry.action for entry in panel.ledger] == ["interpolated", "derived"]
        assert panel.ledger[1].source == SOURCE
        assert panel.ledger[1].reason == "base year 2010"

    def test_status_of_each_year_is_that_of_its_series(self):
        older = old_panel({**OLD, "s": ["estimate"] * 5}, status={"output": "s"})
        newer = new_panel({**NEW, "s": ["final", "final", "preliminary"]}, status={"output": "s"})
        assert link(older, newer).column("output").status.tolist() == [3, 3, 3, 0, 0, 2]
        assert link(older, new_panel()).column("output").status.tolist() == [3, 3, 3, 0, 0, 0]

    def test_a_link_settles_the_change_of_a_declared_definition(self):
        older = old_panel({**OLD, "d": ["SNA 1993"] * 5}, definitions={"output": "d"})
        newer = new_panel({**NEW, "d": ["SNA 2008"] * 3}, definitions={"output": "d"})
        panel = link(older, newer)
        column = panel.column("output")
        assert [column.definition_of(row) for row in (2, 3)] == ["SNA 1993", "SNA 2008"]
        assert column.accepted == (3,)
        assert [f.code for f in panel.check() if "definition" in f.code] == []

    def test_a_break_inside_a_series_is_not_settled_by_the_link(self):
        older = old_panel({**OLD, "d": ["a", "b", "b", "b", "b"]}, definitions={"output": "d"})
        panel = link(older, new_panel())
        changes = [f for f in panel.check() if f.code == "definition-change"]
        assert [finding.places[0].time for finding in changes] == [2008]


class TestOverlap:
    def test_the_ledger_says_by_how_much_the_series_disagree(self):
        (entry,) = link(old_panel(), new_panel()).ledger
        assert entry.fields["count"] == 1
        assert entry.fields["largest"] == pytest.approx(abs(6.4 - 100 * (512 / 480 - 1)))
        assert "2011" in entry.detail("en")
        assert "1994 linked to 2010 in 2010" in entry.why("en")

    def test_it_says_where_nothing_can_be_compared(self):
        newer = new_panel({"year": [2011, 2012], "y": [2128.0, 2240.0]})
        (entry,) = link(old_panel(), newer, at=2011).ledger
        assert entry.figure == "linked_once"

    def test_a_finding_for_each_area(self):
        frame = {"p": ["A"] * 3 + ["B"] * 3, "year": [2010, 2011, 2012] * 2}
        older, newer = (
            tfp.Panel({**frame, "y": levels}, time="year", entity="p", output="y")
            for levels in (
                [1000.0, 1050.0, 1102.5, 1000.0, 1050.0, 1102.5],
                [2000.0, 2100.0, 2205.0, 2000.0, 2120.0, 2332.0],
            )
        )
        (finding,) = tfp.compare_overlap(older, newer)
        assert [(place.entity, place.time) for place in finding.places] == [
            ("B", 2011),
            ("B", 2012),
        ]
        assert finding.fields["difference"] == pytest.approx(5.0)
        assert (finding.fields["count"], finding.fields["of"]) == (2, 2)
        assert "10,00%" in finding.part("found", "vi")
        assert tfp.compare_overlap(older, newer, tolerance=6.0) == ()

    def test_rounding_of_the_levels_is_no_disagreement(self):
        # 1 and 2 on levels of 30: half of the last digit is 1.7 points of growth each.
        older, newer = (
            tfp.Panel({"year": [2010, 2011], "y": levels}, time="year", output="y")
            for levels in ([30.0, 32.0], [60.0, 63.0])
        )
        assert tfp.compare_overlap(older, newer) == ()


@pytest.mark.parametrize(
    ("older", "newer", "call", "code"),
    [
        (old_panel(base="2010"), new_panel(), {}, "link-without-difference"),
        (old_panel(price_bases={}), new_panel(), {}, "link-without-difference"),
        (old_panel(), new_panel(), {"at": 2012}, "link-value-missing"),
        (old_panel(), new_panel(), {"at": 2020}, "link-value-missing"),
        (old_panel({**OLD, "y": [1.0, 1.0, 1.0, np.nan, 1.0]}), new_panel(), {},
         "link-value-missing"),
        (old_panel({**OLD, "y": [1.0, 1.0, 1.0, 0.0, 1.0]}), new_panel(), {}, "not-positive"),
        (old_panel(area="Huế"), new_panel(area="Đà Nẵng"), {}, "link-entities-differ"),
        (old_panel(), new_panel(), {"source": ""}, "prices-without-source"),
        (old_panel(), new_panel(), {"role": "labour"}, "link-role"),
        (old_panel(), new_panel(), {"role": "output_current"}, "link-role"),
        (old_panel(), new_panel(), {"role": "investment"}, "role-missing"),
        (old_panel({"year": ["2010Q1"], "y": [1.0]}, frequency="quarter"), new_panel(), {},
         "frequencies-differ"),
        (old_panel(output_by_part={"a": "y"}), new_panel(output_by_part={"b": "y"}),
         {"role": "output_by_part"}, "link-parts-differ"),
    ],
)  # fmt: skip
def test_what_is_refused(older, newer, call, code):
    assert code_of(older, newer, **call) == code
