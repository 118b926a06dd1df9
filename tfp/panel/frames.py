"""The door for foreign frames: pandas, polars, pyarrow and mappings of arrays.

A library is recognised by the modules of a frame's class, never imported for the
purpose. polars and pyarrow are read through narwhals, so that polars needs no
pyarrow; pandas is read natively, because its index levels, periods and categorical
codes have no counterpart there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from tfp.errors import PanelError, nearest
from tfp.panel.columns import RawColumn, column_of_objects, column_of_values, numbers_of
from tfp.panel.keys import distinct, texts_of
from tfp.panel.time import period_frequency

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from numpy.typing import NDArray

    from tfp.errors import Place
    from tfp.numerics.arrays import FloatArray

class FrameReader:
    """A foreign frame as named columns of plain arrays.

    Attributes
    ----------
    library
        ``"pandas"``, ``"polars"``, ``"pyarrow"`` and so on, or ``"mapping"``.
    names
        The columns that can be asked for, index levels with names among them.
    n_rows
        Number of rows.
    """

    def __init__(
        self,
        library: str,
        names: list[Hashable],
        n_rows: int,
        read: Callable[[str], RawColumn],
    ) -> None:
        counts = Counter(names)
        repeated = [str(name) for name, count in counts.items() if count > 1]
        if repeated:
            raise PanelError("duplicate-columns", columns=repeated)
        if n_rows == 0 or not names:
            raise PanelError("empty-frame", rows=n_rows, columns=len(names))
        self.library = library
        self.names = tuple(name for name in names if isinstance(name, str))
        self.n_rows = n_rows
        self._read = read

    def raw(self, name: str) -> RawColumn:
        """Return a column as it is, for keys.

        Raises
        ------
        PanelError
            ``unknown-column`` if the frame has no such column.
        """
        if name not in self.names:
            raise PanelError(
                "unknown-column",
                column=name,
                available=self.names,
                nearest=nearest(str(name), self.names) or "–",
            )
        return self._read(name)

    def numbers(
        self,
        name: str,
        *,
        copy: bool = True,
        locate: Callable[[int], Place] | None = None,
    ) -> FloatArray:
        """Return a column as contiguous float64, missing values as NaN.

        See :func:`tfp.panel.columns.numbers_of`; with ``copy=False`` the array may
        be the caller's memory, to be gathered from and not kept.
        """
        return numbers_of(self.raw(name), copy=copy, locate=locate)

    def texts(self, name: str) -> tuple[NDArray[np.int32], tuple[str, ...]]:
        """Return a column of a few words as codes (-1 where blank) and the words."""
        return texts_of(self.raw(name))


def open_frame(frame: Any) -> FrameReader:
    """Open a frame of any library for reading.

    Parameters
    ----------
    frame
        A pandas or polars DataFrame, a pyarrow Table, anything else that narwhals
        reads eagerly, or a mapping of names to arrays or lists.

    Returns
    -------
    FrameReader

    Raises
    ------
    PanelError
        ``not-a-frame``, ``lazy-frame``, ``empty-frame``, ``duplicate-columns``,
        ``not-a-column`` or ``columns-differ-in-length``.

    Examples
    --------
    >>> reader = open_frame({"year": [2020, 2021], "gdp": [100, None]})
    >>> reader.names, reader.numbers("gdp")
    (('year', 'gdp'), array([100.,  nan]))
    """
    if is_of(frame, "pandas", "DataFrame"):
        return _open_pandas(frame)
    if isinstance(frame, Mapping):
        return _open_mapping(frame)
    if is_of(frame, "pyarrow", "Table"):
        # Read before narwhals does, whose complaint about repeated names is its own.
        names = frame.column_names
    elif is_of(frame, "numpy", "ndarray") or isinstance(frame, list | tuple | str | bytes):
        raise PanelError("not-a-frame", kind=type(frame).__name__)
    else:
        names = None
    return _open_narwhals(frame, names)


def is_of(value: Any, library: str, name: str) -> bool:
    """Tell whether a value is of, or derives from, a class of a library not imported here."""
    return any(
        kind.__name__ == name and kind.__module__.partition(".")[0] == library
        for kind in type(value).__mro__
    )


def _open_pandas(frame: Any) -> FrameReader:
    index = frame.index
    several = is_of(index, "pandas", "MultiIndex")
    levels = [name for name in index.names if name is not None]

    def read(name: str) -> RawColumn:
        if name not in levels:
            return _pandas_column(frame[name], name)
        if not several:
            return _pandas_column(index, name)
        level = index.names.index(name)
        codes = np.asarray(index.codes[level])
        return RawColumn(name, codes, labels=tuple(index.levels[level].tolist()))

    return FrameReader("pandas", [*frame.columns, *levels], len(frame), read)


def _pandas_column(vector: Any, name: str) -> RawColumn:
    """Read a Series or an Index by its dtype."""
    dtype = vector.dtype
    kind = dtype.kind if hasattr(dtype, "kind") else "O"
    if isinstance(dtype, np.dtype):
        if kind in "iufbM":
            return RawColumn(name, vector.to_numpy())
        return column_of_objects(
            vector.to_numpy(dtype=object), name, np.asarray(vector.isna())
        )
    family = type(dtype).__name__
    if family == "CategoricalDtype":
        return RawColumn(name, vector.array.codes, labels=tuple(dtype.categories.tolist()))
    if family == "PeriodDtype":
        return _pandas_periods(vector, name)
    if family == "DatetimeTZDtype":
        return RawColumn(name, np.asarray(vector.array.tz_localize(None)))
    if family == "SparseDtype" and kind in "iufb":
        return RawColumn(name, np.asarray(vector.array), borrowed=False)
    missing = np.asarray(vector.isna())
    if kind in "iufb" and hasattr(dtype, "numpy_dtype"):
        blank = dtype.numpy_dtype.type(0)
        values = vector.to_numpy(dtype=dtype.numpy_dtype, na_value=blank)
        return RawColumn(name, values, missing=missing if missing.any() else None)
    if "pyarrow" in str(getattr(dtype, "storage", dtype)) and dtype.type is str:
        # Arrow encodes its own strings without making a Python object of each.
        codes, labels = vector.factorize()
        return RawColumn(name, codes, labels=tuple(labels.tolist()), borrowed=False)
    return column_of_objects(vector.to_numpy(dtype=object), name, missing)


def _pandas_periods(vector: Any, name: str) -> RawColumn:
    step = vector.dtype.freq
    known = period_frequency(step)
    if known is None:
        raise PanelError("frequency-not-supported", column=name, frequency=step.freqstr)
    frequency, shift = known
    missing = np.asarray(vector.isna())
    return RawColumn(
        name,
        vector.array.asi8 + shift,
        missing=missing if missing.any() else None,
        frequency=frequency,
        borrowed=False,
    )


def _open_mapping(frame: Mapping[Any, Any]) -> FrameReader:
    columns = {name: _any_column(values, str(name)) for name, values in frame.items()}
    lengths = {str(name): len(column.values) for name, column in columns.items()}
    if len(set(lengths.values())) > 1:
        raise PanelError(
            "columns-differ-in-length",
            lengths=[f"{name}: {length}" for name, length in lengths.items()],
        )
    n_rows = next(iter(lengths.values()), 0)
    return FrameReader("mapping", list(columns), n_rows, columns.__getitem__)


def _any_column(values: Any, name: str) -> RawColumn:
    """Read a column that stands by itself: a series, an index or a plain sequence."""
    library = next(
        (
            root
            for kind in type(values).__mro__
            if (root := kind.__module__.partition(".")[0]) in {"pandas", "polars", "pyarrow"}
        ),
        None,
    )
    if library is None:
        return column_of_values(values, name)
    if library == "pandas":
        import pandas as pd

        multi = is_of(values, "pandas", "MultiIndex") or getattr(values, "ndim", 1) != 1
        if multi:
            raise PanelError("not-a-column", column=name, kind=type(values).__name__)
        vector = values if isinstance(values, pd.Series | pd.Index) else pd.Series(values)
        return _pandas_column(vector, name)
    import narwhals as nw

    if is_of(values, "pyarrow", "Array"):
        import pyarrow as pa

        values = pa.chunked_array([values])
    series = nw.from_native(values, series_only=True, pass_through=True)
    if not isinstance(series, nw.Series):
        raise PanelError("not-a-column", column=name, kind=type(values).__name__)
    return _narwhals_column(series, name)


def _open_narwhals(frame: Any, names: list[Hashable] | None) -> FrameReader:
    import narwhals as nw

    if names is not None and len(set(names)) < len(names):
        return FrameReader("pyarrow", names, len(frame), lambda name: column_of_values([], name))
    wrapped = nw.from_native(frame, pass_through=True)
    if isinstance(wrapped, nw.LazyFrame):
        raise PanelError("lazy-frame", kind=type(frame).__name__)
    if not isinstance(wrapped, nw.DataFrame):
        raise PanelError("not-a-frame", kind=type(frame).__name__)
    if wrapped.implementation.is_pandas():
        return _open_pandas(nw.to_native(wrapped))

    def read(name: str) -> RawColumn:
        return _narwhals_column(wrapped[name], name)

    return FrameReader(wrapped.implementation.value, list(wrapped.columns), len(wrapped), read)


def _narwhals_column(series: Any, name: str) -> RawColumn:
    """Read a narwhals Series by its dtype."""
    import narwhals as nw

    dtype = series.dtype
    simple = dtype.is_integer() or dtype.is_float() or dtype == nw.Boolean
    if simple:
        missing = series.is_null().to_numpy() if series.null_count() else None
        if missing is not None:
            series = series.fill_null(False if dtype == nw.Boolean else 0)  # noqa: FBT003
        values = series.to_numpy()
        if values.dtype.kind in "iufb":
            return RawColumn(name, values, missing=missing)
    if dtype in {nw.String, nw.Categorical, nw.Enum}:
        if series.implementation.is_polars():
            return _polars_words(series.to_native(), name)
        if series.implementation.is_pyarrow():
            return _arrow_words(series.to_native(), name)
    if dtype == nw.Datetime and dtype.time_zone is not None:
        series = series.dt.replace_time_zone(None)
    if dtype in {nw.Datetime, nw.Date}:
        values = series.to_numpy()
        if values.dtype.kind == "M":
            return RawColumn(name, values)
    return column_of_values(series.to_list(), name)


def _polars_words(series: Any, name: str) -> RawColumn:
    """Encode polars strings, categoricals and enumerations without a Python object a row."""
    import polars as pl

    words = series.cast(pl.Categorical) if series.dtype == pl.String else series
    physical = words.to_physical().cast(pl.Int64).fill_null(-1).to_numpy()
    codes, _, rows = distinct(RawColumn(name, physical))
    labels = series.gather(rows).cast(pl.String).to_list()
    return RawColumn(name, codes, labels=tuple(labels), borrowed=False)


def _arrow_words(chunks: Any, name: str) -> RawColumn:
    """Encode pyarrow strings and dictionaries without a Python object a row."""
    import pyarrow as pa

    if not pa.types.is_dictionary(chunks.type):
        chunks = chunks.dictionary_encode()
    words = pa.concat_arrays(chunks.unify_dictionaries().chunks)
    codes = words.indices.cast(pa.int64()).fill_null(-1).to_numpy(zero_copy_only=False)
    return RawColumn(name, codes, labels=tuple(words.dictionary.to_pylist()), borrowed=False)
