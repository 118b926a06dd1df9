"""Averages over periods against sums over plain lists."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tfp
from tfp.accounts.periods import period_accounts
from tfp.panel.roles import STATUSES

# Sums of ten numbers in another order; a mean of logarithms against its definition.
IDENTITY = 1e-12
AVERAGES = ("increments", "sum_of_rates", "log")
METHOD = tfp.GrowthAccounting(factor_weights=tfp.FixedShares(capital=0.4))
PERIODS = ("2011-2013", "2014-2016", "2011-2016", "2015")


def frame_of(seed, years=range(2010, 2017), entities=("a",)):
    rng = np.random.default_rng(seed)
    n = len(years) * len(entities)
    frame = {name: np.exp(rng.normal(3, 0.2, n)) for name in ("y", "k", "l")}
    frame["p"] = [entity for entity in entities for _ in years]
    frame["year"] = list(years) * len(entities)
    return frame


def fit(frame, method=METHOD, **roles):
    roles = {"entity": "p", "time": "year", "output": "y", "capital": "k", "labour": "l"} | roles
    return method.fit(tfp.Panel(frame, **roles))


def by_hand(frame, entity, first, last, average):
    """Return mean growth and terms in points, and geometric mean growth, of plain numbers."""
    rows = {
        year: (y, k, lab)
        for p, year, y, k, lab in zip(
            *(frame[c] for c in ("p", "year", "y", "k", "l")), strict=True
        )
        if p == entity
    }
    terms, weights = [], []
    for year in range(first, last + 1):
        (y, k, lab), (y0, k0, l0) = rows[year], rows[year - 1]
        rate = (lambda x, x0: math.log(x / x0)) if average == "log" else (lambda x, x0: x / x0 - 1)
        output, capital, labour = rate(y, y0), 0.4 * rate(k, k0), 0.6 * rate(lab, l0)
        terms.append((output, capital, labour, output - capital - labour))
        weights.append(y0 if average == "increments" else 1.0)
    means = [
        100 * math.fsum(w * term[i] for w, term in zip(weights, terms, strict=True)) / sum(weights)
        for i in range(4)
    ]
    length = last - first + 1
    return [*means, 100 * ((rows[last][0] / rows[first - 1][0]) ** (1 / length) - 1)]


@pytest.mark.parametrize("average", AVERAGES)
@pytest.mark.parametrize("rates", ["simple", "log"])
@settings(max_examples=20)
@given(seed=st.integers(0, 2**32 - 1))
def test_against_plain_sums(average, rates, seed):
    frame = frame_of(seed, entities=("a", "b", "c"))
    method = tfp.GrowthAccounting(factor_weights=METHOD.factor_weights, rates=rates)
    periods = fit(frame, method).periods(PERIODS, average=average)
    points, shares = periods.contributions, periods.share_of_growth
    for (entity, period), ours in points.iterrows():
        bounds = [int(year) for year in period.split("-")]
        expected = by_hand(frame, entity, bounds[0], bounds[-1], average)
        size = max(1.0, sum(map(abs, expected)))
        assert np.abs(ours - expected).max() <= IDENTITY * size
        share = shares.loc[(entity, period)]
        if share["reason"]:
            assert expected[0] < 1.0 + IDENTITY
            assert math.isnan(share["tfp"])
        else:
            assert share["tfp"] == pytest.approx(100 * expected[3] / expected[0], rel=1e-9)


def test_the_office_s_average_is_the_share_of_increments():
    frame = frame_of(4)
    accounts = fit(frame)
    output, growth = np.array(frame["y"]), accounts.contributions["tfp"].to_numpy() / 100
    share = 100 * (growth * output[:-1]).sum() / (output[-1] - output[0])
    period = accounts.periods("2011-2016", average="increments")
    ours = period.contributions["tfp"] / period.contributions["output"]
    assert 100 * ours.item() == pytest.approx(share, rel=1e-12)


def test_the_method_s_own_average_is_the_default():
    for average in AVERAGES:
        method = tfp.GrowthAccounting(factor_weights=METHOD.factor_weights, period_average=average)
        assert fit(frame_of(1), method).periods("2011-2013").average == average


def test_a_year_is_a_period_and_a_word_is_one_period():
    accounts = fit(frame_of(2))
    year = accounts.contributions.loc[("a", 2015)]
    for periods in (accounts.periods("2015"), accounts.periods([2015])):
        assert periods.period == ("2015",)
        for name, points in year.items():
            assert periods.contributions[name].item() == pytest.approx(points, rel=1e-14)


class TestIncompletePeriods:
    def test_an_entity_that_lacks_a_year_has_none(self):
        frame = frame_of(3, entities=("a", "b"))
        frame["k"][9] = np.nan  # province b in 2012: no growth in 2012 and 2013
        periods = fit(frame).periods(PERIODS)
        points, shares = periods.contributions, periods.share_of_growth
        assert points["tfp"].isna().to_dict() == {
            (entity, period): entity == "b" and period in {"2011-2013", "2011-2016"}
            for entity in ("a", "b")
            for period in PERIODS
        }
        blank = shares.loc[("b", "2011-2016")]
        assert blank["reason"] == "not_available"
        assert blank[["capital", "labour", "tfp"]].isna().all()

    def test_a_gap_is_a_year_that_lacks(self):
        years = [2010, 2011, 2013, 2014, 2015, 2016, 2017]
        accounts = fit(frame_of(3, years))
        assert accounts.periods(["2014-2017"]).contributions["tfp"].notna().all()
        for period in ("2011-2013", "2013-2014", "2010-2011", "2017-2018"):
            with pytest.raises(tfp.MethodError) as error:
                accounts.periods(["2014-2017", period])
            assert error.value.code == "period-not-covered"
            assert error.value.fields["period"] == period

    def test_an_error_names_what_is_missing(self):
        years = [2010, 2011, 2013, 2014, 2015, 2016, 2017]
        frame = frame_of(3, years)
        frame["k"][4] = frame["l"][4] = np.nan
        accounts = fit(frame)

        def places(period):
            with pytest.raises(tfp.MethodError) as error:
                accounts.periods([period])
            assert error.value.code == "period-not-covered"
            return [(p.entity, p.time, p.column) for p in error.value.places]

        assert places("2011-2015") == [("a", 2012, None), ("a", 2015, "k"), ("a", 2015, "l")]
        assert places("2016-2017") == [("a", 2015, "k"), ("a", 2015, "l")]
        assert places("2010-2011") == [("a", 2009, None)]
        assert places("2017-2019") == [("a", 2018, None), ("a", 2019, None)]
        assert places("1990-1995") == places("2018-2019") == []

    def test_an_error_names_a_share_that_is_missing(self):
        frame = frame_of(3) | {"s": [0.4, 0.4, np.nan, 0.4, 0.4, 0.4, 0.4]}
        method = tfp.GrowthAccounting(factor_weights=tfp.IncomeShares())
        with pytest.raises(tfp.MethodError) as error:
            fit(frame, method, capital_share="s").periods(["2011-2013"])
        assert [(p.time, p.column) for p in error.value.places] == [(2012, "s")]

    @pytest.mark.parametrize("average", AVERAGES)
    def test_a_period_that_nobody_covers_is_blank_where_that_is_asked_for(self, average):
        accounts = fit(frame_of(3, entities=("a", "b")))
        covered = accounts.periods(PERIODS, average=average)
        labels = ("2009-2012", *PERIODS, "2017-2018")
        more = period_accounts(accounts, labels, average=average, uncovered="blank")
        for entity in ("a", "b"):
            known = more.contributions.loc[[(entity, period) for period in PERIODS]]
            pd.testing.assert_frame_equal(known, covered.contributions.loc[[entity]])
            for period in ("2009-2012", "2017-2018"):
                assert more.share_of_growth.loc[(entity, period), "reason"] == "not_available"
                assert more.contributions.loc[(entity, period)].isna().all()

    def test_all_may_be_blank(self):
        accounts = fit(frame_of(3, entities=("a", "b")) | {"s": ["final"] * 14}, status="s")
        none = period_accounts(accounts, ["2017-2018"], uncovered="blank")
        assert none.contributions.isna().all(axis=None)
        assert none.status.tolist() == [-1, -1]

    def test_the_order_and_repetition_of_periods_is_the_caller_s(self):
        periods = fit(frame_of(3)).periods(["2014-2016", "2011-2013", "2014-2016"])
        rows = periods.contributions.to_numpy()
        assert (rows[0] == rows[2]).all()
        assert not (rows[0] == rows[1]).all()


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ([], "periods-missing"),
        (["2013-2011"], "span-not-understood"),
        (["2011 to 2013"], "span-not-understood"),
        (["2011-2012-2013"], "span-not-understood"),
        ([""], "span-not-understood"),
        (["1999-2000"], "period-not-covered"),
    ],
)
def test_refusals(asked, code):
    with pytest.raises(tfp.TFPError) as error:
        fit(frame_of(1)).periods(asked)
    assert error.value.code == code


def test_refuses_the_mean_of_yearly_shares():
    with pytest.raises(tfp.MethodError) as error:
        fit(frame_of(1)).periods("2011-2013", average="shares")
    assert error.value.code == "option-unknown"
    assert error.value.fields["choices"] == list(AVERAGES)


def test_the_weakest_status_of_its_years_counts():
    frame = frame_of(1, entities=("a", "b"))
    frame["s"] = [
        *["final"] * 5,
        "revised",
        "estimate",
        *["final"] * 4,
        "preliminary",
        "final",
        "final",
    ]
    status = fit(frame, status="s").periods(PERIODS).status
    # The last year of the one before a period counts: growth needs it.
    words = [STATUSES[number] for number in status]
    assert words[:4] == ["final", "estimate", "estimate", "revised"]
    assert words[4:] == ["final", "preliminary", "preliminary", "preliminary"]


def test_quarters_are_averaged_by_quarters():
    quarters = [f"{year}Q{q}" for year in (2019, 2020) for q in (1, 2, 3, 4)]
    frame = frame_of(5, quarters)
    accounts = fit(frame, frequency="quarter")
    points = accounts.contributions["tfp"]
    mean = accounts.periods("2019Q2-2020Q1", average="sum_of_rates").contributions["tfp"].item()
    assert mean == pytest.approx(points.iloc[:4].mean(), rel=1e-13)


def test_a_fall_has_points_and_no_share():
    frame = frame_of(1, range(2010, 2013))
    frame["y"] = np.array([100.0, 90.0, 99.5])
    periods = fit(frame).periods(["2011", "2012", "2011-2012"], average="sum_of_rates")
    assert periods.share_of_growth["reason"].tolist() == [
        "negative_growth", "", "growth_below_threshold",
    ]  # fmt: skip
    assert periods.contributions["tfp"].notna().all()


def test_the_long_frame_names_its_average():
    periods = fit(frame_of(1)).periods(PERIODS, average="log")
    tidy = periods.tidy()
    assert set(tidy["average"]) == {"log"}
    output = tidy[tidy["term"] == "output"].set_index("period")["points"]
    assert output.to_dict() == periods.contributions["output"].droplevel("p").to_dict()
