"""The TFP index: levels, base year, gaps, several entities, bands."""

from __future__ import annotations

import numpy as np
import pytest

import tfp
from tfp.plots.level import MOST_LINES, plot_tfp_index


def curves(ax):
    """Return the drawn-through lines, one an entity."""
    return [
        line
        for line in ax.lines
        if line.get_linestyle() != "None" and not str(line.get_label()).startswith("_base")
    ]


def test_the_line_is_the_level_with_100_in_the_base_year(national):
    (line,) = curves(plot_tfp_index(national, base=2015))
    level = 100.0 * national.tfp_index(2015)["tfp_index"]
    np.testing.assert_allclose(line.get_ydata(), level, rtol=1e-14)
    assert line.get_ydata()[list(line.get_xdata()).index(2015)] == 100.0


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Level of TFP, 2010 = 100"), ("vi", "năm 2010 = 100")]
)
def test_the_base_year_and_the_last_value_are_written(read, national, language, words):
    ax = plot_tfp_index(national, language=language)
    assert words in read.written(ax)
    last = f"{100.0 * national.tfp_level()[-1]:.1f}"
    assert (last if language == "en" else last.replace(".", ",")) in read.written(ax)


def test_provisional_years_are_hollow(read, national):
    ax = plot_tfp_index(national)
    (hollow,) = (
        line
        for line in ax.lines
        if line.get_marker() == "o" and line.get_markerfacecolor() == "#FFFFFF"
    )
    np.testing.assert_array_equal(hollow.get_xdata(), [2023, 2024])
    assert read.legend_words(ax) == ["Hollow: preliminary or estimated data"]


def test_a_gap_parts_the_line_and_is_noted(read, troubled):
    ax = plot_tfp_index(troubled)
    (line,) = curves(ax)
    known = np.array(line.get_xdata())[np.isfinite(line.get_ydata())]
    np.testing.assert_array_equal(known, [2010, 2011, 2012, 2013])
    assert "2014–2020" in read.written(ax)


def test_several_entities_are_named_at_the_ends_of_their_lines(read, areas):
    ax = plot_tfp_index(areas)
    assert len(curves(ax)) == 3
    for name in areas.rows.entities:
        assert name in read.written(ax)
    assert len(curves(plot_tfp_index(areas, entity=["Hưng Yên", "Hà Nội"]))) == 2


def test_more_lines_than_can_be_told_apart_are_refused():
    count = MOST_LINES + 1
    panel = tfp.Panel(
        {
            "area": np.repeat([f"a{i}" for i in range(count)], 2),
            "t": np.tile([2000, 2001], count),
            "y": np.tile([1.0, 1.1], count),
            "k": np.tile([1.0, 1.1], count),
            "l": np.tile([1.0, 1.1], count),
        },
        entity="area", time="t", output="y", capital="k", labour="l",
    )  # fmt: skip
    accounts = tfp.growth_accounts(panel, capital_share=0.4)
    with pytest.raises(tfp.MethodError) as raised:
        plot_tfp_index(accounts)
    assert raised.value.code == "chart-too-many"
    assert str(count) in str(raised.value)


def test_a_band_is_shaded_between_its_ends(read, national):
    level = national.tfp_level()
    band = tfp.Band(
        low=level * 0.97, centre=level, high=level * 1.02, level=0.9, covers="capital share"
    )
    ax = plot_tfp_index(national, band=band)
    (shade,) = ax.collections
    heights = shade.get_paths()[0].vertices[:, 1]
    for edge in (97.0 * level, 102.0 * level):
        assert np.isin(np.round(edge, 9), np.round(heights, 9)).all()
    assert "Range (90 %): capital share" in read.legend_words(ax)


def test_periods_have_no_level(national):
    with pytest.raises(tfp.MethodError) as raised:
        plot_tfp_index(national.periods(["2011-2015"]))
    assert raised.value.code == "chart-not-for-result"
