"""Two vintages of one figure: a disagreement begins where printed digits end."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("first", "second", "disagree"),
    [
        # 722 thousand is 722,006 persons, rounded.
        (722006.0, 722000.0, False),
        (722006.0, 723000.0, True),
        # Two digits more in one book.
        (36.63, 36.6, False),
        (36.63, 36.7, True),
        (29956.2, 28304.45, True),
    ],
)
def test_rounding_is_no_disagreement(make, found, first, second, disagree):
    figures = make(("grdp", 2019, first, "A"), ("grdp", 2019, second, "B"))
    codes = [code for code, _ in found(figures)]
    assert codes == (["vintages-disagree"] if disagree else [])


def test_a_finding_names_all_years_and_the_largest_gap(yearbooks):
    finding = next(
        f
        for f in yearbooks.check()
        if f.code == "vintages-disagree" and f.fields["variable"] == "grdp_2010p"
    )
    assert [place.time for place in finding.places] == [2010, 2011, 2012, 2013, 2014]
    assert finding.fields["gap"] == pytest.approx(100 * (27065153 / 25675279 - 1), rel=1e-12)
    assert "27,065,153 million VND (+5.41%)" in finding.part("found")
    assert "27.065.153 million VND (+5,41%)" in finding.part("found", "vi")


def test_units_do_not_make_a_disagreement(make, found):
    figures = make(
        ("grdp", 2019, 29956.2, "A"), ("grdp", 2019, 29956200.0, "B"),
        unit=["billion VND", "million VND"],
    )  # fmt: skip
    assert [code for code, _ in found(figures)] == ["figure-units"]


def test_units_that_cannot_be_compared_are_not(make, found):
    figures = make(("v", 2019, 1.0, "A"), ("v", 2019, 2.0, "B"), unit=["tonnes", "million VND"])
    assert [code for code, _ in found(figures)] == ["figure-units-unknown"]


def test_growth_that_differs_is_said_besides(make, found):
    figures = make(
        ("grdp", 2013, 32377375.0, "A"), ("grdp", 2014, 34741584.0, "A"),
        ("grdp", 2013, 33927875.0, "B"), ("grdp", 2014, 36190549.0, "B"),
    )  # fmt: skip
    assert found(figures) == [
        ("vintages-disagree", [("grdp", 2013), ("grdp", 2014)]),
        ("vintages-growth", [("grdp", 2014)]),
    ]
    # 7.30 and 6.67 per cent.
    finding = figures.check()[1]
    assert finding.fields["gap"] == pytest.approx(0.633, abs=5e-4)


def test_levels_a_factor_apart_have_one_growth(make, found):
    levels = [100000.1, 107000.2, 113000.3]
    figures = make(
        *[("grdp", 2010 + t, level, "A") for t, level in enumerate(levels)],
        *[("grdp", 2010 + t, 2 * level, "B") for t, level in enumerate(levels)],
    )
    assert [code for code, _ in found(figures)] == ["vintages-disagree"]


def test_rates_differ_in_points(make):
    figures = make(("growth", 2019, 6.75, "A"), ("growth", 2019, 0.86, "B"), unit="%")
    (finding,) = figures.check()
    assert finding.code == "vintages-disagree-rate"
    assert finding.fields["gap"] == pytest.approx(-5.89)
