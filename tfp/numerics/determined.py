r"""What a system of linear equations says of its unknowns, although it does not fix them all.

An unknown :math:`x_j` of :math:`A x = b` is determined if it is the same in every
solution: if no vector of the null space of `A` moves it. Of one that is not determined,
:func:`freedom` says how far it can move while no unknown moves farther than its bound.

Both ask about unknowns as they are, not about their values, so that the equations may be
the gradients of identities that are not linear, taken where they hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from tfp.numerics.arrays import FloatArray, IntArray

# Of a coefficient relative to the largest of its row: what rounding leaves of a zero.
_ZERO = 1e-11
# Of a movement relative to the largest of all unknowns.
_STILL = 1e-7
# Of a coefficient of combined equations.
_NOISE = 1e-10


def determined(matrix: FloatArray, unknown: NDArray[np.bool_]) -> NDArray[np.bool_]:
    r"""Return which unknowns the equations fix, the other columns being known.

    Parameters
    ----------
    matrix : (m, n) array
        One row for each equation; columns are scaled so that movements can be compared.
    unknown : (n,) array of bool

    Returns
    -------
    (n,) array of bool
        False for what is known anyway.

    Examples
    --------
    A total and one of its two parts fix the other; without that part nothing does.

    >>> sum_of_parts = np.array([[1.0, 1.0, -1.0]])
    >>> determined(sum_of_parts, np.array([True, False, False]))
    array([ True, False, False])
    >>> determined(sum_of_parts, np.array([True, True, False])).any()
    np.False_
    """
    steps = _steps(matrix, unknown)
    left = unknown.copy()
    left[list(steps)] = False
    rows, core, absorbed = _reduced(matrix, left)
    fixed = unknown & ~left
    for some, columns in _blocks(matrix, rows, np.flatnonzero(core)):
        null = _null_space(matrix[np.ix_(some, columns)])
        largest = np.abs(null).max(axis=1, initial=0.0)
        fixed[columns] = largest < _STILL
    settled = ~unknown | fixed
    for row, column in reversed(absorbed):
        others = np.flatnonzero(matrix[row])
        fixed[column] = settled[others[others != column]].all()
        settled[column] = fixed[column]
    return fixed


def eliminated(matrix: FloatArray, columns: NDArray[np.bool_]) -> FloatArray:
    """Return what the equations say of the other columns, whatever these are.

    The combinations of equations in which all of these columns cancel: nothing that could
    be learnt of the others is lost.

    Examples
    --------
    With b = a + z and c = a - z, of which nobody knows z, b + c = 2 a is what is left.

    >>> equations = np.array([[1.0, -1.0, 0.0, 1.0], [1.0, 0.0, -1.0, -1.0]])
    >>> left = eliminated(equations, np.array([False, False, False, True]))
    >>> np.round(left / left[0, 0], 6)
    array([[ 1. , -0.5, -0.5,  0. ]])
    """
    rows, core, absorbed = _reduced(matrix, columns)
    gone = np.zeros(len(matrix), dtype=bool)
    gone[[row for row, _ in absorbed]] = True
    found = []
    for some, own in _blocks(matrix, rows, np.flatnonzero(core)):
        gone[some] = True
        combined = _null_space(matrix[np.ix_(some, own)].T).T @ matrix[some]
        largest = np.abs(combined).max(axis=1, initial=0.0)
        combined = combined[largest > _STILL] / largest[largest > _STILL, None]
        combined[np.abs(combined) < _NOISE] = 0.0
        combined[:, columns] = 0.0
        found.append(combined)
    return np.vstack([matrix[~gone], *found])


def route(matrix: FloatArray, unknown: NDArray[np.bool_], wanted: int) -> IntArray:
    """Return known columns from which a determined unknown is computed.

    Step by step where each equation leaves one unknown; else by the combination of
    equations, the shortest in the sense of least squares, in which all others cancel.
    """
    steps = _steps(matrix, unknown)
    if wanted in steps:
        first = [wanted]
    else:
        left = unknown.copy()
        left[list(steps)] = False
        first = _combined(matrix, left, wanted).tolist()
    found: set[int] = set()
    seen: set[int] = set()
    while first:
        column = first.pop()
        if column in seen:
            continue
        seen.add(column)
        if column in steps:
            first += np.flatnonzero(matrix[steps[column]]).tolist()
        elif not unknown[column]:
            found.add(column)
    return np.array(sorted(found), dtype=np.intp)


def _steps(matrix: FloatArray, unknown: NDArray[np.bool_]) -> dict[int, int]:
    """Return the equation that gives each unknown which simple arithmetic finds.

    An equation with one unknown gives it; it is then known in all others.
    """
    present = (matrix != 0.0) & unknown
    found: dict[int, int] = {}
    while True:
        ready = np.flatnonzero(present.sum(axis=1) == 1)
        if not len(ready):
            return found
        columns = present[ready].argmax(axis=1)
        for row, column in zip(ready.tolist(), columns.tolist(), strict=True):
            found.setdefault(column, row)
        present[:, list(found)] = False


def _combined(matrix: FloatArray, unknown: NDArray[np.bool_], wanted: int) -> IntArray:
    """Return the known columns of the shortest combination that leaves one unknown."""
    touched = np.flatnonzero((matrix[:, unknown] != 0.0).any(axis=1))
    columns = np.flatnonzero(unknown)
    aim = (columns == wanted).astype(float)
    weights, *_ = np.linalg.lstsq(matrix[np.ix_(touched, columns)].T, aim, rcond=None)
    used = np.abs(weights @ matrix[touched])
    used[unknown] = 0.0
    return np.flatnonzero(used > _STILL * max(1.0, float(used.max(initial=0.0))))


def freedom(
    matrix: FloatArray,
    unknown: NDArray[np.bool_],
    bounded: NDArray[np.bool_],
    wanted: int,
) -> float:
    r"""Return how far an unknown can move while no bounded one moves by more than one.

    .. math:: \max |x_j| \quad \text{where } A x = 0,\ -1 \le x_i \le 1 \text{ for bounded } i

    With columns scaled by their values, one is a change by a hundred per cent: no bounded
    quantity becomes negative. The bounds being symmetric, so is what is returned; it is
    at most 1.
    """
    from scipy.optimize import linprog

    steps = _steps(matrix, unknown)
    if wanted in steps:
        return 0.0
    left = unknown.copy()
    left[list(steps)] = False
    # Bounded unknowns and the wanted one are kept, whatever else their equations hold.
    kept = bounded | (np.arange(len(unknown)) == wanted)
    rows, columns, _ = _reduced(matrix, left, kept)
    places = np.flatnonzero(columns | (left & kept))
    blocks = _blocks(matrix, rows, places)
    block = next((each for each in blocks if wanted in each[1].tolist()), None)
    if block is None:
        return 1.0
    rows, places = block
    aim = -(places == wanted).astype(float)
    limits = [(-1.0, 1.0) if bounded[each] or each == wanted else (None, None) for each in places]
    equations = matrix[np.ix_(rows, places)]
    found = linprog(aim, A_eq=equations, b_eq=np.zeros(len(rows)), bounds=limits, method="highs")
    return 0.0 if found.fun is None else -float(found.fun)


def _reduced(
    matrix: FloatArray, unknown: NDArray[np.bool_], kept: NDArray[np.bool_] | None = None
) -> tuple[IntArray, NDArray[np.bool_], list[tuple[int, int]]]:
    """Return rows and unknowns that are left when what cannot inform is set aside.

    An unknown that stands in one equation only absorbs it: whatever the others are, it
    makes the equation true. Those come back as (row, column) in the order found. What is
    to be `kept` absorbs nothing.
    """
    absorbing = unknown if kept is None else unknown & ~kept
    present = (matrix != 0.0) & unknown
    alive = present.any(axis=1)
    core = unknown & present.any(axis=0)
    absorbed: list[tuple[int, int]] = []
    while True:
        counts = (present & alive[:, None]).sum(axis=0)
        single = np.flatnonzero(core & absorbing & (counts == 1))
        found = False
        for column in single.tolist():
            rows = np.flatnonzero(present[:, column] & alive)
            if len(rows) == 1:
                absorbed.append((int(rows[0]), column))
                alive[rows[0]] = False
                core[column] = False
                found = True
        # Of an unknown without equations nothing is known.
        core &= (present & alive[:, None]).any(axis=0)
        if not found:
            return np.flatnonzero(alive), core, absorbed


def _blocks(
    matrix: FloatArray, rows: IntArray, columns: IntArray
) -> Iterator[tuple[IntArray, IntArray]]:
    """Give the rows and columns of each part of a system that shares no unknown with others."""
    present = matrix[np.ix_(rows, columns)] != 0.0
    left = np.ones(len(columns), dtype=bool)
    while left.any():
        own = np.zeros(len(columns), dtype=bool)
        own[left.argmax()] = True
        while True:
            touched = present[:, own].any(axis=1)
            wider = own | present[touched].any(axis=0)
            if (wider == own).all():
                break
            own = wider
        left &= ~own
        yield rows[touched], columns[own]


def _null_space(matrix: FloatArray) -> FloatArray:
    """Return an orthonormal basis of the null space, one vector a column."""
    scale = np.abs(matrix).max(axis=1, keepdims=True)
    wide = matrix.shape[0] < matrix.shape[1]
    _, singular, right = np.linalg.svd(matrix / scale, full_matrices=wide)
    rank = int((singular > _ZERO * max(matrix.shape) * singular.max(initial=0.0)).sum())
    basis: FloatArray = right[rank:].T
    return basis
