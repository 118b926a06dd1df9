"""Current and constant prices."""

from __future__ import annotations

import pytest

import tfp


def prices(make, **levels):
    rows = [
        (name, int(year.removeprefix("y")), value)
        for year, pair in levels.items()
        for name, value in zip(("current", "constant"), pair, strict=True)
    ]
    return make(*rows)


def test_in_the_base_year_both_are_the_same(make, found):
    relation = tfp.PricesOf("current", "constant", base_year=2010)
    good = prices(make, y2010=(25675.1, 25675.1), y2011=(30562.2, 28086.3))
    assert found(good, relation) == []
    bad = prices(make, y2010=(27065.1, 25675.1))
    assert found(bad, relation) == [("base-year-differs", [("constant", 2010)])]


def test_the_same_in_another_year_means_another_base(make, found):
    figures = prices(make, y2020=(731651.0, 731651.0))
    relation = tfp.PricesOf("current", "constant", base_year=2010)
    assert found(figures, relation) == [("base-year-other", [("constant", 2020)])]


def test_the_implied_index_against_a_reference(make):
    # Quảng Trị's investment and the nation's fixed capital formation, 2021.
    figures = prices(make, y2021=(28669.9, 18508.226))
    nation = {2021: 1.457}
    relation = tfp.PricesOf("current", "constant", base_year=2010, reference=nation)
    (finding,) = figures.check([relation])
    assert finding.code == "prices-off-reference"
    assert finding.fields["implied"] == pytest.approx(1.549, abs=5e-4)
    assert finding.fields["gap"] == pytest.approx(6.3, abs=0.05)
    wide = tfp.PricesOf("current", "constant", 2010, reference=nation, tolerance=7.0)
    assert list(figures.check([wide])) == []


def test_a_relation_is_frozen_with_its_reference():
    reference = {2020: 1.4}
    relation = tfp.PricesOf("a", "b", base_year=2010, reference=reference)
    reference[2020] = 9.9
    assert relation.reference[2020] == 1.4
    with pytest.raises(TypeError):
        relation.reference[2020] = 9.9
    assert hash(relation) == hash(tfp.PricesOf("a", "b", base_year=2010))


def current_and_growth(make, growth, book="yearbook"):
    return make(("value", 2014, 17012.0), ("value", 2015, 25624.4), ("growth", 2015, growth, book))


def test_prices_that_no_year_had(make):
    # Bắc Giang's industry in 2015: 50.6 per cent at current prices, 14.1 in real terms.
    relation = tfp.PriceChangeOf("value", "growth", reference={2015: -6.5})
    (finding,) = current_and_growth(make, 14.1).check([relation])
    assert finding.code == "prices-implausible"
    assert finding.fields["implied"] == pytest.approx(100 * (25624.4 / 17012.0 / 1.141 - 1))
    assert finding.fields["gap"] == pytest.approx(finding.fields["implied"] + 6.5)
    assert "-6.5%" in finding.part("found")


@pytest.mark.parametrize(
    ("growth", "book", "reference"),
    [
        (14.1, "yearbook", {2015: 20.0}),  # within the tolerance of the reference
        (40.0, "yearbook", {}),  # prices of 7.6 per cent
        (14.1, "another", {}),  # growth of one book, values of another
    ],
)
def test_prices_that_are_plausible_or_cannot_be_told(make, growth, book, reference):
    relation = tfp.PriceChangeOf("value", "growth", reference=reference)
    figures = current_and_growth(make, growth, book)
    assert list(figures.check([relation])) == []
