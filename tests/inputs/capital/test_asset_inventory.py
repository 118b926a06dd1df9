"""Several assets: each as if it were alone, then side by side under its own role."""

from __future__ import annotations

import numpy as np
import pytest

import tfp

YEARS = list(range(2010, 2020))
FRAME = {
    "p": ["a"] * 10 + ["b"] * 10,
    "year": YEARS * 2,
    "built": [60.0 + k for k in range(20)],
    "ict": [10.0 + 2 * k for k in range(20)],
    "rate": [0.03] * 10 + [0.04] * 10,
    "y": [400.0] * 20,
}
PAST = tfp.BackcastInvestment(growth=0.1, years=8)
BUILDINGS = tfp.PerpetualInventory(
    depreciation=0.03,
    initial_stock=tfp.GivenStock({"a": 900.0, "b": 800.0}, year=2010, source="census"),
)
ICT = tfp.CohortInventory(
    efficiency=tfp.Hyperbolic(0.5),
    retirement=tfp.FixedLife(6),
    discount_rate=0.04,
    initial_stock=PAST,
)


def panel_of(**roles):
    assets = {"buildings": "built", "ict": "ict"}
    given = {"entity": "p", "time": "year", "investment": assets} | roles
    return tfp.Panel(FRAME, **given)


def fit(panel=None, **methods):
    table = {"buildings": BUILDINGS, "ict": ICT} | methods
    return tfp.AssetInventory(table).fit(panel_of() if panel is None else panel)


def alone(method, column, **roles):
    panel = tfp.Panel(FRAME, entity="p", time="year", investment=column, **roles)
    return method.fit(panel)


def test_each_asset_has_the_bits_that_it_has_alone():
    stocks = fit()
    for asset, method, column in (("buildings", BUILDINGS, "built"), ("ict", ICT, "ict")):
        own = alone(method, column)
        expected = own.panel.values("capital")
        np.testing.assert_array_equal(stocks.panel.values(f"capital:{asset}"), expected)
        np.testing.assert_array_equal(stocks.stock[asset], expected)
        np.testing.assert_array_equal(stocks.stocks[asset].end_of_year, own.end_of_year)
    total = stocks.stock["buildings"] + stocks.stock["ict"]
    np.testing.assert_array_equal(stocks.total["total"], total)
    assert list(stocks.surviving_share) == ["buildings", "ict"]


def test_the_panel_goes_into_accounts_with_a_capital_for_each_asset():
    frame = FRAME | {"l": [50.0 + k % 10 for k in range(20)], "wages": [220.0] * 20,
                     "rents": [120.0] * 20, "leases": [60.0] * 20}  # fmt: skip
    panel = tfp.Panel(
        frame, entity="p", time="year", output="y", labour="l", labour_income="wages",
        investment={"buildings": "built", "ict": "ict"},
        capital_income={"buildings": "rents", "ict": "leases"},
    )  # fmt: skip
    accounts = tfp.preset("klems").fit(fit(panel).panel)
    assert {"capital_buildings", "capital_ict"} <= set(accounts.contributions.columns)
    growth = np.log(fit(panel).stock["ict"]).groupby("p").diff().dropna()
    ours = accounts.contributions["capital_ict"].reindex(growth.index)
    np.testing.assert_allclose(ours, 100 * 60 / 400 * growth, rtol=1e-12)


def test_each_asset_reads_its_own_rate_of_depreciation():
    rates = {"buildings": "rate"}
    method = tfp.PerpetualInventory(
        depreciation=tfp.Geometric(), initial_stock=BUILDINGS.initial_stock
    )
    stocks = fit(panel_of(depreciation_rate=rates), buildings=method)
    own = alone(method, "built", depreciation_rate="rate")
    np.testing.assert_array_equal(stocks.stock["buildings"], own.panel.values("capital"))
    with pytest.raises(tfp.PanelError) as error:
        fit(panel_of(depreciation_rate=rates), ict=method)
    assert error.value.code == "role-missing"


def test_what_is_remarked_names_the_asset_s_column():
    stocks = fit()
    assert [(f.code, f.places[0].column) for f in stocks.warnings] == [("backcast-stock", "ict")]
    # Ten years of computers are a tenth of output: no fault in one asset of several.
    small = tfp.PerpetualInventory(depreciation=0.3, initial_stock=tfp.GivenStock(30.0, year=2010))
    remarks = fit(panel_of(output="y"), ict=small).stocks["ict"].warnings
    assert [finding.code for finding in remarks] == ["initial-ratio-implausible"]
    assert fit(panel_of(output="y"), ict=small).warnings == ()


def test_the_ledger_names_each_asset_and_stocks_may_be_computed_anew():
    first = fit().panel
    assert [entry.role for entry in first.ledger] == ["capital:buildings", "capital:ict"]
    again = fit(first, ict=tfp.PerpetualInventory(depreciation=0.3, initial_stock=PAST))
    assert [entry.role for entry in again.panel.ledger] == ["capital:buildings", "capital:ict"]
    assert again.stock["buildings"].equals(fit().stock["buildings"])
    assert not again.stock["ict"].equals(fit().stock["ict"])


@pytest.mark.parametrize(
    ("methods", "code"),
    [
        ({"buildings": BUILDINGS}, "assets-differ"),
        ({"buildings": BUILDINGS, "ICT": ICT}, "assets-differ"),
        ({}, "assets-no-table"),
        (BUILDINGS, "assets-no-table"),
        ({"buildings": BUILDINGS, "ict": 0.3}, "asset-method-unknown"),
        ({"buildings": BUILDINGS, "ict": tfp.CohortInventory}, "asset-method-unknown"),
    ],
)
def test_methods_that_do_not_fit_the_assets_are_refused(methods, code):
    with pytest.raises(tfp.MethodError) as error:
        tfp.AssetInventory(methods).fit(panel_of())
    assert error.value.code == code
    assert error.value.message("en") != error.value.message("vi")


def test_both_sides_of_a_difference_are_named():
    with pytest.raises(tfp.MethodError) as error:
        tfp.AssetInventory({"buildings": BUILDINGS, "ICT": ICT}).fit(panel_of())
    assert error.value.fields["without_method"] == ["ict"]
    assert error.value.fields["without_investment"] == ["ICT"]


def test_given_capital_is_not_overwritten():
    with pytest.raises(tfp.MethodError) as error:
        fit(panel_of(capital={"buildings": "y"}))
    assert error.value.code == "capital-present"


@pytest.mark.parametrize(
    ("declared", "code"),
    [
        ({"units": {"investment:buildings": "trillion VND", "investment:ict": "billion VND"}},
         "mixed-units"),
        ({"price_bases": {"investment:buildings": "2010", "investment:ict": "2015"}},
         "mixed-price-bases"),
    ],
)  # fmt: skip
def test_assets_of_different_kinds_have_no_total(declared, code):
    stocks = fit(panel_of(**declared))
    with pytest.raises(tfp.MethodError) as error:
        _ = stocks.total
    assert error.value.code == code
    assert list(stocks.stock) == ["buildings", "ict"]
