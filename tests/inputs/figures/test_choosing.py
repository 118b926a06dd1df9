"""One vintage each, or several by an explicit word."""

from __future__ import annotations

import pytest

import tfp

NOTHING_BETTER = "no book has all years"


@pytest.fixture
def figures(make):
    return make(
        ("grdp", 2010, 25.7, "old"),
        ("grdp", 2011, 28.1, "old"),
        ("grdp", 2011, 29.6, "new"),
        ("grdp", 2012, 31.9, "new"),
        ("labour", 2011, 5.0, "new"),
    )


def values(figures, variable="grdp"):
    return [(f.year, f.value) for f in figures.figures if f.variable == variable]


def test_a_chosen_vintage_stands_alone_and_others_stay(figures):
    chosen = figures.choose({"grdp": "new"})
    assert values(chosen) == [(2011, 29.6), (2012, 31.9)]
    assert values(chosen, "labour") == [(2011, 5.0)]
    (entry,) = chosen.ledger
    assert (entry.action, entry.detail()) == ("chosen", "new")


def test_a_mixture_takes_each_year_from_the_first_that_prints_it(figures):
    rule = tfp.MixedVintages(("new", "old"), reason=NOTHING_BETTER)
    assert values(figures.choose({"grdp": rule})) == [(2010, 25.7), (2011, 29.6), (2012, 31.9)]
    rule = tfp.MixedVintages(("old", "new"), reason=NOTHING_BETTER)
    mixed = figures.choose({"grdp": rule})
    assert values(mixed) == [(2010, 25.7), (2011, 28.1), (2012, 31.9)]
    assert (mixed.ledger[0].why(), mixed.ledger[0].detail()) == (NOTHING_BETTER, "mixed: old, new")


def test_a_mixture_needs_a_reason():
    with pytest.raises(tfp.MethodError, match="reason-missing"):
        tfp.MixedVintages(("old", "new"), reason="")


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ({"grdp": "newer"}, "vintage-absent"),
        ({"grdp": {"Huế": "new"}}, "vintages-to-choose"),
        ({"gdrp": "new"}, "variable-unknown"),
    ],
)
def test_a_choice_that_is_none_is_refused(figures, rule, code):
    with pytest.raises(tfp.MethodError) as error:
        figures.choose(rule)
    assert error.value.code == code
    assert error.value.message("en") != error.value.message("vi")


def test_areas_may_have_books_of_their_own(make):
    frame = make(
        ("grdp", 2010, 1.0, "book A"), ("grdp", 2010, 2.0, "book B"), area=["Huế", "Hà Nội"]
    )
    chosen = frame.choose({"grdp": {"Huế": "book A", "Hà Nội": "book B"}})
    assert len(chosen) == 2
    with pytest.raises(tfp.MethodError) as error:
        frame.choose({"grdp": "book A"})
    assert error.value.code == "vintage-absent"
    assert error.value.places[0].entity == "Hà Nội"
