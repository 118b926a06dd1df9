"""Perpetual inventory of a panel against a loop over years, and what it refuses."""

from __future__ import annotations

import pickle
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tfp

# Thirty years of sums of positive numbers, each rounded in another order.
LOOP = 1e-14


def provinces(seed=0, n_entities=4, most_years=12):
    """Return unbalanced entities without gaps, and the year of each one's initial stock."""
    rng = np.random.default_rng(seed)
    rows = []
    for entity in range(n_entities):
        first = 2000 - rng.integers(0, 3)
        last = 2002 + rng.integers(0, most_years)
        rows += [(f"province {entity}", year) for year in range(first, last + 1)]
    frame = pd.DataFrame(rows, columns=["p", "year"])
    frame["i"] = rng.uniform(10, 50, len(frame))
    frame["y"] = rng.uniform(90, 110, len(frame))
    frame["d"] = rng.uniform(0.01, 0.2, len(frame))
    return frame


def panel_of(frame, **roles):
    roles = {"entity": "p", "time": "year", "output": "y", "investment": "i"} | roles
    return tfp.Panel(frame, **roles)


def by_loop(frame, initial, rate, year, *, mid_year=False):
    """Return start, end and what is left of the initial stock, by entity and year."""
    result = {}
    for entity, rows in frame.groupby("p"):
        start = end = left = np.nan
        for row in rows.sort_values("year").itertuples():
            delta = rate(entity, row.year, row.d)
            if row.year == year:
                end = initial(entity, row.y)
                invested = row.i * (1 - delta / 2) if mid_year else row.i
                start = (end - invested) / (1 - delta) if end > invested else np.nan
                left = end
            elif row.year > year:
                start = end
                invested = row.i * (1 - delta / 2) if mid_year else row.i
                end = (1 - delta) * start + invested
                left *= 1 - delta
            result[entity, row.year] = (start, end, left / end)
    return pd.DataFrame(result, index=["start_of_year", "end_of_year", "surviving_share"]).T


RATES = {
    "constant": (0.05, lambda *_: 0.05),
    "by entity": (
        tfp.Geometric({f"province {k}": 0.02 + 0.03 * k for k in range(4)}),
        lambda entity, *_: 0.02 + 0.03 * int(entity[-1]),
    ),
    "by year": (
        tfp.Geometric({year: 0.03 + (year % 5) / 100 for year in range(1990, 2030)}),
        lambda _, year, __: 0.03 + (year % 5) / 100,
    ),
    "in a column": (tfp.Geometric(), lambda *key: key[-1]),
    "no wear": (0.0, lambda *_: 0.0),
}
STOCKS = {
    "given": (tfp.GivenStock(300.0, year=2001), lambda *_: 300.0),
    "given by entity": (
        tfp.GivenStock({f"province {k}": 100.0 * (k + 1) for k in range(4)}, year=2001),
        lambda entity, _: 100.0 * (int(entity[-1]) + 1),
    ),
    "ratio": (tfp.CapitalOutputRatio(2.5, year=2001), lambda _, output: 2.5 * output),
}


@pytest.mark.parametrize("stock", STOCKS)
@pytest.mark.parametrize("rates", RATES)
@pytest.mark.parametrize("investment_timing", ["end_of_year", "mid_year"])
@settings(max_examples=4)
@given(seed=st.integers(0, 2**32 - 1))
def test_against_a_loop(rates, stock, investment_timing, seed):
    frame = provinces(seed)
    rate, rate_of = RATES[rates]
    initial_stock, initial = STOCKS[stock]
    roles = {"depreciation_rate": "d"} if rates == "in a column" else {}
    expected = by_loop(frame, initial, rate_of, 2001, mid_year=investment_timing == "mid_year")
    method = tfp.PerpetualInventory(
        depreciation=rate, initial_stock=initial_stock, investment_timing=investment_timing
    )
    shuffled = panel_of(frame.sample(frac=1.0, random_state=1), **roles)
    for panel in (panel_of(frame, **roles), shuffled):
        stocks = method.fit(panel)
        ours = stocks.stock.join(stocks.surviving_share).loc[expected.index]
        for name in expected:
            np.testing.assert_allclose(ours[name], expected[name], rtol=LOOP)


@pytest.mark.parametrize("timing", ["end", "start", "mid"])
def test_timing_says_which_stock_produces(timing):
    method = tfp.PerpetualInventory(
        depreciation=0.05, initial_stock=tfp.GivenStock(300.0, year=2001), timing=timing
    )
    stocks = method.fit(panel_of(provinces()))
    start, end = stocks.stock["start_of_year"], stocks.stock["end_of_year"]
    expected = {"end": end, "start": start, "mid": (start + end) / 2}[timing]
    pd.testing.assert_series_equal(stocks.stock["in_use"], expected, check_names=False)
    np.testing.assert_array_equal(stocks.panel.values("capital"), expected)


class TestWhatComesOut:
    method = tfp.PerpetualInventory(
        depreciation=0.05, initial_stock=tfp.CapitalOutputRatio(2.5, year=2001)
    )

    def test_the_column_inherits_what_is_known_of_investment(self):
        described = {"output": "billion VND", "investment": "billion VND"}
        panel = panel_of(
            provinces(),
            units=described,
            price_bases={"investment": "2010"},
            vintages={"investment": "2019"},
            boundaries={"investment": "63 provinces"},
        )
        capital = self.method.fit(panel).panel.column("capital")
        known = (capital.unit, capital.price_base, capital.vintage, capital.boundary)
        assert known == ("billion VND", "2010", "2019", "63 provinces")

    def test_the_ledger_says_that_it_is_derived(self):
        panel = self.method.fit(panel_of(provinces())).panel
        (entry,) = panel.ledger
        assert (entry.action, entry.role) == ("derived", "capital")
        assert ("province 0", 2001) in entry.rows

    def test_the_panel_that_went_in_is_as_it_was(self):
        panel = panel_of(provinces())
        before = panel.values("investment").tobytes()
        self.method.fit(panel)
        assert "capital" not in panel.columns
        assert panel.ledger == ()
        assert panel.values("investment").tobytes() == before

    def test_the_same_again_has_the_same_bits_also_after_a_journey(self):
        first, second = (self.method.fit(panel_of(provinces())) for _ in range(2))
        third = pickle.loads(pickle.dumps(first))  # noqa: S301
        for stocks in (second, third):
            assert stocks.end_of_year.tobytes() == first.end_of_year.tobytes()
            assert not stocks.end_of_year.flags.writeable

    def test_it_is_read_back_as_it_was_written(self, tmp_path):
        entity_stocks = pd.Series({f"province {k}": np.int64(100 + k) for k in range(4)})
        rates = tfp.Geometric(dict.fromkeys(range(1990, 2030), 0.05))
        method = tfp.PerpetualInventory(
            depreciation=rates, initial_stock=tfp.GivenStock(entity_stocks, year=2001)
        )
        stocks = method.fit(panel_of(provinces()))
        stocks.save(tmp_path / "stocks.tfp")
        again = tfp.load(tmp_path / "stocks.tfp")
        assert again.stock.equals(stocks.stock)
        assert again.options == stocks.options

    def test_a_ratio_says_what_rests_on_it(self):
        shares = self.method.fit(panel_of(provinces())).surviving_share["surviving_share"]
        last = shares.groupby("p").last()
        assert ((last > 0) & (last < 1)).all()


def single(**columns):
    frame = {"year": [2000, 2001, 2002, 2003], "i": [30.0, 31.0, 32.0, 33.0], "y": [100.0] * 4}
    return frame | columns


def fit(frame, initial_stock=None, panel_options=None, **options):
    stock = initial_stock or tfp.GivenStock(300.0, year=2001)
    method = tfp.PerpetualInventory(**{"depreciation": 0.05, "initial_stock": stock} | options)
    roles = {"time": "year", "output": "y", "investment": "i"} | (panel_options or {})
    return method.fit(tfp.Panel(frame, **roles))


def refusal(function, *arguments, **options):
    with pytest.raises(tfp.TFPError) as error:
        function(*arguments, **options)
    assert error.value.message("en") != error.value.message("vi")
    return error.value


class TestRefusals:
    @pytest.mark.parametrize(
        ("options", "code"),
        [
            ({"timing": "middle"}, "option-unknown"),
            ({"investment_timing": "start"}, "option-unknown"),
            ({"initial_stock": 2.5}, "initial-stock-not-a-rule"),
            ({"initial_stock": tfp.GivenStock}, "initial-stock-not-a-rule"),
            ({"depreciation": "0.05"}, "depreciation-not-a-rate"),
            ({"depreciation": tfp.Geometric}, "depreciation-not-a-rate"),
            ({"depreciation": 5.0}, "depreciation-out-of-range"),
            ({"depreciation": -0.01}, "depreciation-out-of-range"),
            ({"depreciation": 1.0}, "depreciation-out-of-range"),
            ({"depreciation": float("nan")}, "depreciation-out-of-range"),
            ({"depreciation": tfp.Geometric({2000: 0.05, 2001: 0.05})}, "depreciation-missing"),
            ({"depreciation": tfp.Geometric(dict.fromkeys(range(2000, 2004), 5.0))},
             "depreciation-out-of-range"),
            ({"depreciation": tfp.Geometric()}, "role-missing"),
            ({"initial_stock": tfp.GivenStock(300.0, year=1999)}, "year-missing"),
            ({"initial_stock": tfp.GivenStock(0.0, year=2001)}, "initial-stock-not-positive"),
            ({"initial_stock": tfp.GivenStock(-1.0, year=2001)}, "initial-stock-not-positive"),
            ({"initial_stock": tfp.GivenStock(np.inf, year=2001)}, "initial-stock-not-positive"),
            ({"initial_stock": tfp.CapitalOutputRatio(np.nan, year=2001)},
             "initial-stock-not-positive"),
            ({"initial_stock": tfp.GivenStock({"Hà Nội": 1.0}, year=2001)},
             "initial-stock-missing"),
        ],
    )  # fmt: skip
    def test_of_options(self, options, code):
        assert refusal(fit, single(), **options).code == code

    def test_of_a_ratio_to_output_that_is_missing(self):
        frame = single(y=[100.0, np.nan, 100.0, 100.0])
        error = refusal(fit, frame, tfp.CapitalOutputRatio(2.5, year=2001))
        assert error.code == "initial-stock-not-positive"
        assert [place.time for place in error.places] == [2001]

    def test_of_missing_investment_only_after_the_initial_year(self):
        assert (
            not fit(single(i=[np.nan, np.nan, 32.0, 33.0]))
            .stock["end_of_year"]
            .iloc[1:]
            .isna()
            .any()
        )
        error = refusal(fit, single(i=[30.0, 31.0, np.nan, 33.0]))
        assert (error.code, [place.time for place in error.places]) == (
            "investment-missing",
            [2002],
        )

    def test_of_a_missing_year_only_after_the_initial_year(self):
        before = single(year=[1998, 2001, 2002, 2003])
        assert fit(before).stock["end_of_year"].isna().tolist() == [True, False, False, False]
        error = refusal(fit, single(year=[2000, 2001, 2003, 2004]))
        assert (error.code, [place.time for place in error.places]) == ("investment-gap", [2002])

    def test_of_disinvestment_that_exhausts_the_stock(self):
        error = refusal(fit, single(i=[30.0, 31.0, -400.0, 33.0]))
        assert (error.code, error.places[0].time) == ("stock-not-positive", 2002)

    @pytest.mark.parametrize(
        ("option", "code"),
        [("vintages", "mixed-vintages"), ("price_bases", "mixed-price-bases")],
    )
    def test_of_investment_that_does_not_belong_to_output(self, option, code):
        described = {option: {"output": "2010", "investment": "2020"}}
        assert refusal(fit, single(), panel_options=described).code == code

    def test_of_panels_that_are_not_yearly(self):
        quarters = single(year=["2000Q1", "2000Q2", "2000Q3", "2000Q4"])
        error = refusal(fit, quarters, panel_options={"frequency": "quarter"})
        assert error.code == "inventory-needs-years"

    def test_of_panels_without_investment(self):
        assert refusal(fit, single(), panel_options={"investment": None}).code == "role-missing"

    def test_of_an_entity_without_the_initial_year(self):
        frame = provinces(1)
        frame = frame[(frame["p"] != "province 2") | (frame["year"] > 2001)]
        method = TestWhatComesOut.method
        error = refusal(method.fit, panel_of(frame))
        assert (error.code, error.fields["entities"]) == ("year-missing", ["province 2"])


def test_options_are_values():
    method = TestWhatComesOut.method
    other = replace(method, timing="mid")
    assert (method.timing, other.timing) == ("end", "mid")


def test_a_hundred_thousand_entities():
    n = 100_000
    rng = np.random.default_rng(3)
    invested = rng.uniform(1, 2, (n, 3))
    keys = np.divmod(np.arange(3 * n), 3)
    frame = {"p": keys[0], "year": 2000 + keys[1], "i": invested.ravel(), "y": np.ones(3 * n)}
    stocks = tfp.PerpetualInventory(
        depreciation=0.1, initial_stock=tfp.CapitalOutputRatio(10.0, year=2000)
    ).fit(panel_of(frame))
    expected = (10.0 * 0.9 + invested[:, 1]) * 0.9 + invested[:, 2]
    np.testing.assert_allclose(stocks.end_of_year.reshape(n, 3)[:, 2], expected, rtol=LOOP)


def test_units_matter_only_where_the_stock_is_a_multiple_of_output():
    frame = {"year": [2020, 2021], "y": [100.0, 104.0], "i": [30.0, 31.0], "l": [5.0, 5.1]}
    roles = {"time": "year", "output": "y", "investment": "i", "labour": "l"}
    panel = tfp.Panel(frame, **roles, units={"output": "billion", "investment": "million"})
    given = tfp.PerpetualInventory(
        depreciation=0.05, initial_stock=tfp.GivenStock(250.0, year=2020)
    ).fit(panel)

    assert given.panel.column("capital").unit == "million"
    assert tfp.growth_accounts(given.panel, capital_share=0.4).term("tfp").shape == (2,)


def test_stocks_may_be_computed_anew_from_a_panel_that_has_them_from_investment():
    frame = provinces()
    method = TestWhatComesOut.method
    once = method.fit(panel_of(frame))
    again = replace(method, timing="mid").fit(once.panel)

    assert again.stock["end_of_year"].equals(once.stock["end_of_year"])
    assert [entry.action for entry in again.panel.ledger] == ["derived", "derived"]


def test_a_column_of_rates_that_is_not_used_is_remarked():
    panel = panel_of(provinces(), depreciation_rate="d")
    method = TestWhatComesOut.method

    for depreciation, remarks in (
        (0.05, ["depreciation-column-unused"]),
        (tfp.Geometric({f"province {k}": 0.05 for k in range(4)}), ["depreciation-column-unused"]),
        (tfp.Geometric(), []),
    ):
        found = replace(method, depreciation=depreciation).fit(panel).warnings
        assert [f.code for f in found if f.code.startswith("depreciation")] == remarks
        assert all("d" in f.part("found", "vi").split() for f in found if f.code in remarks)


def test_the_ratio_of_an_initial_stock_names_where_it_is_implausible():
    frame = {"year": [2020, 2021], "y": [100.0, 104.0], "i": [30.0, 31.0]}
    panel = tfp.Panel(frame, time="year", area="Huế", output="y", investment="i")
    given = tfp.GivenStock(2000.0, year=2020)

    (finding,) = tfp.PerpetualInventory(depreciation=0.05, initial_stock=given).fit(panel).warnings

    assert [(place.entity, place.time) for place in finding.places] == [("Huế", 2020)]
    assert "20.00 times output" in finding.part("found")
    assert "20,00 lần" in finding.part("found", "vi")
