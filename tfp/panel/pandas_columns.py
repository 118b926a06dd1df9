"""Columns of pandas, by dtype: NumPy's own, nullable ones, categories, periods, Arrow's.

pandas 3 hands out read-only arrays and keeps text in a dtype of its own, which
pandas 2 kept in objects; nothing here depends on which it is.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from tfp.errors import PanelError
from tfp.panel.columns import RawColumn
from tfp.panel.time import period_frequency
from tfp.panel.words import column_of_arrow_words


def column_of_pandas(vector: Any, name: str) -> RawColumn:
    """Return a pandas Series, Index or extension array as a column.

    Raises
    ------
    PanelError
        ``frequency-not-supported`` for Periods of days, of two years and the like.
    """
    dtype = vector.dtype
    if isinstance(dtype, np.dtype):
        return _column_of_numpy(vector, name)
    array = getattr(vector, "array", vector)
    read = {
        "CategoricalDtype": _column_of_categories,
        "PeriodDtype": _column_of_periods,
        "DatetimeTZDtype": _column_of_local_times,
        "SparseDtype": _column_of_sparse,
        "StringDtype": _column_of_strings,
    }.get(type(dtype).__name__, _column_of_nullable)
    return read(array, name)


def column_of_level(index: Any, name: str) -> RawColumn:
    """Return one named level of a pandas index, whose codes cost nothing."""
    if index.nlevels == 1:
        return column_of_pandas(index, name)
    level = index.names.index(name)
    codes = np.asarray(index.codes[level])
    return RawColumn(name, codes, labels=tuple(index.levels[level].tolist()))


def _column_of_numpy(vector: Any, name: str) -> RawColumn:
    values = vector.to_numpy()
    if values.dtype.kind in "iufbM":
        return RawColumn(name, values)
    return RawColumn(name, vector.to_numpy(dtype=object))


def _column_of_categories(array: Any, name: str) -> RawColumn:
    return RawColumn(name, array.codes, labels=tuple(array.categories.tolist()))


def _column_of_periods(array: Any, name: str) -> RawColumn:
    step = array.dtype.freq
    known = period_frequency(step)
    if known is None:
        raise PanelError("frequency-not-supported", column=name, frequency=step.freqstr)
    frequency, shift = known
    return RawColumn(
        name, array.asi8 + shift, missing=array.isna(), frequency=frequency, borrowed=False
    )


def _column_of_local_times(array: Any, name: str) -> RawColumn:
    """Keep the clock on the wall: midnight in Hà Nội is still the day before in UTC."""
    return RawColumn(name, np.asarray(array.tz_localize(None)), borrowed=False)


def _column_of_sparse(array: Any, name: str) -> RawColumn:
    return RawColumn(name, np.asarray(array), borrowed=False)


def _column_of_strings(array: Any, name: str) -> RawColumn:
    if "pyarrow" in array.dtype.storage:
        return column_of_arrow_words(array.__arrow_array__(), name)
    return RawColumn(name, np.asarray(array, dtype=object))


def _column_of_nullable(array: Any, name: str) -> RawColumn:
    """Read numbers with a mask, Arrow's types, and whatever else pandas or others add."""
    dtype = array.dtype
    if dtype.kind in "iufb" and hasattr(dtype, "numpy_dtype"):
        blank = dtype.numpy_dtype.type(0)
        values = array.to_numpy(dtype.numpy_dtype, na_value=blank)
        missing = np.asarray(array.isna())
        return RawColumn(name, values, missing=missing if missing.any() else None)
    if hasattr(dtype, "pyarrow_dtype") and dtype.type is str:
        return column_of_arrow_words(array.__arrow_array__(), name)
    return RawColumn(name, np.asarray(array, dtype=object))
