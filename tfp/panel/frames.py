"""The door for foreign frames: pandas, polars, pyarrow and mappings of arrays.

A library is recognised by the modules of a frame's class, never imported for the
purpose. polars and pyarrow are read through narwhals, so that polars needs no
pyarrow; pandas is read natively, because its index levels, periods and categorical
codes have no counterpart there.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from tfp.errors import PanelError, nearest
from tfp.panel.columns import RawColumn, column_of_values, is_of, numbers_of
from tfp.panel.keys import texts_of
from tfp.panel.narwhals_columns import column_of_narwhals
from tfp.panel.pandas_columns import column_of_level, column_of_pandas

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

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
        _check_names(names)
        if n_rows == 0 or not names:
            raise PanelError("empty-frame", rows=n_rows, columns=len(names))
        self.origin = library
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
        if name in self.names:
            return self._read(name)
        # Some systems write Vietnamese letters in pieces: the same name to any reader.
        composed = unicodedata.normalize("NFC", str(name))
        alike = [n for n in self.names if unicodedata.normalize("NFC", str(n)) == composed]
        if len(alike) != 1:
            raise PanelError(
                "unknown-column",
                column=name,
                available=self.names,
                nearest=nearest(str(name), self.names) or "–",
            )
        return self._read(alike[0])

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
    if isinstance(frame, np.ndarray | list | tuple | str | bytes):
        raise PanelError("not-a-frame", kind=type(frame).__name__)
    if is_of(frame, "pyarrow", "Table"):
        # Before narwhals sees them, whose complaint about repeated names is its own.
        _check_names(frame.column_names)
    return _open_narwhals(frame)


def _check_names(names: Iterable[Hashable]) -> None:
    repeated = [str(name) for name, count in Counter(names).items() if count > 1]
    if repeated:
        raise PanelError("duplicate-columns", columns=repeated)


def _open_pandas(frame: Any) -> FrameReader:
    levels = [name for name in frame.index.names if name is not None]

    def read(name: str) -> RawColumn:
        if name in levels:
            return column_of_level(frame.index, name)
        return column_of_pandas(frame[name], name)

    return FrameReader("pandas", [*frame.columns, *levels], len(frame), read)


def _open_mapping(frame: Mapping[Any, Any]) -> FrameReader:
    lengths: dict[str, int] = {}
    for name, values in frame.items():
        if isinstance(values, str | bytes) or not hasattr(values, "__len__"):
            raise PanelError("not-a-column", column=name, kind=type(values).__name__)
        lengths[name] = len(values)
    if len(set(lengths.values())) > 1:
        raise PanelError(
            "columns-differ-in-length",
            lengths=[f"{name}: {length}" for name, length in lengths.items()],
        )

    def read(name: str) -> RawColumn:
        return _column_of_any(frame[name], name)

    return FrameReader("mapping", list(lengths), next(iter(lengths.values()), 0), read)


def _column_of_any(values: Any, name: str) -> RawColumn:
    """Read a column that stands by itself: a series, an index, an array or a list."""
    if any(is_of(values, "pandas", kind) for kind in ("Series", "Index", "ExtensionArray")):
        if is_of(values, "pandas", "MultiIndex"):
            raise PanelError("not-a-column", column=name, kind=type(values).__name__)
        return column_of_pandas(values, name)
    if is_of(values, "polars", "Series") or is_of(values, "pyarrow", "ChunkedArray"):
        return column_of_narwhals(values, name)
    if is_of(values, "pyarrow", "Array"):
        import pyarrow as pa

        return column_of_narwhals(pa.chunked_array([values]), name)
    return column_of_values(values, name)


def _open_narwhals(frame: Any) -> FrameReader:
    import narwhals as nw

    wrapped = nw.from_native(frame, pass_through=True)
    if isinstance(wrapped, nw.LazyFrame):
        raise PanelError("lazy-frame", kind=type(frame).__name__)
    if not isinstance(wrapped, nw.DataFrame):
        raise PanelError("not-a-frame", kind=type(frame).__name__)
    if wrapped.implementation.is_pandas():
        return _open_pandas(nw.to_native(wrapped))

    def read(name: str) -> RawColumn:
        return column_of_narwhals(wrapped[name], name)

    return FrameReader(wrapped.implementation.value, list(wrapped.columns), len(wrapped), read)
