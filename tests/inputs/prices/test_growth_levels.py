"""Levels made of published growth and one level."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import tfp
from tfp.errors import TFPError

YEARS = list(range(2015, 2022))
GROWTH = [np.nan, 9.04, 9.04, 8.57, 0.86, 3.70, 2.66]
SOURCE = "yearbook 2021"


def panel_of(growth=GROWTH, levels=None, **options):
    frame = {"year": YEARS, "g": growth}
    if levels is not None:
        frame["y"] = levels
        options["output"] = "y"
    return tfp.Panel(frame, time="year", output_growth="g", **options)


def code_of(*arguments, **options):
    with pytest.raises(TFPError) as error:
        tfp.levels_from_growth(*arguments, **options)
    assert error.value.message("en") != error.value.message("vi")
    return error.value.code


@given(arrays(float, len(YEARS) - 1, elements=st.floats(-39, 59)), st.sampled_from(YEARS))
def test_growth_of_the_levels_is_the_published_growth(growth, year):
    panel = panel_of([np.nan, *growth])
    made = tfp.levels_from_growth(panel, level_year=year, level=1234.5, source=SOURCE)
    levels = made.values("output")
    assert levels[YEARS.index(year)] == 1234.5
    np.testing.assert_allclose(levels[1:] / levels[:-1], 1 + growth / 100, rtol=1e-12)


@given(arrays(float, len(YEARS) - 1, elements=st.floats(-39, 59)))
def test_an_index_of_the_previous_year_is_the_same(growth):
    one = tfp.levels_from_growth(
        panel_of([np.nan, *growth]), level_year=2015, level=100.0, source=SOURCE
    )
    other = tfp.levels_from_growth(
        panel_of([np.nan, *(growth + 100.0)]), level_year=2015, level=100.0, source=SOURCE,
        published_as="index",
    )  # fmt: skip
    np.testing.assert_allclose(one.values("output"), other.values("output"), rtol=1e-12)
    np.testing.assert_allclose(
        other.values("output_growth")[1:], one.values("output_growth")[1:], atol=1e-12
    )


class TestLevelInTheData:
    def test_it_is_taken_and_levels_that_agree_are_passed_without_a_word(self):
        levels = [np.nan, 23705.0, 25848.0, 28063.2, 28304.4, 29351.7, 30132.5]
        made = tfp.levels_from_growth(panel_of(levels=levels), level_year=2021, source=SOURCE)
        assert made.values("output")[-1] == 30132.5
        assert made.ledger[0].figure == "levels_from_growth"
        assert made.column("output").name == "y"

    def test_a_level_of_another_vintage_needs_a_reason(self):
        levels = [np.nan] * 4 + [29956.2, 29351.7, 30132.5]
        panel = panel_of(levels=levels)
        assert code_of(panel, level_year=2021, source=SOURCE) == "levels-contradict-growth"
        made = tfp.levels_from_growth(
            panel, level_year=2021, source=SOURCE, reason="2019 is of the yearbook of that year"
        )
        assert made.values("output")[4] == pytest.approx(30132.5 / 1.0266 / 1.0370)
        (entry,) = made.ledger
        assert (entry.figure, entry.fields["count"]) == ("levels_replaced", 1)
        assert "2019" in entry.detail("vi")
        assert tfp.contradicting_growth(made) == ()


def test_each_area_from_its_own_level():
    frame = {"p": ["Huế"] * 2 + ["Đà Nẵng"] * 2, "year": [2020, 2021] * 2,
             "g": [np.nan, 10.0, np.nan, 20.0]}  # fmt: skip
    panel = tfp.Panel(frame, entity="p", time="year", output_growth="g")
    made = tfp.levels_from_growth(
        panel, level_year=2020, level={"Huế": 100.0, "Đà Nẵng": 50.0}, source=SOURCE
    )
    assert made.values("output").tolist() == pytest.approx([100.0, 110.0, 50.0, 60.0])
    assert code_of(panel, level_year=2020, level=1.0, source=SOURCE) == "entity-needed"
    assert code_of(panel, level_year=2020, level={"Huế": 1.0}, source=SOURCE) == "level-missing"


def test_a_chain_does_not_jump_a_missing_rate():
    growth = [np.nan, 9.0, np.nan, 8.0, 1.0, 3.0, 2.0]
    made = tfp.levels_from_growth(panel_of(growth), level_year=2021, level=100.0, source=SOURCE)
    known = ~np.isnan(made.values("output"))
    assert known.tolist() == [False, False, True, True, True, True, True]


def test_status_and_vintage_are_those_of_the_growth():
    frame = {"year": YEARS, "g": GROWTH, "s": ["final"] * 6 + ["preliminary"]}
    panel = tfp.Panel(frame, time="year", output_growth="g", status={"output_growth": "s"},
                      vintages={"output_growth": "2021"})  # fmt: skip
    made = tfp.levels_from_growth(panel, level_year=2021, level=1.0, source=SOURCE)
    # Every level before 2021 is that of 2021 without the preliminary growth of 2021.
    assert made.column("output").status.tolist() == [2] * 7
    assert made.column("output").vintage == "2021"


@pytest.mark.parametrize(
    ("growth", "options", "code"),
    [
        ([np.nan, 109.0, 108.6, 100.9, 103.7, 102.7, 104.0], {}, "growth-looks-like-index"),
        (GROWTH, {"published_as": "index"}, "index-looks-like-growth"),
        (GROWTH, {"published_as": "ratio"}, "option-unknown"),
        ([np.nan, 9.0, -100.0, 8.0, 1.0, 3.0, 2.0], {}, "growth-impossible"),
        (GROWTH, {"level": None}, "level-missing"),
        (GROWTH, {"level": 0.0}, "not-positive"),
        (GROWTH, {"level_year": 2010}, "year-missing"),
        (GROWTH, {"source": ""}, "prices-without-source"),
    ],
)
def test_what_is_refused(growth, options, code):
    call = {"level_year": 2021, "level": 100.0, "source": SOURCE} | options
    assert code_of(panel_of(growth), **call) == code
