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
