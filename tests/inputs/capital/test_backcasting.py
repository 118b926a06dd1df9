"""Investment before the data: by hand, against the steady state, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tfp

FRAME = {
    "p": ["a"] * 3 + ["b"] * 3,
    "year": [2010, 2011, 2012] * 2,
    "i": [110.0, 100.0, 120.0, np.nan, 50.0, 60.0],
}


def panel_of(**columns):
    return tfp.Panel(FRAME | columns, entity="p", time="year", investment="i")


def test_one_rate_carries_the_first_known_value_back():
    rows, history = tfp.BackcastInvestment(growth=0.25, years=2).history(panel_of())
    assert rows.tolist() == [0, 4]
    np.testing.assert_allclose(history, [[70.4, 88.0], [32.0, 40.0]], rtol=1e-15)


def test_rates_by_entity_and_by_year():
    by_entity = tfp.BackcastInvestment(growth={"b": 0.25, "a": 0.1}, years=1)
    np.testing.assert_allclose(by_entity.history(panel_of())[1], [[100.0], [40.0]], rtol=1e-15)
    # Growth to 2011 leads from 2011 to 2010, that to 2010 from there to 2009.
    series = {2011: 0.25, 2010: 0.6, 2009: 0.1}
    by_year = tfp.BackcastInvestment(growth=series, years=2)
    expected = [[110 / 1.6 / 1.1, 110 / 1.6], [50 / 1.25 / 1.6, 50 / 1.25]]
    np.testing.assert_allclose(by_year.history(panel_of())[1], expected, rtol=1e-15)


@given(growth=st.floats(-0.02, 0.15), rate=st.floats(0.03, 0.3))
def test_a_long_past_of_constant_growth_is_the_steady_state(growth, rate):
    frame = {"year": [2010, 2011], "i": [100.0, 100.0 * (1 + growth)]}
    panel = tfp.Panel(frame, time="year", investment="i")
    rules = (tfp.BackcastInvestment(growth=growth, years=4000), tfp.SteadyState("2010-2011"))
    ours, theirs = (
        tfp.PerpetualInventory(depreciation=rate, initial_stock=rule).fit(panel).end_of_year
        for rule in rules
    )
    np.testing.assert_allclose(ours, theirs, rtol=1e-10)


@pytest.mark.parametrize("timing", ["end_of_year", "mid_year"])
def test_back_cast_investment_wears_as_if_it_had_been_observed(timing):
    """A series cut in two and carried back at its own growth gives the stocks of the whole."""
    growth = {year: 0.02 * (year % 4) - 0.01 for year in range(1990, 2011)}
    years = list(range(1989, 2011))
    values = [100.0]
    for year in years[1:]:
        values.append(values[-1] * (1 + growth[year]))
    whole = tfp.Panel({"year": years, "i": values}, time="year", investment="i")
    late = tfp.Panel({"year": years[-3:], "i": values[-3:]}, time="year", investment="i")
    nothing = tfp.BackcastInvestment(growth=0.0, years=0)
    past = tfp.BackcastInvestment(growth=growth, years=19)
    for stocks in (
        lambda panel, rule: tfp.PerpetualInventory(
            depreciation=0.07, initial_stock=rule, investment_timing=timing
        ).fit(panel),
        lambda panel, rule: tfp.CohortInventory(
            efficiency=tfp.Hyperbolic(0.5), retirement=tfp.GammaLife(9, 0.4), discount_rate=0.05,
            initial_stock=rule, investment_timing=timing,
        ).fit(panel),
    ):  # fmt: skip
        expected, ours = stocks(whole, nothing), stocks(late, past)
        np.testing.assert_allclose(ours.end_of_year, expected.end_of_year[-3:], rtol=1e-13)
        np.testing.assert_allclose(ours.start_of_year[1:], expected.start_of_year[-2:], rtol=1e-13)
        assert ours.warnings[0].code == "backcast-stock"
        assert expected.warnings == ()


def refusal(rule, panel):
    with pytest.raises(tfp.MethodError) as error:
        rule.history(panel)
    assert error.value.message("en") != error.value.message("vi")
    return error.value


@pytest.mark.parametrize(
    ("rule", "columns", "code"),
    [
        (tfp.BackcastInvestment(growth={"a": 0.1}, years=3), {}, "backcast-growth-missing"),
        (tfp.BackcastInvestment(growth={2010: 0.1}, years=2), {}, "backcast-growth-missing"),
        (tfp.BackcastInvestment(growth=-1.0, years=1), {}, "backcast-impossible"),
        (tfp.BackcastInvestment(growth=float("nan"), years=1), {}, "backcast-impossible"),
        (tfp.BackcastInvestment(growth=0.1, years=-1), {}, "backcast-impossible"),
        (
            tfp.BackcastInvestment(growth=0.1, years=5),
            {"i": [-5.0, *FRAME["i"][1:]]},
            "backcast-impossible",
        ),
        (
            tfp.BackcastInvestment(growth=0.1, years=5),
            {"i": [110.0, 100.0, 120.0, np.nan, np.nan, np.nan]},
            "investment-missing",
        ),
    ],
)
def test_refusals(rule, columns, code):
    assert refusal(rule, panel_of(**columns)).code == code


def test_the_missing_entity_and_the_bad_row_are_named():
    error = refusal(
        tfp.BackcastInvestment(growth=0.1, years=5), panel_of(i=[*FRAME["i"][:4], 0.0, 60.0])
    )
    assert (error.places[0].entity, error.places[0].time) == ("b", 2011)
    assert refusal(tfp.BackcastInvestment(growth={"a": 0.1}, years=3), panel_of()).fields[
        "keys"
    ] == ["b"]


def test_nothing_before_asks_nothing_of_the_first_value():
    rule = tfp.BackcastInvestment(growth=0.1, years=0)
    rows, history = rule.history(panel_of(i=[-5.0, *FRAME["i"][1:]]))
    assert rows.tolist() == [0, 4]
    assert history.shape == (2, 0)


def fifty_years(years, growth=0.08, **options):
    """Return the stocks of investment that has grown steadily and is carried back."""
    frame = {"year": [2010, 2011], "i": [100.0, 108.0]}
    panel = tfp.Panel(frame, time="year", investment="i")
    rule = tfp.BackcastInvestment(growth=growth, years=years)
    if options:
        return tfp.CohortInventory(
            efficiency=tfp.OneHossShay(), discount_rate=0.04, initial_stock=rule, **options
        ).fit(panel)
    return tfp.PerpetualInventory(depreciation=0.05, initial_stock=rule).fit(panel)


def missing_of(stocks):
    found = [f for f in stocks.warnings if f.code == "backcast-truncated"]
    return found[0].fields["missing"] / 100.0 if found else 0.0


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"retirement": tfp.FixedLife(40), "stock": "gross"},
        {"retirement": tfp.FixedLife(40), "stock": "net", "investment_timing": "mid_year"},
        {"retirement": tfp.NormalLife(20, 0.3)},
    ],
)
@pytest.mark.parametrize("years", [1, 5, 20])
def test_the_share_that_is_missing_is_what_a_long_back_cast_adds(years, options):
    short, whole = (fifty_years(n, **options).end_of_year[0] for n in (years, 900))
    missing = missing_of(fifty_years(years, **options))
    expected = 1.0 - short / whole
    assert missing == pytest.approx(expected if expected > 0.01 else 0.0, rel=1e-10)


def test_a_short_back_cast_is_remarked_with_its_figure():
    stocks = fifty_years(5)
    (finding,) = [f for f in stocks.warnings if f.code == "backcast-truncated"]
    assert finding.places[0].time == 2010
    assert "46.3%" in finding.part("found")
    assert "46,3%" in finding.part("found", "vi")
    assert missing_of(fifty_years(60)) == 0.0
    assert missing_of(fifty_years(0)) == 0.0, "nothing was invested before, by a word"
    assert missing_of(fifty_years(40, retirement=tfp.FixedLife(40))) == 0.0


def test_investment_that_fell_faster_than_it_wears_out_has_no_end():
    assert missing_of(fifty_years(30, growth=-0.06)) == 1.0


def test_growth_by_entity_and_by_year_is_carried_on_at_its_mean():
    by_year = {year: 0.02 if year % 2 else 0.08 for year in range(2001, 2012)}
    rules = [{"a": 0.05, "b": 0.05}, by_year]
    expected = [0.05, (1.02 * 1.08) ** 0.5 - 1]
    for growth, mean in zip(rules, expected, strict=True):
        rule = tfp.BackcastInvestment(growth=growth, years=4)
        stocks = tfp.PerpetualInventory(depreciation=0.05, initial_stock=rule).fit(panel_of())
        (finding,) = [f for f in stocks.warnings if f.code == "backcast-truncated"]
        assert finding.fields["count"] == 2
        q = 0.95 / (1 + mean)
        tolerance = 0.02 if growth is by_year else 1e-12
        assert finding.fields["missing"] / 100 == pytest.approx(q**5, rel=tolerance)


@pytest.mark.parametrize(
    ("growth", "option"),
    [(8, "growth"), ({"a": 0.05, "b": 8.0}, "growth['b']"), ({2010: 8, 2009: 7.5}, "growth")],
)
def test_growth_in_per_cent_is_refused(growth, option):
    with pytest.raises(tfp.MethodError) as error:
        tfp.BackcastInvestment(growth=growth, years=2)
    assert error.value.code == "fraction-in-per-cent"
    assert error.value.fields["option"] == option
    assert error.value.fields["fraction"] == "0.08"
