"""The chart of assumptions: a row for each, a dot for each period, at the value of the result."""

from __future__ import annotations

import numpy as np
import pytest

import tfp
from tfp.plots.variants import plot_variants

PERIODS = ["2011-2015", "2016-2019", "2021-2024"]


@pytest.fixture(scope="module")
def variants(national):
    return {
        f"{share:.2f}": tfp.growth_accounts(national.panel, capital_share=share).periods(
            PERIODS, average="increments"
        )
        for share in (0.36, 0.40, 0.46)
    }


def dots(ax):
    """Return the dots as (row, value), row by row, without the lines between them."""
    return [
        (int(line.get_ydata()[0]), float(line.get_xdata()[0]))
        for line in ax.lines
        if line.get_marker() not in ("None", None, "")
    ]


def names(ax):
    return [words.get_text() for words in ax.get_yticklabels()]


def test_every_dot_is_a_share_of_the_result(variants):
    ax = plot_variants(variants)
    expected = [
        (row, share)
        for row, item in enumerate(variants.values())
        for share in item.share_of_growth["tfp"]
    ]
    assert dots(ax) == expected
    assert names(ax) == ["0.36", "0.40", "0.46"]
    low, high = ax.get_ylim()
    assert low > high, "the first one stands at the top"


def test_points_of_another_term_on_request(variants):
    ax = plot_variants(variants, measure="points", term="capital", periods=PERIODS[:1])
    expected = [item.contributions["capital"].iloc[0] for item in variants.values()]
    np.testing.assert_allclose([value for _, value in dots(ax)], expected)


def test_groups_stand_above_their_variants(variants):
    ax = plot_variants({"Capital share": variants, "alone": variants["0.40"]})
    assert names(ax) == ["Capital share", "0.36", "0.40", "0.46", "alone"]
    weights = [words.get_fontweight() for words in ax.get_yticklabels()]
    assert weights == ["bold", "normal", "normal", "normal", "normal"]
    assert {row for row, _ in dots(ax)} == {1, 2, 3, 4}


def test_preliminary_periods_are_hollow_and_said(variants):
    ax = plot_variants(variants)
    faces = [
        line.get_markerfacecolor() == "#FFFFFF" for line in ax.lines if line.get_marker() in "os^"
    ]
    assert faces == [False, False, True] * 3
    entries = [words.get_text() for words in ax.get_legend().get_texts()]
    assert entries == [*PERIODS, "Hollow: preliminary or estimated data"]


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Share of TFP in growth under each assumption"), ("vi", "theo từng giả định")],
)
def test_words_and_figures_in_both_languages(read, variants, language, words):
    ax = plot_variants(variants, language=language)
    written = read.written(ax)
    assert words in written
    share = float(variants["0.36"].share_of_growth["tfp"].iloc[0])
    assert f"{share:.1f}".replace(".", "," if language == "vi" else ".") in written


def test_figures_of_near_dots_stand_apart(variants):
    ax = plot_variants({"near": variants["0.40"]}, periods=["2016-2019", "2021-2024"])
    offsets = {words.xyann[1] > 0 for words in ax.texts if words.get_ha() == "center"}
    share = variants["0.40"].share_of_growth["tfp"]
    low, high = ax.get_xlim()
    near = abs(share["2016-2019"] - share["2021-2024"]) < 0.055 * (high - low)
    assert (len(offsets) == 2) == near


def test_a_blank_share_has_no_dot_and_is_named(read):
    frame = {"year": [2019, 2020, 2021], "y": [100.0, 103.0, 103.5], "k": [1.0, 1.1, 1.2],
             "l": [1.0, 1.0, 1.0]}  # fmt: skip
    panel = tfp.Panel(frame, time="year", output="y", capital="k", labour="l")
    item = tfp.growth_accounts(panel, capital_share=0.4).periods(["2020", "2021"])
    ax = plot_variants({"small growth": item})
    assert len(dots(ax)) == 1
    assert "small growth (2021)" in read.written(ax)


def test_the_range_of_labour_shares_names_its_variants(examples_range):
    ax = examples_range.plot.variants(language="vi")
    assert len(names(ax)) == len(examples_range.variants)
    assert names(ax)[0] == "Thu nhập hỗn hợp cho lao động, gồm thuế"


@pytest.fixture
def examples_range(national):
    frame = {"year": [2016], "gdp": [100.0], "wages": [25.0], "mixed": [30.0], "taxes": [10.0]}
    incomes = tfp.Panel(
        frame, time="year", area="Viet Nam", income="gdp", compensation="wages",
        mixed_income="mixed", product_taxes="taxes",
    )  # fmt: skip
    method = tfp.GrowthAccounting(factor_weights=tfp.FixedShares(capital=0.4))
    return tfp.labour_share_range(
        national.panel, method, PERIODS, incomes=incomes, hold=2016, source="table"
    )


@pytest.mark.parametrize(
    ("code", "options"),
    [
        ("option-unknown", {"measure": "level"}),
        ("chart-period-unknown", {"periods": ["1999-2000"]}),
        ("term-unknown", {"term": "land"}),
        ("entity-unknown", {"entity": "Huế"}),
        ("chart-too-many", {"periods": PERIODS * 3}),
    ],
)
def test_what_cannot_be_drawn(variants, code, options):
    with pytest.raises(tfp.TFPError) as error:
        plot_variants(variants, **options)
    assert error.value.code == code


def test_other_results_are_refused(national, variants):
    for wrong, code in (
        (national, "chart-not-for-result"),
        ({"a": national}, "chart-not-for-result"),
        ({}, "chart-too-many"),
        ({f"{n}": variants["0.40"] for n in range(41)}, "chart-too-many"),
    ):
        with pytest.raises(tfp.TFPError) as error:
            plot_variants(wrong)
        assert error.value.code == code
