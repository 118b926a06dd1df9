"""Other units by declared factors, each conversion in the ledger."""

from __future__ import annotations

import pytest

import tfp


def test_known_factors_need_no_word(make):
    figures = make(("grdp", 2019, 29956200.0), ("grdp", 2020, 29351714.0), unit="million VND")
    converted = figures.convert({"grdp": "billion VND"})
    assert [f.value for f in converted.figures] == [29956.2, 29351.714]
    assert [f.step for f in converted.figures] == [0.001, 0.001]
    (entry,) = converted.ledger
    assert (entry.action, entry.rows) == ("converted", (("Hòa Bình", 2019), ("Hòa Bình", 2020)))
    assert entry.detail("vi") == "từ million VND sang billion VND, nhân 0,001"


def test_amounts_do_not_change(make):
    figures = make(("grdp", 2019, 29956.2), unit="tỷ đồng")
    assert figures.convert({"grdp": "VND"}).figures[0].amount == figures.figures[0].amount


def test_an_unknown_unit_needs_a_factor(make):
    figures = make(("employed", 2019, 456.454), unit="thousand")
    with pytest.raises(tfp.MethodError) as error:
        figures.convert({"employed": "person"})
    assert error.value.code == "factor-unknown"
    stated = figures.convert({"employed": "person"}, factors={("thousand", "person"): 1000.0})
    assert stated.figures[0].value == 456454.0


def test_what_is_in_the_unit_already_is_left_alone(make):
    figures = make(("grdp", 2019, 1.5), unit="billion VND")
    assert figures.convert({"grdp": "billion VND"}).ledger == ()
    with pytest.raises(tfp.MethodError, match="variable-unknown"):
        figures.convert({"gdrp": "billion VND"})
