"""The chart of estimates: dots and bands at the values of the result, elasticities named."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import tfp
from tfp.plots.estimates import plot_estimates

PERIODS = ["2011-2015", "2016-2019", "2021-2024"]


@pytest.fixture(scope="module")
def comparison(national):
    estimate = tfp.PooledLeastSquares().fit(national.panel)
    stated = tfp.StatedElasticities({"capital": 0.4, "labour": 0.6}, "value_added", "aggregate")
    return tfp.compare_estimates(
        {"OLS": estimate, "stated": stated}, panel=national.panel, periods=PERIODS
    )


def marks(ax):
    return [
        (float(line.get_ydata()[0]), float(line.get_xdata()[0]))
        for line in ax.lines
        if line.get_marker() not in ("None", None, "")
    ]


def bands(ax):
    return [tuple(map(float, line.get_xdata())) for line in ax.lines if len(line.get_xdata()) == 2]


def test_dots_are_tfp_growth_and_lines_its_band(comparison):
    ax = plot_estimates(comparison)
    values = [value for _, value in marks(ax)]
    expected = comparison.tfp_growth.T.to_numpy().ravel()
    np.testing.assert_allclose(values, expected)
    rows = [at for at, _ in marks(ax)]
    assert [round(at) for at in rows] == [0, 0, 0, 1, 1, 1]
    assert len(set(rows)) == 6, "periods of one row do not hide each other"
    band = comparison.bands[0]
    drawn = [ends for ends in bands(ax) if ends in set(zip(band.low, band.high, strict=True))]
    assert len(drawn) == 3


def test_shares_on_request(comparison):
    ax = plot_estimates(comparison, measure="share", periods=PERIODS[:2])
    np.testing.assert_allclose(
        [value for _, value in marks(ax)], comparison.tfp_share.iloc[:2].T.to_numpy().ravel()
    )


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["capital 0.40", "labour 0.60", "sum 1.00", "95% intervals", "TFP growth under"]),
        ("vi", ["vốn 0,40", "lao động 0,60", "tổng 1,00", "95%", "theo từng ước lượng"]),
    ],
)
def test_elasticities_and_the_meaning_of_the_lines_are_said(read, comparison, language, words):
    ax = plot_estimates(comparison, language=language)
    names = " ".join(words.get_text() for words in ax.get_yticklabels())
    written = f"{names} {read.written(ax)}"
    assert [word for word in words if word not in written] == []


def test_doubtful_estimates_are_named(read, comparison):
    doubtful = replace(comparison, identified={"OLS": False, "stated": True})
    assert "only admissible answer: OLS." in read.written(plot_estimates(doubtful))
    assert "admissible" not in read.written(plot_estimates(comparison))


def test_preliminary_periods_are_hollow(comparison):
    ax = plot_estimates(comparison)
    faces = [line.get_markerfacecolor() == "#FFFFFF" for line in ax.lines if len(
        line.get_xdata()) == 1]  # fmt: skip
    assert faces == [False, False, True] * 2


def test_it_hangs_on_the_result(comparison):
    assert comparison.plot.estimates(language="vi").get_yticklabels()


@pytest.mark.parametrize(
    ("code", "options"),
    [
        ("option-unknown", {"measure": "level"}),
        ("chart-period-unknown", {"periods": ["1999-2000"]}),
        ("entity-unknown", {"entity": "Huế"}),
        ("chart-too-many", {"periods": PERIODS * 3}),
    ],
)
def test_what_cannot_be_drawn(comparison, code, options):
    with pytest.raises(tfp.TFPError) as error:
        plot_estimates(comparison, **options)
    assert error.value.code == code


def test_other_results_are_refused(national):
    with pytest.raises(tfp.TFPError) as error:
        plot_estimates(national)
    assert error.value.code == "chart-not-for-result"
