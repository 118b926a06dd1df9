"""One column as plain arrays, whatever library it came from.

Every door (pandas, polars, pyarrow, mappings) turns a column into the same small
record; numbers, texts, entity and time codes are read from the record alone. That
is why the answers are the same bits whichever library the data came in.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from numbers import Real
from typing import TYPE_CHECKING, Any

import numpy as np

from tfp.errors import SHOWN_PLACES, PanelError, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    from tfp.numerics.arrays import FloatArray
    from tfp.panel.time import Frequency

_SHOWN_LENGTH = 40


@dataclass(frozen=True, eq=False)
class RawColumn:
    """One column of a foreign frame, as plain arrays.

    Attributes
    ----------
    name
        Its name in the frame.
    values
        shape (rows,): integers, floats, truth values, ``datetime64`` or objects; codes
        into `labels` where these are given; period ordinals where `frequency` is.
        They may be the caller's memory and must not be written to.
    labels
        The values that the codes stand for, none twice and none missing; a negative
        code is a missing value.
    missing
        shape (rows,): true where there is no value beyond those that tell so
        themselves (NaN, NaT, None, a negative code).
    frequency
        The frequency of a column of periods, their ordinals counted from year 0.
    borrowed
        Whether `values` may be the caller's own memory.
    """

    name: str
    values: NDArray[Any]
    labels: tuple[Any, ...] | None = None
    missing: NDArray[np.bool_] | None = None
    frequency: Frequency | None = None
    borrowed: bool = True

    def absent(self) -> NDArray[np.bool_] | None:
        """Return where values are missing, or None if nowhere."""
        kind = self.values.dtype.kind
        telling = None
        if self.labels is not None:
            telling = self.values < 0
        elif kind == "f":
            telling = np.isnan(self.values)
        elif kind == "M":
            telling = np.isnat(self.values)
        elif kind == "O":
            telling = missing_objects(self.values)
        mask = self.missing
        if telling is not None:
            mask = telling if mask is None else mask | telling
        return mask if mask is not None and mask.any() else None

    def value(self, row: int) -> Any:
        """Return the value of a row; where it is missing, whatever stands in its place."""
        value = self.values[row]
        if self.labels is not None:
            return self.labels[value] if value >= 0 else None
        if self.frequency is not None:
            from tfp.panel.time import label  # built on this module

            return label(int(value), self.frequency)
        return value.item() if self.values.dtype.kind in "iufb" else value

    def shown(self, row: int) -> str:
        """Return the value of a row as its reader would know it again."""
        return show_value(self.value(row))


def column_of_values(values: Any, name: str) -> RawColumn:
    """Return a list, an array or what turns into one as a column.

    Raises
    ------
    PanelError
        ``not-a-column`` if `values` is not one-dimensional.
    """
    if isinstance(values, np.ma.MaskedArray):
        inner = column_of_values(np.ma.getdata(values), name)
        mask = np.ma.getmaskarray(values)
        missing = mask if inner.missing is None else mask | inner.missing
        return RawColumn(name, inner.values, missing=missing)
    if hasattr(values, "__array__"):
        return _column_of_array(np.asarray(values), name)
    if isinstance(values, str | bytes) or not isinstance(values, Sequence):
        raise PanelError("not-a-column", column=name, kind=type(values).__name__)
    kinds = set(map(type, values))
    if kinds and kinds <= {int, float}:
        with suppress(OverflowError):
            array = np.array(values, dtype=np.float64 if float in kinds else np.int64)
            return RawColumn(name, array, borrowed=False)
    return RawColumn(name, np.fromiter(values, dtype=object, count=len(values)))


def _column_of_array(values: NDArray[Any], name: str) -> RawColumn:
    if values.ndim != 1:
        raise PanelError("not-a-column", column=name, kind=f"ndarray {values.shape}")
    if values.dtype.kind in "iufbMU":
        return RawColumn(name, values)
    if values.dtype.kind == "m":
        # Nanoseconds would otherwise become bare integers, which pass for numbers.
        values = values.astype("m8[us]")
    return RawColumn(name, values.astype(object))


def missing_objects(values: NDArray[Any]) -> NDArray[np.bool_]:
    """Tell which objects stand for "no value", in any library's way."""
    import pandas as pd

    return np.asarray(pd.isna(values))


def is_number(value: Any) -> bool:
    """Tell whether a value is a real number; true and false are none."""
    return _is_number_type(type(value))


def whole_number(value: Any) -> int | None:
    """Return a number without a fraction as an integer, anything else as None."""
    if not is_number(value):
        return None
    try:
        whole = int(value)
    except (OverflowError, ValueError):
        return None
    return whole if whole == value else None


def is_of(value: Any, library: str, name: str) -> bool:
    """Tell whether a value is of, or derives from, a class of a library not imported here."""
    return any(
        kind.__name__ == name and kind.__module__.partition(".")[0] == library
        for kind in type(value).__mro__
    )


def show_value(value: Any) -> str:
    """Return a value for a message: text in quotes, a date as its day, cut where it is long."""
    if isinstance(value, np.datetime64):
        value = value.astype("M8[D]")
    shown = f"'{value}'" if isinstance(value, str) else str(value)
    return shown if len(shown) <= _SHOWN_LENGTH else f"{shown[:_SHOWN_LENGTH]}..."


def fail_at(
    code: str,
    column: RawColumn,
    rows: Iterable[int],
    locate: Callable[[int], Place] | None = None,
    **fields: Any,
) -> PanelError:
    """Return the error `code` about some rows of a column.

    Its fields are ``column``, ``count``, ``rows`` (the first five, counted from 1)
    and ``values`` (what stands there); `locate` turns a row, counted from 0, into a
    place.
    """
    every = [int(row) for row in rows]
    first = every[:SHOWN_PLACES]
    return PanelError(
        code,
        places=[locate(row) for row in every] if locate else [Place(column=column.name)],
        column=column.name,
        count=len(every),
        rows=tuple(row + 1 for row in first),
        values=tuple(dict.fromkeys(column.shown(row) for row in first)),
        **fields,
    )


def numbers_of(
    column: RawColumn, *, copy: bool = True, locate: Callable[[int], Place] | None = None
) -> FloatArray:
    """Return a column as contiguous float64, a missing value as NaN.

    Parameters
    ----------
    column
        Any column.
    copy
        Whether the array must be ours; otherwise it may be the caller's memory.
    locate
        Turns a row, counted from 0, into a place for messages.

    Returns
    -------
    numpy.ndarray
        shape (rows,).

    Raises
    ------
    PanelError
        ``column-not-numeric`` or ``infinite-values``.
    """
    kind = column.values.dtype.kind
    if column.labels is not None:
        numbers = _numbers_of_labels(column, locate)
    elif kind in "iuf" and column.frequency is None:
        numbers = np.ascontiguousarray(column.values, dtype=np.float64)
        shared = column.borrowed and np.may_share_memory(numbers, column.values)
        if column.missing is not None or (shared and copy):
            numbers = numbers.copy() if shared else numbers
            if column.missing is not None:
                numbers[column.missing] = np.nan
    else:
        numbers = _numbers_of_objects(column, locate)
    infinite = np.isinf(numbers)
    if infinite.any():
        raise fail_at("infinite-values", column, np.flatnonzero(infinite), locate)
    return numbers


def _numbers_of_labels(column: RawColumn, locate: Callable[[int], Place] | None) -> FloatArray:
    labels = column.labels or ()
    wrong = [code for code, label in enumerate(labels) if not is_number(label)]
    rows = np.flatnonzero(np.isin(column.values, wrong))
    if rows.size:
        raise fail_at("column-not-numeric", column, rows, locate)
    # Labels that no row uses may be anything; the last place serves code -1.
    numbers = [_to_float(label) if is_number(label) else np.nan for label in labels]
    table = np.array([*numbers, np.nan], dtype=np.float64)
    return np.take(table, column.values)


def _numbers_of_objects(column: RawColumn, locate: Callable[[int], Place] | None) -> FloatArray:
    """Convert objects one by one; dates, truth values and periods are no numbers at all."""
    absent = column.absent()
    present = np.arange(len(column.values)) if absent is None else np.flatnonzero(~absent)
    values = column.values[present]
    if column.values.dtype.kind != "O":
        wrong = present
    elif all(map(_is_number_type, set(map(type, values)))):
        wrong = present[:0]
    else:
        wrong = present[[not is_number(value) for value in values]]
    if wrong.size:
        raise fail_at("column-not-numeric", column, wrong, locate)
    numbers = np.full(len(column.values), np.nan)
    numbers[present] = np.fromiter(map(_to_float, values), np.float64, count=values.size)
    return numbers


def _is_number_type(kind: type) -> bool:
    return issubclass(kind, Real | Decimal) and not issubclass(
        kind, bool | np.bool_ | np.timedelta64
    )


def _to_float(value: Any) -> float:
    try:
        return float(value)
    except OverflowError:
        return np.inf
