"""One column as plain arrays, whatever library it came from.

Every door (pandas, polars, pyarrow, mappings) turns a column into the same small
record; numbers, texts, entity and time codes are read from the record alone. That
is why the answers are the same bits whichever library the data came in.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from numbers import Real
from typing import TYPE_CHECKING, Any

import numpy as np

from tfp.errors import SHOWN_PLACES, PanelError, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

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
        The values that the codes stand for; a negative code is a missing value.
    missing
        shape (rows,): true where there is no value; None where the values
        themselves tell (NaN, NaT, a negative code) or nothing is missing.
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
        mask = self.missing
        if mask is None:
            if self.labels is not None:
                mask = self.values < 0
                blank = [code for code, label in enumerate(self.labels) if label is None]
                if blank:
                    mask |= np.isin(self.values, blank)
            elif self.values.dtype.kind == "f":
                mask = np.isnan(self.values)
            elif self.values.dtype.kind == "M":
                mask = np.isnat(self.values)
            else:
                return None
        elif self.values.dtype.kind == "f" and self.labels is None:
            mask = mask | np.isnan(self.values)
        return mask if mask.any() else None

    def value(self, row: int) -> Any:
        """Return the value of a row, not to be asked where it is missing."""
        value = self.values[row]
        if self.labels is not None:
            return self.labels[value]
        if self.frequency is not None:
            from tfp.panel.time import label  # built on this module

            return label(int(value), self.frequency)
        return value.item() if self.values.dtype.kind in "iufb" else value

    def shown(self, row: int) -> str:
        """Return the value of a row as its reader would know it again."""
        if self.missing is not None and self.missing[row]:
            return ""
        return show_value(self.value(row))


def column_of_values(values: Sequence[Any] | NDArray[Any], name: str) -> RawColumn:
    """Return a list or an array as a column.

    Raises
    ------
    PanelError
        ``not-a-column`` if `values` is not one-dimensional.
    """
    if isinstance(values, np.ma.MaskedArray):
        inner = column_of_values(values.data, name)
        mask = np.ma.getmaskarray(values)
        missing = mask if inner.missing is None else mask | inner.missing
        return RawColumn(name, inner.values, missing=missing)
    if isinstance(values, np.ndarray):
        if values.ndim != 1:
            raise PanelError("not-a-column", column=name, kind=f"ndarray {values.shape}")
        if values.dtype.kind in "iufbMU":
            return RawColumn(name, values)
        return column_of_objects(values.astype(object), name)
    if isinstance(values, str | bytes) or not hasattr(values, "__len__"):
        raise PanelError("not-a-column", column=name, kind=type(values).__name__)
    kinds = set(map(type, values))
    if kinds and kinds <= {int, float}:
        try:
            dtype = np.float64 if float in kinds else np.int64
            return RawColumn(name, np.array(values, dtype=dtype), borrowed=False)
        except OverflowError:
            pass
    return column_of_objects(np.fromiter(values, dtype=object, count=len(values)), name)


def column_of_objects(
    values: NDArray[Any], name: str, missing: NDArray[np.bool_] | None = None
) -> RawColumn:
    """Return an array of Python objects as a column, its missing values as None."""
    if missing is None:
        missing = np.fromiter(map(is_missing, values), dtype=bool, count=len(values))
    if not missing.any():
        return RawColumn(name, values)
    blanked = values.copy()
    blanked[missing] = None
    return RawColumn(name, blanked, missing=missing, borrowed=False)


def is_missing(value: Any) -> bool:
    """Tell whether a single value stands for "no value", in any library's way."""
    if value is None:
        return True
    if isinstance(value, float | Decimal | np.floating):
        return bool(np.isnan(value)) if not isinstance(value, Decimal) else value.is_nan()
    if isinstance(value, np.datetime64):
        return bool(np.isnat(value))
    # pandas' NA and NaT, known by name because pandas need not be loaded.
    return type(value).__name__ in {"NAType", "NaTType"}


def show_value(value: Any) -> str:
    """Return a value for a message: text in quotes, cut where it is long."""
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
    where = [locate(row) if locate else Place(column=column.name) for row in every]
    return PanelError(
        code,
        places=where if locate else where[:1],
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


def _numbers_of_labels(
    column: RawColumn, locate: Callable[[int], Place] | None
) -> FloatArray:
    labels = column.labels or ()
    wrong = [code for code, label in enumerate(labels) if not _is_number(label)]
    rows = np.flatnonzero(np.isin(column.values, wrong)) if wrong else np.empty(0, np.intp)
    if rows.size:
        raise fail_at("column-not-numeric", column, rows, locate)
    # The last place serves code -1, and the wrong labels that no row uses.
    table = np.full(len(labels) + 1, np.nan)
    for code, label in enumerate(labels):
        if label is not None and code not in wrong:
            table[code] = _to_float(label)
    return table[column.values]


def _numbers_of_objects(
    column: RawColumn, locate: Callable[[int], Place] | None
) -> FloatArray:
    values = column.values.tolist() if column.values.dtype.kind != "M" else list(column.values)
    if column.frequency is not None or not all(map(_is_number_type, set(map(type, values)))):
        absent = column.absent()
        rows = [
            row
            for row, value in enumerate(values)
            if (column.frequency is not None or not _is_number(value))
            and (absent is None or not absent[row])
        ]
        raise fail_at("column-not-numeric", column, rows, locate)
    return np.fromiter(map(_to_float, values), dtype=np.float64, count=len(values))


def _is_number_type(kind: type) -> bool:
    if issubclass(kind, bool | np.bool_):
        return False
    return kind is type(None) or issubclass(kind, Real | Decimal)


def _is_number(value: Any) -> bool:
    return _is_number_type(type(value))


def _to_float(value: Any) -> float:
    if value is None:
        return np.nan
    try:
        return float(value)
    except OverflowError:
        return np.inf
