"""Multilateral indices of panels: windows, missing items, and the errors."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import tfp
from tfp.numerics.multilateral import geks

PRICE = np.array([[1.0, 2.0, 0.5], [1.2, 2.0, 0.6], [1.1, 2.4, 0.6], [1.3, 2.2, 0.7]])
QUANTITY = np.array([[10.0, 5.0, 2.0], [8.0, 6.0, 2.0], [9.0, 4.0, 3.0], [7.0, 5.0, 4.0]])


def panel(price=PRICE, quantity=QUANTITY) -> tfp.Panel:
    frame = pd.DataFrame(
        {
            "year": np.repeat(range(2020, 2020 + len(price)), 3),
            "item": ["rice", "fish", "tea"] * len(price),
            "p": np.ravel(price),
            "q": np.ravel(quantity),
        }
    )
    return tfp.Panel(frame, time="year", entity="item", price="p", quantity="q")


def test_a_quantity_index_exchanges_prices_and_quantities() -> None:
    of_quantity = tfp.MultilateralIndex(of="quantity", comparison="fisher").fit(panel())
    exchanged = tfp.MultilateralIndex(comparison="fisher").fit(panel(QUANTITY, PRICE))
    assert of_quantity.index.tolist() == exchanged.index.tolist()
    prices = tfp.MultilateralIndex(comparison="fisher").fit(panel())
    value = (PRICE * QUANTITY).sum(axis=1)
    assert prices.index * of_quantity.index == pytest.approx(value / value[0], rel=1e-13)


def test_published_figures_stand_when_the_window_moves_on() -> None:
    method = tfp.MultilateralIndex(window=3, splice="mean")
    shorter = method.fit(panel(PRICE[:3], QUANTITY[:3])).index
    assert method.fit(panel()).index[:3].tolist() == shorter.tolist()
    whole = tfp.MultilateralIndex().fit(panel()).index[:3]
    assert np.abs(whole - shorter).max() > 1e-5


def test_pairs_are_compared_by_what_both_have() -> None:
    lacking = PRICE.copy()
    lacking[1, 2] = np.nan
    found = tfp.MultilateralIndex(missing="matched").fit(panel(lacking))
    assert found.index == pytest.approx(np.exp(geks(lacking, QUANTITY, "tornqvist")), rel=1e-15)
    assert found.index[2] != pytest.approx(tfp.MultilateralIndex().fit(panel()).index[2], rel=1e-6)
    assert [(f.code, f.places[0].time) for f in found.warnings] == [("items-unmatched", 2021)]
    assert found.coverage.min() == pytest.approx(1 - 4 * 0.7 / (9.1 + 11 + 2.8), rel=1e-14)


@pytest.mark.parametrize("options", [{}, {"formula": "ccd", "missing": "matched"}])
def test_missing_items_are_refused(options) -> None:
    lacking = PRICE.copy()
    lacking[1, 2] = np.nan
    with pytest.raises(tfp.MethodError, match="index-items-missing"):
        tfp.MultilateralIndex(**options).fit(panel(lacking))


def test_two_periods_without_a_common_item_are_refused_even_far_apart() -> None:
    apart = np.full((3, 3), np.nan)
    apart[0, 0] = apart[1, 0] = apart[1, 1] = apart[2, 1] = 1.0
    with pytest.raises(tfp.MethodError, match="index-no-overlap") as caught:
        tfp.MultilateralIndex(missing="matched").fit(panel(apart, np.ones((3, 3))))
    assert (caught.value.fields["before"], caught.value.fields["period"]) == (2020, 2022)


@pytest.mark.parametrize("window", [2, 5, 3.0, True])
def test_windows_that_cannot_be(window) -> None:
    with pytest.raises(tfp.MethodError, match="index-window"):
        tfp.MultilateralIndex(window=window).fit(panel())


def test_ccd_has_one_formula_of_pairs() -> None:
    with pytest.raises(tfp.MethodError, match="index-ccd-comparison"):
        tfp.MultilateralIndex(formula="ccd", comparison="fisher")


def test_there_are_no_contributions_to_hand_out() -> None:
    with pytest.raises(tfp.MethodError, match="index-without-contributions"):
        _ = tfp.MultilateralIndex().fit(panel()).contributions
