"""Each rule for the initial stock against numbers worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

import tfp

ROUNDING = 1e-15

FRAME = {
    "p": ["a"] * 4 + ["b"] * 4,
    "year": [2000, 2001, 2002, 2003] * 2,
    # Investment grows by 10 per cent a year in a, by 21 per cent over two years in b.
    "i": [100.0, 110.0, 121.0, 133.1, 50.0, 40.0, 60.5, 61.0],
    "y": [400.0, 500.0, 520.0, 600.0, 200.0, 220.0, 242.0, 250.0],
}


def panel_of(**columns):
    roles = {"entity": "p", "time": "year", "output": "y", "investment": "i"}
    return tfp.Panel(FRAME | columns, **roles)


def initial(rule, depreciation=0.05, **columns):
    method = tfp.PerpetualInventory(depreciation=depreciation, initial_stock=rule)
    return method.fit(panel_of(**columns))


def first_stocks(stocks):
    return stocks.stock["end_of_year"].groupby("p").first().tolist()


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (tfp.GivenStock(1000.0, year=2000), [1000.0, 1000.0]),
        (tfp.GivenStock({"b": 500, "a": 1000}, year=2000), [1000.0, 500.0]),
        (tfp.GivenStock(np.int64(1000), year=2000), [1000.0, 1000.0]),
        (tfp.GivenStock(1000.0, year="2000"), [1000.0, 1000.0]),
        (tfp.CapitalOutputRatio(2.0, year=2000), [800.0, 400.0]),
        (tfp.CapitalOutputRatio({"a": 2.0, "b": 3.0}, year=2000), [800.0, 600.0]),
        # 100 x 1.1 / (0.1 + 0.05) and 50 x 1.1 / 0.15
        (tfp.SteadyState("2000-2002"), [110 / 0.15, 55 / 0.15]),
        # Output of b grows by 10 per cent a year; that of a by 400 to 520 in two years.
        (
            tfp.SteadyState("2000-2002", growth_of="output"),
            [100 * 1.3**0.5 / (1.3**0.5 - 0.95), 55 / 0.15],
        ),
        # Investment of 2001 and 2002 over the increments of output 400 to 520 and 200 to 242.
        (tfp.ICORStock(year=2000, years="2001-2002"), [400 * 231 / 120, 200 * 100.5 / 42]),
    ],
)
def test_by_hand(rule, expected):
    assert first_stocks(initial(rule)) == pytest.approx(expected, rel=ROUNDING * 4)


def test_the_steady_state_takes_the_rate_of_its_first_year():
    rates = tfp.Geometric({2000: 0.10, 2001: 0.2, 2002: 0.3, 2003: 0.3})
    stocks = initial(tfp.SteadyState("2000-2002"), rates)
    assert first_stocks(stocks) == pytest.approx([110 / 0.2, 55 / 0.2], rel=ROUNDING * 4)


def test_the_steady_state_is_steady():
    # Where investment keeps growing at that rate, so does the stock.
    stocks = initial(tfp.SteadyState("2000-2003")).stock.loc["a", "end_of_year"]
    assert (stocks / stocks.shift()).dropna().tolist() == pytest.approx([1.1] * 3, rel=1e-14)


@pytest.mark.parametrize(
    ("rule", "remarks"),
    [
        (tfp.GivenStock(1000.0, year=2000), []),
        (tfp.CapitalOutputRatio(2.0, year=2000), ["one-ratio-for-all"]),
        (tfp.CapitalOutputRatio({"a": 2.0, "b": 2.5}, year=2000), []),
        (tfp.CapitalOutputRatio({"a": 0.25, "b": 15.5}, year=2000), ["initial-ratio-implausible"]),
        (tfp.CapitalOutputRatio({"a": 0.3, "b": 15.0}, year=2000), []),
        (tfp.GivenStock({"a": 1000.0, "b": 50.0}, year=2000), ["initial-ratio-implausible"]),
        (tfp.SteadyState("2000-2002"), ["steady-state-stock"]),
        (tfp.ICORStock(year=2000, years="2001-2002"), ["icor-stock"]),
    ],
)
def test_rules_that_need_a_warning_have_one(rule, remarks):
    stocks = initial(rule)
    assert [finding.code for finding in stocks.warnings] == remarks
    for finding in stocks.warnings:
        for part in ("found", "effect", "remedy"):
            assert finding.part(part, "en") != finding.part(part, "vi")
    assert stocks.options["initial_stock"]["rule"]


def test_the_surviving_share_after_ten_years_at_five_per_cent():
    frame = {"year": list(range(2010, 2021)), "y": [100.0] * 11, "i": [0.0] * 11}
    panel = tfp.Panel(frame, time="year", output="y", investment="i")
    method = tfp.PerpetualInventory(
        depreciation=0.05, initial_stock=tfp.CapitalOutputRatio(2.0, year=2010)
    )
    stocks = method.fit(panel)
    assert stocks.surviving_share["surviving_share"].tolist() == pytest.approx(
        [1.0] * 11, rel=1e-14
    )
    assert stocks.end_of_year[-1] == pytest.approx(200 * 0.95**10, rel=1e-14)


@pytest.mark.parametrize(
    ("rule", "columns", "code"),
    [
        (tfp.SteadyState("2000"), {}, "steady-state-window"),
        (tfp.SteadyState("2002-2000"), {}, "span-not-understood"),
        (tfp.SteadyState("2000-2009"), {}, "year-missing"),
        (tfp.SteadyState("2000-2002", growth_of="labour"), {}, "option-unknown"),
        (tfp.SteadyState("2000-2002"), {"i": [0.0, *FRAME["i"][1:]]}, "steady-state-impossible"),
        (tfp.SteadyState("2000-2002"), {"i": [np.nan, *FRAME["i"][1:]]}, "steady-state-impossible"),
        (
            tfp.SteadyState("2000-2002"),
            {"i": [100.0, 60.0, 40.0, 30.0, *FRAME["i"][4:]]},
            "steady-state-impossible",
        ),
        (
            tfp.ICORStock(year=2000, years="2001-2002"),
            {"y": [400.0, 390.0, 380.0, 600.0, *FRAME["y"][4:]]},
            "icor-impossible",
        ),
        (tfp.ICORStock(year=2000, years="2000-2002"), {}, "year-missing"),
        (
            tfp.ICORStock(year=2000, years="2001-2002"),
            {"y": [400.0, 390.0, np.nan, 600.0, *FRAME["y"][4:]]},
            "initial-stock-not-positive",
        ),
    ],
)
def test_refusals(rule, columns, code):
    with pytest.raises(tfp.TFPError) as error:
        initial(rule, **columns)
    assert error.value.code == code
    assert error.value.message("en") != error.value.message("vi")


def test_a_ratio_is_rescaled_by_investment_and_by_output():
    unchanged = {"old_investment": 1.0, "old_output": 1.0, "new_investment": 1.0, "new_output": 1.0}
    for revised, expected in (
        ({}, 2.0),
        ({"new_investment": 1.25}, 2.5),
        ({"new_output": 1.25}, 1.6),
        ({"new_investment": 1.25, "new_output": 1.25}, 2.0),
    ):
        assert tfp.rescaled_ratio(2.0, **(unchanged | revised)) == pytest.approx(expected)


FIGURES = {"old_investment": 704401.0, "old_output": 2157828.0,
           "new_investment": 963320.3, "new_output": 2739843.2}  # fmt: skip


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize("value", [0, -1.0, np.nan])
def test_no_ratio_is_rescaled_with_what_is_no_positive_figure(name, value):
    with pytest.raises(tfp.MethodError) as error:
        tfp.rescaled_ratio(2.3, **FIGURES | {name: value})
    assert (error.value.code, error.value.fields["name"]) == ("rescaling-figure-not-positive", name)


def test_rates_by_year_are_asked_for_from_the_initial_year_on_only():
    panel = tfp.Panel({"year": range(2000, 2006), "i": range(30, 36)}, time="year", investment="i")
    given = tfp.GivenStock(300.0, year=2003)
    rates = {2003: 0.05, 2004: 0.06, 2005: 0.07}
    stocks = tfp.PerpetualInventory(depreciation=tfp.Geometric(rates), initial_stock=given).fit(
        panel
    )
    whole = tfp.PerpetualInventory(
        depreciation=tfp.Geometric({2000: 0.9, 2001: 0.9, 2002: 0.9} | rates), initial_stock=given
    ).fit(panel)
    for name in ("end_of_year", "start_of_year", "surviving_initial"):
        np.testing.assert_array_equal(getattr(stocks, name), getattr(whole, name))
    for year in rates:
        lacking = {other: rate for other, rate in rates.items() if other != year}
        with pytest.raises(tfp.MethodError) as error:
            tfp.PerpetualInventory(depreciation=tfp.Geometric(lacking), initial_stock=given).fit(
                panel
            )
        assert error.value.code == "depreciation-missing"
        assert [place.time for place in error.value.places] == [year]


def test_a_steady_state_without_a_rate_is_no_impossible_one():
    panel = tfp.Panel({"year": range(2000, 2006), "i": range(30, 36)}, time="year", investment="i")
    for rule in (tfp.SteadyState("2001-2005"), tfp.FittedSteadyState("2001-2005")):
        with pytest.raises(tfp.MethodError) as error:
            tfp.PerpetualInventory(
                depreciation=tfp.Geometric({2002: 0.05}), initial_stock=rule
            ).fit(panel)
        assert error.value.code == "depreciation-missing"
