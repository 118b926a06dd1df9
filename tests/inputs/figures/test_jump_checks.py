"""Changes that no economy makes."""

from __future__ import annotations

import pytest

import tfp

LABOUR = tfp.JumpsIn("employed", "labour", fall=4.0, rise=10.0)


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        (549.945, 456.454, "labour-fall"),  # Hòa Bình 2019
        (336.317, 321.345, "labour-fall"),  # Quảng Trị 2021
        (54659.19, 53609.58, None),  # the nation in 2020
        (718.415, 701.645, None),  # Quảng Ngãi 2011
        (445.175, 464.174, None),  # Hòa Bình 2021
        (100.0, 111.0, "labour-jump"),
    ],
)
def test_labour(make, found, before, after, code):
    figures = make(("employed", 2018, before), ("employed", 2019, after))
    assert found(figures, LABOUR) == ([(code, [("employed", 2019)])] if code else [])


def test_a_fall_across_missing_years_and_two_books_counts_whole(make, found):
    # Vĩnh Phúc: ICLS-13 in 2018, ICLS-19 in 2022.
    figures = make(("employed", 2018, 636.134, "A"), ("employed", 2022, 592.728, "B"))
    assert found(figures, LABOUR) == [("labour-fall", [("employed", 2022)])]
    # A rise is taken per year.
    figures = make(("employed", 2018, 600.0, "A"), ("employed", 2022, 780.0, "B"))
    assert found(figures, LABOUR) == []


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("output", "output-jump"),
        ("current output", "current-output-jump"),
        ("investment", "investment-jump"),
    ],
)
def test_other_series_only_within_a_book_and_without_a_gap(make, found, kind, code):
    relation = tfp.JumpsIn("x", kind, fall=20.0, rise=30.0)
    assert found(make(("x", 2019, 100.0), ("x", 2020, 131.0)), relation) == [(code, [("x", 2020)])]
    assert found(make(("x", 2019, 100.0), ("x", 2020, 79.0)), relation) == [(code, [("x", 2020)])]
    assert found(make(("x", 2019, 100.0, "A"), ("x", 2020, 131.0, "B")), relation) == []
    assert found(make(("x", 2018, 100.0), ("x", 2020, 131.0)), relation) == []


def test_the_finding_says_what_it_does_to_tfp(make):
    figures = make(("employed", 2018, 549.945), ("employed", 2019, 456.454))
    (finding,) = figures.check([LABOUR])
    assert "too high by 17.00 points times the labour share" in finding.part("effect")
    assert "17,00 điểm phần trăm" in finding.part("effect", "vi")
