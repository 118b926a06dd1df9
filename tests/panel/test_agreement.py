"""Columns that must be declared alike, in whatever words."""

from __future__ import annotations

import pytest

import tfp
from tfp.errors import TFPError


def accounts_of(base):
    panel = tfp.Panel(
        {"year": [2020, 2021], "y": [100.0, 104.0], "k": [300.0, 309.0], "l": [50.0, 50.5]},
        time="year",
        output="y",
        capital="k",
        labour="l",
        price_bases={"output": "2010", "capital": base},
    )
    assert [f.code for f in panel.check() if f.code == "price-bases-mixed"] == [
        "price-bases-mixed"
    ] * (base == "so sánh 1994")
    return tfp.growth_accounts(panel, capital_share=0.4)


@pytest.mark.parametrize("base", ["so sánh 2010", "giá so sánh năm 2010", "2010 prices", "2010"])
def test_a_price_base_is_the_year_that_it_names(base):
    assert accounts_of(base).rates == "simple"


def test_another_year_is_refused():
    with pytest.raises(TFPError) as error:
        accounts_of("so sánh 1994")
    assert error.value.code == "mixed-price-bases"
