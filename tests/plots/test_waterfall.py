"""The waterfall goes from zero to total growth, each block from where the last one ended."""

from __future__ import annotations

import numpy as np
import pytest

import tfp
from tfp.language.numbers import show_number
from tfp.plots.waterfall import plot_waterfall


def blocks(ax):
    return [(block.get_y(), block.get_height()) for block in ax.patches]


def test_each_block_begins_where_the_one_before_ended(national):
    periods = national.periods(["2011-2015", "2016-2020"])
    *parts, total = blocks(plot_waterfall(periods, period="2016-2020"))
    row = periods.contributions.loc["2016-2020"]
    np.testing.assert_allclose(
        [height for _, height in parts], row[list(periods.term_names)], rtol=0.0, atol=1e-12
    )
    ends = np.cumsum([height for _, height in parts])
    np.testing.assert_allclose([foot for foot, _ in parts], [0.0, *ends[:-1]], atol=1e-12)
    assert total == (0.0, pytest.approx(row["output"], abs=1e-12))
    assert total[1] == pytest.approx(ends[-1], abs=1e-11)


@pytest.mark.parametrize(
    ("language", "last"), [("en", "Output growth"), ("vi", "Tốc độ tăng trưởng")]
)
def test_blocks_are_named_and_their_figures_written(read, national, language, last):
    ax = plot_waterfall(national, period=2020, language=language)
    assert read.tick_words(ax)[-1] == last
    for name in ("capital", "labour", "tfp"):
        value = national.contributions.loc[2020, name]
        assert show_number(value, 2, language, sign=True) in read.written(ax)


def test_the_last_period_is_drawn_unless_one_is_named(read, national):
    assert "2024. Contributions" in read.written(plot_waterfall(national))
    with pytest.raises(tfp.MethodError) as raised:
        plot_waterfall(national, period=2010)
    assert raised.value.code == "chart-period-unknown"


def test_preliminary_years_are_hatched_throughout(read, national):
    ax = plot_waterfall(national, period=2024)
    assert all(block.get_hatch() for block in ax.patches)
    assert "preliminary or estimated data" in read.written(ax)
    assert not any(block.get_hatch() for block in plot_waterfall(national, period=2020).patches)


def test_a_rounding_difference_is_noted(read):
    panel = tfp.Panel(
        {"t": [2000, 2001], "y": [100.0, 100.01], "k": [100.0, 100.0085], "l": [100.0, 100.0085]},
        time="t",
        output="y",
        capital="k",
        labour="l",
    )
    ax = plot_waterfall(tfp.growth_accounts(panel, capital_share=0.5))
    # Shown: 0.00 + 0.00 + 0.00 and 0.01.
    assert "+0.00" not in read.written(ax)
    assert "Figures are rounded" in read.written(ax)
