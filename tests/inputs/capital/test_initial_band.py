"""The range of initial stocks: linear, declared, and no figure of one area for another."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import tfp
from tfp.inputs.capital.initial_band import default_alternatives

FRAME = {
    "p": ["a"] * 5 + ["b"] * 5,
    "year": [2014, 2015, 2016, 2017, 2018] * 2,
    "i": [100.0, 110.0, 121.0, 131.0, 150.0, 40.0, 44.0, 46.0, 50.0, 55.0],
    "y": [300.0, 320.0, 340.0, 365.0, 390.0, 120.0, 128.0, 131.0, 140.0, 150.0],
    "l": [100.0, 101.0, 102.0, 103.0, 104.0] * 2,
}
INVENTORY = tfp.PerpetualInventory(
    depreciation=0.05, initial_stock=tfp.CapitalOutputRatio({"a": 2.5, "b": 2.0}, year=2014)
)


def panel_of(**options):
    roles = {"time": "year", "entity": "p", "output": "y", "investment": "i", "labour": "l"}
    return tfp.Panel(FRAME, **(roles | options))


@pytest.mark.parametrize("timing", ["end", "start", "mid"])
@pytest.mark.parametrize("worn", ["end_of_year", "mid_year"])
def test_a_multiple_is_the_inventory_with_that_initial_stock(timing, worn) -> None:
    own = replace(INVENTORY, timing=timing, investment_timing=worn)
    ratio = tfp.CapitalOutputRatio({"a": 3.125, "b": 2.5}, year=2014)
    found = tfp.initial_stock_range(
        panel_of(), own, {"scaled": 1.25, "run": replace(own, initial_stock=ratio)}
    )
    assert found.capital[1].tolist() == pytest.approx(found.capital[2], rel=1e-14)
    assert found.surviving_share[1].tolist() == pytest.approx(found.surviving_share[2], rel=1e-14)


def test_stocks_are_linear_in_the_initial_stock() -> None:
    found = tfp.initial_stock_range(panel_of(), INVENTORY, {"half": 0.5, "double": 2.0})
    own, half, double = found.capital
    left = found.surviving_share[0] * own
    assert half == pytest.approx(own - 0.5 * left, rel=1e-14)
    assert double == pytest.approx(own + left, rel=1e-14)
    assert found.surviving_share[0][4] == pytest.approx(750 * 0.95**4 / own[4], rel=1e-14)


def test_the_effect_on_tfp_is_that_of_the_accounts() -> None:
    found = tfp.initial_stock_range(panel_of(), INVENTORY, {"low": 0.75})
    low = replace(INVENTORY, initial_stock=tfp.CapitalOutputRatio({"a": 1.875, "b": 1.5}, 2014))
    accounts = [
        tfp.growth_accounts(inventory.fit(panel_of()).panel, capital_share=0.4)
        for inventory in (INVENTORY, low)
    ]
    difference = accounts[1].contributions["tfp"] - accounts[0].contributions["tfp"]
    effect = found.effect_on_tfp(0.4)
    assert effect["low"].dropna().tolist() == pytest.approx(difference.tolist(), abs=1e-12)
    assert (effect["stated"].dropna() == 0).all()
    assert (effect["low"].dropna() < 0).all(), "a smaller stock grows faster and leaves TFP less"


def test_bands_surround_the_own_assumption() -> None:
    found = tfp.initial_stock_range(panel_of(), INVENTORY)
    assert found.names == ("stated", "initial stock x 0.75", "initial stock x 1.25")
    band = found.growth_band
    grown = ~np.isnan(band.centre)
    assert (band.low[grown] < band.centre[grown]).all()
    assert (band.centre[grown] < band.high[grown]).all()
    assert band.covers == "stated; initial stock x 0.75; initial stock x 1.25"
    effect = found.tfp_band(np.full(10, 0.4))
    assert effect.high[grown] == pytest.approx(40 * (band.centre - band.low)[grown])
    assert (effect.centre[grown] == 0).all()
    width = band.high - band.low
    assert width[1] > width[2] > width[3] > width[4], "the initial stock wears out"


def national(area="Viet Nam"):
    return tfp.Panel(
        tfp.datasets.vietnam().frame, time="year", area=area, output="gdp", investment="gfcf"
    )


class TestCohorts:
    method = tfp.CohortInventory(
        efficiency=tfp.Hyperbolic(0.5), retirement=tfp.NormalLife(12, 0.25), discount_rate=0.04,
        initial_stock=tfp.CapitalOutputRatio(2.5, year=2014), initial_decay=0.06,
    )  # fmt: skip
    backcast = replace(
        method, initial_stock=tfp.BackcastInvestment(growth=0.06, years=40), initial_decay=None
    )

    def test_a_stated_stock_of_cohorts_is_scaled(self) -> None:
        found = tfp.initial_stock_range(panel_of(), self.method)
        own, low, high = found.capital
        left = found.surviving_share[0] * own
        assert low == pytest.approx(own - 0.25 * left, rel=1e-13)
        assert high == pytest.approx(own + 0.25 * left, rel=1e-13)

    def test_back_casts_are_set_beside_each_other(self) -> None:
        slower = tfp.BackcastInvestment(growth=0.03, years=40)
        found = tfp.initial_stock_range(
            panel_of(), self.backcast, {"slower": replace(self.backcast, initial_stock=slower)}
        )
        assert (found.capital[1] > found.capital[0]).all(), "more of the past is still there"
        assert (
            found.declared["slower"]["initial_stock"] != found.declared["stated"]["initial_stock"]
        )

    def test_a_back_cast_has_no_stock_to_multiply(self) -> None:
        with pytest.raises(tfp.MethodError) as error:
            tfp.initial_stock_range(panel_of(), self.backcast)
        assert error.value.code == "scale-without-stock"
        assert error.value.message("en") != error.value.message("vi")


class TestDefaults:
    panel = national()
    inventory = tfp.PerpetualInventory(
        depreciation=0.05, initial_stock=tfp.CapitalOutputRatio(2.50679, year=2010)
    )

    @pytest.mark.parametrize("name", ["Viet Nam", "Việt Nam", "VIETNAM"])
    def test_the_nation_has_its_own(self, name) -> None:
        found = default_alternatives(national(name), self.inventory)
        assert list(found) == [
            "ratio 2.1, depreciation 0.04", "ratio 2.1, depreciation 0.06",
            "ratio 2.8, depreciation 0.04", "ratio 2.8, depreciation 0.06",
        ]  # fmt: skip
        assert found["ratio 2.8, depreciation 0.06"].initial_stock.ratio == 2.8

    def test_each_vintage_has_its_own(self) -> None:
        rule = tfp.CapitalOutputRatio(1.9, year=2005)
        found = default_alternatives(self.panel, replace(self.inventory, initial_stock=rule))
        assert {name.partition(",")[0] for name in found} == {"ratio 1.5", "ratio 2.3"}

    @pytest.mark.parametrize(
        ("area", "rule"),
        [
            ("Hà Nội", tfp.CapitalOutputRatio(2.5, year=2010)),
            ("Thailand", tfp.CapitalOutputRatio(2.5, year=2010)),
            ("", tfp.CapitalOutputRatio(2.5, year=2010)),
            ("Viet Nam", tfp.CapitalOutputRatio(2.5, year=2012)),
            ("Viet Nam", tfp.SteadyState("2010-2015")),
            ("Viet Nam", tfp.GivenStock(6e6, year=2010)),
        ],
    )
    def test_no_other_area_or_rule_gets_them(self, area, rule) -> None:
        inventory = replace(self.inventory, initial_stock=rule)
        assert default_alternatives(national(area), inventory) == {
            "initial stock x 0.75": 0.75, "initial stock x 1.25": 1.25,
        }  # fmt: skip

    def test_provinces_never_get_the_nations_figures(self) -> None:
        rule = tfp.CapitalOutputRatio({"a": 2.5, "b": 2.0}, year=2010)
        inventory = replace(INVENTORY, initial_stock=rule)
        assert set(default_alternatives(panel_of(), inventory).values()) == {0.75, 1.25}

    def test_the_range_holds_the_main_example(self) -> None:
        found = tfp.initial_stock_range(self.panel, self.inventory)
        growth = found.growth
        # Capital contributes 3.342492 points at a share of 0.40 in 2011, 2.722656 in 2024.
        assert growth.loc[2011, "stated"] == pytest.approx(3.342492 / 0.4, abs=2e-5)
        assert growth.loc[2024, "stated"] == pytest.approx(2.722656 / 0.4, abs=2e-5)
        width = growth.max(axis=1) - growth.min(axis=1)
        assert width[2011] > 3 * width[2024] > 0


def test_words_say_that_it_is_no_probability() -> None:
    found = tfp.initial_stock_range(panel_of(), INVENTORY)
    assert "not a probability" in found.summary("en")
    assert "không phải xác suất" in found.summary("vi")
    assert found.declared["initial stock x 0.75"]["initial_stock"]["scale"] == 0.75


@pytest.mark.parametrize(
    ("alternatives", "code"),
    [
        ({}, "alternatives-missing"),
        ({"stated": 0.75}, "alternative-name-taken"),
        ({"low": "0.75"}, "alternative-not-understood"),
        ({"low": True}, "alternative-not-understood"),
        ({"low": 0.0}, "scale-not-positive"),
        ({"low": float("nan")}, "scale-not-positive"),
    ],
)
def test_what_is_refused(alternatives, code) -> None:
    with pytest.raises(tfp.MethodError) as error:
        tfp.initial_stock_range(panel_of(), INVENTORY, alternatives)
    assert error.value.code == code
    assert error.value.message("en") != error.value.message("vi")


def test_a_share_of_capital_in_per_cent_is_refused() -> None:
    panel = tfp.Panel({"year": [2020, 2021], "i": [30.0, 32.0]}, time="year", investment="i")
    inventory = tfp.PerpetualInventory(
        depreciation=0.05, initial_stock=tfp.GivenStock(300.0, year=2020)
    )
    found = tfp.initial_stock_range(panel, inventory)
    for use in (found.effect_on_tfp, found.tfp_band):
        with pytest.raises(tfp.MethodError) as error:
            use(40)
        assert error.value.fields["fraction"] == "0.4"
        use(np.array([np.nan, 0.4]))
