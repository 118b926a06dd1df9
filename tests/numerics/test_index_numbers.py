"""The axioms that bilateral formulas keep, and their contributions."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tfp.numerics.index_numbers import compare, matched

FORMULAS = ("laspeyres", "paasche", "fisher", "tornqvist", "walsh", "sato_vartia")
REVERSIBLE = ("fisher", "tornqvist", "walsh", "sato_vartia")
few = settings(max_examples=20)
positive = st.floats(0.05, 20.0)
# p0, q0, p1, q1 of up to five items.
baskets = st.integers(1, 5).flatmap(lambda k: arrays(float, (4, k), elements=positive))


@pytest.mark.parametrize("formula", FORMULAS)
@few
@given(data=baskets, scale=positive)
def test_identity_and_proportionality(formula, data, scale) -> None:
    price, quantity, _, other = data
    found = compare(formula, price, quantity, scale * price, other)
    assert found.relative == pytest.approx(scale, rel=1e-13)
    assert compare(formula, price, quantity, price, other).relative == pytest.approx(1, rel=1e-14)


@pytest.mark.parametrize("formula", FORMULAS)
@few
@given(data=baskets)
def test_contributions_add_up(formula, data) -> None:
    found = compare(formula, *data)
    size = 1.0 + np.abs(found.contributions).sum()
    assert abs(found.contributions.sum() - (found.relative - 1.0)) <= 1e-13 * size
    logs = 1.0 + np.abs(found.log_contributions).sum()
    assert abs(found.log_contributions.sum() - np.log(found.relative)) <= 1e-13 * logs


@pytest.mark.parametrize("formula", FORMULAS)
@few
@given(data=baskets)
def test_unit_of_an_item_does_not_matter(formula, data) -> None:
    price, quantity, later, other = (row.copy() for row in data)
    before = compare(formula, price, quantity, later, other)
    for row, factor in ((price, 1000.0), (quantity, 1e-3), (later, 1000.0), (other, 1e-3)):
        row[0] *= factor
    after = compare(formula, price, quantity, later, other)
    assert after.relative == pytest.approx(before.relative, rel=1e-13)
    assert after.contributions == pytest.approx(before.contributions, rel=1e-10, abs=1e-13)


@pytest.mark.parametrize("formula", REVERSIBLE)
@few
@given(data=baskets)
def test_time_reversal(formula, data) -> None:
    price, quantity, later, other = data
    there = compare(formula, price, quantity, later, other).relative
    back = compare(formula, later, other, price, quantity).relative
    assert there * back == pytest.approx(1.0, rel=1e-13)


@few
@given(data=baskets)
def test_laspeyres_reversed_is_paasche(data) -> None:
    price, quantity, later, other = data
    there = compare("laspeyres", price, quantity, later, other).relative
    back = compare("paasche", later, other, price, quantity).relative
    assert there * back == pytest.approx(1.0, rel=1e-13)


@pytest.mark.parametrize(
    ("of_price", "of_quantity"),
    [("fisher", "fisher"), ("sato_vartia", "sato_vartia"), ("laspeyres", "paasche")],
)
@few
@given(data=baskets)
def test_price_and_quantity_multiply_to_value(of_price, of_quantity, data) -> None:
    price, quantity, later, other = data
    prices = compare(of_price, price, quantity, later, other).relative
    quantities = compare(of_quantity, quantity, price, other, later).relative
    value = (later * other).sum() / (price * quantity).sum()
    assert prices * quantities == pytest.approx(value, rel=1e-12)


@few
@given(data=baskets)
def test_fisher_lies_between_its_two(data) -> None:
    low, high = sorted(compare(name, *data).relative for name in ("laspeyres", "paasche"))
    assert low * (1 - 1e-14) <= compare("fisher", *data).relative <= high * (1 + 1e-14)


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("absent", [np.nan, 0.0])
def test_an_item_of_one_period_has_no_say(formula, absent) -> None:
    price, quantity = np.array([1.0, 2.0, 9.0]), np.array([3.0, 1.0, 7.0])
    later, other = np.array([1.5, 1.0, absent]), np.array([2.0, 4.0, absent])
    found = compare(formula, price, quantity, later, other)
    alone = compare(formula, price[:2], quantity[:2], later[:2], other[:2])
    assert found.relative == alone.relative
    assert found.contributions.tolist() == [*alone.contributions.tolist(), 0.0]
    assert matched(price, quantity, later, other).tolist() == [True, True, False]


def test_sizes_by_hand() -> None:
    # Two goods: 1 to 2 at quantities 2 to 1, and 1 to 1 at quantities 2 and 3.
    data = [np.array(row) for row in ([1.0, 1.0], [2.0, 2.0], [2.0, 1.0], [1.0, 3.0])]
    assert compare("laspeyres", *data).relative == 6 / 4
    assert compare("paasche", *data).relative == 5 / 4
    assert compare("fisher", *data).relative == pytest.approx(np.sqrt(6 / 4 * 5 / 4), rel=1e-15)
    assert compare("tornqvist", *data).relative == pytest.approx(2.0**0.45, rel=1e-15)
    walsh = (2 * np.sqrt(2) + np.sqrt(6)) / (np.sqrt(2) + np.sqrt(6))
    assert compare("walsh", *data).relative == pytest.approx(walsh, rel=1e-15)
    mean_1, mean_2 = (0.4 - 0.5) / np.log(0.4 / 0.5), (0.6 - 0.5) / np.log(0.6 / 0.5)
    expected = 2.0 ** (mean_1 / (mean_1 + mean_2))
    assert compare("sato_vartia", *data).relative == pytest.approx(expected, rel=1e-14)
