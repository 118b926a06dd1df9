"""Walking through blocks visits every row but the first, after the row before it."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tfp.numerics.blocks import block_lengths, rows_by_step


@given(lengths=st.lists(st.integers(1, 9), max_size=9))
def test_every_row_comes_once_and_after_the_one_before(lengths):
    starts = np.cumsum(lengths, dtype=np.intp) - np.array(lengths, dtype=np.intp)
    n = sum(lengths)
    assert block_lengths(starts, n).tolist() == lengths
    done = set(starts.tolist())
    for rows in rows_by_step(starts, np.array(lengths, dtype=np.intp)):
        assert {row - 1 for row in rows.tolist()} <= done
        assert done.isdisjoint(rows.tolist())
        done.update(rows.tolist())
    assert done == set(range(n))
