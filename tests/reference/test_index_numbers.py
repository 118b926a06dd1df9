"""Index numbers against those that the tests of R's IndexNumR hold."""

from __future__ import annotations

import pandas as pd
import pytest

import tfp

NAMES = {
    "laspeyres": "laspeyres",
    "paasche": "paasche",
    "fisher": "fisher",
    "tornqvist": "tornqvist",
    "walsh": "walsh",
    "sato_vartia": "satovartia",
}
# The package computes its data anew from a rounded solution: quantities less closely.
TOLERANCES = {"price": 1e-8, "quantity": 4e-8}
SPLICES = {
    "movement": "movement",
    "window": "window",
    "half": "half",
    "mean": "mean",
    "window_published": "wisp",
    "half_published": "hasp",
    "mean_published": "mean_pub",
}


@pytest.fixture(scope="module")
def products(reference_data) -> tfp.Panel:
    frame = pd.read_csv(reference_data("indexnumr_ces_sigma2.csv"))
    frame["month"] = [f"2020-{month:02d}" for month in frame["time"]]
    return tfp.Panel(
        frame, time="month", frequency="month", entity="prodID", price="prices",
        quantity="quantities",
    )  # fmt: skip


@pytest.fixture(scope="module")
def published_geks(reference_data) -> pd.DataFrame:
    return pd.read_csv(reference_data("indexnumr_geks_published.csv"))


@pytest.mark.parametrize("base", ["chained", "2020-01"])
@pytest.mark.parametrize("of", ["price", "quantity"])
@pytest.mark.parametrize("formula", NAMES)
def test_bilateral(products, reference_data, formula, of, base) -> None:
    published = pd.read_csv(reference_data(f"indexnumr_bilateral_{of}_published.csv"))
    column = f"{NAMES[formula]}_{'chained' if base == 'chained' else 'fixedbase'}"
    found = tfp.IndexNumbers(formula=formula, of=of, base=base).fit(products)
    assert len(found.index) == 12
    assert found.index == pytest.approx(published[column].to_numpy(), abs=TOLERANCES[of], rel=0)
    assert found.largest_gap <= 1e-13


@pytest.mark.parametrize("splice", SPLICES)
def test_geks_in_a_window_of_eleven(products, published_geks, splice) -> None:
    found = tfp.MultilateralIndex(window=11, splice=splice).fit(products)
    assert found.index == pytest.approx(published_geks[SPLICES[splice]].to_numpy(), rel=1e-13)


@pytest.mark.parametrize("comparison", ["fisher", "tornqvist"])
def test_geks_of_all_periods(products, published_geks, comparison) -> None:
    found = tfp.MultilateralIndex(comparison=comparison).fit(products)
    assert found.index == pytest.approx(published_geks[comparison].to_numpy(), rel=1e-13)


def test_ccd_is_the_published_geks_of_tornqvist(products, published_geks) -> None:
    found = tfp.MultilateralIndex(formula="ccd").fit(products)
    assert found.index == pytest.approx(published_geks["tornqvist"].to_numpy(), rel=1e-13)
