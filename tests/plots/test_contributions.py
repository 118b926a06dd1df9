"""The stacked bars are the contributions, and the diamond is their sum."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from matplotlib.figure import Figure

import tfp
from tfp.plots.contributions import plot_contributions
from tfp.plots.style import ACCENT, NO_FACTOR_HATCH, PROVISIONAL_HATCH
from tfp.results.decomposition import Decomposition

EXACT = {"rtol": 0.0, "atol": 1e-12}


def test_bars_are_the_contributions(read, national):
    points = national.contributions
    for bars, name in zip(
        read.stacks(plot_contributions(national)), national.term_names, strict=True
    ):
        np.testing.assert_allclose(bars["at"], points.index, **EXACT)
        np.testing.assert_allclose(bars["height"], points[name], **EXACT)


def test_the_diamond_is_total_growth_and_the_sum_of_the_bars(read, national):
    ax = plot_contributions(national)
    line = read.total_line(ax)
    np.testing.assert_array_equal(line.get_xdata(), national.contributions.index)
    np.testing.assert_allclose(line.get_ydata(), national.contributions["output"], **EXACT)
    heights = sum(bars["height"] for bars in read.stacks(ax))
    np.testing.assert_allclose(heights, line.get_ydata(), rtol=0.0, atol=1e-11)


def test_negative_terms_hang_from_zero_and_positive_ones_rise_from_it(read, national, troubled):
    for accounts in (national, troubled):
        above = below = 0.0
        for bars in read.stacks(plot_contributions(accounts)):
            rising = bars["height"] >= 0
            expected = np.where(rising, above, below)
            np.testing.assert_allclose(bars["foot"], expected, **EXACT)
            above += np.where(rising, bars["height"], 0.0)
            below += np.where(rising, 0.0, bars["height"])
        assert np.min(below) < 0 < np.max(above)


def test_the_legend_has_the_order_of_the_stack_and_the_total(read, national):
    english = ["Capital", "Labour", "TFP", "Output growth", "Preliminary or estimated data"]
    vietnamese = ["Vốn", "Lao động", "TFP", "Tốc độ tăng trưởng", "Số liệu sơ bộ hoặc ước tính"]
    assert read.legend_words(plot_contributions(national)) == english
    assert read.legend_words(plot_contributions(national, language="vi")) == vietnamese


def test_numbers_are_written_as_the_language_does(read, national):
    year = national.contributions.index.get_loc(2020)
    total = national.contributions["output"].iloc[year]
    assert f"{total:.1f}" in read.written(plot_contributions(national))
    assert f"{total:.1f}".replace(".", ",") in read.written(
        plot_contributions(national, language="vi")
    )


def test_unit_entity_source_and_vintage_are_said(read, national):
    words = read.written(plot_contributions(national, source="Office", title="A title"))
    for part in ("Viet Nam", "percentage points", "Office", "June 2025", "A title"):
        assert part in words
    log = tfp.GrowthAccounting(factor_weights=tfp.FixedShares(capital=0.4), rates="log")
    panel = tfp.Panel(
        {"t": [2000, 2001], "y": [1.0, 2.0], "k": [1.0, 1.5], "l": [1.0, 1.1]},
        time="t", output="y", capital="k", labour="l",
    )  # fmt: skip
    assert "log points" in read.written(plot_contributions(log.fit(panel)))


def test_a_title_is_written_only_if_asked_for(national):
    assert len(plot_contributions(national, title="T").texts) == 1 + len(
        plot_contributions(national).texts
    )


def test_preliminary_years_are_hatched_and_marked(read, national, troubled):
    ax = plot_contributions(national)
    years = national.contributions.index
    for bars in read.stacks(ax):
        hatched = [year for year, hatch in zip(years, bars["hatch"], strict=True) if hatch]
        assert hatched == [2023, 2024]
        assert set(bars["hatch"]) == {"", PROVISIONAL_HATCH}
    assert [text.get_text() for text in ax.texts].count("prel.") == 2
    marks = [text.get_text() for text in plot_contributions(troubled, language="vi").texts]
    assert marks.count("sơ bộ") == marks.count("ước") == 1


def test_missing_years_are_gaps_and_noted(read, troubled):
    ax = plot_contributions(troubled)
    known = [2011, 2012, 2013, 2016, 2017, 2020]
    for bars in read.stacks(ax):
        np.testing.assert_array_equal(bars["at"], known)
    assert read.tick_words(ax) == [str(year) for year in range(2011, 2021)]
    line = read.total_line(ax)
    gaps = np.array(line.get_xdata())[np.isnan(line.get_ydata())]
    np.testing.assert_array_equal(gaps, [2014, 2015, 2018, 2019])
    words = [text.get_text() for text in ax.texts]
    assert words.count("n/a") == 2
    assert "no growth rate for 2014–2015, 2018–2019" in read.written(ax)


def test_names_of_the_users_own_are_shown_as_they_are(read, troubled):
    ax = plot_contributions(troubled)
    names = ["Capital (ICT)", "Capital (other)", "Labour", "$materials$", "TFP"]
    assert read.legend_words(ax)[:5] == names
    assert not any(words.get_parse_math() for words in ax.get_legend().get_texts())


def test_tfp_has_the_same_colour_everywhere(read, national, troubled):
    from matplotlib.colors import to_rgba

    for accounts in (national, troubled):
        assert read.stacks(plot_contributions(accounts))[-1]["colour"] == to_rgba(ACCENT)


def test_an_entity_must_be_chosen_among_several(read, areas):
    with pytest.raises(tfp.MethodError) as raised:
        plot_contributions(areas)
    assert raised.value.code == "entity-needed"
    assert "Hà Nội" in str(raised.value)
    with pytest.raises(tfp.MethodError) as raised:
        plot_contributions(areas, entity="Hung Yen")
    assert raised.value.code == "entity-unknown"
    ax = plot_contributions(areas, entity="Hưng Yên")
    np.testing.assert_allclose(read.total_line(ax).get_ydata(), [8.0] * 3, rtol=1e-12)
    assert "Hưng Yên" in read.written(ax)


def test_periods_stand_side_by_side_without_a_line_between(read, national):
    periods = national.periods(["2011-2015", "2016-2020", "2021-2024"])
    ax = plot_contributions(periods)
    for bars, name in zip(read.stacks(ax), periods.term_names, strict=True):
        np.testing.assert_allclose(bars["height"], periods.contributions[name], **EXACT)
    assert read.tick_words(ax) == list(periods.period)
    assert read.total_line(ax).get_linestyle() == "None"
    assert "by sum of rates" in read.written(ax)
    assert [bool(hatch) for hatch in read.stacks(ax)[0]["hatch"]] == [False, False, True]


def test_other_decompositions_are_drawn_too(read, national):
    form = national.productivity_form()
    ax = plot_contributions(form)
    assert read.legend_words(ax)[:2] == ["Capital deepening", "TFP"]
    assert "Labour productivity growth" in read.legend_words(ax)
    hatched = [bool(hatch) for hatch in read.stacks(ax)[0]["hatch"]]
    assert hatched == [False] * (len(hatched) - 2) + [True, True]
    assert "June 2025" in read.written(ax)


def test_returns_to_scale_are_dotted_because_they_are_no_factor(read):
    stated = tfp.OutputElasticities(
        tfp.StatedElasticities({"capital": 0.5, "labour": 0.7}, "value_added", "aggregate")
    )
    panel = tfp.Panel(
        {"t": [2000, 2001], "y": [1.0, 1.2], "k": [1.0, 1.1], "l": [1.0, 1.1]},
        time="t", output="y", capital="k", labour="l",
    )  # fmt: skip
    ax = plot_contributions(tfp.GrowthAccounting(factor_weights=stated).fit(panel))
    hatches = {bars["label"]: bars["hatch"] for bars in read.stacks(ax)}
    assert hatches["Returns to scale"] == [NO_FACTOR_HATCH]
    assert hatches["TFP"] == [""]


def test_terms_that_do_not_add_are_refused(national):
    wrong = Decomposition(
        rows=national.rows,
        total_name="output",
        total=national.total + 1e-9,
        term_names=national.term_names,
        terms=national.terms,
        rates="simple",
    )
    with pytest.raises(tfp.MethodError) as raised:
        plot_contributions(wrong)
    assert raised.value.code == "chart-terms-do-not-add"
    assert "2011" in str(raised.value)


def test_nothing_is_not_drawn_as_zero(national):
    empty = replace(national, total=np.full_like(national.total, np.nan))
    with pytest.raises(tfp.MethodError) as raised:
        plot_contributions(empty)
    assert raised.value.code == "chart-nothing-to-draw"


def test_a_band_stands_around_the_end_of_the_tfp_bar(read, national):
    tfp_growth = national.term("tfp")
    band = tfp.Band(
        low=tfp_growth - 0.004,
        centre=tfp_growth,
        high=tfp_growth + 0.006,
        level=0.9,
        covers="capital share",
    )
    ax = plot_contributions(national, band=band)
    (ranges,) = ax.collections
    ends = np.array([segment[:, 1] for segment in ranges.get_segments()])
    bars = read.stacks(ax)[-1]
    tip = bars["foot"] + bars["height"]
    np.testing.assert_allclose(ends[:, 0], tip - 0.4, atol=1e-9)
    np.testing.assert_allclose(ends[:, 1], tip + 0.6, atol=1e-9)
    middle = np.array([segment[0, 0] for segment in ranges.get_segments()])
    assert (middle > bars["at"]).all(), "clear of the diamond, which is total growth"
    assert "Range of TFP (90 %): capital share" in read.legend_words(ax)


def test_a_band_of_another_length_is_refused(national):
    short = tfp.Band(
        low=np.zeros(3), centre=np.zeros(3), high=np.ones(3), level=0.9, covers="sampling"
    )
    with pytest.raises(tfp.MethodError) as raised:
        plot_contributions(national, band=short)
    assert raised.value.code == "chart-band-length"


@pytest.mark.parametrize("language", ["en", "vi"])
def test_legend_and_words_stay_clear_of_the_bars(national, troubled, language):
    for accounts in (national, troubled):
        ax = plot_contributions(accounts, language=language, title="T", source="S" * 150)
        renderer = ax.figure.canvas.get_renderer()
        bottom_of_legend = ax.get_legend().get_window_extent(renderer).y0
        assert bottom_of_legend >= ax.get_window_extent().y1
        subtitle = next(
            t for t in ax.texts if "Contributions" in t.get_text() or "Đóng góp" in t.get_text()
        )
        assert (
            subtitle.get_window_extent(renderer).y0
            >= ax.get_legend().get_window_extent(renderer).y1
        )
        inside = ax.get_tightbbox(renderer)
        page = ax.figure.bbox
        assert page.x0 <= inside.x0
        assert page.y0 <= inside.y0
        assert inside.x1 <= page.x1
        assert inside.y1 <= page.y1


def test_axes_of_the_callers_are_drawn_into_and_returned(read, national):
    figure = Figure(figsize=(8, 4))
    left, right = figure.subplots(1, 2)
    assert plot_contributions(national, ax=left) is left
    assert read.stacks(left)
    assert not right.containers
    np.testing.assert_array_equal(figure.get_size_inches(), [8, 4])


def test_the_zero_line_is_heavier_than_the_grid(national):
    ax = plot_contributions(national)
    zero = next(line for line in ax.lines if line.get_label() == "_zero")
    assert set(zero.get_ydata()) == {0.0}
    assert zero.get_linewidth() > ax.get_ygridlines()[0].get_linewidth()


def test_figures_can_be_left_out(national):
    assert len(plot_contributions(national, figures=False).texts) < len(
        plot_contributions(national).texts
    )


def test_another_kind_of_result_is_refused(national, targets):
    with pytest.raises(tfp.MethodError) as raised:
        plot_contributions(national.against(targets))
    assert raised.value.code == "chart-not-for-result"


def test_the_result_offers_the_chart(read, national, areas):
    assert len(read.stacks(national.plot(language="vi"))) == 3
    assert read.total_line(areas.plot.contributions(entity="Đà Nẵng")) is not None
