"""Levels against published growth: no false alarm from rounding, and each cause named."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import tfp
from tfp.errors import MethodError, PanelError

YEARS = list(range(2010, 2022))
# Growth of a province, in per cent a year.
RATES = arrays(float, len(YEARS) - 1, elements=st.floats(-8.0, 20.0))


def panel_of(levels, growth, **options):
    frame = {"year": YEARS[: len(levels)], "y": levels, "g": growth}
    return tfp.Panel(frame, time="year", output="y", output_growth="g", **options)


def printed(rates, decimals=1, first=29956.2):
    """Return levels and rates as a yearbook prints them."""
    levels = first * np.cumprod([1.0, *(1 + rates / 100)])
    return np.round(levels, decimals), np.array([np.nan, *np.round(rates, 2)])


def codes_and_years(panel, **options):
    found = tfp.contradicting_growth(panel, **options)
    return [(finding.code, finding.places[0].time) for finding in found]


@given(RATES, st.integers(0, 3), st.floats(5_000, 5e6))
def test_rounding_alone_is_never_a_contradiction(rates, decimals, first):
    assert codes_and_years(panel_of(*printed(rates, decimals, first))) == []


@given(RATES, st.integers(1, len(YEARS) - 2), st.floats(0.5, 2.0))
def test_one_wrong_figure_is_found_alone(rates, wrong, factor):
    assume(abs(factor - 1) > 0.002)
    levels, growth = printed(rates)
    levels[wrong] = np.round(levels[wrong] * factor, 1)
    assert codes_and_years(panel_of(levels, growth)) == [("level-alone-off", YEARS[wrong])]


@given(RATES, st.integers(1, len(YEARS) - 1), st.floats(0.2, 5.0))
def test_another_vintage_or_base_before_a_year_is_found_there(rates, since, factor):
    assume(abs(factor - 1) > 0.002 and abs(abs(np.log(factor)) - np.log(1.4)) > 0.01)
    levels, growth = printed(rates)
    levels[:since] = np.round(levels[:since] / factor, 1)
    is_base = abs(np.log(factor)) > np.log(1.4)
    code = "level-at-another-base" if is_base else "level-of-another-vintage"
    assert codes_and_years(panel_of(levels, growth)) == [(code, YEARS[since])]


@given(RATES, RATES)
def test_growth_of_another_vintage_throughout_is_one_finding(rates, other):
    assume((np.abs(rates - other) > 0.2).all())
    levels, _ = printed(rates)
    _, growth = printed(other)
    found = tfp.contradicting_growth(panel_of(levels, growth))
    apart = [finding for finding in found if finding.code == "level-and-growth-apart"]
    # Two neighbours may cancel by chance; every year is in one finding or the other.
    assert len(apart) == 1
    alone = [finding for finding in found if finding.code == "level-alone-off"]
    assert len(apart[0].places) + 2 * len(alone) == len(rates)


class TestFigures:
    def finding(self):
        # Real: yearbook 2019, then yearbook 2021 with its growth (Hòa Bình, billion VND).
        panel = panel_of([29956.2, 29351.714, 30132.47], [np.nan, 3.70, 2.66], area="Hòa Bình")
        (finding,) = tfp.contradicting_growth(panel)
        return finding

    def test_rates_effect_and_what_the_level_should_be(self):
        fields = self.finding().fields
        assert fields["level"] == pytest.approx(100 * (29351.714 / 29956.2 - 1))
        assert fields["published"] == 3.70
        assert fields["difference"] == pytest.approx(5.7179, abs=1e-4)
        assert fields["implied"] == pytest.approx(28304.449, abs=1e-3)
        assert (fields["before"], fields["year"], fields["agree"]) == (2010, 2011, 1)

    def test_it_says_so_in_both_languages(self):
        finding = self.finding()
        assert "5.72 points, one for one" in finding.part("effect", "en")
        assert "5,72 điểm phần trăm" in finding.part("effect", "vi")
        assert "levels_from_growth" in finding.part("remedy", "vi")
        assert finding.severity == "block"
        assert finding.places[0].entity == "Hòa Bình"

    def test_a_small_difference_is_no_block(self):
        panel = panel_of([1000.0, 1064.0, 1120.0], [np.nan, 6.1, 5.26])
        assert [f.severity for f in tfp.contradicting_growth(panel)] == ["warn"]


def test_a_few_years_of_another_book_are_two_steps_and_no_single_figure():
    levels, growth = printed(np.linspace(4, 9, len(YEARS) - 1))
    levels[3:6] = np.round(1.05 * levels[3:6], 1)
    assert codes_and_years(panel_of(levels, growth)) == [
        ("level-of-another-vintage", YEARS[3]),
        ("level-of-another-vintage", YEARS[6]),
    ]


def test_each_area_is_looked_at_by_itself():
    rates = np.linspace(4, 9, len(YEARS) - 1)
    levels, growth = printed(rates)
    wrong = levels.copy()
    wrong[5] *= 10
    panel = tfp.Panel(
        {
            "p": np.repeat(["Huế", "Đà Nẵng"], len(YEARS)),
            "year": YEARS * 2,
            "y": [*levels, *wrong],
            "g": [*growth, *growth],
        },
        time="year", entity="p", output="y", output_growth="g",
    )  # fmt: skip
    (finding,) = tfp.contradicting_growth(panel)
    assert (finding.code, finding.places[0].entity) == ("level-alone-off", "Đà Nẵng")
    assert finding.places[0].time == YEARS[5]


def test_a_stated_tolerance_is_kept():
    panel = panel_of([1000.0, 1063.0, 1120.0], [np.nan, 6.1, 5.36])
    assert codes_and_years(panel, tolerance=0.05) == [("level-of-another-vintage", 2011)]
    assert codes_and_years(panel, tolerance=0.2) == []


def test_nothing_is_compared_over_a_gap_or_a_declared_change_of_base():
    frame = {"year": [2008, 2009, 2010, 2012], "y": [480.0, 507.0, 1980.0, 2200.0],
             "g": [np.nan, 5.6, 6.4, 6.2], "base": ["1994", "1994", "2010", "2010"]}  # fmt: skip
    panel = tfp.Panel(
        frame, time="year", output="y", output_growth="g", definitions={"output": "base"}
    )
    assert codes_and_years(panel) == []
    undeclared = tfp.Panel(frame, time="year", output="y", output_growth="g")
    assert codes_and_years(undeclared) == [("level-at-another-base", 2010)]


def test_growth_across_two_bases_in_one_column_is_refused_by_the_accounts():
    frame = {"year": [2009, 2010], "y": [507.0, 1980.0], "k": [900.0, 950.0], "l": [1.0, 1.0],
             "base": ["1994", "2010"]}  # fmt: skip
    panel = tfp.Panel(
        frame, time="year", output="y", capital="k", labour="l", definitions={"output": "base"}
    )
    with pytest.raises(MethodError) as error:
        tfp.growth_accounts(panel, capital_share=0.4)
    assert error.value.code == "unspliced-break"


@pytest.mark.parametrize(
    ("growth", "options", "code"),
    [([np.nan, 106.4, 102.9], {}, "growth-looks-like-index"),
     ([np.nan, 6.4, 2.9], {"tolerance": -0.1}, "tolerance-negative")],
)  # fmt: skip
def test_refusals(growth, options, code):
    with pytest.raises(MethodError) as error:
        tfp.contradicting_growth(panel_of([100.0, 106.4, 109.5], growth), **options)
    assert error.value.code == code


def test_growth_is_needed():
    panel = tfp.Panel({"year": [2019], "y": [1.0]}, time="year", output="y")
    with pytest.raises(PanelError) as error:
        tfp.contradicting_growth(panel)
    assert error.value.code == "role-missing"
