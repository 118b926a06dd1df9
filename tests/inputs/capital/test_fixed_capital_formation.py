"""Social investment and capital formation: ratios, items, and when a ratio cancels."""

from __future__ import annotations

import numpy as np
import pytest

import tfp

# The nation, 2016, prices of 2010: total, outlays, assets bought, repairs and others,
# working capital; capital formation.
TOTAL, GFCF = 1_145_009.0, 914_777.0
FRAME = {
    "p": ["a"] * 5 + ["b"] * 5,
    "year": [2014, 2015, 2016, 2017, 2018] * 2,
    "v": [100.0, 110.0, 0.0, 131.0, 150.0, 40.0, 44.0, -3.0, 50.0, np.nan],
    "y": [300.0, 320.0, 340.0, 365.0, 390.0, 120.0, 128.0, 131.0, 140.0, 150.0],
}


def panel_of(**options):
    roles = {"time": "year", "entity": "p", "output": "y", "investment": "v"}
    return tfp.Panel(FRAME, **(roles | options))


def convert(panel=None, **options):
    return tfp.fixed_capital_formation(panel_of() if panel is None else panel,
                                       **({"source": "national"} | options))  # fmt: skip


def test_one_ratio_for_all_and_nothing_is_clipped() -> None:
    found = convert(ratio=GFCF / TOTAL).values("investment")
    assert found == pytest.approx(np.array(FRAME["v"]) * 0.798925, rel=1e-6, nan_ok=True)
    assert found[2] == 0.0
    assert found[7] < 0.0


@pytest.mark.parametrize(
    "ratio",
    [
        {2014: 0.7, 2015: 0.7, 2016: 0.8, 2017: 0.8, 2018: 0.8},
        {"2014-2015": 0.7, "2016-2018": 0.8},
        {"2014": 0.7, "2015": 0.7, "2016–2018": 0.8},
    ],
)
def test_ratios_by_year_and_by_period(ratio) -> None:
    found = convert(ratio=ratio).values("investment")
    assert found[:5] == pytest.approx([70.0, 77.0, 0.0, 104.8, 120.0])
    assert found[5:9] == pytest.approx([28.0, 30.8, -2.4, 40.0])


def test_ratios_by_area() -> None:
    found = convert(ratio={"a": 0.8, "b": 0.5}).values("investment")
    assert found[[0, 5]] == pytest.approx([80.0, 20.0])


def test_the_ledger_says_ratio_source_and_reason() -> None:
    panel = convert(ratio={"2014-2018": 0.8}, source="yearbook 2018", reason="no local figure")
    (entry,) = panel.ledger
    assert len(entry.rows) == 9, "the missing value was not touched"
    assert (entry.source, entry.detail("en")) == ("yearbook 2018", "0.8")
    assert entry.why("en").endswith("no local figure")
    assert entry.why("vi") != entry.why("en")


def test_items_that_count() -> None:
    items = {"outlays": "o", "bought": "b", "repairs": "r", "working": "w"}
    frame = {
        "year": [2015, 2016], "o": [800.0, 826.0], "b": [200.0, 214.0], "r": [np.nan, 60.0],
        "w": [20.0, 28.0],
    }  # fmt: skip
    panel = tfp.Panel(frame, time="year", investment=items, price_bases={"investment": "2010"})
    found = convert(panel, items={"outlays": 1, "bought": 0.5, "repairs": 0, "working": 0})
    assert found.values("investment").tolist() == [900.0, 933.0]
    assert found.several("investment") == {}
    assert found.column("investment").price_base == "2010"
    assert "bought: 0,5" in found.ledger[0].detail("vi")


def growth(panel, rule, **options):
    stocks = tfp.PerpetualInventory(depreciation=0.05, initial_stock=rule, **options).fit(panel)
    capital = stocks.panel.frame["capital"].loc["a"]
    return (capital / capital.shift() - 1).dropna().to_numpy()


class TestWhenAConstantRatioCancels:
    panel = tfp.Panel(
        {name: values[:5] for name, values in FRAME.items()},
        time="year", entity="p", output="y", investment="v",
    )  # fmt: skip
    converted = convert(panel, ratio=0.8)

    @pytest.mark.parametrize(
        "rule", [tfp.SteadyState("2014-2018"), tfp.SteadyState("2014-2018", growth_of="output")]
    )
    @pytest.mark.parametrize("timing", ["end", "mid"])
    def test_it_cancels_from_a_stock_in_proportion_to_investment(self, rule, timing) -> None:
        assert growth(self.converted, rule, timing=timing) == pytest.approx(
            growth(self.panel, rule, timing=timing), rel=1e-13
        )

    @pytest.mark.parametrize(
        "rule", [tfp.CapitalOutputRatio(2.5, year=2014), tfp.GivenStock(750.0, year=2014)]
    )
    def test_it_does_not_cancel_from_a_stock_of_another_origin(self, rule) -> None:
        with_ratio, without = growth(self.converted, rule), growth(self.panel, rule)
        assert with_ratio[0] - without[0] == pytest.approx(-0.2 * 110 / 750, rel=1e-12)

    def test_a_ratio_that_changes_does_not_cancel_at_all(self) -> None:
        rule = tfp.SteadyState("2014-2018")
        changing = convert(self.panel, ratio={"2014-2016": 0.8, "2017-2018": 0.9})
        assert abs(growth(changing, rule) - growth(self.panel, rule)).max() > 1e-3


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({}, "ratio-or-items"),
        ({"ratio": 0.8, "items": {"o": 1}}, "ratio-or-items"),
        ({"ratio": 0.8, "source": " "}, "ratio-source-missing"),
        ({"ratio": 79.9}, "ratio-out-of-range"),
        ({"ratio": 0.0}, "ratio-out-of-range"),
        ({"ratio": {2014: -0.8}}, "ratio-out-of-range"),
        ({"ratio": float("nan")}, "ratio-out-of-range"),
        ({"ratio": {"2014-2016": 0.8}}, "ratio-missing"),
        ({"ratio": {"a": 0.8}}, "ratio-missing"),
        ({"ratio": {"Hà Nội": 0.8}}, "ratio-key-unknown"),
        ({"ratio": {"2014-2016": 0.8, "2016-2018": 0.7}}, "ratios-overlap"),
        ({"ratio": {"2014-2018": 0.8, 2015: 0.7}}, "ratios-overlap"),
        ({"ratio": {"a": 0.8, "b": 0.7, 2015: 0.7}}, "ratios-overlap"),
        ({"items": {"outlays": 1}}, "items-missing"),
        ({"ratio": 0.8, "role": "output"}, "option-unknown"),
        ({"ratio": 0.8, "role": "investment_current"}, "role-missing"),
    ],
)
def test_what_is_refused(options, code) -> None:
    with pytest.raises(tfp.TFPError) as error:
        convert(**options)
    assert error.value.code == code
    assert error.value.message("en") != error.value.message("vi")


@pytest.mark.parametrize(
    ("items", "code"),
    [
        ({"outlays": 1}, "items-undeclared"),
        ({"outlays": 1, "repairs": 1, "others": 0}, "items-undeclared"),
        ({"outlays": 1, "repairs": 40}, "fraction-out-of-range"),
    ],
)
def test_items_that_are_refused(items, code) -> None:
    frame = {"year": [2015, 2016], "o": [800.0, 826.0], "r": [50.0, 60.0]}
    panel = tfp.Panel(frame, time="year", investment={"outlays": "o", "repairs": "r"})
    with pytest.raises(tfp.MethodError) as error:
        convert(panel, items=items)
    assert error.value.code == code


def test_each_row_of_the_ledger_holds_its_own_ratio() -> None:
    panel = convert(ratio={"2014-2015": 0.7, "2016-2018": 0.8})
    told = {entry.detail("en"): {time for _, time in entry.rows} for entry in panel.ledger}
    assert told == {"0.7": {2014, 2015}, "0.8": {2016, 2017, 2018}}


def test_a_misspelt_area_is_told_the_nearest() -> None:
    names = ["Hưng Yên"] * 5 + ["Thái Bình"] * 5
    panel = tfp.Panel({**FRAME, "p": names}, time="year", entity="p", output="y", investment="v")
    with pytest.raises(tfp.MethodError) as error:
        convert(panel, ratio={"Hưng Yên": 0.8, "Thái Bìn": 0.75})
    assert (error.value.code, error.value.fields["nearest"]) == ("ratio-key-unknown", "Thái Bình")
    assert "Thái Bình không?" in error.value.message("vi")


def test_a_ratio_is_applied_once() -> None:
    with pytest.raises(tfp.MethodError) as error:
        convert(convert(ratio=0.8), ratio=0.8)
    assert error.value.code == "investment-already-converted"
