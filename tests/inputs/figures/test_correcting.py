"""A misprint is corrected by saying what is printed."""

from __future__ import annotations

import pytest

import tfp

PRINTED, RIGHT = 10894.78, 10849.78
WORDS = {"reason": "two digits exchanged", "source": "yearbook 2021, page 130"}


@pytest.fixture
def figures(make):
    return make(("nonstate", 2021, PRINTED, "yearbook 2021"), ("nonstate", 2021, 1.0, "report"))


def test_the_figure_changes_and_the_ledger_says_how(figures):
    corrected = figures.correct(
        "nonstate", 2021, vintage="yearbook 2021", printed=PRINTED, corrected=RIGHT, **WORDS
    )
    assert [f.value for f in corrected.figures] == [RIGHT, 1.0]
    assert [f.value for f in figures.figures] == [PRINTED, 1.0]
    (entry,) = corrected.ledger
    assert (entry.action, entry.reason, entry.source) == ("corrected", *WORDS.values())
    assert entry.detail("vi") == "số in 10.894,78; hiệu chỉnh 10.849,78"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"printed": RIGHT}, "figure-differs"),
        ({"vintage": None}, "figures-several"),
        ({"vintage": "yearbook 2022"}, "figure-missing"),
        ({"area": "Huế"}, "figure-missing"),
        ({"reason": " "}, "correction-unfounded"),
        ({"source": ""}, "correction-unfounded"),
        ({"corrected": float("nan")}, "fill-not-a-number"),
    ],
)
def test_it_is_refused_where_it_does_not_fit(figures, changed, code):
    given = {"vintage": "yearbook 2021", "printed": PRINTED, "corrected": RIGHT, **WORDS}
    with pytest.raises(tfp.MethodError) as error:
        figures.correct("nonstate", 2021, **(given | changed))
    assert error.value.code == code
    assert error.value.message("en") != error.value.message("vi")


def test_no_correction_is_made_twice(figures):
    given = {"vintage": "yearbook 2021", "printed": PRINTED, "corrected": RIGHT, **WORDS}
    once = figures.correct("nonstate", 2021, **given)
    with pytest.raises(tfp.MethodError, match="figure-differs"):
        once.correct("nonstate", 2021, **given)
