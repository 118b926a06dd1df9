"""Growth of output, inputs and TFP as lines and as bars."""

from __future__ import annotations

import numpy as np
import pytest

import tfp
from tfp.plots.factors import plot_factor_growth


def named_lines(ax):
    return {
        line.get_label(): line for line in ax.lines if not str(line.get_label()).startswith("_")
    }


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ["Output", "Capital", "Labour", "TFP"]),
        ("vi", ["Sản lượng", "Vốn", "Lao động", "TFP"]),
    ],
)
def test_lines_are_the_growth_rates_and_named_at_their_ends(read, national, language, names):
    ax = plot_factor_growth(national, language=language)
    lines = named_lines(ax)
    assert list(lines) == names
    for line, column in zip(lines.values(), national.factor_growth, strict=True):
        expected = national.factor_growth[column]
        np.testing.assert_allclose(line.get_ydata(), expected, rtol=0.0, atol=1e-12)
    for name in names:
        assert f"{name} " in read.written(ax)


def test_lines_differ_without_colour(national):
    looks = [
        (str(line.get_linestyle()), line.get_marker())
        for line in named_lines(plot_factor_growth(national)).values()
    ]
    assert len(set(looks)) == len(looks)


def test_bars_are_the_growth_rates(read, national):
    ax = plot_factor_growth(national, shape="bars")
    for bars, column in zip(read.stacks(ax), national.factor_growth, strict=True):
        expected = national.factor_growth[column]
        np.testing.assert_allclose(bars["height"], expected, rtol=0.0, atol=1e-12)
        assert [bool(hatch) for hatch in bars["hatch"]] == [y >= 2023 for y in expected.index]
    assert read.legend_words(ax)[:4] == ["Output", "Capital", "Labour", "TFP"]


def test_an_input_known_without_output_is_drawn(troubled):
    ax = plot_factor_growth(troubled)
    labour = named_lines(ax)["Labour"]
    known = np.array(labour.get_xdata())[np.isfinite(labour.get_ydata())]
    assert {2018, 2019} <= set(known)
    assert np.isnan(named_lines(ax)["Output"].get_ydata()[list(labour.get_xdata()).index(2018)])


def test_an_unknown_shape_is_refused(national):
    with pytest.raises(tfp.MethodError) as raised:
        plot_factor_growth(national, shape="pies")
    assert raised.value.code == "option-unknown"


def test_an_entity_must_be_chosen(areas):
    with pytest.raises(tfp.MethodError) as raised:
        plot_factor_growth(areas)
    assert raised.value.code == "entity-needed"
    assert list(named_lines(plot_factor_growth(areas, entity="Hà Nội")))
