"""Entity keys: any column of names or numbers as small codes, at the least cost.

Panels mostly come sorted, so that a key changes only where an entity begins: it is
first compared with its neighbour, one pass over the column. Only where an entity
comes back later is the column put through a table (integers and categorical codes
of a small range) or a hash table (all else).
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Hashable
from decimal import Decimal
from numbers import Real
from typing import TYPE_CHECKING, Any

import numpy as np

from tfp.errors import PanelError, Place
from tfp.numerics.ordering import encode_runs
from tfp.panel.columns import RawColumn, column_of_values, fail_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from tfp.numerics.arrays import IntArray

# A table of all values between the smallest and the largest pays while it is not
# much longer than the column.
_TABLE_PER_ROW = 8


def encode_entities(raw: RawColumn | Any) -> tuple[NDArray[np.int32], tuple[str, ...]]:
    """Return the entity of each row as a code, and the names behind the codes.

    Codes count up in the order in which entities first appear. Names are text in
    Unicode's composed form (NFC), so that "Hà Nội" is one name whichever system
    wrote it; entities numbered 1 or 1.0 are named "1".

    Parameters
    ----------
    raw
        A column of a frame, or any list or array: text, integers, integral floats or
        categories.

    Returns
    -------
    codes : numpy.ndarray
        shape (rows,), int32.
    labels : tuple of str
        The name of each code.

    Raises
    ------
    PanelError
        ``missing-key`` where a row has no entity, ``key-not-understood`` where it is
        neither text nor a whole number, ``entity-spelling`` where two spellings of
        one name would have to be merged.

    Examples
    --------
    >>> encode_entities(["Hà Nội", "Hà Nội", "Huế"])
    (array([0, 0, 1], dtype=int32), ('Hà Nội', 'Huế'))
    """
    column = raw if isinstance(raw, RawColumn) else column_of_values(raw, "entity")
    if column.frequency is not None or column.values.dtype.kind not in "iufOU":
        raise fail_at("key-not-understood", column, range(len(column.values)))
    codes, values, rows = distinct(column)
    labels = [_label(value) for value in values]
    wrong = [code for code, name in enumerate(labels) if name is None and values[code] is not None]
    if wrong:
        raise fail_at("key-not-understood", column, rows[wrong])
    blank = [code for code, name in enumerate(labels) if not name]
    missing = (codes < 0) | np.isin(codes, blank) if blank or codes.min(initial=0) < 0 else None
    if missing is not None:
        raise fail_at("missing-key", column, np.flatnonzero(missing))
    names = tuple(name for name in labels if name)
    if len(set(names)) < len(names):
        raise _spelled_twice(column, names, values)
    return codes, names


def distinct(column: RawColumn) -> tuple[NDArray[np.int32], list[Any], IntArray]:
    """Return codes by first appearance, the values behind them, and their first rows.

    A missing value has the code -1.
    """
    absent = column.absent()
    values = column.values
    if values.dtype.kind == "M":
        values = values.view(np.int64)
    try:
        if absent is None:
            codes, rows = _codes(values)
        else:
            present = np.flatnonzero(~absent)
            codes = np.full(len(values), -1, dtype=np.int32)
            codes[present], rows = _codes(values[present])
            rows = present[rows]
    except (TypeError, ValueError) as trouble:
        # Cells that cannot be compared or hashed: lists, arrays, dictionaries.
        cells = enumerate(values.tolist())
        odd = [row for row, cell in cells if not isinstance(cell, Hashable)]
        raise fail_at("key-not-understood", column, odd) from trouble
    heads = column.values[rows]
    if column.labels is not None:
        codes, labels = _merge_equal(codes, [column.labels[head] for head in heads.tolist()])
        return codes, labels, rows
    return codes, list(heads) if heads.dtype.kind == "M" else heads.tolist(), rows


def texts_of(column: RawColumn) -> tuple[NDArray[np.int32], tuple[str, ...]]:
    """Return a column of a few words as codes by first appearance, -1 where blank.

    Words are composed (NFC) and freed of the spaces around them; words that are then
    equal share a code.
    """
    codes, values, _ = distinct(column)
    words = [unicodedata.normalize("NFC", str(value)).strip() for value in values]
    codes, merged = _merge_equal(codes, words)
    if "" not in merged:
        return codes, tuple(merged)
    blank = merged.index("")
    codes = np.where(codes == blank, -1, codes - (codes > blank)).astype(np.int32)
    return codes, tuple(word for word in merged if word)


def similar_labels(labels: Iterable[str]) -> list[tuple[str, ...]]:
    """Return the groups of labels that are likely one name, spelled differently.

    Labels are alike if they differ only in case, in spaces (also around hyphens), in
    how letters are composed, in where the tone mark stands ("Hòa Bình", "Hoà Bình"),
    in the Icelandic letter that old fonts put for đ, or in that one of them has no
    diacritics at all.

    Examples
    --------
    >>> similar_labels(["Hòa Bình", "Huế", "Hoà  Bình", "Hoa Binh", "Hà Nam"])
    [('Hòa Bình', 'Hoà  Bình', 'Hoa Binh')]
    """
    by_spelling: dict[str, list[str]] = defaultdict(list)
    for label in dict.fromkeys(labels):
        by_spelling[_spelling(label)].append(label)
    # A spelling without any mark joins the marked one that it is the bare form of,
    # unless there are several: "Ha Nam" alone cannot tell which.
    marked: dict[str, list[str]] = defaultdict(list)
    for spelling in by_spelling:
        if _bare(spelling) != spelling:
            marked[_bare(spelling)].append(spelling)
    for bare, spellings in marked.items():
        if bare in by_spelling and len(spellings) == 1:
            by_spelling[spellings[0]] += by_spelling.pop(bare)
    return [tuple(group) for group in by_spelling.values() if len(group) > 1]


def _codes(values: NDArray[Any]) -> tuple[NDArray[np.int32], IntArray]:
    """Return codes by first appearance and the first row of each; no value is missing."""
    runs = encode_runs(values)
    if runs is not None:
        codes, heads = runs
        return codes, np.searchsorted(codes, np.arange(len(heads)))
    if values.dtype.kind in "iu":
        tabled = _codes_by_table(values)
        if tabled is not None:
            return tabled
    import pandas as pd

    codes, heads = pd.factorize(values)
    rows = np.empty(len(heads), dtype=np.intp)
    rows[codes[::-1]] = np.arange(len(values) - 1, -1, -1)
    return codes.astype(np.int32), rows


def _codes_by_table(values: NDArray[Any]) -> tuple[NDArray[np.int32], IntArray] | None:
    low = int(values.min())
    span = int(values.max()) - low + 1
    if span > _TABLE_PER_ROW * len(values):
        return None
    places = (values - low if values.dtype.itemsize == 8 else values.astype(np.intp) - low)
    # Written from the last row to the first, so that the first row of a value stays.
    first = np.full(span, -1, dtype=np.intp)
    first[places[::-1]] = np.arange(len(values) - 1, -1, -1)
    present = np.flatnonzero(first >= 0)
    present = present[np.argsort(first[present])]
    table = np.empty(span, dtype=np.int32)
    table[present] = np.arange(len(present))
    return table[places], first[present]


def _merge_equal(
    codes: NDArray[np.int32], values: Sequence[Any]
) -> tuple[NDArray[np.int32], list[Any]]:
    """Give equal values one code, the first one's."""
    places: dict[Any, int] = {}
    table = [places.setdefault(value, len(places)) for value in values]
    if len(places) < len(values):
        # The last place serves code -1.
        codes = np.array([*table, -1], dtype=np.int32)[codes]
    return codes, list(places)


def _label(value: Any) -> str | None:
    """Return the name of an entity, or None if the value cannot name one."""
    if isinstance(value, str):
        name = unicodedata.normalize("NFC", value)
        return name if name.strip() else ""
    if isinstance(value, bool | np.bool_) or not isinstance(value, Real | Decimal):
        return None
    return str(int(value)) if value == value // 1 else None


def _spelled_twice(column: RawColumn, names: Sequence[str], values: Sequence[Any]) -> PanelError:
    spellings: dict[str, list[str]] = defaultdict(list)
    for name, value in zip(names, values, strict=True):
        spellings[name].append(f"{value!a} ({type(value).__name__})")
    twice = {name: ways for name, ways in spellings.items() if len(ways) > 1}
    return PanelError(
        "entity-spelling",
        places=[Place(entity=name, column=column.name) for name in twice],
        column=column.name,
        count=len(twice),
        spellings=next(iter(twice.values())),
    )


_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
_DASH = re.compile(r"\s*[-\u2010-\u2015\u2212]\s*")
_LETTERS = str.maketrans({"ð": "đ", "\u200b": None, "\ufeff": None})


def _spelling(label: str) -> str:
    """Return the label as it would be if everybody spelled alike."""
    text = unicodedata.normalize("NFD", label.casefold()).translate(_LETTERS)
    words = _DASH.sub("-", " ".join(text.split()))
    return re.sub(r"\w[\w\u0300-\u036f]*", _tones_last, words)


def _tones_last(word: re.Match[str]) -> str:
    text = word.group()
    return text.translate(_TONES) + "".join(sorted(c for c in text if ord(c) in _TONES))


def _bare(spelling: str) -> str:
    text = "".join(c for c in spelling if not unicodedata.combining(c))
    return text.replace("đ", "d")
