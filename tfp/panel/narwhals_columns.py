"""Columns of polars, pyarrow and whatever else narwhals reads, without pyarrow for polars."""

from __future__ import annotations

from typing import Any

from tfp.panel.columns import RawColumn, column_of_values
from tfp.panel.words import column_of_arrow_words, column_of_polars_words


def column_of_narwhals(vector: Any, name: str) -> RawColumn:
    """Return a series of any library that narwhals knows as a column."""
    import narwhals as nw

    series = nw.from_native(vector, series_only=True)
    dtype = series.dtype
    numeric = dtype.is_integer() or dtype.is_float() or dtype == nw.Boolean
    # NumPy has no integers of 128 bits; they go the way of objects, below.
    if numeric and not isinstance(dtype, nw.Int128 | nw.UInt128):
        missing = series.is_null().to_numpy() if series.null_count() else None
        if missing is not None:
            series = series.fill_null(False if dtype == nw.Boolean else 0)
        return RawColumn(name, series.to_numpy(), missing=missing)
    if dtype in {nw.String, nw.Categorical, nw.Enum}:
        if series.implementation.is_polars():
            return column_of_polars_words(series.to_native(), name)
        if series.implementation.is_pyarrow():
            return column_of_arrow_words(series.to_native(), name)
    if isinstance(dtype, nw.Datetime) and dtype.time_zone is not None:
        # The clock on the wall: midnight in Hà Nội is still the day before in UTC.
        series = series.dt.replace_time_zone(None)
    if isinstance(dtype, nw.Datetime | nw.Date):
        return RawColumn(name, series.to_numpy())
    return column_of_values(series.to_list(), name)
