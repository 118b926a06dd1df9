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
from typing import TYPE_CHECKING, Any

import numpy as np

from tfp.errors import PanelError, Place
from tfp.numerics.ordering import encode_runs
from tfp.panel.columns import RawColumn, column_of_values, fail_at, missing_objects, whole_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

# A table of all values between the smallest and the largest pays while it is not
# much longer than the column.
_TABLE_PER_ROW = 8
_FIRST_ROWS = 1024


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
    codes, values = distinct(column)
    names = _names(values)
    if None in names:
        wrong = [code for code, name in enumerate(names) if name is None]
        raise fail_at("key-not-understood", column, np.flatnonzero(np.isin(codes, wrong)))
    if "" in names or codes.min(initial=0) < 0:
        blank = [-1, *(code for code, name in enumerate(names) if not name)]
        raise fail_at("missing-key", column, np.flatnonzero(np.isin(codes, blank)))
    labels = tuple(name for name in names if name is not None)
    if len(set(labels)) < len(labels):
        raise _spelled_twice(column, labels, values)
    return codes, labels


def distinct(column: RawColumn) -> tuple[NDArray[np.int32], Sequence[Any]]:
    """Return codes by first appearance, -1 where a value is missing, and the values.

    Raises
    ------
    PanelError
        ``key-not-understood`` for cells that have no hash, such as lists.
    """
    objects = column.values.dtype.kind == "O" and column.labels is None
    absent = column.missing if objects else column.absent()
    try:
        if absent is None:
            codes, heads = _encode(column.values)
        else:
            codes = np.full(len(column.values), -1, dtype=np.int32)
            codes[~absent], heads = _encode(column.values[~absent])
    except (TypeError, ValueError) as trouble:
        # Cells that cannot be compared or hashed: lists, arrays, dictionaries.
        cells = enumerate(column.values.tolist())
        odd = [row for row, cell in cells if not isinstance(cell, Hashable)]
        raise fail_at("key-not-understood", column, odd) from trouble
    if objects:
        # Asked of the heads alone: asked of all rows it would cost more than the codes.
        blank = missing_objects(heads)
        return merge_equal(codes, heads.tolist(), blank) if blank.any() else (codes, heads.tolist())
    if column.labels is not None:
        return codes, [column.labels[head] for head in heads.tolist()]
    return codes, list(heads) if heads.dtype.kind == "M" else heads.tolist()


def texts_of(column: RawColumn) -> tuple[NDArray[np.int32], tuple[str, ...]]:
    """Return a column of a few words as codes by first appearance, -1 where blank.

    Words are composed (NFC) and freed of the spaces around them; words that are then
    equal share a code.
    """
    codes, values = distinct(column)
    words = [unicodedata.normalize("NFC", str(value)).strip() for value in values]
    return merge_equal(codes, words, [not word for word in words])


def merge_equal(
    codes: NDArray[Any], labels: Sequence[Any], blank: Iterable[bool]
) -> tuple[NDArray[np.int32], tuple[Any, ...]]:
    """Give equal labels one code, the first one's, and blank labels the code -1."""
    places: dict[Any, int] = {}
    table = [
        -1 if absent else places.setdefault(label, len(places))
        for label, absent in zip(labels, blank, strict=True)
    ]
    # The last place serves code -1.
    return np.array([*table, -1], dtype=np.int32)[codes], tuple(places)


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


def bare_spelling(label: str) -> str:
    """Return a name without case, spaces and diacritics, to compare names by.

    Examples
    --------
    >>> bare_spelling("Việt Nam") == bare_spelling("VIETNAM")
    True
    """
    return _bare(_spelling(label)).replace(" ", "").replace("-", "")


def _encode(values: NDArray[Any]) -> tuple[NDArray[np.int32], NDArray[Any]]:
    """Return codes by first appearance and the value of each; none is missing."""
    # Where values come back among the first rows, all rows need not be compared.
    runs = encode_runs(values[:_FIRST_ROWS])
    if runs is not None and len(values) > _FIRST_ROWS:
        runs = encode_runs(values)
    if runs is not None:
        return runs
    if values.dtype.kind in "iu":
        tabled = _encode_by_table(values)
        if tabled is not None:
            return tabled
    import pandas as pd

    codes, heads = pd.factorize(values)
    return codes.astype(np.int32), np.asarray(heads)


def _encode_by_table(values: NDArray[Any]) -> tuple[NDArray[np.int32], NDArray[Any]] | None:
    """Encode integers of a small range without hashing, or return None."""
    low = int(values.min())
    span = int(values.max()) - low + 1
    if span > _TABLE_PER_ROW * len(values):
        return None
    places = values - low if values.dtype.itemsize == 8 else values.astype(np.intp) - low
    # Written from the last row to the first, so that the first one stays.
    first = np.full(span, -1, dtype=np.intp)
    first[places[::-1]] = np.arange(len(values) - 1, -1, -1)
    present = np.flatnonzero(first >= 0)
    present = present[np.argsort(first[present])]
    table = np.empty(span, dtype=np.int32)
    table[present] = np.arange(present.size)
    return table[places], present.astype(values.dtype) + values.dtype.type(low)


def _names(values: Sequence[Any]) -> list[str | None]:
    """Return the name of each entity, "" where it is blank, None where it is no name."""
    kinds = set(map(type, values))
    if kinds == {int}:
        return list(map(str, values))
    if (
        kinds == {str}
        and unicodedata.is_normalized("NFC", "\n".join(values))
        and all(map(str.strip, values))
    ):
        return list(values)
    return [_name(value) for value in values]


def _name(value: Any) -> str | None:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value) if value.strip() else ""
    whole = whole_number(value)
    return None if whole is None else str(whole)


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
_WORD = re.compile(r"\w[\w\u0300-\u036f]*")
# Letters of old fonts that look like đ, and marks that nobody sees.
_LETTERS = str.maketrans({"ð": "đ", "\u0256": "đ", "\u200b": None, "\ufeff": None})


def _spelling(label: str) -> str:
    """Return the label as it would be if everybody spelled alike."""
    text = label.casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFD", text).translate(_LETTERS)
        text = _WORD.sub(_tones_last, text)
    return _DASH.sub("-", " ".join(text.split()))


def _tones_last(word: re.Match[str]) -> str:
    """Put the tone marks at the end of a word, where no rule of placing them matters."""
    text = word.group()
    return text.translate(_TONES) + "".join(sorted(mark for mark in text if ord(mark) in _TONES))


def _bare(spelling: str) -> str:
    text = "".join(letter for letter in spelling if not unicodedata.combining(letter))
    return text.replace("đ", "d")
