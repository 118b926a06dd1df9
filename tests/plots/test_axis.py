"""Numbers and years on axes."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from tfp.plots.axis import NumberFormatter, decimals_needed, label_positions, name_positions
from tfp.plots.sheet import axes_for


@pytest.mark.parametrize(
    ("ticks", "digits"),
    [
        ([-2.0, 0.0, 2.0], 0),
        ([0.0, 2.5, 5.0], 1),
        ([0.0, 0.25], 2),
        ([0.1 + 0.2, 0.6], 1),
        ([1e-9, 2e-9], 6),
        ([1000.0, 2000.0], 0),
    ],
)
def test_ticks_get_the_decimals_they_need(ticks, digits):
    assert decimals_needed(ticks) == digits


def test_tick_labels_follow_the_language():
    ticks = [-2.5, 0.0, 1250.0]
    assert NumberFormatter("en").format_ticks(ticks) == ["-2.5", "0.0", "1,250.0"]
    assert NumberFormatter("vi").format_ticks(ticks) == ["-2,5", "0,0", "1.250,0"]
    assert NumberFormatter("vi")(2.5) == "2,5"


def axes_over(first, last):
    ax, _ = axes_for(None, 2.0)
    ax.set_xlim(first - 0.5, last + 0.5)
    return ax


def shown(ax):
    return [words.get_text() for words in ax.get_xticklabels()]


def test_all_years_are_named_while_there_is_room():
    years = np.arange(2011, 2025)
    ax = axes_over(2011, 2024)
    name_positions(ax, years, [str(year) for year in years])
    assert shown(ax) == [str(year) for year in years]


def test_crowded_years_are_thinned_and_the_last_one_kept():
    years = np.arange(1960, 2025)
    ax = axes_over(1960, 2024)
    name_positions(ax, years, [str(year) for year in years])
    assert shown(ax)[-1] == "2024"
    assert 5 <= len(shown(ax)) <= 20
    renderer = ax.figure.canvas.get_renderer()
    boxes = [words.get_window_extent(renderer) for words in ax.get_xticklabels()]
    assert not any(a.overlaps(b) for a, b in pairwise(boxes))


def test_long_period_names_are_broken_before_they_are_dropped():
    names = [f"{year}-{year + 4}" for year in range(1961, 2021, 5)]
    ax = axes_over(0, len(names) - 1)
    name_positions(ax, np.arange(len(names)), names)
    assert shown(ax) == [name[:5] for name in names]
    assert [words.get_text() for words in ax.texts] == [name[5:] for name in names]


def test_lines_of_labels_stand_on_common_baselines():
    ax = axes_over(0, 2)
    label_positions(ax, [0.0, 1.0, 2.0], ["Vốn", "TFP\nsơ bộ", "Đ\nước"])
    renderer = ax.figure.canvas.get_renderer()
    ax.figure.draw(renderer)
    assert {words.get_verticalalignment() for words in ax.get_xticklabels()} == {"baseline"}
    assert len({words.xyann[1] for words in ax.texts}) == 1
