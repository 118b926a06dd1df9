"""Small multiples: one panel an entity, one scale, one legend."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.figure import Figure

import tfp
from tfp.plots.multiples import MOST_PANELS, plot_small_multiples


def panels(figure):
    return [ax for ax in figure.axes if ax.get_label() != "frame"]


def frame(figure):
    return next(ax for ax in figure.axes if ax.get_label() == "frame")


def many(count):
    table = {
        "area": np.repeat([f"a{i:03}" for i in range(count)], 3),
        "t": np.tile([2000, 2001, 2002], count),
        **{name: np.tile([1.0, 1.1, 1.15], count) for name in "ykl"},
    }
    panel = tfp.Panel(table, entity="area", time="t", output="y", capital="k", labour="l")
    return tfp.growth_accounts(panel, capital_share=0.4)


def test_each_panel_shows_its_entity(read, areas):
    figure = plot_small_multiples(areas)
    assert isinstance(figure, Figure)
    for ax, name in zip(panels(figure), areas.rows.entities, strict=True):
        points = areas.contributions.loc[name]
        for bars, term in zip(read.stacks(ax), areas.term_names, strict=True):
            np.testing.assert_allclose(bars["height"], points[term], rtol=0.0, atol=1e-12)
        assert name in read.written(ax)


def test_panels_share_one_scale_and_one_legend(read, areas):
    figure = plot_small_multiples(areas, language="vi")
    assert len({ax.get_ylim() for ax in panels(figure)}) == 1
    assert len({ax.get_xlim() for ax in panels(figure)}) == 1
    assert all(ax.get_legend() is None for ax in panels(figure))
    assert read.legend_words(frame(figure)) == ["Vốn", "Lao động", "TFP", "Tốc độ tăng trưởng"]


def test_entities_are_chosen_and_ordered(read, areas):
    figure = plot_small_multiples(areas, entities=["Đà Nẵng", "Hà Nội"])
    assert [read.written(ax) for ax in panels(figure)] == ["Đà Nẵng", "Hà Nội"]
    with pytest.raises(tfp.MethodError) as raised:
        plot_small_multiples(areas, entities=["Huế"])
    assert raised.value.code == "entity-unknown"


def test_periods_are_drawn_too(read, areas):
    periods = areas.periods(["2021-2022", "2023"])
    for ax in panels(plot_small_multiples(periods)):
        assert [len(bars["at"]) for bars in read.stacks(ax)] == [2, 2, 2]


def test_a_page_holds_so_many_panels_and_no_more():
    assert len(panels(plot_small_multiples(many(MOST_PANELS)))) == MOST_PANELS
    with pytest.raises(tfp.MethodError) as raised:
        plot_small_multiples(many(MOST_PANELS + 1))
    assert raised.value.code == "chart-too-many"
    assert str(MOST_PANELS) in str(raised.value)


def test_panels_and_legend_stay_apart():
    figure = plot_small_multiples(many(7), title="Title", source="Office")
    renderer = figure.canvas.get_renderer()
    boxes = [ax.get_tightbbox(renderer) for ax in panels(figure)]
    boxes.append(frame(figure).get_legend().get_window_extent(renderer))
    for i, box in enumerate(boxes):
        assert not any(box.overlaps(other) for other in boxes[i + 1 :])
        assert figure.bbox.x0 <= box.x0
        assert box.x1 <= figure.bbox.x1 + 1
        assert figure.bbox.y0 <= box.y0
        assert box.y1 <= figure.bbox.y1
