"""Columns of text encoded where they lie, without a Python object for each row.

Arrow and polars compare a column with itself, one row further on, faster than they
hash it. Where a word mostly stands in runs, as an entity does in a sorted panel, only
the first row of each run is hashed, and its code repeated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tfp.numerics.blocks import block_lengths
from tfp.panel.columns import RawColumn
from tfp.panel.keys import distinct, merge_equal

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from tfp.numerics.arrays import IntArray

    Encoded = tuple[NDArray[Any], tuple[str, ...]]


def column_of_arrow_words(chunks: Any, name: str) -> RawColumn:
    """Return strings or a dictionary of strings, a pyarrow ChunkedArray, as codes."""
    import pyarrow as pa

    if pa.types.is_dictionary(chunks.type):
        codes, labels = _encode_arrow(chunks)
    else:
        import pyarrow.compute as pc

        changes = pc.not_equal(chunks.slice(1), chunks.slice(0, max(len(chunks) - 1, 0)))
        starts = np.flatnonzero(pc.fill_null(changes, fill_value=True).to_numpy()) + 1
        codes, labels = _by_runs(chunks, _from_first_row(starts, len(chunks)), _encode_arrow)
    return RawColumn(name, codes, labels=labels, borrowed=False)


def column_of_polars_words(series: Any, name: str) -> RawColumn:
    """Return strings, categories or an enumeration, a polars Series, as codes."""
    import polars as pl

    if series.dtype == pl.String:
        changes = series.slice(1).ne_missing(series.slice(0, max(len(series) - 1, 0)))
        starts = np.flatnonzero(changes.to_numpy()) + 1
        codes, labels = _by_runs(series, _from_first_row(starts, len(series)), _encode_polars)
    else:
        codes, labels = _encode_polars(series)
    return RawColumn(name, codes, labels=labels, borrowed=False)


def _from_first_row(starts: IntArray, n_rows: int) -> IntArray:
    return np.concatenate((np.zeros(min(n_rows, 1), dtype=np.intp), starts))


def _by_runs(words: Any, starts: IntArray, encode: Callable[[Any], Encoded]) -> Encoded:
    """Encode the first row of each run, or every row where runs are short."""
    n = len(words)
    if 2 * starts.size > n:
        return encode(words)
    codes, labels = encode(words.take(starts) if hasattr(words, "take") else words.gather(starts))
    return np.repeat(codes, block_lengths(starts, n)), labels


def _encode_arrow(chunks: Any) -> Encoded:
    import pyarrow as pa

    encoded = pa.types.is_dictionary(chunks.type)
    words = (chunks if encoded else chunks.dictionary_encode()).combine_chunks()
    codes = words.indices.cast(pa.int64()).fill_null(-1).to_numpy(zero_copy_only=False)
    labels = words.dictionary.to_pylist()
    # What the user encoded may repeat a word, or hold "missing" as one.
    return merge_equal(codes, labels, blank=None) if encoded else (codes, tuple(labels))


def _encode_polars(series: Any) -> Encoded:
    import polars as pl

    if series.null_count():
        present = series.is_not_null().to_numpy()
        codes = np.full(len(series), -1, dtype=np.int32)
        codes[present], labels = _encode_polars(series.drop_nulls())
        return codes, labels
    words = series.cast(pl.Categorical) if series.dtype == pl.String else series
    # The numbers behind the words count over all columns ever encoded: only which rows
    # share one matters.
    codes, numbers = distinct(RawColumn("", words.to_physical().to_numpy()))
    first = np.empty(len(numbers), dtype=np.intp)
    # Written from the last row to the first, so that the first one stays.
    first[codes[::-1]] = np.arange(len(codes) - 1, -1, -1)
    return codes, tuple(series.gather(first).cast(pl.String).to_list())
