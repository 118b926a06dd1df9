"""Research as an asset: taken out where it is inside, added to output where it is not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import tfp

FRAME = {
    "year": [2018, 2019, 2020, 2021],
    "gdp": [1000.0, 1060.0, 1090.0, 1150.0],
    "gfcf": [250.0, 262.0, 270.0, 281.0],
    "rd": [5.0, 5.5, 6.2, 6.9],
    "gdp_current": [1000.0, 1080.0, 1140.0, 1230.0],
    "gfcf_current": [250.0, 270.0, 285.0, 300.0],
    "rd_current": [5.0, 5.7, 6.6, 7.5],
    "surplus": [400.0, 430.0, 450.0, 490.0],
}
CURRENT = {
    "investment_current": {"total": "gfcf_current", "research": "rd_current"},
    "output_current": "gdp_current", "income": "gdp_current", "capital_income": "surplus",
}  # fmt: skip


def panel_of(frame=None, **options):
    roles = {"time": "year", "output": "gdp", "investment": {"total": "gfcf", "research": "rd"}}
    return tfp.Panel(FRAME | (frame or {}), **(roles | options))


def separate(panel=None, accounts="SNA 2008", **options):
    given = {"accounts": accounts, "source": "yearbook"} | options
    return tfp.separate_research(panel_of() if panel is None else panel, **given)


def test_inside_investment_it_is_taken_out_and_output_stays() -> None:
    before, after = panel_of(**CURRENT), separate(panel_of(**CURRENT))
    assert after.values("investment:other").tolist() == [245.0, 256.5, 263.8, 274.1]
    assert after.values("investment_current:other").tolist() == pytest.approx(
        [245.0, 264.3, 278.4, 292.5]
    )
    assert set(after.several("investment")) == {"other", "research"}
    total = after.values("investment:other") + after.values("investment:research")
    assert total == pytest.approx(before.values("investment:total"), rel=1e-15)
    for role in ("output", "output_current", "income", "capital_income"):
        assert np.array_equal(after.values(role), before.values(role))
    assert {entry.cause for entry in after.ledger} == {"research_removed"}


def test_outside_investment_output_and_income_rise_by_the_research_of_business() -> None:
    before = panel_of(**CURRENT)
    after = separate(before, "SNA 1993", business_share=0.6)
    assert np.array_equal(after.values("investment:other"), before.values("investment:total"))
    assert after.values("output") == pytest.approx(
        np.array(FRAME["gdp"]) + 0.6 * np.array(FRAME["rd"]), rel=1e-15
    )
    for role in ("output_current", "income", "capital_income"):
        assert after.values(role) - before.values(role) == pytest.approx(
            0.6 * np.array(FRAME["rd_current"])
        )
    added = [entry for entry in after.ledger if entry.cause == "research_added"]
    assert {entry.role for entry in added} == {
        "output", "output_current", "income", "capital_income",
    }  # fmt: skip
    assert all("60.0" in entry.why("en") and "60,0" in entry.why("vi") for entry in added)


def test_a_stock_of_knowledge_and_one_of_all_else() -> None:
    separated = separate()
    inventory = tfp.AssetInventory(
        {
            "other": tfp.PerpetualInventory(
                depreciation=0.05, initial_stock=tfp.GivenStock(2400.0, year=2018)
            ),
            "research": tfp.PerpetualInventory(
                depreciation=0.15, initial_stock=tfp.SteadyState("2018-2021")
            ),
        }
    )
    panel = inventory.fit(separated).panel
    growth = (6.9 / 5) ** (1 / 3) - 1
    first = 5 * (1 + growth) / (growth + 0.15)
    assert panel.values("capital:research")[:2] == pytest.approx(
        [first, 0.85 * first + 5.5], rel=1e-13
    )
    assert panel.values("capital:other")[1] == pytest.approx(0.95 * 2400 + 256.5, rel=1e-15)
    with pytest.raises(tfp.MethodError) as error:
        separate(panel)
    assert error.value.code == "research-counted-twice"


def test_names_of_the_assets() -> None:
    panel = panel_of(investment={"tích lũy": "gfcf", "NC&PT": "rd"})
    found = separate(panel, whole="tích lũy", research="NC&PT", rest="còn lại")
    assert set(found.several("investment")) == {"NC&PT", "còn lại"}


@pytest.mark.parametrize(
    ("panel", "options", "code"),
    [
        ({}, {"accounts": "SNA 2025"}, "option-unknown"),
        ({}, {"source": ""}, "research-source-missing"),
        ({"investment": "gfcf"}, {}, "research-columns-missing"),
        ({}, {"research": "r&d"}, "research-columns-missing"),
        ({}, {"accounts": "SNA 1993"}, "business-share-missing"),
        ({}, {"accounts": "SNA 1993", "business_share": 60}, "business-share-out-of-range"),
        ({"capital": "gfcf"}, {}, "research-counted-twice"),
        ({"income": "gdp_current"}, {"accounts": "SNA 1993", "business_share": 0.6},
         "research-at-other-prices"),
        ({"price_bases": {"investment:total": "2010", "investment:research": "2020"}}, {},
         "mixed-price-bases"),
        ({"units": {"investment:total": "billion", "investment:research": "million"}}, {},
         "mixed-units"),
        ({"units": {"output": "million", "investment": "billion"}},
         {"accounts": "SNA 1993", "business_share": 0.6}, "mixed-units"),
    ],
)  # fmt: skip
def test_what_is_refused(panel, options, code) -> None:
    with pytest.raises(tfp.TFPError) as error:
        separate(panel_of(**panel), **options)
    assert error.value.code == code
    assert error.value.message("en") != error.value.message("vi")


def test_research_above_all_investment_is_refused() -> None:
    with pytest.raises(tfp.MethodError) as error:
        separate(panel_of({"rd": [5.0, 5.5, 620.0, 6.9]}))
    assert error.value.code == "research-exceeds-investment"
    assert error.value.places[0].time == 2020


@pytest.mark.parametrize("accounts", ["SNA 2008", "SNA 1993"])
def test_it_is_separated_once(accounts) -> None:
    once = separate(accounts=accounts, business_share=0.6)
    column = replace(once.column("investment:other"), role="investment:total")
    with pytest.raises(tfp.MethodError) as error:
        separate(once.with_column(column), accounts=accounts, business_share=0.6)
    assert error.value.code == "research-counted-twice"
