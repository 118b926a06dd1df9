"""Names and notes on charts."""

from __future__ import annotations

import numpy as np

from tfp.plots.wording import listed, reasons_note, runs, spanned


def test_long_lists_are_counted_not_lost():
    assert listed(["a", "b"], "en") == "a, b"
    assert listed([str(i) for i in range(10)], "en", shown=2) == "0, 1 and 8 more"
    assert listed([str(i) for i in range(10)], "vi", shown=2) == "0, 1 và 8 trường hợp khác"


def test_neighbours_are_one_span():
    assert runs(np.array([], dtype=int)) == []
    assert spanned(np.array([2013, 2014, 2015, 2018]), str) == ["2013–2015", "2018"]


def test_reasons_are_grouped():
    pairs = [
        ("2012", "negative_growth"),
        ("2013", "growth_below_threshold"),
        ("2014", "negative_growth"),
    ]
    (note,) = reasons_note(pairs, 1.5, "en")
    assert "growth is negative (2012, 2014)" in note
    assert "growth is below 1.5" in note
    assert "(2013)" in note
    assert reasons_note([], 1.0, "en") == []
