"""Parts and totals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tfp

SPLIT = tfp.PartsOf("total", ("a", "b", "c"))
TAXED = tfp.PartsOf("total", ("a", "b", "c"), optional=("taxes",))


def year_of(total, parts, year=2021, book="book"):
    return [("total", year, total, book), *((n, year, x, book) for n, x in parts.items())]


def test_parts_that_add_within_rounding(make, found):
    figures = make(*year_of(100.1, {"a": 33.4, "b": 33.4, "c": 33.4}))
    assert found(figures, SPLIT) == []


def test_parts_that_do_not_add(make, found):
    figures = make(*year_of(100.03, {"a": 33.37, "b": 33.37, "c": 43.62}))
    assert found(figures, SPLIT) == [("parts-differ", [("total", 2021)])]


@pytest.mark.parametrize("parts", [("a", "b"), ("a", "b", "c", "d")])
def test_a_relation_with_parts_missing_says_nothing(make, found, parts):
    figures = make(*year_of(100.0, {"a": 10.0, "b": 10.0}))
    assert found(figures, tfp.PartsOf("total", (*parts, "z"))) == []


def test_a_swap_is_diagnosed_and_confirmed_by_the_share(yearbooks):
    parts = tuple(f"social_investment_cur_{p}" for p in ("state", "nonstate", "fdi"))
    split = tfp.PartsOf("social_investment_cur", parts)
    several = [f for f in yearbooks.check([split]) if f.code.startswith("parts")]
    assert [f.code for f in several] == ["parts-several-repairs"]
    assert several[0].fields["suspects"] == parts[:2]
    share = tfp.RatioOf("social_investment_cur_share_nonstate", parts[1], "social_investment_cur")
    found = [f for f in yearbooks.check([split, share]) if f.code.startswith("parts")]
    assert [f.code for f in found] == ["parts-swap", "parts-share-confirms"]
    assert found[0].fields["repaired"] == 10849.78
    assert "10,849.78 instead of 10,894.78 billion VND" in found[0].part("found")
    assert "10.849,78 thay vì 10.894,78 billion VND" in found[0].part("found", "vi")


def test_after_the_correction_nothing_is_found(yearbooks):
    right = yearbooks.correct(
        "social_investment_cur_nonstate", 2021, printed=10894.78, corrected=10849.78,
        reason="two digits exchanged", source="its printed share of 60.31 %",
    )  # fmt: skip
    before = [f.code for f in yearbooks.check(tfp.suggest_relations(yearbooks))]
    after = [f.code for f in right.check(tfp.suggest_relations(right))]
    gone = ["parts-swap", "parts-share-confirms", "ratio-contradicted"]
    assert sorted(before) == sorted(after + gone)


def test_units_of_parts_and_total_may_differ(make, found):
    rows = year_of(100.0, {"a": 30000.0, "b": 30000.0, "c": 40000.0})
    figures = make(*rows, unit=["billion VND"] + ["million VND"] * 3)
    assert found(figures, SPLIT) == []


def test_books_are_not_mixed_where_one_has_all(make, found):
    figures = make(
        *year_of(100.0, {"a": 30.0, "b": 30.0, "c": 40.0}, book="A"),
        *year_of(200.0, {"a": 60.0, "b": 60.0, "c": 80.0}, book="B"),
    )
    assert "parts" not in " ".join(code for code, _ in found(figures, SPLIT))


def test_books_are_put_together_where_there_is_no_choice(make, found):
    figures = make(
        ("total", 2021, 100.0, "A"), ("a", 2021, 30.0, "B"), ("b", 2021, 30.0, "B"),
        ("c", 2021, 45.52, "B"),
    )  # fmt: skip
    assert [code for code, _ in found(figures, SPLIT)] == ["parts-differ"]


def test_shares_add_to_a_number(make, found):
    figures = make(("a", 2021, 30.5), ("b", 2021, 30.5), ("c", 2021, 37.6), unit="%")
    shares = tfp.PartsOf(100.0, ("a", "b", "c"))
    assert found(figures, shares) == [("parts-differ", [("a", 2021)])]
    assert found(make(("a", 2021, 30.5), ("b", 2021, 30.5), ("c", 2021, 39.0)), shares) == []


def test_taxes_that_a_book_leaves_out_are_no_error(make, found):
    # One year: the total exceeds the sectors by what may be product taxes.
    figures = make(*year_of(103.0, {"a": 30.0, "b": 30.0, "c": 40.0}))
    assert found(figures, TAXED) == []
    # Parts above the total never are.
    figures = make(*year_of(97.0, {"a": 30.0, "b": 30.0, "c": 40.7}))
    assert [code for code, _ in found(figures, TAXED)] == ["parts-differ"]


def test_taxes_that_come_in_halfway_are_found(make, found):
    rows = [
        row
        for year in range(2013, 2018)
        for row in year_of(
            100.0 + year + (20.0 if year > 2014 else 0.0),
            {"a": 30.0 + year, "b": 30.0, "c": 40.0},
            year,
        )
    ]
    assert found(make(*rows), TAXED) == [
        ("parts-remainder", [("total", 2015), ("total", 2016), ("total", 2017)])
    ]


def test_with_the_taxes_the_sum_is_exact_or_wrong(make, found):
    figures = make(*year_of(103.0, {"a": 30.0, "b": 30.0, "c": 40.0, "taxes": 3.0}))
    assert found(figures, TAXED) == []
    figures = make(*year_of(103.01, {"a": 30.02, "b": 30.02, "c": 40.01, "taxes": 4.62}))
    assert [code for code, _ in found(figures, TAXED)] == ["parts-differ"]


def test_a_share_that_swings(make, found):
    figures = make(
        *year_of(100.0, {"a": 70.7, "b": 18.3, "c": 11.0}, 2020),
        *year_of(142.0, {"a": 128.5, "b": 7.7, "c": 5.8}, 2021),
    )
    assert found(figures, SPLIT) == [
        ("share-swing", [("a", 2021)]),
        ("share-swing", [("b", 2021)]),
    ]


def test_a_column_printed_twice(make, found):
    parts = {"a": 12.68, "b": 87.05, "c": 0.27}
    rows = [row for year in (2013, 2014) for row in year_of(100.0, parts, year)]
    assert found(make(*rows), SPLIT) == [("year-repeated", [("a", 2014), ("b", 2014), ("c", 2014)])]


amounts = st.floats(1.0, 1e7)


@given(st.lists(amounts, min_size=2, max_size=6), st.integers(0, 3))
def test_no_false_alarm_on_rounded_parts(parts, digits):
    names = [f"part{n}" for n in range(len(parts))]
    printed = [round(x, digits) for x in parts]
    n = len(parts)
    figures = tfp.Figures(
        {
            "a": ["Huế"] * (n + 1),
            "v": ["total", *names],
            "y": [2021] * (n + 1),
            "x": [round(sum(parts), digits), *printed],
        },
        area="a", variable="v", time="y", value="x",
    )  # fmt: skip
    assert list(figures.check([tfp.PartsOf("total", tuple(names))])) == []
