"""Declared values: filled from a source, interpolated, borrowed; each in the ledger."""

from __future__ import annotations

import numpy as np
import pytest

import tfp
from tfp.errors import TFPError
from tfp.panel.roles import STATUSES

NAN = float("nan")
FRAME = {
    "p": ["a"] * 5 + ["b"] * 5,
    "year": [2000, 2001, 2002, 2003, 2004] * 2,
    "y": [1.0] * 10,
    "l": [100.0, NAN, NAN, 133.1, 140.0, 10.0, NAN, NAN, 22.0, NAN],
}


def panel_of(frame=FRAME, **options):
    roles = {"entity": "p", "time": "year", "output": "y", "labour": "l"}
    return tfp.Panel(frame, **(roles | options))


def single(levels, years=(2000, 2001, 2002, 2003), **options):
    frame = {"year": list(years), "y": [1.0] * len(years), "l": list(levels)}
    frame |= options.pop("columns", {})
    return tfp.Panel(frame, time="year", output="y", labour="l", **options)


def labour(panel):
    return panel.values("labour").tolist()


def refusal(function, *arguments, **options):
    with pytest.raises(tfp.TFPError) as error:
        function(*arguments, **options)
    assert error.value.message("en") != error.value.message("vi")
    return error.value


class TestFill:
    def test_puts_the_figures_where_they_belong(self):
        panel = tfp.fill_values(
            panel_of(), "labour", {2002: 12.5, "2001": 11}, reason="not published",
            source="census", entity="b",
        )  # fmt: skip
        assert labour(panel)[5:9] == [10.0, 11.0, 12.5, 22.0]
        (entry,) = panel.ledger
        assert (entry.action, entry.role, entry.source) == ("filled", "labour", "census")
        assert entry.rows == (("b", 2002), ("b", 2001))
        assert "2002: 12,5; 2001: 11" in entry.detail("vi")
        assert np.isnan(panel_of().values("labour")[6])

    def test_marks_the_status_of_the_figure(self):
        panel = single([1.0, NAN, NAN, 4.0], columns={"s": ["final"] * 4}, status="s")
        panel = tfp.fill_values(panel, "labour", {2001: 2.0}, reason="x", status="preliminary")
        panel = tfp.interpolate(panel, "labour", [2002], reason="x")
        words = [STATUSES[number] for number in panel.column("labour").status]
        assert words == ["final", "preliminary", "estimate", "final"]

    def test_never_overwrites(self):
        error = refusal(tfp.fill_values, panel_of(), "labour", {2003: 1.0}, reason="x", entity="a")
        assert (error.code, error.places[0].time) == ("value-present", 2003)

    @pytest.mark.parametrize("figure", [NAN, float("inf"), "eleven", None, [1.0]])
    def test_takes_numbers_only(self, figure):
        error = refusal(
            tfp.fill_values, panel_of(), "labour", {2001: figure}, reason="x", entity="b"
        )
        assert error.code == "fill-not-a-number"

    @pytest.mark.parametrize(
        ("options", "code"),
        [
            ({"reason": " "}, "reason-missing"),
            ({"entity": None}, "entity-needed"),
            ({"entity": "c"}, "entity-unknown"),
            ({"values": {1999: 1.0}}, "year-missing"),
            ({"role": "capital"}, "role-missing"),
            ({"status": "finl"}, "option-unknown"),
        ],
    )
    def test_refusals(self, options, code):
        standard = {"role": "labour", "values": {2001: 1.0}, "reason": "x", "entity": "a"}
        assert refusal(tfp.fill_values, panel_of(), **(standard | options)).code == code

    def test_not_into_a_series_that_a_splice_has_moved(self):
        names = {"d": ["old", "old", "old", "new"]}
        panel = single([100.0, NAN, 100.0, 50.0], columns=names, definitions={"labour": "d"})
        link = tfp.PublishedOverlap(50.0, source="x")
        late = tfp.splice(panel, "labour", 2003, link)
        error = refusal(tfp.fill_values, late, "labour", {2001: 100.0}, reason="x")
        assert (error.code, error.places[0].time) == ("level-spliced", 2001)
        first = tfp.fill_values(panel, "labour", {2001: 100.0}, reason="x")
        assert labour(tfp.splice(first, "labour", 2003, link)) == [50.0] * 4
        # Between two moved values there is a moved one: interpolation knows no level.
        assert labour(tfp.interpolate(late, "labour", [2001], reason="x")) == [50.0] * 4


class TestInterpolate:
    @pytest.mark.parametrize(
        ("method", "expected"),
        [
            ("linear", [[111.03333333333333, 122.06666666666667], [14.0, 18.0]]),
            ("geometric", [[110.0, 121.0], [10 * 2.2 ** (1 / 3), 10 * 2.2 ** (2 / 3)]]),
        ],
    )
    @pytest.mark.parametrize(
        "times", [[2001, 2002], ["2002", "2001"], (2001, 2002, 2001), range(2001, 2003)]
    )
    def test_all_entities_at_once(self, method, expected, times):
        panel = tfp.interpolate(panel_of(), "labour", times, reason="x", method=method)
        filled = np.array(labour(panel)).reshape(2, 5)[:, 1:3]
        np.testing.assert_allclose(filled, expected, rtol=1e-15)
        (entry,) = panel.ledger
        assert entry.rows == (("a", 2001), ("a", 2002), ("b", 2001), ("b", 2002))
        assert (entry.action, entry.figure) == ("interpolated", method)

    def test_periods_may_be_counted_out_only_once(self):
        times = (year for year in (2001, 2002))
        panel = tfp.interpolate(panel_of(), "labour", times, reason="x")
        assert np.isnan(labour(panel)).tolist() == [False] * 9 + [True]

    def test_one_entity_alone(self):
        panel = tfp.interpolate(panel_of(), "labour", [2001], reason="x", entity="b")
        assert labour(panel)[6] == 14.0
        assert np.isnan(labour(panel)[1])

    @pytest.mark.parametrize("times", [2001, "2001", np.int64(2001), [2001], iter([2001])])
    def test_one_period_needs_no_list(self, times):
        panel = single([10.0, NAN, 20.0, 21.0])
        assert labour(tfp.interpolate(panel, "labour", times, reason="x"))[1] == 15.0

    def test_across_a_gap_by_the_calendar(self):
        panel = single([10.0, NAN, 20.0, 21.0], years=(2000, 2001, 2005, 2006))
        assert labour(tfp.interpolate(panel, "labour", [2001], reason="x"))[1] == 12.0

    @pytest.mark.parametrize(
        ("levels", "time"),
        [
            ([NAN, 1.0, 2.0, 3.0], 2000),
            ([1.0, 2.0, 3.0, NAN], 2003),
            ([NAN, NAN, 2.0, 3.0], 2001),
            ([NAN] * 4, 2001),
        ],
    )
    def test_never_past_the_last_known_value(self, levels, time):
        error = refusal(tfp.interpolate, single(levels), "labour", [time], reason="x")
        assert error.code == "interpolation-at-the-edge"
        assert [place.time for place in error.places] == [time]

    def test_never_from_one_entity_to_the_next(self):
        error = refusal(tfp.interpolate, panel_of(), "labour", [2004], reason="x", entity="b")
        assert error.code == "interpolation-at-the-edge"

    @pytest.mark.parametrize(
        ("options", "code"),
        [
            ({"reason": ""}, "reason-missing"),
            ({"method": "cubic"}, "option-unknown"),
            ({"times": [2003]}, "value-present"),
            ({"times": [1999]}, "year-missing"),
            ({"entity": "c"}, "entity-unknown"),
        ],
    )
    def test_refusals(self, options, code):
        standard = {"times": [2001], "reason": "x"}
        assert refusal(tfp.interpolate, panel_of(), "labour", **(standard | options)).code == code

    def test_a_rate_of_growth_needs_positive_values(self):
        panel = single([0.0, NAN, 2.0, 3.0])
        assert labour(tfp.interpolate(panel, "labour", [2001], reason="x"))[1] == 1.0
        error = refusal(tfp.interpolate, panel, "labour", [2001], reason="x", method="geometric")
        assert error.code == "not-positive"

    def test_a_year_that_one_entity_lacks_names_it(self):
        frame = {name: values[:-1] for name, values in FRAME.items()}
        error = refusal(tfp.interpolate, panel_of(frame), "labour", [2004], reason="x")
        assert (error.code, error.fields["entities"]) == ("year-missing", ["b"])

    def test_a_large_panel_in_one_pass(self):
        n = 20_000
        levels = np.tile([1.0, NAN, 3.0], n)
        frame = {"p": np.repeat(np.arange(n), 3), "year": np.tile([2000, 2001, 2002], n),
                 "y": np.ones(3 * n), "l": levels}  # fmt: skip
        panel = tfp.interpolate(panel_of(frame), "labour", [2001], reason="x")
        assert (panel.values("labour").reshape(n, 3) == [1.0, 2.0, 3.0]).all()


LENT = {
    "p": ["lender"] * 5 + ["ends"] * 5 + ["none"] * 4,
    "year": [2000, 2001, 2002, 2003, 2004] * 2 + [2001, 2002, 2003, 2004],
    "y": [1.0] * 14,
    "l": [100.0, 110.0, 121.0, 110.0, 99.0, NAN, 50.0, NAN, 60.0, NAN, NAN, NAN, NAN, NAN],
}


def hours(frame):
    """Return the series of the frame as hours per worker, which can be another entity's."""
    return tfp.Panel(frame, entity="p", time="year", output="y", hours_per_worker="l")


class TestBorrow:
    def test_workers_of_another_entity_are_not_borrowed(self):
        error = refusal(
            tfp.borrow_growth, panel_of(LENT), "labour", lender="lender", reason="recipe"
        )
        assert (error.code, error.places[0].entity) == ("level-not-borrowed", "none")

    def test_the_ends_move_as_the_lender_s_series(self):
        panel = tfp.borrow_growth(hours(LENT), "hours_per_worker", lender="lender", reason="recipe")
        series = panel.values("hours_per_worker")
        assert series[:5].tolist() == LENT["l"][:5]
        np.testing.assert_allclose(series[[5, 9]], [50 * 100 / 110, 60 * 99 / 110], rtol=1e-15)
        # A gap between known values is not borrowed.
        assert np.isnan(series[7])
        # Who has no value takes the lender's own level, by the calendar.
        assert series[10:].tolist() == [110.0, 121.0, 110.0, 99.0]

    def test_the_ledger_names_the_lender(self):
        panel = tfp.borrow_growth(hours(LENT), "hours_per_worker", lender="lender", reason="recipe")
        (entry,) = panel.ledger
        assert (entry.action, entry.source, entry.reason) == ("borrowed", "lender", "recipe")
        assert entry.rows[:2] == (("ends", 2000), ("ends", 2004))
        assert len(entry.rows) == 6

    def test_the_lender_must_have_what_is_borrowed(self):
        frame = LENT | {"l": [NAN, *LENT["l"][1:]]}
        error = refusal(
            tfp.borrow_growth, hours(frame), "hours_per_worker", lender="lender", reason="recipe"
        )
        assert (error.code, error.fields["lender"]) == ("lender-incomplete", "lender")

    @pytest.mark.parametrize(
        ("options", "code"),
        [({"reason": ""}, "reason-missing"), ({"lender": "USA"}, "entity-unknown")],
    )
    def test_refusals(self, options, code):
        standard = {"lender": "lender", "reason": "recipe"}
        error = refusal(tfp.borrow_growth, hours(LENT), "hours_per_worker", **(standard | options))
        assert error.code == code

    def test_growth_from_zero_cannot_be_borrowed(self):
        frame = LENT | {"l": [0.0, *LENT["l"][1:]]}
        error = refusal(
            tfp.borrow_growth, hours(frame), "hours_per_worker", lender="lender", reason="recipe"
        )
        assert (error.code, error.places[0].time) == ("not-positive", 2000)


def test_what_is_filled_is_in_the_accounts_ledger():
    frame = FRAME | {"k": [200.0] * 10}
    panel = panel_of(frame, capital="k")
    panel = tfp.interpolate(panel, "labour", [2001, 2002], reason="declared")
    panel = tfp.fill_values(panel, "labour", {2004: 23.0}, reason="declared", entity="b")
    method = tfp.GrowthAccounting(factor_weights=tfp.FixedShares(capital=0.4))
    ledger = method.fit(panel).ledger
    assert ledger["action"].tolist() == ["interpolated"] * 4 + ["filled"]
    assert not (ledger["action"] == "lost").any()


class TestChangesOfDefinition:
    @staticmethod
    def panel(values=(54659.0, None, 49072.0), definitions=("old", "old", "new")):
        return tfp.Panel(
            {"year": [2019, 2020, 2021], "l": list(values), "d": list(definitions)},
            time="year",
            labour="l",
            definitions={"labour": "d"},
        )

    def test_no_line_leads_from_one_definition_to_another(self):
        with pytest.raises(TFPError) as error:
            tfp.interpolate(self.panel(), "labour", 2020, reason="no survey")
        assert error.value.code == "interpolation-across-definitions"
        assert (error.value.fields["before"], error.value.fields["after"]) == ("old", "new")
        assert [place.time for place in error.value.places] == [2020]
        assert error.value.message("en") != error.value.message("vi")

    def test_blank_definitions_of_missing_values_are_no_change(self):
        panel = self.panel((54659.0, None, 55000.0), ("old", None, "old"))
        filled = tfp.interpolate(panel, "labour", 2020, reason="no survey")
        assert filled.values("labour")[1] == pytest.approx(54829.5)

    def test_a_change_that_is_settled_may_lie_between(self):
        panel = tfp.Panel(
            {
                "year": [2018, 2019, 2020, 2021],
                "l": [50.0, 51.0, None, 53.0],
                "d": ["old", "new", "new", "new"],
            },
            time="year",
            labour="l",
            definitions={"labour": "d"},
        )
        panel = tfp.accept_break(panel, "labour", 2019, reason="small")
        filled = tfp.interpolate(panel, "labour", 2020, reason="no survey")
        assert filled.values("labour")[2] == 52.0

    def test_a_break_beside_a_gap_names_what_is_missing_alone(self):
        with pytest.raises(TFPError) as error:
            tfp.accept_break(self.panel(), "labour", 2021, reason="small")
        assert error.value.code == "break-value-missing"
        assert [place.time for place in error.value.places] == [2020]
        assert "fill_values" in error.value.message("en")

    def test_an_unnamed_area_is_a_dash_in_a_list_of_names(self):
        with pytest.raises(TFPError) as error:
            tfp.fill_values(self.panel(), "labour", {2020: 1.0}, reason="x", entity="Hà Nội")
        assert "One of: –, ..." in error.value.message("en")
