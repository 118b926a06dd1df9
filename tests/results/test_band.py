"""A range around a number says what it covers, and is in order."""

from __future__ import annotations

import numpy as np
import pytest

import tfp
from tfp.errors import MethodError


def band(low, high):
    return tfp.Band(
        low=np.array(low), centre=np.ones(len(low)), high=np.array(high), level=0.9, covers="x"
    )


def test_a_band_is_read_only() -> None:
    held = band([0.0, 1.0], [2.0, 1.0])
    for array in (held.low, held.centre, held.high):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 9.0


def test_ends_out_of_order_are_refused_and_counted() -> None:
    with pytest.raises(MethodError) as caught:
        band([0.0, 3.0, 4.0], [1.0, 2.0, 3.0])

    assert caught.value.code == "band-out-of-order"
    assert caught.value.fields["count"] == 2


def test_missing_ends_are_in_order() -> None:
    assert np.isnan(band([np.nan], [1.0]).low[0])
