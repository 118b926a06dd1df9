"""Averages over periods as a result: rows, shares, frames."""

from __future__ import annotations

import numpy as np
import pytest

from tfp.errors import MethodError


@pytest.fixture
def periods(examples):
    return examples.accounts().periods(["2019-2021", "2021"], average="sum_of_rates")


def test_a_period_of_one_year_is_that_year(periods, examples) -> None:
    year = examples.accounts().contributions.loc[2021]

    assert periods.contributions.loc["2021", year.index.tolist()].tolist() == year.tolist()


def test_terms_add_to_the_mean_growth(periods) -> None:
    points = periods.contributions
    np.testing.assert_allclose(
        points[["capital", "labour", "tfp"]].sum(axis=1), points["output"], atol=1e-13
    )
    assert points.loc["2019-2021", "geometric_mean_growth"] == pytest.approx(
        100 * ((110 / 100) ** (1 / 3) - 1), rel=1e-13
    )


def test_terms_are_asked_for_by_name(periods) -> None:
    assert periods.term("tfp") is periods.terms[2]
    with pytest.raises(MethodError) as caught:
        periods.term("tpf")
    assert caught.value.code == "term-unknown"


def test_an_entity_without_the_years_has_no_average(examples) -> None:
    periods = examples.provinces().periods(["2019-2021", "2021"])

    shares = periods.share_of_growth
    assert shares.index.names == ["province", "period"]
    assert shares.loc[("Đà Nẵng", "2019-2021"), "reason"] == "not_available"
    assert np.isnan(shares.loc[("Đà Nẵng", "2019-2021"), "tfp"])
    assert shares.loc[("Đà Nẵng", "2021"), "reason"] == ""


def test_the_long_frame(periods) -> None:
    tidy = periods.tidy()

    assert list(tidy.columns) == ["area", "period", "term", "points", "share", "reason", "average",
                                  "geometric_mean_growth"]  # fmt: skip
    assert tidy["term"].drop_duplicates().tolist() == ["output", "capital", "labour", "tfp"]
    assert len(tidy) == 8
    assert set(tidy["average"]) == {"sum_of_rates"}
    for period, group in tidy.groupby("period"):
        assert group["geometric_mean_growth"].nunique() == 1
        assert group["share"].iloc[0] == 100.0
        assert group["share"].iloc[1:].sum() == pytest.approx(100.0)
        assert group["points"].iloc[0] == periods.contributions.loc[period, "output"]


def test_years_may_be_numbers(examples) -> None:
    assert examples.accounts().periods([2019, 2021]).period == ("2019", "2021")


def test_it_says_what_it_is(periods) -> None:
    assert repr(periods) == (
        "PeriodAccounts: 2019-2021, 2021 by sum_of_rates, 1 entity; output = capital + labour + tfp"
    )
