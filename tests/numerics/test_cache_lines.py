"""Arrays begin their lines where they are asked to."""

from __future__ import annotations

import pytest

from tfp.numerics.cache_lines import LINE_BYTES, empty_on_cache_lines


@pytest.mark.parametrize("n", [0, 1, 9, 1000, 10**6])
@pytest.mark.parametrize("first", [0, 1, 5])
def test_the_asked_row_begins_a_line(n, first):
    array = empty_on_cache_lines(n, first=first)
    assert array.size == n
    assert array.flags.c_contiguous
    if first < n:
        assert array[first:].ctypes.data % LINE_BYTES == 0
