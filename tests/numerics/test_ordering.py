"""Row plans by three ways, against sorting by hand; names that stand in runs."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tfp.numerics import ordering
from tfp.numerics.ordering import encode_runs, plan_rows

keys = st.lists(st.tuples(st.integers(0, 6), st.integers(1990, 2003)), max_size=40)
# One width of table fits all of them, none, and the numbers that fit no 64-bit key.
FAR_APART = {"table": 1, "one key": 10**6, "two keys": 2**60}


def plan(pairs, n_entities=7, stretch=1):
    codes = np.array([code for code, _ in pairs], dtype=np.int32)
    times = np.array([time * stretch for _, time in pairs], dtype=np.int64)
    return plan_rows(codes, times, n_entities)


def plan_by_hand(pairs):
    order = sorted(range(len(pairs)), key=lambda row: pairs[row])
    ordered = [pairs[row] for row in order]
    starts, gaps = [], []
    for row, (code, time) in enumerate(ordered):
        if row == 0 or ordered[row - 1][0] != code:
            starts.append(row)
        elif ordered[row - 1][1] != time - 1:
            gaps.append(row)
    codes = [code for code, _ in ordered]
    lengths = [codes.count(codes[row]) for row in starts]
    return order, starts, gaps, lengths


@settings(max_examples=150)
@given(pairs=keys.map(lambda pairs: list(dict.fromkeys(pairs))))
def test_plans_are_those_of_sorting_by_hand(pairs):
    order, starts, gaps, lengths = plan_by_hand(pairs)
    ours = plan(pairs)
    assert ours.duplicates.shape == (0, 2)
    assert (ours.order is None) == (order == list(range(len(pairs))))
    if ours.order is not None:
        assert ours.order.tolist() == order
    assert ours.starts.tolist() == starts
    assert ours.gaps.tolist() == gaps
    assert ours.lengths.tolist() == lengths
    assert ours.breaks.tolist() == sorted(starts + gaps)


@pytest.mark.parametrize("stretch", FAR_APART.values(), ids=FAR_APART.keys())
@settings(max_examples=60)
@given(pairs=keys)
def test_each_way_of_ordering_finds_order_and_duplicates(stretch, pairs):
    pairs = [(code, time - 1997) for code, time in pairs]  # 6 x 2 ** 60 still fits 64 bits
    order = sorted(range(len(pairs)), key=lambda row: pairs[row])
    repeated = [[a, b] for a, b in pairwise(order) if pairs[a] == pairs[b]]
    ours = plan(pairs, stretch=stretch)
    assert ours.duplicates.tolist() == repeated
    given_order = list(range(len(pairs))) if ours.order is None else ours.order.tolist()
    assert given_order == order


def test_rows_need_not_fill_their_entities():
    ours = plan([(5, 2001), (5, 2000), (2, 2000)], n_entities=9)
    assert ours.order.tolist() == [2, 1, 0]
    assert (ours.starts.tolist(), ours.lengths.tolist()) == ([0, 1], [1, 2])


def test_entities_in_several_blocks_are_only_unsorted():
    ours = plan([(0, 2000), (1, 2000), (0, 2001), (1, 2001)], n_entities=2)
    assert ours.order.tolist() == [0, 2, 1, 3]
    assert ours.gaps.size == 0


def test_the_first_three_chunks_are_read_to_the_last_row(monkeypatch):
    monkeypatch.setattr(ordering, "CHUNK_ROWS", 4)
    pairs = [(code, time) for code in range(3) for time in (2000, 2001, 2003)]
    ours = plan(pairs)
    assert ours.order is None
    assert ours.starts.tolist() == [0, 3, 6]
    assert ours.gaps.tolist() == [2, 5, 8]
    swapped = [*pairs[:-2], pairs[-1], pairs[-2]]
    assert plan(swapped).order.tolist() == [0, 1, 2, 3, 4, 5, 6, 8, 7]


def test_a_duplicate_in_sorted_rows_is_a_pair_of_neighbours():
    ours = plan([(0, 2000), (0, 2001), (0, 2001), (0, 2001)])
    assert ours.order is None
    assert ours.duplicates.tolist() == [[1, 2], [2, 3]]


def test_a_hundred_thousand_shuffled_entities():
    n_entities, years = 100_000, 3
    codes = np.repeat(np.arange(n_entities, dtype=np.int32), years)
    times = np.tile(np.arange(2000, 2000 + years), n_entities)
    mixed = np.random.default_rng(6).permutation(codes.size)
    ours = plan_rows(codes[mixed], times[mixed], n_entities)
    np.testing.assert_array_equal(mixed[ours.order], np.arange(codes.size))
    np.testing.assert_array_equal(ours.breaks, np.arange(0, codes.size, years))
    kept = np.delete(mixed, np.flatnonzero(mixed == 1))  # the second year of the first entity
    ours = plan_rows(codes[kept], times[kept], n_entities)
    np.testing.assert_array_equal(kept[ours.order], np.delete(np.arange(codes.size), 1))
    assert ours.gaps.tolist() == [1]


@pytest.mark.parametrize("kind", [object, str])
@settings(max_examples=60)
@given(lengths=st.lists(st.integers(1, 4), max_size=8))
def test_runs_are_encoded_in_order_of_appearance(kind, lengths):
    names = [f"tỉnh {9 - i}" for i in range(len(lengths))]
    values = np.repeat(np.array(names, dtype=kind), lengths)
    codes, labels = encode_runs(values)
    assert labels.tolist() == names
    assert codes.dtype == np.int32
    assert codes.tolist() == np.repeat(np.arange(len(lengths)), lengths).tolist()


def test_names_that_come_back_are_left_to_the_caller():
    assert encode_runs(np.array(["a", "b", "a"], dtype=object)) is None


def test_as_many_runs_as_rows_are_left_to_the_caller(monkeypatch):
    monkeypatch.setattr(ordering, "FEW_RUNS", 2)
    assert encode_runs(np.array(["a", "b", "c"])) is None
    assert encode_runs(np.array(["a", "a", "a", "b"])) is not None


def test_names_without_equality_are_left_to_the_caller():
    class Unknown:
        __hash__ = None

        def __ne__(self, other):
            raise TypeError

        __eq__ = __ne__

    values = np.array([Unknown(), Unknown()], dtype=object)
    assert encode_runs(values) is None
