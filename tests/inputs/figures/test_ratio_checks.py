"""Ratios, parts printed without the rest, growth of a whole and its parts."""

from __future__ import annotations

import pytest

import tfp

PRODUCTIVITY = tfp.RatioOf("productivity", "grdp", "employed")
INSIDE = tfp.IncludedIn("industry", "industry_construction")
UNITS = ["million VND per worker", "million VND", "person"]


def nam_dinh(make, productivity, *books):
    values = (productivity, 76958674.0, 1010900.0)
    names = ("productivity", "grdp", "employed")
    rows = [(n, 2020, x, b) for n, x, b in zip(names, values, books or "AAA", strict=True)]
    return make(*rows, unit=UNITS)


@pytest.mark.parametrize("books", [(), ("A", "B", "C")])
def test_productivity_agrees_whatever_the_units(make, found, books):
    assert found(nam_dinh(make, 76.1, *books), PRODUCTIVITY) == []


def test_a_contradiction_names_the_implied_ratio(make):
    (finding,) = nam_dinh(make, 67.1).check([PRODUCTIVITY])
    assert finding.code == "ratio-contradicted"
    assert finding.fields["implied"] == pytest.approx(76.13, abs=0.005)
    assert finding.fields["gap"] == pytest.approx(100 * (76.1288 / 67.1 - 1), abs=1e-3)


def test_investment_over_grdp(yearbooks, found):
    relation = tfp.RatioOf("investment_pct_grdp", "social_investment_cur", "grdp_cur")
    own = yearbooks.select(areas=["Hưng Yên"])
    assert [code for code, _ in found(own, relation) if code.startswith("ratio")] == []


def test_a_scale_serves_unknown_units(make, found):
    figures = make(("share", 2020, 25.0), ("part", 2020, 1.0), ("whole", 2020, 4.0))
    assert found(figures, tfp.RatioOf("share", "part", "whole", scale=100.0)) == []
    assert found(figures, tfp.RatioOf("share", "part", "whole")) == [
        ("ratio-contradicted", [("share", 2020)])
    ]


def test_another_vintage_of_the_denominator_may_give_the_ratio(make, found):
    figures = make(
        ("share", 2020, 25.01, "C"), ("part", 2020, 1.0004, "A"),
        ("whole", 2020, 4.0001, "A"), ("whole", 2020, 5.0001, "B"),
    )  # fmt: skip
    relation = tfp.RatioOf("share", "part", "whole", scale=100.0)
    assert [code for code, _ in found(figures, relation)] == ["vintages-disagree"]


def test_derived_ratios_prove_nothing(make, found):
    figures = make(
        ("share", 2020, 99.0), ("part", 2020, 1.0), ("whole", 2020, 4.0), derivation=["x", "", ""]
    )
    assert [code for code, _ in found(figures, tfp.RatioOf("share", "part", "whole"))] == [
        "figures-derived"
    ]


def test_a_part_above_its_whole(make, found):
    figures = make(("industry", 2020, 101.2), ("industry_construction", 2020, 100.1))
    assert found(figures, INSIDE) == [
        ("part-exceeds-whole", [("industry", 2020), ("industry_construction", 2020)])
    ]


def test_a_spike_is_reported_once(make, found):
    # Hưng Yên 2007 to 2009: 86.6, 59.6, 85.6 per cent.
    shares = {2007: 0.866, 2008: 0.596, 2009: 0.856}
    rows = [("industry_construction", year, 1000.0) for year in shares]
    rows += [("industry", year, 1000.0 * share) for year, share in shares.items()]
    assert found(make(*rows), INSIDE) == [("share-swing", [("industry", 2008)])]


def test_a_step_that_stays_is_reported_where_it_happens(make, found):
    shares = {2007: 0.9, 2008: 0.6, 2009: 0.6}
    rows = [("industry_construction", year, 1000.0) for year in shares]
    rows += [("industry", year, 1000.0 * share) for year, share in shares.items()]
    assert found(make(*rows), INSIDE) == [("share-swing", [("industry", 2008)])]


AVERAGE = tfp.AverageOf("total", ("a", "b", "c"))


def test_growth_of_a_whole_lies_between_that_of_its_parts(make, found):
    rows = [("a", 2020, 2.75), ("b", 2020, 14.65), ("c", 2020, 6.76)]
    assert found(make(*rows, ("total", 2020, 8.86)), AVERAGE) == []
    assert found(make(*rows, ("total", 2020, 18.86)), AVERAGE) == [
        ("growth-outside-parts", [("total", 2020)])
    ]


def test_parts_with_one_growth_rate(make, found):
    rows = [(name, 2021, 102.26) for name in "abc"]
    relation = tfp.AverageOf("total", ("a", "b", "c", "taxes"))
    figures = make(*rows, ("taxes", 2021, 109.9), ("total", 2021, 102.66))
    assert found(figures, relation) == [
        ("parts-move-as-one", [("a", 2021), ("b", 2021), ("c", 2021)])
    ]
