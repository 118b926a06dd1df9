"""Stocks by cohort against sums written out, their identities, and what is refused."""

from __future__ import annotations

import pickle

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tfp

SUMS = 1e-13  # thirty years of sums, in another order
KINDS = ["gross", "net", "productive"]


def provinces(seed=0, n_entities=3, most_years=15, *, negative=False):
    """Return unbalanced entities without gaps."""
    rng = np.random.default_rng(seed)
    rows = []
    for entity in range(n_entities):
        first = 2000 + rng.integers(0, 3)
        last = 2004 + rng.integers(0, most_years)
        rows += [(f"province {entity}", year) for year in range(first, last + 1)]
    frame = pd.DataFrame(rows, columns=["p", "year"])
    frame["i"] = rng.uniform(20, 50, len(frame))
    if negative:  # zero and negative investment, but not in a first year
        later = frame["p"].duplicated()
        frame.loc[later & (rng.random(len(frame)) < 0.15), "i"] = 0.0
        frame.loc[later & (rng.random(len(frame)) < 0.1), "i"] = -2.0
    frame["y"] = rng.uniform(90, 110, len(frame))
    return frame


def panel_of(frame, **roles):
    return tfp.Panel(
        frame, **{"entity": "p", "time": "year", "output": "y", "investment": "i"} | roles
    )


def method(**options):
    return tfp.CohortInventory(
        **{
            "efficiency": tfp.Hyperbolic(0.5),
            "retirement": tfp.NormalLife(8, 0.3),
            "discount_rate": 0.05,
            "initial_stock": tfp.BackcastInvestment(growth=0.06, years=25),
        }
        | options
    )


EFFICIENCIES = [
    tfp.StraightLine(),
    tfp.Hyperbolic(0.75),
    tfp.OneHossShay(),
    tfp.DelayedLinear(3),
    tfp.DecliningBalance(1.5),
    tfp.GeometricEfficiency(0.12),
]
RETIREMENTS = [
    tfp.FixedLife(7),
    tfp.FixedLife(6),
    tfp.NormalLife(8, 0.3),
    tfp.LogNormalLife(8, 0.4),
    tfp.GammaLife(8, 0.4),
    tfp.WeibullLife(8, 2.0),
    tfp.WinfreyLife(8, "S2"),
    tfp.StatedSurvival([1, 0.9, 0.4, 0.2, 0]),
]


def weights_by_loop(efficiency, retirement, kind, timing, n_years=60):
    """Return what is left of an investment of n years ago, one number at a time."""
    lives, shares = retirement.lives()
    ages = range(int(np.ceil(lives[-1])) + n_years + 2)

    def unit(age, life):
        if age >= life:
            return 0.0
        return float(efficiency.at(np.array(float(age)), np.array(life)))

    survival = [sum(p for p, life in zip(shares, lives, strict=True) if age < life) for age in ages]
    services = [
        sum(p * unit(age, life) for p, life in zip(shares, lives, strict=True)) for age in ages
    ]
    values = [sum(services[s] / 1.05 ** (s - age + 1) for s in ages if s >= age) for age in ages]
    profile = {
        "gross": survival,
        "productive": services,
        "net": [value / values[0] for value in values],
    }[kind]
    offset = {"end_of_year": (0, 0), "start_of_year": (1, 1), "mid_year": (0, 1)}[timing]
    return [(profile[n + offset[0]] + profile[n + offset[1]]) / 2 for n in range(n_years)]


@pytest.mark.parametrize("timing", ["end_of_year", "mid_year", "start_of_year"])
@pytest.mark.parametrize(
    ("efficiency", "retirement"),
    [(efficiency, tfp.GammaLife(8, 0.4)) for efficiency in EFFICIENCIES]
    + [(tfp.Hyperbolic(0.5), retirement) for retirement in RETIREMENTS],
)
def test_every_profile_against_a_loop_over_cohorts(efficiency, retirement, timing):
    frame = provinces(1, negative=True)
    stocks = method(efficiency=efficiency, retirement=retirement, investment_timing=timing).fit(
        panel_of(frame.sample(frac=1.0, random_state=2))
    )
    ours = stocks.stock
    for kind in KINDS:
        weights = weights_by_loop(efficiency, retirement, kind, timing)
        for entity, rows in frame.groupby("p"):
            observed = rows.sort_values("year")["i"].tolist()
            series = [observed[0] / 1.06**k for k in range(25, 0, -1)] + observed
            expected = [
                sum(weights[n] * series[25 + t - n] for n in range(25 + t + 1))
                for t in range(len(observed))
            ]
            np.testing.assert_allclose(ours.loc[entity, kind], expected, rtol=1e-11, err_msg=kind)


@settings(max_examples=30)
@given(
    seed=st.integers(0, 2**32 - 1),
    efficiency=st.sampled_from(EFFICIENCIES),
    retirement=st.sampled_from(RETIREMENTS),
    timing=st.sampled_from(["end_of_year", "mid_year", "start_of_year"]),
    discount_rate=st.floats(0, 0.15),
    price_change=st.floats(-0.05, 0.05),
)
def test_net_stock_is_the_one_before_plus_investment_less_consumption(
    *, seed, efficiency, retirement, timing, discount_rate, price_change
):
    panel = panel_of(provinces(seed, negative=True))
    stocks = method(
        efficiency=efficiency,
        retirement=retirement,
        investment_timing=timing,
        discount_rate=discount_rate,
        price_change=price_change,
        stock="gross",
    ).fit(panel)
    net = stocks.stock["net"]
    before = net.groupby("p").shift()
    used = stocks.fixed_capital_consumption["consumption"]
    gap = net - (before + panel.frame["investment"] - used)
    assert gap.abs().max() <= SUMS * net.abs().max()
    assert gap.isna().sum() == 3


@settings(max_examples=30)
@given(seed=st.integers(0, 2**32 - 1), efficiency=st.sampled_from(EFFICIENCIES))
def test_gross_is_at_least_productive_and_that_at_least_net(seed, efficiency):
    # An asset that does less every year is worth less than it still does.
    stocks = method(efficiency=efficiency).fit(panel_of(provinces(seed))).stock
    assert (stocks["gross"] >= stocks["productive"] - 1e-9).all()
    assert (stocks["productive"] >= stocks["net"] - 1e-9).all()


@pytest.mark.parametrize("timing", ["end", "start", "mid"])
@pytest.mark.parametrize("investment_timing", ["end_of_year", "mid_year"])
@pytest.mark.parametrize("rate", [0.0, 0.05, 0.3])
def test_geometric_efficiency_without_retirement_is_the_perpetual_inventory(
    timing, investment_timing, rate
):
    panel = panel_of(provinces(5, negative=True))
    past = tfp.BackcastInvestment(growth=0.04, years=30)
    options = {"initial_stock": past, "timing": timing, "investment_timing": investment_timing}
    ours = method(
        efficiency=tfp.GeometricEfficiency(rate), retirement=tfp.NoRetirement(), **options
    ).fit(panel)
    theirs = tfp.PerpetualInventory(depreciation=rate, **options).fit(panel)
    np.testing.assert_allclose(ours.end_of_year, theirs.end_of_year, rtol=1e-13)
    if investment_timing == "end_of_year":
        np.testing.assert_allclose(ours.net, ours.productive, rtol=1e-12)
    use = [stocks.panel.values("capital") for stocks in (ours, theirs)]
    np.testing.assert_allclose(*use, rtol=1e-12)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("timing", ["end", "start", "mid"])
def test_kind_and_timing_say_which_stock_produces(kind, timing):
    stocks = method(stock=kind, timing=timing).fit(panel_of(provinces()))
    end = stocks.stock[kind]
    start = pd.Series(stocks.start_of_year, index=end.index)
    pd.testing.assert_series_equal(
        end.groupby("p").shift().dropna(), start[end.groupby("p").cumcount() > 0],
        check_names=False,
    )  # fmt: skip
    expected = {"end": end, "start": start, "mid": (start + end) / 2}[timing]
    np.testing.assert_array_equal(stocks.panel.values("capital"), expected)


def test_the_surviving_share_falls_to_nothing_when_the_past_has_left_service():
    stocks = method(retirement=tfp.FixedLife(5)).fit(panel_of(provinces(n_entities=1)))
    shares = stocks.surviving_share["surviving_share"].to_numpy()
    assert 0.5 < shares[0] < 1
    assert (np.diff(shares[:5]) < 0).all()
    assert (shares[4:] == 0).all()
    assert stocks.options["initial_stock"]["rule"] == "back-cast investment"


class TestNoInitialStock:
    def test_stocks_begin_when_nothing_unknown_is_in_them(self):
        frame = provinces(2, most_years=12)
        stocks = method(initial_stock=None, retirement=tfp.FixedLife(4)).fit(panel_of(frame))
        known = stocks.stock["productive"].notna().groupby("p", sort=False).sum()
        length = frame.groupby("p", sort=False).size()
        assert (known == length - 3).all()
        told = method(
            initial_stock=tfp.BackcastInvestment(growth=0.5, years=9), retirement=tfp.FixedLife(4)
        ).fit(panel_of(frame))
        for kind in KINDS:
            both = stocks.stock[kind].notna()
            assert both.sum() == known.sum()
            np.testing.assert_allclose(stocks.stock[kind][both], told.stock[kind][both], rtol=1e-13)
        consumed = stocks.fixed_capital_consumption["consumption"]
        assert (consumed.notna().groupby("p", sort=False).sum() == length - 4).all()
        assert (stocks.surviving_share["surviving_share"].dropna() == 0).all()

    @pytest.mark.parametrize("life", [tfp.FixedLife(19), tfp.NormalLife(20, 0.3)])
    def test_a_series_shorter_than_a_life_is_refused_by_name(self, life):
        with pytest.raises(tfp.MethodError) as error:
            method(initial_stock=None, retirement=life).fit(panel_of(provinces()))
        assert error.value.code == "investment-too-short"
        assert error.value.places[0].entity == "province 0"

    def test_one_year_of_the_life_s_length_is_enough_and_one_less_is_not(self):
        frame = {"year": list(range(2000, 2006)), "i": [10.0, 11.0, 12.0, 13.0, 14.0, 15.0]}
        panel = tfp.Panel(frame, time="year", investment="i")
        options = {"initial_stock": None, "efficiency": tfp.OneHossShay()}
        stocks = method(retirement=tfp.FixedLife(6), **options).fit(panel)
        assert np.isnan(stocks.productive[:5]).all()
        assert stocks.productive[5] == 75.0
        with pytest.raises(tfp.MethodError) as error:
            method(retirement=tfp.FixedLife(7), **options).fit(panel)
        assert error.value.code == "investment-too-short"


class TestStatedStock:
    given_stock = tfp.GivenStock({f"province {k}": 200.0 + k for k in range(3)}, year=2003)

    def test_at_a_constant_rate(self):
        stocks = method(
            initial_stock=self.given_stock, initial_decay=0.1, retirement=tfp.FixedLife(6),
            efficiency=tfp.OneHossShay(), stock="productive",
        ).fit(panel_of(provinces(n_entities=1)))  # fmt: skip
        frame = stocks.panel.frame
        year = np.arange(len(frame))
        begun = stocks.panel.rows.times >= 2003
        assert np.isnan(stocks.end_of_year[~begun]).all()
        assert stocks.end_of_year[begun][0] == 200.0
        invested = stocks.panel.values("investment")
        for t in year[begun][1:]:
            since = year[begun][0]
            new = sum(invested[s] for s in range(max(since + 1, t - 5), t + 1))
            assert stocks.end_of_year[t] == pytest.approx(200 * 0.9 ** (t - since) + new)
            assert stocks.surviving_initial[t] == pytest.approx(200 * 0.9 ** (t - since))
        for other in (stocks.gross, stocks.net, stocks.consumption):
            assert np.isnan(other).all()

    def test_by_a_table_and_with_its_consumption(self):
        stocks = method(
            initial_stock=self.given_stock, initial_decay=tfp.StatedSurvival([1, 0.5, 0.25, 0]),
            stock="net",
        ).fit(panel_of(provinces(4)))  # fmt: skip
        left = pd.Series(stocks.surviving_initial, index=stocks.stock.index)
        assert left.loc["province 1"].dropna().head(4).tolist() == [201.0, 100.5, 50.25, 0.0]
        net = stocks.stock["net"]
        used = stocks.fixed_capital_consumption["consumption"]
        gap = net - (net.groupby("p").shift() + stocks.panel.frame["investment"] - used)
        assert gap.abs().max() < 1e-11
        assert gap.notna().sum() == net.notna().sum() - 3

    def test_a_ratio_to_output(self):
        frame = provinces()
        stocks = method(
            initial_stock=tfp.CapitalOutputRatio(2.0, year=2004), initial_decay=0.05
        ).fit(panel_of(frame))
        first = stocks.stock["in_use"].groupby("p").first()
        output = frame[frame["year"] == 2004].set_index("p")["y"]
        np.testing.assert_allclose(first, 2.0 * output, rtol=1e-15)


def test_profiles_are_shown_by_age():
    frame = method(retirement=tfp.FixedLife(4), efficiency=tfp.StraightLine()).profiles(5)
    assert frame.index.name == "age"
    assert frame["survival"].tolist() == [1, 1, 1, 1, 0, 0]
    assert frame["efficiency"].tolist() == [1, 0.75, 0.5, 0.25, 0, 0]
    assert frame["price"].is_monotonic_decreasing


def test_the_panel_says_where_capital_comes_from():
    panel = panel_of(
        provinces(), units={"investment": "billion VND"}, price_bases={"investment": "2010"}
    )
    result = method().fit(panel)
    column = result.panel.column("capital")
    assert (column.unit, column.price_base) == ("billion VND", "2010")
    (entry,) = result.panel.ledger
    assert (entry.action, entry.role) == ("derived", "capital")
    assert "capital" not in panel.columns
    # Computed anew, not refused.
    assert method(stock="net").fit(result.panel).options["stock"] == "net"


@pytest.mark.parametrize("language", ["en", "vi"])
def test_stocks_can_be_shown(language, tmp_path):
    by_year = tfp.BackcastInvestment(growth=dict.fromkeys(range(1980, 2003), 0.05), years=20)
    stocks = method(initial_stock=by_year).fit(panel_of(provinces()))
    for result in (stocks, tfp.load(_saved(stocks, tmp_path / "stocks.tfp"))):
        result.to_html(tmp_path / "page.html", language=language)
        result.to_excel(tmp_path / "book.xlsx", language=language)
        page = (tmp_path / "page.html").read_text(encoding="utf-8")
        assert "province 2" in page
        assert {"en": "Productive stock", "vi": "Vốn sản xuất"}[language] in page
        with pd.ExcelFile(tmp_path / "book.xlsx") as book:
            name = {"en": "Stocks by cohort", "vi": "Vốn theo lớp đầu tư"}[language]
            assert name in book.sheet_names


def _saved(result, path):
    result.save(path)
    return path


def test_the_same_again_has_the_same_bits():
    first, second = (method().fit(panel_of(provinces())) for _ in range(2))
    third = pickle.loads(pickle.dumps(first))  # noqa: S301
    for stocks in (second, third):
        for kind in KINDS:
            assert getattr(stocks, kind).tobytes() == getattr(first, kind).tobytes()


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"efficiency": 0.5}, "efficiency-not-a-profile"),
        ({"efficiency": tfp.OneHossShay}, "efficiency-not-a-profile"),
        ({"retirement": 20}, "retirement-not-a-distribution"),
        ({"retirement": tfp.NoRetirement}, "retirement-not-a-distribution"),
        ({"retirement": tfp.NoRetirement()}, "profile-needs-life"),
        ({"initial_stock": 2.5}, "initial-stock-not-a-rule"),
        ({"initial_stock": tfp.GivenStock(100.0, year=2003)}, "initial-decay-missing"),
        ({"initial_decay": 0.05}, "initial-decay-unused"),
        (
            {"initial_stock": tfp.GivenStock(100.0, year=2003), "initial_decay": "0.05"},
            "depreciation-not-a-rate",
        ),
        ({"stock": "fixed"}, "option-unknown"),
        ({"timing": "average"}, "option-unknown"),
        ({"investment_timing": "start"}, "option-unknown"),
        ({"discount_rate": -1.0}, "price-without-limit"),
        ({"discount_rate": float("nan")}, "price-without-limit"),
        (
            {
                "efficiency": tfp.GeometricEfficiency(0.02),
                "retirement": tfp.NoRetirement(),
                "discount_rate": 0.0,
                "price_change": 0.03,
            },
            "price-without-limit",
        ),
    ],
)
def test_options_that_cannot_be_are_refused_at_once(options, code):
    with pytest.raises(tfp.MethodError) as error:
        method(**options)
    assert error.value.code == code
    assert error.value.message("en") != error.value.message("vi")


@pytest.mark.parametrize(
    ("change", "options", "code"),
    [
        ({"i": [30.0, 31.0, np.nan, 33.0]}, {}, "investment-missing"),
        ({"year": [2000, 2001, 2003, 2004]}, {}, "investment-gap"),
        ({"i": [30.0, -900.0, 32.0, 33.0]}, {}, "stock-not-positive"),
        (
            {},
            {"initial_stock": tfp.GivenStock(100.0, year=2001), "initial_decay": 5.0},
            "depreciation-out-of-range",
        ),
        (
            {},
            {"initial_stock": tfp.GivenStock(-1.0, year=2001), "initial_decay": 0.1},
            "initial-stock-not-positive",
        ),
        (
            {},
            {"initial_stock": tfp.GivenStock(100.0, year=1990), "initial_decay": 0.1},
            "year-missing",
        ),
    ],
)
def test_data_that_no_stock_can_come_from_are_refused(change, options, code):
    frame = {"year": [2000, 2001, 2002, 2003], "i": [30.0, 31.0, 32.0, 33.0]} | change
    panel = tfp.Panel(frame, time="year", investment="i")
    with pytest.raises(tfp.MethodError) as error:
        method(**options).fit(panel)
    assert error.value.code == code


def test_capital_that_was_given_is_not_overwritten():
    frame = provinces().assign(k=100.0)
    with pytest.raises(tfp.MethodError) as error:
        method().fit(panel_of(frame, capital="k"))
    assert error.value.code == "capital-present"


@pytest.mark.parametrize("option", ["discount_rate", "price_change"])
def test_yearly_rates_in_per_cent_are_refused(option):
    with pytest.raises(tfp.MethodError) as error:
        method(**{option: 4})
    assert (error.value.code, error.value.fields["fraction"]) == ("fraction-in-per-cent", "0.04")
