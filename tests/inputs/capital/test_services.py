"""Capital services on panels: identities, timings, assets that appear, use in the accounts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tfp
from tfp.panel.findings import Findings

IDENTITY = 1e-12
RULE = tfp.UserCost(
    rate_of_return="ex_post", depreciation={"buildings": 0.03, "machines": 0.12, "ict": 0.3},
    price_reference=2010, negative_rentals="keep", source="stated",
)  # fmt: skip
METHOD = tfp.CapitalServices(user_cost=RULE)
EX_ANTE = replace(
    METHOD, user_cost=replace(RULE, rate_of_return="ex_ante", real_rate=0.04, inflation=0.03)
)
ASSETS = ("buildings", "machines", "ict")


def frame_of(seed=1, entities=3, years=10):
    rng = np.random.default_rng(seed)
    n = entities * years
    frame = {
        "p": np.repeat([f"province {k}" for k in range(entities)], years),
        "year": np.tile(np.arange(2010, 2010 + years), entities),
        "y": 100 * np.exp(rng.normal(0.06, 0.02, n).cumsum()),
        "l": 50 * np.exp(rng.normal(0.01, 0.01, n).cumsum()),
        "wages": rng.uniform(50, 80, n),
    }
    value = np.zeros(n)
    for asset, size, growth, inflation in (
        ("buildings", 200, 0.05, 0.03), ("machines", 80, 0.08, 0.01), ("ict", 10, 0.2, -0.05)
    ):  # fmt: skip
        frame[asset] = (
            size * np.exp(rng.normal(growth, 0.03, (entities, years)).cumsum(axis=1)).ravel()
        )
        changes = rng.normal(inflation, 0.01, (entities, years)).cumsum(axis=1)
        frame[f"p_{asset}"] = 100 * np.exp(changes).ravel()
        value += frame[asset] * frame[f"p_{asset}"] / 100
    frame["surplus"] = rng.uniform(0.15, 0.25, n) * value
    frame["income"] = frame["surplus"] + frame["wages"]
    return frame


def panel_of(frame=None, **options):
    roles = {
        "time": "year", "entity": "p", "output": "y", "labour": "l",
        "capital": {asset: asset for asset in ASSETS},
        "investment_price": {asset: f"p_{asset}" for asset in ASSETS},
        "capital_income": "surplus", "labour_income": "wages", "income": "income",
    }  # fmt: skip
    return tfp.Panel(frame_of() if frame is None else frame, **(roles | options))


@settings(max_examples=30)
@given(st.integers(0, 500), st.sampled_from(["in_use", "start", "mid"]),
       st.sampled_from(["average", "current", "previous"]))  # fmt: skip
def test_composition_is_services_less_stock_and_the_sum_over_assets(seed, timing, shares) -> None:
    method = replace(METHOD, stock_timing=timing, share_timing=shares)
    found = method.fit(panel_of(frame_of(seed)))
    growth = found.growth.dropna()
    assert len(growth) >= 3 * (8 if timing == "in_use" else 6)
    by_asset = found.composition_by_asset.loc[growth.index]
    scale = 100 * np.maximum(1.0, np.nanmax(sum(abs(g) for g in found.asset_growth)))
    gap = by_asset.sum(axis=1) - (growth["services"] - growth["stock"])
    assert gap.abs().max() / scale <= IDENTITY
    gap = found.contributions.loc[growth.index].sum(axis=1) - growth["services"]
    assert gap.abs().max() / scale <= IDENTITY


@settings(max_examples=30)
@given(st.integers(0, 500), st.sampled_from(["in_use", "start", "mid"]))
def test_ex_post_leaves_no_pure_profit(seed, timing) -> None:
    profit = replace(METHOD, stock_timing=timing).fit(panel_of(frame_of(seed))).pure_profit.dropna()
    assert len(profit) >= 3 * 8
    assert (profit["pure_profit"] / profit["capital_income"]).abs().max() <= IDENTITY


def test_ex_ante_leaves_pure_profit_that_cost_shares_show() -> None:
    found = EX_ANTE.fit(panel_of())
    profit = found.pure_profit.dropna()
    assert profit["pure_profit"].abs().min() > 0.1
    accounts = tfp.GrowthAccounting(factor_weights=tfp.CostShares(), share_timing="current").fit(
        found.at_cost
    )
    share = accounts.factor_weights["pure_profit"].dropna()
    income = found.panel.frame["income"]
    assert share.to_numpy() == pytest.approx(
        (profit["pure_profit"] / income.loc[profit.index]).loc[share.index], rel=1e-12
    )


def test_services_by_hand() -> None:
    found = METHOD.fit(panel_of())
    costs, stocks = found.costs, panel_of().frame
    now, before = ("province 1", 2015), ("province 1", 2014)
    expected = sum(
        (costs.loc[now, a] / costs.loc[now].sum() + costs.loc[before, a] / costs.loc[before].sum())
        / 2
        * np.log(stocks.loc[now, f"capital:{a}"] / stocks.loc[before, f"capital:{a}"])
        for a in ASSETS
    )
    assert found.growth.loc[now, "services"] == pytest.approx(100 * expected, rel=1e-12)
    total = stocks[[f"capital:{a}" for a in ASSETS]].sum(axis=1)
    assert found.growth.loc[now, "stock"] == pytest.approx(
        100 * np.log(total[now] / total[before]), rel=1e-12
    )
    assert found.growth.loc[now, "composition"] > 0, "capital moves to assets that last less long"


def test_the_index_is_100_where_growth_begins_and_follows_it() -> None:
    found = METHOD.fit(panel_of())
    index = found.index.loc["province 2"]
    assert index.loc[2011].tolist() == [100.0] * 3
    assert np.isnan(index.loc[2010, "services"])
    change = 100 * np.log(index["services"] / index["services"].shift())
    assert change.loc[2012:].tolist() == pytest.approx(
        found.growth.loc["province 2", "services"].loc[2012:], rel=1e-10
    )
    column = found.panel.column("capital")
    assert column.unit == "2011 = 100"
    assert column.values.tolist() == pytest.approx(found.index["services"], nan_ok=True)


def test_stock_timing_takes_the_stock_of_the_row_before() -> None:
    frame = frame_of(entities=1)
    panel = panel_of(frame)
    shifted = {**frame, **{a: np.append(np.nan, frame[a][:-1]) for a in ASSETS}}
    start = replace(METHOD, stock_timing="start").fit(panel)
    assert start.growth.to_numpy() == pytest.approx(
        METHOD.fit(panel_of(shifted)).growth.to_numpy(), nan_ok=True
    )
    mean = {**frame, **{a: (frame[a] + shifted[a]) / 2 for a in ASSETS}}
    middle = replace(METHOD, stock_timing="mid").fit(panel)
    assert middle.growth.to_numpy() == pytest.approx(
        METHOD.fit(panel_of(mean)).growth.to_numpy(), nan_ok=True
    )


def test_current_shares_lose_no_year() -> None:
    lost = METHOD.fit(panel_of()).growth["services"].isna().groupby("p").sum()
    current = replace(METHOD, share_timing="current").fit(panel_of()).growth["services"]
    assert lost.tolist() == [2, 2, 2]
    assert current.isna().groupby("p").sum().tolist() == [1, 1, 1]


def test_growth_stops_at_gaps() -> None:
    frame = {name: np.delete(values, 5) for name, values in frame_of().items()}
    growth = METHOD.fit(panel_of(frame)).growth.loc["province 0", "services"]
    assert growth.isna().tolist() == [True, True, False, False, False, True, True, False, False]


def test_services_go_into_the_accounts() -> None:
    found = METHOD.fit(panel_of())
    accounts = tfp.GrowthAccounting(factor_weights=tfp.IncomeShares(), rates="log").fit(found.panel)
    rows = accounts.contributions["capital"].dropna().index
    weight = accounts.factor_weights["capital"]
    expected = weight * found.growth["services"]
    assert accounts.contributions["capital"].loc[rows].to_numpy() == pytest.approx(
        expected.loc[rows], rel=1e-10
    )
    entry = found.panel.ledger[-1]
    assert "capital services of buildings, machines, ict" in entry.why("en")
    assert "rate_of_return=ex_post, price_change=actual" in entry.detail("vi")
    assert entry.source == "stated"
    by_asset = tfp.GrowthAccounting(factor_weights=tfp.IncomeShares(), rates="log").fit(
        found.by_asset
    )
    together = by_asset.contributions[[f"capital_{a}" for a in ASSETS]].sum(axis=1).loc[rows]
    # Means of products are not products of means: alike to the second order.
    assert (together - expected.loc[rows]).abs().max() < 0.2
    assert (together - expected.loc[rows]).abs().max() > 0


def test_capital_income_that_was_not_there_is_handed_on() -> None:
    panel = panel_of(capital_income=None)
    found = METHOD.fit(panel)
    assert found.panel.values("capital_income").tolist() == pytest.approx(
        panel.values("income") - panel.values("labour_income")
    )
    assert found.panel.ledger[-1].why("vi")


@pytest.mark.parametrize("timing", ["end", "start", "mid"])
def test_from_investment_by_asset_to_accounts(timing) -> None:
    frame = frame_of() | {f"i_{asset}": frame_of()[asset] * 0.15 for asset in ASSETS}
    invested = panel_of(
        frame, capital=None, investment={asset: f"i_{asset}" for asset in ASSETS},
        price_bases={"investment": "2010"},
    )  # fmt: skip
    inventory = tfp.AssetInventory(
        {
            asset: tfp.PerpetualInventory(
                depreciation=rate, timing=timing, initial_stock=tfp.SteadyState("2010-2015")
            )
            for asset, rate in RULE.depreciation.items()
        }
    )
    # The stocks carry the price base of investment, which is the reference of prices.
    rule = replace(RULE, price_reference=None)
    found = tfp.CapitalServices(user_cost=rule).fit(inventory.fit(invested).panel)
    assert found.growth["services"].notna().sum() == 3 * 8
    profit = found.pure_profit.dropna()
    assert (profit["pure_profit"] / profit["capital_income"]).abs().max() <= IDENTITY
    accounts = tfp.GrowthAccounting(factor_weights=tfp.IncomeShares()).fit(found.panel)
    assert accounts.contributions["tfp"].notna().sum() == 3 * 8
    assert {entry.role for entry in accounts.panel_ledger} == {
        "capital", *(f"capital:{asset}" for asset in ASSETS)
    }  # fmt: skip


class TestNewAssets:
    frame = frame_of(entities=2)
    frame["ict"] = frame["ict"] * (np.tile(np.arange(10), 2) >= 4)

    def test_are_left_out_of_their_first_growth_and_named(self) -> None:
        found = METHOD.fit(panel_of(self.frame))
        finding = next(f for f in found.warnings if f.code == "asset-appears")
        assert [(place.entity, place.time) for place in finding.places] == [
            ("province 0", 2014), ("province 1", 2014),
        ]  # fmt: skip
        others = {a: c for a, c in ROLES_OF.items() if a != "ict"}
        without = METHOD.fit(panel_of(self.frame, capital=others)).growth
        year = ("province 0", 2014)
        assert found.growth.loc[year, "stock"] == pytest.approx(without.loc[year, "stock"])
        assert abs(found.growth.loc[year, "services"]) < 30
        assert found.contributions.loc[year, "ict"] == 0
        assert found.contributions.loc[("province 0", 2015), "ict"] > 0

    def test_may_be_refused(self) -> None:
        with pytest.raises(tfp.MethodError) as error:
            replace(METHOD, new_assets="raise").fit(panel_of(self.frame))
        assert error.value.code == "asset-without-partner"
        assert error.value.places[0].time == 2014

    def test_assets_that_vanish_are_named(self) -> None:
        frame = frame_of(entities=2)
        frame["ict"] = frame["ict"] * (np.tile(np.arange(10), 2) < 7)
        found = METHOD.fit(panel_of(frame))
        assert "asset-vanishes" in {finding.code for finding in found.warnings}
        assert found.growth["services"].notna().sum() == 2 * 8


ROLES_OF = {asset: asset for asset in ASSETS}


def test_published_costs_by_asset_give_the_same_services() -> None:
    own = METHOD.fit(panel_of())
    published = replace(METHOD, user_cost=None).fit(own.by_asset)
    assert published.growth.to_numpy() == pytest.approx(
        own.growth.to_numpy(), rel=1e-12, nan_ok=True
    )
    assert published.nominal_rate.isna().all(axis=None)
    known = ~np.isnan(own.rate_of_return)
    assert published.panel.values("capital_income")[known] == pytest.approx(
        own.income[known], rel=1e-12
    )


def test_value_weights_compare_services_with_a_chained_stock() -> None:
    found = replace(METHOD, stock_weights="values").fit(panel_of())
    gap = found.composition_by_asset.sum(axis=1) - found.growth["composition"]
    assert gap.abs().max() < 1e-10
    constant = METHOD.fit(panel_of()).growth
    assert (found.growth["stock"] - constant["stock"]).abs().max() > 0.1
    assert found.growth["services"].equals(constant["services"])


def test_a_year_without_capital_income_is_remarked() -> None:
    frame = frame_of()
    frame["surplus"] = np.where(frame["year"] == 2015, -5.0, frame["surplus"])
    found = METHOD.fit(panel_of(frame))
    remark = next(f for f in found.warnings if f.code == "capital-income-not-positive")
    assert remark.fields["count"] == 3
    assert found.growth["services"].loc[("province 0", [2015, 2016])].isna().all()
    for language in ("en", "vi"):
        assert Findings(found.warnings).show(language)


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"user_cost": tfp.UserCost}, "user-cost-not-a-rule"),
        ({"user_cost": "ex_post"}, "user-cost-not-a-rule"),
        ({"user_cost": None, "stock_weights": "values"}, "values-need-prices"),
        ({"stock_timing": "end"}, "option-unknown"),
        ({"new_assets": "keep"}, "option-unknown"),
        ({"share_timing": "mean"}, "option-unknown"),
    ],
)
def test_options_that_are_refused(options, code) -> None:
    with pytest.raises(tfp.MethodError) as error:
        replace(METHOD, **options)
    assert error.value.code == code
    assert error.value.message("en") != error.value.message("vi")


@pytest.mark.parametrize(
    ("frame", "options", "code"),
    [
        ({}, {"capital": None}, "assets-missing"),
        ({}, {"capital": "buildings"}, "assets-missing"),
        ({"ict": np.full(30, -1.0)}, {}, "stock-negative"),
        ({}, {"units": {"capital:ict": "million", "capital:machines": "billion"}}, "mixed-units"),
        ({}, {"price_bases": {"capital:ict": "2010", "capital:machines": "2020"}},
         "mixed-price-bases"),
        ({}, {"vintages": {"capital:ict": "old", "capital:machines": "new"}}, "mixed-vintages"),
    ],
)  # fmt: skip
def test_data_that_are_refused(frame, options, code) -> None:
    with pytest.raises(tfp.TFPError) as error:
        METHOD.fit(panel_of({**frame_of(), **frame}, **options))
    assert error.value.code == code
    assert error.value.message("en") != error.value.message("vi")


def test_published_costs_that_are_missing() -> None:
    with pytest.raises(tfp.MethodError) as error:
        replace(METHOD, user_cost=None).fit(panel_of())
    assert error.value.code == "asset-costs-missing"


def test_quarters_are_refused() -> None:
    frame = {name: values[:4] for name, values in frame_of(entities=1).items()}
    frame["year"] = ["2020Q1", "2020Q2", "2020Q3", "2020Q4"]
    with pytest.raises(tfp.MethodError) as error:
        METHOD.fit(panel_of(frame, frequency="quarter"))
    assert error.value.code == "inventory-needs-years"
