"""What a chart reads of a result: one entity, in points, on the calendar."""

from __future__ import annotations

import numpy as np
import pytest

import tfp
from tfp.plots.view import view, views


def test_a_view_is_the_frame_of_one_entity(areas):
    shown = view(areas, "Hưng Yên")
    points = areas.contributions.loc["Hưng Yên"]
    np.testing.assert_array_equal(shown.total, points["output"])
    for name in areas.term_names:
        np.testing.assert_array_equal(shown.term(name), points[name])
    assert shown.names == tuple(str(year) for year in points.index)
    assert [v.entity for v in views(areas, ["Đà Nẵng", "Hà Nội"])] == ["Đà Nẵng", "Hà Nội"]


def test_rows_lead_back_to_the_arrays_of_the_result(areas):
    shown = view(areas, "Đà Nẵng")
    np.testing.assert_array_equal(100.0 * areas.total[shown.rows], shown.total)


def test_the_calendar_holds_the_gaps(troubled):
    shown = view(troubled)
    assert shown.calendar_names == tuple(str(year) for year in range(2011, 2021))
    np.testing.assert_array_equal(shown.missing(), [2014, 2015, 2018, 2019])
    np.testing.assert_array_equal(shown.missing(2009, 2012), [2009, 2010])
    spread = shown.on_calendar(shown.total)
    assert len(spread) == 10
    assert np.isnan(spread[3])


def test_statuses_are_those_of_the_growth(national, areas):
    shown = view(national)
    assert shown.names[-2:] == ("2023", "2024")
    assert shown.provisional.tolist() == [False] * 12 + [True, True]
    assert not view(areas, "Hà Nội").provisional.any()


def test_the_last_known_period_is_the_default(troubled):
    shown = view(troubled)
    assert shown.names[shown.index_of(None)] == "2020"
    assert shown.names[shown.index_of(2013)] == "2013"
    with pytest.raises(tfp.MethodError) as raised:
        shown.index_of(2018)
    assert raised.value.code == "chart-period-unknown"


def test_quarters_are_named_as_written():
    quarters = ["2020Q1", "2020Q2", "2020Q4", "2021Q1"]
    levels = [1.0, 1.1, 1.2, 1.3]
    panel = tfp.Panel(
        {"t": quarters, "y": levels, "k": levels, "l": levels},
        time="t", frequency="quarter", output="y", capital="k", labour="l",
    )  # fmt: skip
    shown = view(tfp.growth_accounts(panel, capital_share=0.4))
    assert shown.calendar_names == ("2020Q2", "2020Q3", "2020Q4", "2021Q1")
    assert [shown.name_of(at) for at in shown.missing()] == ["2020Q3", "2020Q4"]


def test_one_year_has_no_growth():
    panel = tfp.Panel(
        {"t": [2020], "y": [1.0], "k": [1.0], "l": [1.0]},
        time="t", output="y", capital="k", labour="l",
    )  # fmt: skip
    with pytest.raises(tfp.MethodError) as raised:
        view(tfp.growth_accounts(panel, capital_share=0.4))
    assert raised.value.code == "chart-nothing-to-draw"
