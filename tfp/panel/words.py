"""Columns of text encoded where they lie, without a Python object for each row.

Arrow and polars compare a column with itself, one row further on, faster than they
hash it. Where a word mostly stands in runs, as an entity does in a sorted panel, only
the first row of each run is hashed, and its code repeated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tfp.numerics.blocks import block_lengths
from tfp.panel.columns import RawColumn, column_of_values
from tfp.panel.keys import distinct, merge_equal

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Encoded = tuple[NDArray[Any], tuple[str, ...]]

_FIRST_ROWS = 1024
_SHORT_RUNS = 0.5


def column_of_arrow_words(chunks: Any, name: str) -> RawColumn:
    """Return strings or a dictionary of strings, a pyarrow ChunkedArray, as codes."""
    import pyarrow as pa

    if pa.types.is_string_view(chunks.type):
        # Arrow can neither gather from views nor, in older versions, convert them.
        return column_of_values(chunks.to_pylist(), name)
    if pa.types.is_dictionary(chunks.type):
        codes, labels = _encode_arrow(chunks)
    else:
        codes, labels = _encode_by_runs(chunks, _arrow_changes, _encode_arrow)
    return RawColumn(name, codes, labels=labels, borrowed=False)


def column_of_polars_words(series: Any, name: str) -> RawColumn:
    """Return strings, categories or an enumeration, a polars Series, as codes."""
    import polars as pl

    if series.dtype == pl.String:
        codes, labels = _encode_by_runs(series, _polars_changes, _encode_polars)
    else:
        codes, labels = _encode_polars(series)
    return RawColumn(name, codes, labels=labels, borrowed=False)


def _encode_by_runs(
    words: Any, changes: Callable[[Any], NDArray[np.bool_]], encode: Callable[[Any], Encoded]
) -> Encoded:
    """Encode the first row of each run, or every row where the first runs are short."""
    n = len(words)
    if np.mean(changes(words.slice(0, min(n, _FIRST_ROWS)))) > _SHORT_RUNS:
        return encode(words)
    starts = np.flatnonzero(changes(words))
    heads = words.take(starts) if hasattr(words, "take") else words.gather(starts)
    codes, labels = encode(heads)
    return np.repeat(codes, block_lengths(starts, n)), labels


def _arrow_changes(chunks: Any) -> NDArray[np.bool_]:
    """Tell which rows differ from the one before; the first does."""
    import pyarrow.compute as pc

    changes = pc.not_equal(chunks.slice(1), chunks.slice(0, len(chunks) - 1))
    return np.concatenate(([True], pc.fill_null(changes, fill_value=True).to_numpy()))


def _polars_changes(series: Any) -> NDArray[np.bool_]:
    changes = series.slice(1).ne_missing(series.slice(0, len(series) - 1))
    return np.concatenate(([True], changes.to_numpy()))


def _encode_arrow(chunks: Any) -> Encoded:
    import pyarrow as pa

    encoded = pa.types.is_dictionary(chunks.type)
    words = (chunks if encoded else chunks.dictionary_encode()).combine_chunks()
    codes = words.indices.cast(pa.int64()).fill_null(-1).to_numpy(zero_copy_only=False)
    labels = words.dictionary.to_pylist()
    # What the user encoded may repeat a word, or hold "missing" as one.
    if encoded:
        return merge_equal(codes, labels, [label is None for label in labels])
    return codes, tuple(labels)


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
