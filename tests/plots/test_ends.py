"""Labels at the ends of lines are moved apart, and no further than needed."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tfp.plots.ends import Label, moved_apart, write_clear
from tfp.plots.sheet import axes_for

POSITIONS = st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=9)


@given(POSITIONS, st.floats(0.1, 50.0))
def test_labels_are_apart_and_keep_their_order(at, least):
    placed = moved_apart(at, least)
    ranks = sorted(range(len(at)), key=lambda i: at[i])
    ordered = [placed[i] for i in ranks]
    assert all(b - a >= least - 1e-9 for a, b in pairwise(ordered))


@given(POSITIONS, st.floats(0.1, 50.0))
def test_their_middle_stays_where_it_was(at, least):
    assert sum(moved_apart(at, least)) == pytest.approx(sum(at), abs=1e-6)


def test_labels_with_room_are_not_moved():
    assert moved_apart([30.0, 0.0, 15.0], 10.0) == [30.0, 0.0, 15.0]


def boxes_after(labels):
    ax, _ = axes_for(None, 2.0)
    ax.set_xlim(2010, 2030)
    ax.set_ylim(0, 60)
    write_clear(ax, labels)
    renderer = ax.figure.canvas.get_renderer()
    return [words.get_window_extent(renderer) for words in ax.texts]


def test_labels_of_close_lines_do_not_touch():
    lines = [(2016, 2020, 44.6), (2020, 2021, 45.0), (2019, 2021, 46.0), (2021, 2025, 43.0)]
    labels = [Label(a, b, y, y, f"{y} per cent", "#000000") for a, b, y in lines]
    boxes = boxes_after(labels)
    for i, box in enumerate(boxes):
        assert not any(box.overlaps(other) for other in boxes[i + 1 :])


def test_a_label_stands_above_the_right_end_of_its_line_where_it_can():
    (box,) = boxes_after([Label(2012.0, 2020.0, 30.0, 30.0, "30", "#000000")])
    ax, _ = axes_for(None, 2.0)
    ax.set_xlim(2010, 2030)
    ax.set_ylim(0, 60)
    x, y = ax.transData.transform((2020.0, 30.0))
    assert box.y0 > y
    assert box.x1 == pytest.approx(x, abs=2.0)
