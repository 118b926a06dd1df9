"""Rebasing: the figures, the columns that stay behind, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest

import tfp
from tfp.errors import TFPError

FRAME = {
    "year": [2010, 2019, 2020],
    "y": [100.0, 180.0, 200.0],
    "v": [100.0, 290.0, 340.0],
    "i": [30.0, 50.0, 60.0],
    "iv": [30.0, 70.0, 81.0],
    "farms": [60.0, 80.0, 90.0],
    "farms_v": [60.0, 130.0, 153.0],
    "taxes": [40.0, 100.0, 110.0],
    "taxes_v": [40.0, 160.0, 187.0],
}
ROLES = {"output": "y", "output_current": "v", "investment": "i", "investment_current": "iv"}
PARTS = {
    "output_by_part": {"farms": "farms", "taxes": "taxes"},
    "output_current_by_part": {"farms": "farms_v", "taxes": "taxes_v"},
}
BASES = {"price_bases": {"output": "2010", "investment": "2010"}}


def panel_of(spoil=None, **options):
    frame = {name: list(values) for name, values in FRAME.items()} | (spoil or {})
    return tfp.Panel(frame, time="year", **{**ROLES, **BASES, **options})


def code_of(panel, *arguments):
    with pytest.raises(TFPError) as error:
        tfp.rebase(panel, *arguments)
    assert error.value.message("en") != error.value.message("vi")
    return error.value.code


def test_the_base_year_takes_its_current_value_and_growth_stays():
    panel = tfp.rebase(panel_of(), "output", 2020)
    assert panel.values("output").tolist() == pytest.approx([170.0, 306.0, 340.0])
    assert panel.column("output").price_base == "2020"
    assert panel.column("investment").price_base == "2010"


def test_accounts_refuse_a_panel_of_which_one_column_stayed_behind():
    panel = panel_of(capital="i", labour="y", price_bases={"output": "2010", "capital": "2010"},
                     investment=None, investment_current=None)  # fmt: skip
    panel = tfp.rebase(panel, "output", 2020)
    with pytest.raises(TFPError) as error:
        tfp.growth_accounts(panel, capital_share=0.4)
    assert error.value.code == "mixed-price-bases"


def test_output_and_investment_together():
    panel = tfp.rebase(panel_of(price_bases={}), ["output", "investment"], 2020)
    assert panel.values("investment").tolist() == pytest.approx([40.5, 67.5, 81.0])


def test_a_column_of_an_unknown_base_is_not_left_behind():
    assert code_of(panel_of(price_bases={"output": "2010"}), "output", 2020) == (
        "price-base-unstated"
    )


def test_all_assets_each_by_its_own_ratio():
    panel = panel_of(investment={"a": "i", "b": "farms"},
                     investment_current={"a": "iv", "b": "farms_v"})  # fmt: skip
    panel = tfp.rebase(panel, "investment", 2020)
    assert panel.values("investment:a")[0] == pytest.approx(30 * 81 / 60)
    assert panel.values("investment:b")[0] == pytest.approx(60 * 153 / 90)


def test_parts_and_their_discrepancy():
    panel = tfp.rebase(panel_of(**PARTS), "output", 2020)
    assert panel.values("output_by_part:farms").tolist() == pytest.approx([102.0, 136.0, 153.0])
    assert panel.values("output_by_part:taxes").tolist() == pytest.approx([68.0, 170.0, 187.0])
    found = panel.values("output_by_part:statistical_discrepancy")
    np.testing.assert_allclose(found, [0.0, 0.0, 0.0], atol=1e-12)
    entry = panel.ledger[-1]
    assert entry.role == "output_by_part:statistical_discrepancy"
    assert "farms, taxes" in entry.detail("en")


def test_capital_and_tfp_grow_as_before_if_the_initial_ratio_is_restated_too():
    frame = tfp.datasets.vietnam().frame.query("year <= 2016")
    panel = tfp.Panel(
        frame, time="year", output="gdp", output_current="gdp_current", investment="gfcf",
        investment_current="gfcf_current", labour="employed",
        price_bases={"output": "2010", "investment": "2010"},
    )  # fmt: skip
    moved = tfp.rebase(panel, ["output", "investment"], 2015)
    # Investment and output are multiplied by one number each, and so is their ratio.
    factors = [moved.values(role)[0] / panel.values(role)[0] for role in ("investment", "output")]
    growth = []
    for given, ratio in ((panel, 2.5), (moved, 2.5 * factors[0] / factors[1]), (moved, 2.5)):
        rule = tfp.CapitalOutputRatio(ratio, year=2010)
        inventory = tfp.PerpetualInventory(depreciation=0.05, initial_stock=rule)
        accounts = tfp.growth_accounts(inventory.fit(given).panel, capital_share=0.4)
        growth.append(accounts.term("tfp")[1:])
    np.testing.assert_allclose(growth[1], growth[0], rtol=0, atol=1e-14)
    # The same number at other prices is another stock, and tenths of a point of growth.
    assert np.abs(growth[2] - growth[0]).max() > 0.001


def test_the_ledger_names_both_bases_and_the_factor():
    (entry,) = tfp.rebase(panel_of(), "output", 2020).ledger
    assert entry.detail("en") == (
        "from prices of 2010 to prices of 2020; factor 1.700000 to 1.700000"
    )
    assert "giá năm 2020" in entry.why("vi")


def test_a_negative_part_is_restated_but_a_change_of_sign_is_not():
    subsidies = {"taxes": [-40.0, -90.0, -110.0], "taxes_v": [-40.0, -120.0, -187.0]}
    panel = tfp.rebase(panel_of(subsidies, **PARTS), "output", 2020)
    assert panel.values("output_by_part:taxes")[0] == pytest.approx(-68.0)
    subsidies["taxes_v"] = [-40.0, -120.0, 187.0]
    assert code_of(panel_of(subsidies, **PARTS), "output", 2020) == "rebase-not-positive"


@pytest.mark.parametrize(
    ("spoil", "options", "call", "code"),
    [
        ({}, {}, ("output", 2015), "base-year-missing"),
        ({"v": [100.0, 290.0, np.nan]}, {}, ("output", 2020), "base-year-missing"),
        ({"v": [100.0, 290.0, 0.0]}, {}, ("output", 2020), "rebase-not-positive"),
        ({"y": [100.0, 180.0, 0.0]}, {}, ("output", 2020), "rebase-not-positive"),
        ({}, {"output_current": None}, ("output", 2020), "role-missing"),
        ({}, {"output_by_part": {"farms": "farms"}}, ("output", 2020), "role-missing"),
        ({}, {}, ("labour", 2020), "prices-role"),
        ({}, {"vintages": {"output": "a", "output_current": "b"}}, ("output", 2020),
         "mixed-vintages"),
        ({}, {"units": {"output_current": "billion VND", "output_current_by_part": "VND"}, **PARTS},
         ("output", 2020), "parts-in-other-units"),
    ],
)  # fmt: skip
def test_what_is_refused(spoil, options, call, code):
    assert code_of(panel_of(spoil, **options), *call) == code
