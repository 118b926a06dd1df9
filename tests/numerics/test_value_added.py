"""What the decomposition of value added keeps whatever the figures are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tfp.numerics.value_added import value_added_terms

few = settings(max_examples=25)
# Price and quantity of output, then of two inputs.
histories = st.integers(2, 6).flatmap(
    lambda t: arrays(float, (t, 6), elements=st.floats(0.1, 10.0))
)


def decomposed(table):
    return value_added_terms(table[:, :1], table[:, 1:2], table[:, 2:4], table[:, 4:])


@few
@given(table=histories)
def test_terms_add_up_to_the_growth_of_value(table) -> None:
    found = decomposed(table)
    assert sum(found[1:-1])[1:] == pytest.approx(found.value[1:], abs=1e-12)
    value = table[:, 0] * table[:, 1]
    assert found.value[1:] == pytest.approx(np.diff(np.log(value)), abs=1e-12)


@few
@given(table=histories)
def test_technology_never_falls_back(table) -> None:
    found = decomposed(table)
    assert found.technical_progress[1:].min() >= -1e-15
    assert found.efficiency.max() <= 1.0 + 1e-14
    assert found.efficiency[0] == 1.0


@few
@given(table=histories, factors=arrays(float, 6, elements=st.floats(0.1, 10.0)))
def test_units_do_not_matter(table, factors) -> None:
    factors[4:] = 1.0 / factors[2:4]  # an input in other units has another price
    for one, other in zip(decomposed(table), decomposed(table * factors), strict=True):
        assert one == pytest.approx(other, abs=1e-12, nan_ok=True)


@few
@given(table=histories)
def test_one_output_has_its_own_price_as_the_term_of_prices(table) -> None:
    found = decomposed(table)
    assert found.output_price[1:] == pytest.approx(np.diff(np.log(table[:, 0])), abs=1e-12)


def test_one_input_has_no_mix() -> None:
    price, output = np.ones((3, 1)), np.array([[4.0], [3.0], [5.0]])
    wage, labour = np.array([[1.0], [2.0], [3.0]]), np.array([[2.0], [2.0], [2.0]])
    found = value_added_terms(price, output, wage, labour)
    assert found.input_mix[1:].tolist() == [0.0, 0.0]
    assert np.exp(found.efficiency_change[1:]) == pytest.approx([0.75, 4 / 3], rel=1e-14)
    assert np.exp(found.technical_progress[1:]) == pytest.approx([1.0, 1.25], rel=1e-14)


def test_two_net_outputs_by_hand() -> None:
    """Gross output less an intermediate input whose price doubles: one worker throughout."""
    price = np.array([[1.0, 1.0], [1.0, 2.0]])
    output = np.array([[10.0, -3.0], [10.0, -2.0]])
    found = value_added_terms(price, output, np.ones((2, 1)), np.ones((2, 1)))
    # At the new prices 10 - 2 x 2 = 6 is best; at the old ones 10 - 2 = 8.
    assert np.exp(found.value[1]) == pytest.approx(6 / 7, rel=1e-14)
    assert np.exp(found.output_price[1]) == pytest.approx(np.sqrt(4 / 7 * 6 / 8), rel=1e-14)
    assert np.exp(found.technical_progress[1]) == pytest.approx(np.sqrt(6 / 4 * 8 / 7), rel=1e-14)


def test_a_missing_period_is_no_best_practice_and_hides_no_later_one() -> None:
    table = np.array(
        [[1.0, 5.0, 1.0, 2.0, 3.0, 1.0], [1.1, np.nan, 1.0, 2.0, 3.0, 1.0],
         [1.2, 6.0, 1.5, 2.0, 3.0, 1.5], [1.2, 7.0, 1.5, 2.2, 2.9, 1.5]]
    )  # fmt: skip
    found, without = decomposed(table), decomposed(table[[0, 2, 3]])
    assert np.isnan(found.value).tolist() == [True, True, True, False]
    assert [term[3] for term in found] == [term[2] for term in without]
