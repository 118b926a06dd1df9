"""Profiles of a cohort: what service lives do not allow is refused."""

from __future__ import annotations

import pytest

from tfp.errors import MethodError
from tfp.inputs.capital.cohort_profile import cohort_profiles
from tfp.inputs.capital.efficiency import DecliningBalance
from tfp.inputs.capital.retirement import FixedLife


def test_a_declining_balance_rate_in_per_cent_is_refused() -> None:
    def profiles(rate):
        return cohort_profiles(
            DecliningBalance(rate), FixedLife(8), discount_rate=0.04, price_change=0.0, n_ages=9
        )

    profiles(2.0)
    with pytest.raises(MethodError) as raised:
        profiles(200.0)
    assert raised.value.code == "declining-balance-too-fast"
