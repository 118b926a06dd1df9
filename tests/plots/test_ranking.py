"""The ranking: every entity once, the largest first, blanks last and explained."""

from __future__ import annotations

import numpy as np
import pytest

import tfp
from tfp.plots.ranking import plot_ranked


def dots(ax):
    return [float(line.get_xdata()[0]) for line in ax.lines if line.get_marker() == "o"]


def entity_words(ax):
    return [words.get_text() for words in ax.get_yticklabels()]


def test_entities_are_ordered_by_their_contribution(areas):
    ax = plot_ranked(areas, period=2022)
    expected = areas.contributions["tfp"].xs(2022, level=1).sort_values(ascending=False)
    assert entity_words(ax) == list(expected.index)
    np.testing.assert_allclose(dots(ax), expected, rtol=0.0, atol=1e-12)
    low, high = ax.get_ylim()
    assert low > high, "the first one stands at the top"


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Share of TFP in growth, 2023, per cent"), ("vi", "đóng góp của TFP vào tăng trưởng")],
)
def test_shares_are_ranked_on_request(read, areas, language, words):
    ax = plot_ranked(areas, measure="share", language=language)
    expected = areas.share_of_growth["tfp"].xs(2023, level=1).sort_values(ascending=False)
    np.testing.assert_allclose(dots(ax), expected, rtol=0.0, atol=1e-12)
    assert words in read.written(ax)


def test_periods_are_ranked_by_name(areas):
    periods = areas.periods(["2021-2022", "2022-2023"])
    ax = plot_ranked(periods, period="2021-2022", term="capital")
    expected = periods.contributions["capital"].xs("2021-2022", level=1)
    np.testing.assert_allclose(dots(ax), expected.sort_values(ascending=False), atol=1e-12)


def falling():
    panel = tfp.Panel(
        {
            "area": ["a", "a", "b", "b", "c", "c"],
            "t": [2000, 2001] * 3,
            "y": [100.0, 105.0, 100.0, 90.0, 100.0, np.nan],
            "k": [1.0, 1.02] * 3,
            "l": [1.0, 1.01] * 3,
        },
        entity="area", time="t", output="y", capital="k", labour="l",
    )  # fmt: skip
    return tfp.growth_accounts(panel, capital_share=0.4)


def test_blank_shares_stand_last_with_a_cross_and_the_reason(read):
    ax = plot_ranked(falling(), measure="share")
    assert entity_words(ax) == ["a", "b", "c"]
    assert len(dots(ax)) == 1
    assert [line.get_marker() for line in ax.lines].count("x") == 2
    assert "growth is negative (b)" in read.written(ax)
    assert "data are missing (c)" in read.written(ax)


def test_an_entity_without_a_value_is_named(read):
    ax = plot_ranked(falling())
    assert entity_words(ax) == ["a", "b", "c"]
    assert "no value for c" in read.written(ax)


def test_highlighted_entities_are_bold(areas):
    ax = plot_ranked(areas, highlight=["Hưng Yên"])
    bold = [w.get_text() for w in ax.get_yticklabels() if w.get_fontweight() == "bold"]
    assert bold == ["Hưng Yên"]


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"period": 1999}, "chart-period-unknown"),
        ({"measure": "rank"}, "option-unknown"),
        ({"term": "land"}, "term-unknown"),
        ({"entities": ["Huế"]}, "entity-unknown"),
        ({"entities": []}, "chart-too-many"),
    ],
)
def test_what_is_not_there_is_refused(areas, options, code):
    with pytest.raises(tfp.MethodError) as raised:
        plot_ranked(areas, **options)
    assert raised.value.code == code
