"""Rules that start the stock from investment alone, against numbers worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

import tfp

FRAME = {
    "p": ["a"] * 4 + ["b"] * 4,
    "year": [2000, 2001, 2002, 2003] * 2,
    # Exactly on a trend of 10 per cent a year in a; around one in b.
    "i": [100.0, 110.0, 121.0, 133.1, 50.0, 40.0, 60.5, 61.0],
}


def panel_of(**columns):
    return tfp.Panel(FRAME | columns, entity="p", time="year", investment="i")


def first_stocks(rule, **columns):
    method = tfp.PerpetualInventory(depreciation=0.05, initial_stock=rule)
    return method.fit(panel_of(**columns)).stock["end_of_year"].groupby("p").first().to_numpy()


def test_on_the_trend_it_is_the_steady_state():
    fitted = first_stocks(tfp.FittedSteadyState("2000-2003"))[0]
    assert fitted == pytest.approx(first_stocks(tfp.SteadyState("2000-2003"))[0], rel=1e-13)


def test_around_the_trend_it_is_the_least_squares_line():
    slope, level = np.polyfit(np.arange(4), np.log(FRAME["i"][4:]), 1)
    expected = 0.95 * np.exp(level) / (np.exp(slope) - 1 + 0.05) + 50.0
    assert first_stocks(tfp.FittedSteadyState("2000-2003"))[1] == pytest.approx(expected, rel=1e-12)


def test_it_says_that_it_rests_on_a_steady_state():
    method = tfp.PerpetualInventory(
        depreciation=0.05, initial_stock=tfp.FittedSteadyState("2000-2003")
    )
    assert [finding.code for finding in method.fit(panel_of()).warnings] == ["steady-state-stock"]


def test_multiple_of_investment():
    stocks = first_stocks(tfp.InvestmentMultiple(0.10, year=2000, source="Zhang et al. 2004"))
    np.testing.assert_allclose(stocks, [1000.0, 500.0], rtol=1e-15)


def test_unbenchmarked_holds_the_first_year_only_and_says_so():
    method = tfp.PerpetualInventory(depreciation=0.05, initial_stock=tfp.Unbenchmarked(2000))
    stocks = method.fit(panel_of())
    assert stocks.stock["end_of_year"].loc["a"].tolist() == pytest.approx(
        [100.0, 205.0, 0.95 * 205 + 121, 0.95 * (0.95 * 205 + 121) + 133.1], rel=1e-15
    )
    assert [finding.code for finding in stocks.warnings] == ["stock-unbenchmarked"]
    # Nothing was there at the start of the first year, and no growth is taken from it.
    assert np.isnan(stocks.stock["start_of_year"].loc[("a", 2000)])


@pytest.mark.parametrize(
    ("rule", "columns", "code"),
    [
        (tfp.FittedSteadyState("2000-2001"), {}, "fitted-window"),
        (tfp.FittedSteadyState("1999-2003"), {}, "year-missing"),
        (
            tfp.FittedSteadyState("2000-2003"),
            {"i": [100.0, 0.0, 121.0, 133.1, 50.0, 40.0, 60.5, 61.0]},
            "not-positive",
        ),
        (
            tfp.FittedSteadyState("2000-2003"),
            {"i": [100.0, np.nan, 121.0, 133.1, 50.0, 40.0, 60.5, 61.0]},
            "fitted-investment-missing",
        ),
        (
            tfp.FittedSteadyState("2000-2003"),
            {"i": [100.0, 80.0, 60.0, 50.0, 50.0, 40.0, 60.5, 61.0]},
            "steady-state-impossible",
        ),
    ],
)
def test_what_is_refused(rule, columns, code):
    with pytest.raises(tfp.MethodError) as error:
        first_stocks(rule, **columns)
    assert error.value.code == code


def test_a_multiple_needs_a_rate():
    with pytest.raises(tfp.MethodError) as error:
        tfp.InvestmentMultiple(0.0, year=2000)
    assert error.value.code == "investment-multiple-rate"


@pytest.mark.parametrize(
    "rule",
    [
        tfp.SteadyState("2000-2003", source="Harberger 1978"),
        tfp.FittedSteadyState("2000-2003", source="Harberger 1978"),
        tfp.ICORStock(2000, "2001-2003", source="Harberger 1978"),
        tfp.Unbenchmarked(2000, source="Harberger 1978"),
    ],
)
def test_every_rule_says_where_it_comes_from(rule):
    assert rule.options()["source"] == "Harberger 1978"
    assert type(rule)(**{k: v for k, v in vars(rule).items() if k != "source"}).source == ""


def test_a_rate_in_per_cent_is_refused():
    with pytest.raises(tfp.MethodError) as error:
        tfp.InvestmentMultiple(10, 2000)
    assert (error.value.code, error.value.fields["fraction"]) == ("fraction-in-per-cent", "0.1")
