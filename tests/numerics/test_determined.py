"""What equations fix: against the rank of a larger system, and against solutions."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tfp.numerics.determined import determined, freedom, route

systems = st.integers(1, 7).flatmap(
    lambda m: st.integers(1, 9).flatmap(
        lambda n: st.tuples(
            arrays(np.float64, (m, n), elements=st.sampled_from([-1.0, 0.0, 0.0, 0.0, 1.0, 2.0])),
            arrays(np.bool_, n),
        )
    )
)


def by_rank(matrix: np.ndarray, unknown: np.ndarray) -> np.ndarray:
    """Return which unknowns are determined: those whose own equation adds nothing."""
    columns = np.flatnonzero(unknown)
    equations = matrix[:, columns]
    rank = np.linalg.matrix_rank(equations) if equations.size else 0
    found = np.zeros(len(unknown), dtype=bool)
    for place, column in enumerate(columns):
        own = np.eye(len(columns))[place]
        found[column] = np.linalg.matrix_rank(np.vstack([equations, own])) == rank
    return found


@settings(max_examples=150, deadline=None)
@given(systems)
def test_an_unknown_is_determined_if_its_own_equation_adds_no_rank(system) -> None:
    matrix, unknown = system
    assert determined(matrix, unknown).tolist() == by_rank(matrix, unknown).tolist()


@settings(max_examples=100, deadline=None)
@given(systems)
def test_a_route_to_an_unknown_uses_known_numbers_only_and_is_enough(system) -> None:
    matrix, unknown = system
    for wanted in np.flatnonzero(determined(matrix, unknown)).tolist():
        used = route(matrix, unknown, wanted)
        assert not unknown[used].any()
        # With all other known numbers forgotten it is determined still.
        forgotten = np.ones_like(unknown)
        forgotten[used] = False
        assert by_rank(matrix, forgotten)[wanted]


def test_freedom_is_what_the_largest_movement_of_the_others_allows() -> None:
    # A secret of 100 and a part of 20 make a known total, in relative changes.
    matrix = np.array([[100.0, 20.0, -120.0]])
    unknown, everything = np.array([True, True, False]), np.ones(3, dtype=bool)
    assert freedom(matrix, unknown, everything, 0) == pytest.approx(0.2)
    assert freedom(matrix, unknown, everything, 1) == pytest.approx(1.0)
    assert freedom(matrix, unknown, ~everything, 0) == pytest.approx(1.0)
    assert freedom(matrix, np.array([True, False, False]), everything, 0) == pytest.approx(0.0)


@settings(max_examples=60, deadline=None)
@given(systems)
def test_what_can_move_is_what_is_not_determined(system) -> None:
    matrix, unknown = system
    fixed = determined(matrix, unknown)
    for wanted in np.flatnonzero(unknown).tolist():
        moves = freedom(matrix, unknown, unknown, wanted)
        assert (moves > 1e-6) is not bool(fixed[wanted])


def test_no_equation_says_nothing() -> None:
    unknown = np.array([True, False])
    assert not determined(np.zeros((0, 2)), unknown).any()
    assert freedom(np.zeros((0, 2)), unknown, unknown, 0) == 1.0
