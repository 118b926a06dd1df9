"""Entity keys: any way of naming an entity gives the same codes and names."""

from __future__ import annotations

import unicodedata

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tfp.errors import PanelError
from tfp.panel.frames import open_frame
from tfp.panel.keys import bare_spelling, encode_entities, similar_labels

NAMES = ["Hà Nội", "Đà Nẵng", "Thừa Thiên Huế", "An Giang", "Bà Rịa - Vũng Tàu"]


def encode(values):
    return encode_entities(open_frame({"province": values}).raw("province"))


def refuse(code, values):
    """Return the error of a column of keys, after it has been said in both languages."""
    with pytest.raises(PanelError) as caught:
        encode(values)
    assert caught.value.code == code
    assert caught.value.fields["column"] == "province"
    for language in ("en", "vi"):
        assert "{" not in caught.value.message(language)
    return caught.value


WAYS = {
    "list": list,
    "fixed-width text": np.array,
    "objects": lambda values: pd.Series(values, dtype=object),
    "str": lambda values: pd.Series(values, dtype="str"),
    "string of Python": lambda values: pd.Series(values, dtype=pd.StringDtype("python")),
    "string": lambda values: pd.Series(values, dtype="string"),
    "arrow string": lambda values: pd.Series(values, dtype="string[pyarrow]"),
    "arrow large": lambda values: pd.Series(values, dtype=pd.ArrowDtype(pa.large_string())),
    "categorical": pd.Categorical,
    "categorical with unused": lambda values: pd.Categorical(values, [*reversed(NAMES), "Tổng số"]),
    "index": pd.Index,
    "polars": pl.Series,
    "polars categorical": lambda values: pl.Series(values, dtype=pl.Categorical),
    "polars enumeration": lambda values: pl.Series(values, dtype=pl.Enum(["x", *sorted(NAMES)])),
    "arrow": pa.array,
    "arrow chunks": lambda values: pa.chunked_array([values[:3], [], values[3:]], pa.string()),
    "arrow dictionary": lambda values: pa.array(values).dictionary_encode(),
    "arrow dictionaries": lambda values: pa.chunked_array(
        [pa.array(part, pa.string()).dictionary_encode() for part in (values[:3], values[3:])]
    ),
    "arrow view": lambda values: pa.array(values, pa.string_view()),
}
ORDERS = {
    "sorted": [2, 2, 2, 0, 0, 4, 4, 1, 3, 3],
    "shuffled": [2, 0, 4, 2, 0, 1, 3, 2, 4, 3],
    "sorted by time": [2, 0, 4, 1, 3] * 2,
    "all once": [2, 0, 4, 1, 3],
    "one": [2] * 5,
}


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("way", WAYS)
def test_names_are_numbered_by_first_appearance(way, order):
    values = [NAMES[i] for i in ORDERS[order]]
    codes, labels = encode(WAYS[way](values))
    seen = list(dict.fromkeys(values))
    assert labels == tuple(seen)
    assert all(type(name) is str for name in labels)
    assert codes.dtype == np.int32
    assert codes.tolist() == [seen.index(value) for value in values]


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize(
    "way",
    [list, np.array, pd.Series, pd.Categorical, pl.Series, pa.array,
     lambda values: np.array(values, dtype=np.int8),
     lambda values: np.array(values, dtype=np.uint64) ,
     lambda values: np.array(values, dtype=float),
     lambda values: pd.array(values, dtype="Int64"),
     lambda values: pd.array(values, dtype="int32[pyarrow]"),
     lambda values: pd.Series(values, dtype=object)],
)  # fmt: skip
def test_whole_numbers_are_names_too(way, order):
    numbers = [107, -5, 9, 64, 0]
    values = [abs(numbers[i]) for i in ORDERS[order]]
    codes, labels = encode(way(values))
    seen = list(dict.fromkeys(values))
    assert labels == tuple(map(str, seen))
    assert codes.tolist() == [seen.index(value) for value in values]


@pytest.mark.parametrize(
    "values",
    [
        np.array([2**63 - 1, -(2**63), 2**63 - 1, 0]),
        np.array([2**64 - 1, 0, 2**64 - 1, 2**64 - 2], dtype=np.uint64),
        np.array([127, -128, 127, 0], dtype=np.int8),
        np.array([-3, -1, -3, -2]),
        np.array([2**64 - 1, 2**64 - 3, 2**64 - 1], dtype=np.uint64),
    ],
)
def test_the_ends_of_the_integers_do_not_overflow(values):
    codes, labels = encode(values)
    assert [int(labels[code]) for code in codes] == values.tolist()
    assert len(labels) == len(set(values.tolist()))


@given(st.lists(st.integers(-(2**63), 2**63 - 1) | st.integers(-5, 5), min_size=1, max_size=60))
def test_codes_stand_for_the_values_they_came_from(values):
    codes, labels = encode(np.array(values))
    assert [int(labels[code]) for code in codes] == values
    first = [codes.tolist().index(code) for code in range(len(labels))]
    assert first == sorted(first)


@pytest.mark.parametrize("way", [list, pl.Series, pa.array, lambda v: pd.Series(v, dtype="str")])
def test_long_columns_are_encoded_as_short_ones_are(way):
    runs = [f"Xã {i // 7}" for i in range(4000)]
    late = [*runs, "Xã 3", "Xã 3", "Xã mới"]
    for values in (runs, late):
        codes, labels = encode(way(values))
        assert [labels[code] for code in codes] == values
        assert labels == tuple(dict.fromkeys(values))


@pytest.mark.parametrize("way", [w for w in WAYS if w != "fixed-width text"])
@pytest.mark.parametrize("values", [["Huế", None, "Huế"], [None, "Huế", "Huế"], [None, None]])
def test_a_row_without_a_name_is_refused(way, values):
    if way in {"arrow chunks", "polars enumeration", "categorical with unused"}:
        values = ["An Giang" if value else None for value in values] + [None] * 3
    error = refuse("missing-key", WAYS[way](values))
    rows = [row for row, value in enumerate(values, 1) if value is None]
    assert error.fields["rows"] == tuple(rows)
    assert error.fields["count"] == len(rows)


@pytest.mark.parametrize(
    ("values", "rows"),
    [
        (["Huế", "", "  ", "Huế"], (2, 3)),
        (np.array([1.0, np.nan]), (2,)),
        (pd.array([1, None], dtype="Int64"), (2,)),
        (np.ma.masked_array([1, 2], mask=[1, 0]), (1,)),
        (["Huế", pd.NA, np.nan, pd.NaT, "Huế"], (2, 3, 4)),
        (pa.DictionaryArray.from_arrays([0, 1, None], ["Huế", None]), (2, 3)),
        (np.array(["Huế", " "]), (2,)),
    ],
)
def test_blank_names_are_missing(values, rows):
    assert refuse("missing-key", values).fields["rows"] == rows


@pytest.mark.parametrize(
    ("values", "rows", "shown"),
    [
        ([1.5, 2.0, 1.5], (1, 3), ("1.5",)),
        ([True, False], (1, 2), ("True", "False")),
        (["x", True], (2,), ("True",)),
        (["x", [1], ["y"]], (2, 3), ("[1]", "['y']")),
        (["x", np.array([1, 2]), np.array([1, 2])], (2, 3), ("[1 2]",)),
        (["x", ("a", "b")], (2,), ("('a', 'b')",)),
        ([b"x", b"x"], (1, 2), ("b'x'",)),
        ([float("inf"), 1.0], (1,), ("inf",)),
        (pd.to_datetime(["2019-01-01"]), (1,), ("2019-01-01",)),
        (pd.period_range("2019", periods=1, freq="Y"), (1,), ("2019",)),
    ],
)
def test_what_names_nothing_is_refused(values, rows, shown):
    error = refuse("key-not-understood", values)
    assert error.fields["rows"] == rows
    assert error.fields["values"] == shown


def test_names_are_composed():
    decomposed = unicodedata.normalize("NFD", "Hà Nội")
    codes, labels = encode([decomposed, "Huế", decomposed])
    assert labels == ("Hà Nội", "Huế")
    assert codes.tolist() == [0, 1, 0]


@pytest.mark.parametrize(
    "values", [["Huế", unicodedata.normalize("NFD", "Huế")], ["7", 7], [7.0, "7", 7]]
)
@pytest.mark.parametrize("way", [list, lambda values: pd.Series(values, dtype=object)])
def test_two_spellings_of_one_name_are_never_merged(way, values):
    error = refuse("entity-spelling", way(values))
    assert error.fields["count"] == 1
    assert error.places[0].entity in {"Huế", "7"}
    assert len(error.fields["spellings"]) == 2


def test_an_equal_word_twice_in_a_dictionary_is_one_word():
    words = pa.DictionaryArray.from_arrays([1, 0, 2], ["Huế", "Huế", "Vinh"])
    codes, labels = encode(words)
    assert (codes.tolist(), labels) == ([0, 0, 1], ("Huế", "Vinh"))


def test_levels_of_an_index_cost_no_strings():
    index = pd.MultiIndex.from_product([["b", "a"], [2019, 2020]], names=["p", "t"])
    frame = pd.DataFrame({"x": range(4)}, index=index)
    assert open_frame(frame).raw("p").values.dtype.kind == "i"
    codes, labels = encode_entities(open_frame(frame[::-1]).raw("p"))
    assert (codes.tolist(), labels) == ([0, 0, 1, 1], ("a", "b"))
    one = frame.loc[["a"]]
    assert encode_entities(open_frame(one).raw("p"))[1] == ("a",)


def test_nothing_is_written_to_the_callers_memory():
    codes = np.array([1, 1, 0, -1], dtype=np.int8)
    words = np.array(["x", None, "x", "y"], dtype=object)
    times = np.array([3, 3, 1])
    for array in (codes, words, times):
        array.flags.writeable = False
    for array in (codes, times):
        encode(array)
    refuse("missing-key", words)


@pytest.mark.parametrize(
    "group",
    [
        ("Hà Nội", "HÀ NỘI", "hà nội"),
        ("Hà Nội", "Hà  Nội ", "Hà\u00a0Nội"),
        ("Hòa Bình", "Hoà Bình"),
        ("Thủy Nguyên", "Thuỷ Nguyên"),
        ("Huế", unicodedata.normalize("NFD", "Huế")),
        ("Bà Rịa - Vũng Tàu", "Bà Rịa-Vũng Tàu", "Bà Rịa – Vũng Tàu"),
        ("Đà Nẵng", "\u00d0à Nẵng", "\u0189à Nẵng", "Da Nang"),
        ("Hà Nội", "Ha Noi"),
        ("Việt\u200b Nam", "Việt Nam"),
        ("United States", "united  states"),
    ],
)
def test_spellings_of_one_name_are_found(group):
    others = ("Hà Nam", "Hà Giang", "Hải Phòng")
    assert similar_labels([*group[:1], *others, *group[1:]]) == [group]


@pytest.mark.parametrize(
    "labels",
    [
        ("Bắc Ninh", "Bạc Ninh"),
        ("Hà Nam", "Hạ Nam", "Ha Nam"),
        ("10", "1 0"),
        (),
        ("Long An", "Long Ân", "Lòng An"),
    ],
)
def test_names_that_differ_in_their_letters_are_left_alone(labels):
    assert similar_labels(labels) == []


def test_bare_spellings_compare_names_across_sources():
    assert bare_spelling("Bà Rịa – Vũng Tàu") == bare_spelling("BA RIA VUNG TAU")
    assert bare_spelling("Huế") != bare_spelling("Hà Tĩnh")
