"""Levels against published growth, within a book and across books."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tfp

GROWTH = tfp.GrowthOf(level="grdp", growth="rate")
INDEX = tfp.IndexOf(level="grdp", index="index")
COLUMNS = {"area": "a", "variable": "v", "time": "y", "value": "x", "vintage": "b"}


def test_a_level_that_contradicts_growth_within_a_book(make, found):
    figures = make(("grdp", 2019, 1000.04), ("grdp", 2020, 1050.04), ("rate", 2020, 6.01))
    assert found(figures, GROWTH) == [("level-contradicts-growth", [("grdp", 2020)])]
    finding = figures.check([GROWTH])[0]
    assert finding.fields["gap"] == pytest.approx(1.01, abs=1e-3)
    assert "5.00%" in finding.part("found")


@pytest.mark.parametrize("rate", [3.70, 3.71, 3.69])
def test_rounding_of_levels_and_rates_is_allowed_for(make, found, rate):
    # 29.4 over 28.3 is anything from 3.5 to 4.2 per cent.
    figures = make(("grdp", 2019, 28.3), ("grdp", 2020, 29.4), ("rate", 2020, rate))
    assert found(figures, GROWTH) == []


def test_hoa_binh_a_level_of_another_book(yearbooks):
    index = tfp.IndexOf(level="grdp_2010p", index="grdp_2010p_index")
    (finding,) = [f for f in yearbooks.check([index]) if f.code == "level-of-other-vintage"]
    fields = finding.fields
    # Backwards from 30,132.47 in 2021 by 102.66 and 103.70.
    assert fields["implied"] == pytest.approx(30132.47 / 1.0266 / 1.037, rel=1e-12)
    assert (fields["first"], fields["second"]) == ("yearbook 2021", "yearbook 2019")
    # The yearbook of 2019 chained to that of 2021: -2.0 instead of +3.7 per cent in 2020.
    assert fields["after"] == 2020
    assert fields["published"] == pytest.approx(3.70)
    assert fields["mixed"] == pytest.approx(100 * (30132.47 / 1.0266 / 29956.2 - 1), rel=1e-12)


@pytest.mark.parametrize(
    ("year", "printed", "implied"),
    [
        (2019, 34726.0, 37200 / 1.0825),
        (2020, 37200.0, 36407 / 0.8967),
        (2022, 57000.0, 68793 / 1.2471),
    ],
)
def test_hung_yen_investment_that_later_growth_contradicts(yearbooks, year, printed, implied):
    growth = tfp.GrowthOf(level="social_investment_cur", growth="social_investment_cur_growth")
    found = {f.fields["year"]: f.fields for f in yearbooks.check([growth]) if "mixed" in f.fields}
    assert set(found) == {2019, 2020, 2022}
    assert found[year]["printed"] == printed
    assert found[year]["implied"] == pytest.approx(implied, rel=1e-12)


def test_a_level_ahead_of_a_book_is_compared_as_well(make):
    figures = make(
        ("grdp", 2019, 100.0, "A"), ("rate", 2020, 5.0, "A"), ("rate", 2021, 10.0, "A"),
        ("grdp", 2021, 130.0, "B"),
    )  # fmt: skip
    (finding,) = figures.check([GROWTH])
    assert finding.fields["implied"] == pytest.approx(100 * 1.05 * 1.10)
    # Growth of 2021 into the foreign level: 130 over 105.
    assert finding.fields["mixed"] == pytest.approx(100 * (130 / 105 - 1))


def test_growth_of_one_book_and_levels_of_another(make, found):
    figures = make(
        ("grdp", 2019, 1000.04, "A"), ("grdp", 2020, 1050.04, "A"), ("rate", 2020, 6.01, "B")
    )
    assert found(figures, GROWTH) == [("growth-of-other-vintage", [("grdp", 2020)])]


def test_what_is_derived_is_no_witness(make, found):
    figures = make(
        ("grdp", 2019, 100.00), ("grdp", 2020, 105.00), ("rate", 2020, 6.00),
        derivation=["", "by hand", ""],
    )  # fmt: skip
    assert found(figures, GROWTH) == [("figures-derived", [("grdp", 2020)])]


def test_the_mean_of_hung_yen(yearbooks):
    mean = tfp.MeanOf("grdp_2010p_growth_mean_2021_2023", "grdp_2010p_growth", 2021, 2023)
    (finding,) = [f for f in yearbooks.check([mean]) if f.code == "mean-contradicts-growth"]
    geometric = 100 * ((1.0652 * 1.134 * 1.1005) ** (1 / 3) - 1)
    assert finding.fields["geometric"] == pytest.approx(geometric, rel=1e-12)
    assert finding.fields["arithmetic"] == pytest.approx((6.52 + 13.4 + 10.05) / 3, rel=1e-12)


@pytest.mark.parametrize("mean", [9.96, 9.95, 9.99])
def test_either_mean_agrees(make, found, mean):
    figures = make(
        ("rate", 2021, 6.52), ("rate", 2022, 13.40), ("rate", 2023, 10.05), ("mean", 2023, mean)
    )
    assert found(figures, tfp.MeanOf("mean", "rate", 2021, 2023)) == []


@given(
    start=st.floats(1e3, 1e8),
    growth=st.lists(st.floats(-8.0, 14.0), min_size=2, max_size=10),
    level_digits=st.integers(0, 3),
    rate_digits=st.integers(1, 2),
)
def test_no_false_alarm_on_rounded_levels_and_rates(start, growth, level_digits, rate_digits):
    levels = start * np.cumprod([1.0, *(1.0 + np.array(growth) / 100.0)])
    printed = [round(float(level), level_digits) for level in levels]
    rates = [round(rate, rate_digits) for rate in growth]
    index = [round(100.0 + rate, rate_digits) for rate in growth]
    years = list(range(2010, 2010 + len(levels)))
    n = len(rates)
    frame = {
        "v": ["grdp"] * (n + 1) + ["rate"] * n + ["index"] * n,
        "y": years + years[1:] + years[1:],
        "x": printed + rates + index,
        "u": ["billion VND"] * (n + 1) + ["%"] * n + ["previous year = 100"] * n,
    }
    rows = len(frame["v"])
    frame |= {"a": ["Huế"] * rows, "b": ["book"] * rows}
    figures = tfp.Figures(frame, **COLUMNS, unit="u")
    assert list(figures.check([GROWTH, INDEX])) == []


@given(year=st.integers(2011, 2014), error=st.floats(0.02, 0.5))
def test_any_level_off_by_two_per_cent_is_found(year, error):
    levels = {t: 1000.0 * 1.07 ** (t - 2010) for t in range(2010, 2016)}
    levels[year] *= 1.0 + error
    n = len(levels)
    figures = tfp.Figures(
        {
            "a": ["Huế"] * (2 * n - 1),
            "v": ["grdp"] * n + ["rate"] * (n - 1),
            "y": [*levels, *range(2011, 2016)],
            "x": [round(x, 2) for x in levels.values()] + [7.0] * (n - 1),
            "b": ["book"] * (2 * n - 1),
        },
        **COLUMNS,
    )
    years = {f.fields["year"] for f in figures.check([GROWTH])}
    assert years == {year, year + 1}
