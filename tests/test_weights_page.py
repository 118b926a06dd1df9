"""The page on weights and assumptions, run as it stands: its tables, its words, its charts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[1] / "docs" / "weights_and_assumptions.md"
WORDS = PAGE.read_text(encoding="utf-8")
PRINTED = 0.5e-2  # shares of growth printed with two decimals
PRINTED_MORE = 0.5e-4  # and with four


@pytest.fixture(scope="module")
def page():
    """Return the names that the page's cells leave behind."""
    names = {}
    for cell in re.findall(r"```\{code-cell\} python\n(.*?)```", WORDS, re.DOTALL):
        exec(cell, names)  # noqa: S102  (our own page)
    return names


def test_gollins_second_adjustment_for_2016(page):
    assert round(page["compensation_2016"]) == 1_313_551
    assert page["capital_share_2016"] == pytest.approx(0.6123, abs=PRINTED_MORE)


@pytest.mark.parametrize(
    ("capital_share", "first", "last"),
    [
        ("0.36", 39.09, 47.02),
        ("0.40", 35.02, 42.85),
        ("0.46", 28.93, 36.60),
        ("0.61", 13.70, 20.96),
    ],
)
def test_what_each_capital_share_does(page, capital_share, first, last):
    shares = page["of_capital_share"].loc[capital_share]
    assert shares["2011-2015"] == pytest.approx(first, abs=PRINTED)
    assert shares["2021-2024"] == pytest.approx(last, abs=PRINTED)


@pytest.mark.parametrize(
    ("variant", "shares"),
    [
        ("mixed_to_labour, taxes in", (0.54, 0.54, 0.54, 0.54, 0.54, 0.54)),
        ("mixed_to_labour, taxes out", (0.6017, 0.5922, 0.5912, 0.5927, 0.5938, 0.5948)),
        ("mixed_as_rest, taxes out", (0.3396, 0.3474, 0.3503, 0.3553, 0.3771, 0.3877)),
        ("average_wage, taxes out", (0.5916, 0.6250, 0.6326, 0.6297, 0.6254, 0.6228)),
        ("compensation_only, taxes in", (0.1838, 0.1979, 0.2013, 0.2045, 0.2236, 0.2329)),
    ],
)
def test_labour_shares_of_2011_to_2016(page, variant, shares):
    found = page["labour_shares"].loc[variant]
    assert found.index.tolist() == list(range(2011, 2017))
    assert found.tolist() == pytest.approx(shares, abs=PRINTED_MORE)


def test_every_treatment_with_taxes_in_out_and_split(page):
    treatments = {variant.partition(", ")[0] for variant in page["ranges"].variants}
    assert treatments == {
        "mixed_to_labour", "mixed_as_rest", "average_wage", "agriculture_to_labour",
        "household_survey", "compensation_only",
    }  # fmt: skip
    assert len(page["ranges"].variants) == 3 * len(treatments)
    assert page["ranges"].warnings == ()


def test_a_survey_speaks_in_its_years_only(page):
    told = page["labour_shares"].loc["household_survey, taxes in"].dropna()
    assert told.round(4).to_dict() == {2012: 0.4658, 2014: 0.5143, 2016: 0.5605}


def test_a_held_share_is_a_fixed_share(page):
    """The range's accounts with 0.54 are those of a fixed capital share of 0.46."""
    held = page["by_treatment"].loc["mixed_to_labour, taxes in"]
    fixed = page["of_capital_share"].loc["0.46"]
    assert held.tolist() == pytest.approx(fixed.tolist(), rel=1e-12)


@pytest.mark.parametrize(
    ("row", "first", "second"),
    [("2.1", 22.7975, 40.2843), ("2.45", 33.5167, 45.3191), ("2.507", 35.0249, 46.0762),
     ("0.050", 35.0249, 46.0762), ("end", 35.0249, 46.0762)],
)  # fmt: skip
def test_stock_depreciation_and_timing(page, row, first, second):
    shares = page["of_capital"].loc[row]
    assert shares["2011-2015"] == pytest.approx(first, abs=PRINTED_MORE)
    assert shares["2016-2019"] == pytest.approx(second, abs=PRINTED_MORE)


def test_the_words_on_widths_are_true(page):
    width = page["width"].round(1)
    ratio, share = width.loc["Capital-output ratio of 2010"], width.loc["Capital share"]
    office = width.loc["Capital share, 0.36 to 0.46"]
    assert ratio["2011-2015"] == 19.2
    assert ratio["2011-2015"] > 1.8 * office["2011-2015"]
    later = ["2016-2019", "2016-2020", "2021-2024"]
    assert (office[later] > ratio[later]).all()
    assert (round(office.min()), round(office.max())) == (10, 13)
    assert (round(share.min()), round(share.max())) == (25, 32)
    depreciation = width.loc["Depreciation"]
    assert (round(depreciation.min()), round(depreciation.max())) == (4, 10)
    timing = width.loc["Stock that enters production"]
    assert (round(timing.min()), round(timing.max())) == (0, 3)
    flowing = " ".join(WORDS.split())
    for words in ("19.2 points", "10 to 13 points", "25 to 32", "4 to 10 points", "0 to 3"):
        assert words in flowing


def test_the_words_on_labour_shares_are_true(page):
    shares = page["labour_shares"].round(2)
    office = shares[shares.index.str.startswith("mixed_to_labour")]
    assert (office.min().min(), office.max().max()) == (0.54, 0.64)
    wage = shares[shares.index.str.startswith("average_wage")][2016]
    assert (wage.min(), wage.max()) == (0.57, 0.66)
    workers = page["table"].loc[2016]
    ours = page["survey"].loc[2016].drop("population").sum()
    assert round(100 * (ours / 3098 - 1), 1) == 3.5
    assert round(100 * workers["wage_workers"] / workers["employed"]) == 41


@pytest.mark.parametrize(("chart", "rows"), [("treatments", 18), ("assumptions", 21)])
def test_the_charts_show_every_variant(page, chart, rows):
    ax = page[f"chart_of_{chart}"]
    assert len(ax.get_yticklabels()) == rows
    assert ax._repr_png_().startswith(b"\x89PNG")
