"""Shares of growth beside targets: bars, period lines, targets over their years, blanks."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

import tfp
from tfp.plots.style import ACCENT, PROVISIONAL_HATCH, TARGET
from tfp.plots.targets import HALF, HIGHEST, plot_share_of_growth

PERIODS = ["2011-2015", "2016-2020", "2021-2024"]


def level_lines(ax, colour):
    """Return the level lines of a colour as (first year, last year, height)."""
    return [
        (line.get_xdata()[0] + HALF, line.get_xdata()[1] - HALF, line.get_ydata()[0])
        for line in ax.lines
        if line.get_color() == colour and len(line.get_xdata()) == 2
    ]


def test_bars_are_the_yearly_shares(read, national):
    (bars,) = read.stacks(plot_share_of_growth(national))
    shares = national.share_of_growth["tfp"]
    np.testing.assert_allclose(bars["height"], shares, rtol=0.0, atol=1e-12)
    np.testing.assert_array_equal(bars["at"], shares.index)
    assert [bool(hatch) for hatch in bars["hatch"]] == [year >= 2023 for year in shares.index]
    assert PROVISIONAL_HATCH in bars["hatch"]


def test_periods_are_lines_over_their_years(read, national):
    periods = national.periods(PERIODS)
    ax = plot_share_of_growth(national, periods=periods)
    lines = level_lines(ax, ACCENT)
    expected = periods.share_of_growth["tfp"]
    for (first, last, height), label in zip(lines, PERIODS, strict=True):
        assert f"{first:.0f}-{last:.0f}" == label
        assert height == pytest.approx(expected[label], abs=1e-12)
        assert f"{height:.1f}" in read.written(ax)


def test_targets_of_the_area_are_lines_over_their_years(national, targets):
    ax = plot_share_of_growth(national, targets=targets)
    mine = [t for t in targets if t.area == "Viet Nam" and t.superseded_by is None]
    drawn = sorted(level_lines(ax, TARGET))
    assert [(round(first), round(last), level) for first, last, level in drawn] == sorted(
        (t.first_year, t.last_year, t.lower) for t in mine
    )


def test_the_upper_end_of_a_target_is_a_band(national, targets):
    ax = plot_share_of_growth(national, targets=targets)
    extents = [band.get_paths()[0].get_extents() for band in ax.collections]
    bands = sorted((round(box.y0), round(box.y1)) for box in extents)
    assert bands == [(30, 35), (45, 47)]


def test_the_key_names_documents_and_outcomes_in_both_languages(read, national, targets):
    comparison = national.against(targets)
    outcome = next(o for o in comparison.outcomes if "712" in o.target.document)
    words = read.written(plot_share_of_growth(national, targets=comparison))
    assert "Decision 712/QD-TTg (2010): at least 35 % in 2020." in words
    assert f"not reached ({outcome.share:.1f} % in 2020)" in words
    assert re.search(r"Targets [^.]*not drawn[^.]*: 2", words)
    words = read.written(plot_share_of_growth(national, targets=comparison, language="vi"))
    assert "QĐ 712/QĐ-TTg (2010)" in words
    assert f"chưa đạt ({outcome.share:.1f}%".replace(".", ",") in words


def test_superseded_targets_are_drawn_on_request(national, targets):
    few = level_lines(plot_share_of_growth(national, targets=targets), TARGET)
    all_of_them = level_lines(
        plot_share_of_growth(national, targets=targets, superseded=True), TARGET
    )
    assert len(all_of_them) == len(few) + 2


def test_blank_shares_are_crosses_with_the_reason(read, troubled):
    ax = plot_share_of_growth(troubled)
    crosses = next(line for line in ax.lines if line.get_marker() == "x")
    blank = troubled.share_of_growth["tfp"].isna()
    years = {*blank.index[blank], 2014}
    assert set(crosses.get_xdata()) == years
    words = read.written(ax)
    assert "growth is negative (2012)" in words
    assert re.search(r"growth is below 1\.0[^(]*\(2013\)", words)
    assert "data are missing (2014, 2015, 2018, 2019)" in words
    assert "tăng trưởng dưới 1,0" in read.written(plot_share_of_growth(troubled, language="vi"))


def test_targets_of_several_other_areas_are_refused(national, targets):
    foreign = [t for t in targets if t.area != "Viet Nam"]
    with pytest.raises(tfp.MethodError) as raised:
        plot_share_of_growth(national, targets=foreign)
    assert raised.value.code == "chart-targets-of-areas"


def test_an_extreme_year_does_not_flatten_the_others(read):
    panel = tfp.Panel(
        {
            "year": [2000, 2001, 2002, 2003],
            "y": [100.0, 105.0, 107.0, 113.0],
            "k": [200.0, 210.0, 150.0, 155.0],
            "l": [50.0, 50.5, 45.0, 45.5],
        },
        time="year",
        output="y",
        capital="k",
        labour="l",
    )
    accounts = tfp.growth_accounts(panel, capital_share=0.4)
    extreme = accounts.share_of_growth["tfp"].max()
    assert extreme > HIGHEST
    ax = plot_share_of_growth(accounts)
    assert ax.get_ylim()[1] == HIGHEST
    assert f"{extreme:,.1f}" in read.written(ax)
    assert "Bars beyond the axis are cut" in read.written(ax)


def test_target_labels_do_not_touch(national, targets):
    ax = plot_share_of_growth(national, targets=targets, periods=national.periods(PERIODS))
    renderer = ax.figure.canvas.get_renderer()
    labels = [words for words in ax.texts if words.get_color() == TARGET]
    boxes = [words.get_window_extent(renderer) for words in labels]
    assert len(boxes) >= 4
    for i, box in enumerate(boxes):
        assert not any(box.overlaps(other) for other in boxes[i + 1 :])


def test_shares_need_years():
    panel = tfp.Panel(
        {"t": ["2020Q1", "2020Q2"], "y": [1.0, 1.1], "k": [1.0, 1.1], "l": [1.0, 1.0]},
        time="t",
        frequency="quarter",
        output="y",
        capital="k",
        labour="l",
    )
    with pytest.raises(tfp.MethodError) as raised:
        plot_share_of_growth(tfp.growth_accounts(panel, capital_share=0.4))
    assert raised.value.code == "targets-need-years"


def test_an_unknown_term_is_refused(national):
    with pytest.raises(tfp.MethodError) as raised:
        plot_share_of_growth(national, term="land")
    assert raised.value.code == "term-unknown"


def test_a_long_document_name_is_cut(read, national, targets):
    target = next(t for t in targets if t.area == "Viet Nam" and t.superseded_by is None)
    long_name = replace(target, document="A resolution " * 20)
    words = read.written(plot_share_of_growth(national, targets=[long_name]))
    assert "A resolution A resolution" in words
    assert "…:" in words
    assert words.count("resolution") < 10
