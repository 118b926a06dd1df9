r"""What a column takes from the columns it is made of.

A figure is as weak as the weakest figure in it, and its growth crosses every change of
definition that theirs crosses. A figure that is accumulated rests on all figures since it
began: with a preliminary one among them, whatever is built on it is preliminary too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

import numpy as np

from tfp.panel.agreement import check_agreement

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from tfp.numerics.arrays import IntArray
    from tfp.panel.roles import Column
    from tfp.panel.rows import RowIndex

BLANK = "–"  # stands for a definition that is not named beside one that is
_WIDTH = 8  # more than there are statuses: marks of two entities never overlap


class Marks(TypedDict):
    """What is known of each value of a column: fields of ``Column``."""

    status: NDArray[np.int8] | None
    definition: NDArray[np.int32] | None
    definitions: tuple[str, ...]
    accepted: tuple[int, ...]


def inherited(parents: Iterable[Column]) -> dict[str, Any]:
    """Return vintage, boundary and marks that a column takes from those it is made of.

    Raises
    ------
    MethodError
        ``mixed-vintages`` or ``mixed-boundaries`` where parents differ.
    """
    columns = list(parents)
    check_agreement(columns, "vintage", "mixed-vintages")
    check_agreement(columns, "boundary", "mixed-boundaries")
    return {
        "vintage": next((c.vintage for c in columns if c.vintage is not None), None),
        "boundary": next((c.boundary for c in columns if c.boundary is not None), None),
        **marks_of(columns),
    }


def marks_of(parents: Iterable[Column]) -> Marks:
    """Return statuses and definitions that a column takes from those it is made of.

    The status of each value is the weakest of its parents'. Its definition is named after
    all of theirs, and a change is settled where every parent that changes there is.
    """
    columns = list(parents)
    stated = [column.status for column in columns if column.status is not None]
    definition, names = _joined_definitions(columns)
    return {
        "status": np.maximum.reduce(stated) if stated else None,
        "definition": definition,
        "definitions": names,
        "accepted": _settled(columns),
    }


def one_row_later(marks: Marks, rows: RowIndex) -> Marks:
    """Return the marks of a column whose value in each row is made in the row before.

    The first row of each entity, which has none before, keeps its own.
    """
    before = np.arange(len(rows)) - 1
    before[rows.starts] = rows.starts
    status, definition = marks["status"], marks["definition"]
    starts = set(rows.starts.tolist())
    later = (row + 1 for row in marks["accepted"])
    return {
        "status": None if status is None else status[before],
        "definition": None if definition is None else definition[before],
        "definitions": marks["definitions"],
        "accepted": tuple(row for row in later if row < len(rows) and row not in starts),
    }


def marks_at(marks: Marks, source: IntArray) -> Marks:
    """Return the marks of values that are taken from other rows, (k,); -1 where from none."""
    status, definition = marks["status"], marks["definition"]
    settled = set(marks["accepted"])
    return {
        "status": None if status is None else np.where(source < 0, 0, status[source]),
        "definition": None if definition is None else np.where(source < 0, -1, definition[source]),
        "definitions": marks["definitions"],
        "accepted": tuple(row for row, old in enumerate(source.tolist()) if old in settled),
    }


def accumulated(marks: Marks, rows: RowIndex, since: IntArray) -> Marks:
    """Return the marks of a column that adds up another one, row after row.

    Parameters
    ----------
    marks
        Of the column that is added up.
    rows
    since : (m,) array of int
        The row of each entity from which on it is added up.
    """
    if marks["status"] is None:
        return marks
    return {**marks, "status": weakest_since(marks["status"], rows, since)}


def weakest_since(status: NDArray[np.int8], rows: RowIndex, since: IntArray) -> NDArray[np.int8]:
    """Return the weakest status from a row of each entity, (m,), up to each row.

    Rows before it keep their own.

    Examples
    --------
    >>> from tfp.panel.panel import Panel
    >>> rows = Panel({"y": [2001, 2002, 2003, 2004], "x": [1.0] * 4}, time="y", output="x").rows
    >>> weakest_since(np.array([3, 0, 2, 0], dtype=np.int8), rows, np.array([1])).tolist()
    [3, 0, 2, 2]
    """
    after = np.arange(len(rows)) >= since[rows.codes]
    return np.where(after, _running(np.where(after, status, 0), rows.codes), status)


def weakest_between(status: NDArray[np.int8], rows: RowIndex, base: IntArray) -> NDArray[np.int8]:
    """Return the weakest status of the changes between a base row and each row.

    Parameters
    ----------
    status : (n,) array
        Of the change into each row.
    rows
    base : (m,) array of int
        The row of each entity whose level is known; its own change is not used.

    Examples
    --------
    >>> from tfp.panel.panel import Panel
    >>> rows = Panel({"y": [2001, 2002, 2003, 2004], "x": [1.0] * 4}, time="y", output="x").rows
    >>> weakest_between(np.array([3, 2, 0, 1], dtype=np.int8), rows, np.array([2])).tolist()
    [2, 0, 0, 1]
    """
    position = np.arange(len(rows))
    anchor = base[rows.codes]
    forward = _running(np.where(position > anchor, status, 0), rows.codes)
    # A level before the base is the base's without the changes after that level.
    back = np.where(position < anchor, np.append(status[1:], 0), 0)
    last = len(rows.entities) - 1
    backward = _running(back[::-1], last - rows.codes[::-1])[::-1]
    return np.maximum(forward, backward).astype(np.int8)


def _running(status: NDArray[Any], codes: NDArray[Any]) -> NDArray[np.int8]:
    """Return the largest of each entity's marks so far; codes never fall."""
    lifted = codes.astype(np.int64) * _WIDTH
    return (np.maximum.accumulate(lifted + status) - lifted).astype(np.int8)


def _joined_definitions(
    columns: list[Column],
) -> tuple[NDArray[np.int32] | None, tuple[str, ...]]:
    """Return a number for each combination of definitions, and the combinations' names."""
    declared = [column for column in columns if column.definition is not None]
    if not declared:
        return None, ()
    numbers = [column.definition for column in declared if column.definition is not None]
    if all(
        column.definitions == declared[0].definitions and np.array_equal(number, numbers[0])
        for column, number in zip(declared, numbers, strict=True)
    ):
        return numbers[0], declared[0].definitions
    met, codes = np.unique(np.column_stack(numbers), axis=0, return_inverse=True)
    names: list[str] = []
    renumbered = []
    for combination in met.tolist():
        if max(combination) < 0:
            renumbered.append(-1)
            continue
        words = [
            column.definitions[number] if number >= 0 else BLANK
            for column, number in zip(declared, combination, strict=True)
        ]
        name = " + ".join(dict.fromkeys(words))
        # Two combinations of the same words are still two.
        renumbered.append(len(names))
        names.append(name if name not in names else " + ".join(words))
    return np.array(renumbered, dtype=np.int32)[codes.reshape(-1)], tuple(names)


def _settled(columns: list[Column]) -> tuple[int, ...]:
    """Return the rows that some parent has accepted and none leaves open."""
    accepted = {row for column in columns for row in column.accepted}
    still_open = {
        row for column in columns for row in set(column.breaks_of_definition) - set(column.accepted)
    }
    return tuple(sorted(accepted - still_open))
