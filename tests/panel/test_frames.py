"""The door: every library gives the same bits, and says clearly what it refuses."""

from __future__ import annotations

import datetime as dt
import decimal
import subprocess
import sys
from fractions import Fraction

import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from tfp.errors import PanelError, Place
from tfp.panel.frames import open_frame
from tfp.panel.keys import encode_entities
from tfp.panel.time import encode_time

ROWS = {
    "province": ["Hà Nội", "Hà Nội", "Huế", "Huế", "Huế"],
    "year": [2019, 2020, 2019, 2020, 2022],
    "grdp": [0.1, None, 1 / 3, 2.5e300, -0.0],
    "employed": [2**53 + 1, 2**60 + 7, None, -4, 0],
    "workers": [1, 2, 3, 2**53 + 1, 5],
    "status": ["final", None, "estimate", "final", ""],
}
WAYS = {
    "pandas": pd.DataFrame,
    "pandas nullable": lambda rows: pd.DataFrame(rows).convert_dtypes(),
    "pandas arrow": lambda rows: pd.DataFrame(rows).convert_dtypes(dtype_backend="pyarrow"),
    "pandas object": lambda rows: pd.DataFrame(rows, dtype=object),
    "pandas index": lambda rows: pd.DataFrame(rows).set_index(["province", "year"]),
    "polars": pl.DataFrame,
    "polars categorical": lambda rows: pl.DataFrame(
        rows, schema_overrides={"province": pl.Categorical, "status": pl.Categorical}
    ),
    "pyarrow": pa.table,
    "pyarrow chunks": lambda rows: pa.concat_tables(
        [pa.table(rows).slice(0, 2), pa.table(rows).slice(2)]
    ),
    "mapping": dict,
    "mapping of series": lambda rows: {
        "province": pd.Categorical(rows["province"]),
        "year": pl.Series(rows["year"]),
        "grdp": pa.array(rows["grdp"]),
        "employed": pa.chunked_array([rows["employed"]]),
        "workers": np.array(rows["workers"]),
        "status": pd.Index(rows["status"]),
    },
    "narwhals": lambda rows: nw.from_native(pl.DataFrame(rows)),
    "narwhals over pandas": lambda rows: nw.from_native(pd.DataFrame(rows)),
}
# pandas itself rounds integers with a gap to doubles, which costs none of their bits here
# because the door would round them likewise.


@pytest.fixture(params=WAYS)
def reader(request):
    return open_frame(WAYS[request.param](ROWS))


def refuse(code, action, *arguments, **keywords):
    """Return the error of an action, after it has been said in both languages."""
    with pytest.raises(PanelError) as caught:
        action(*arguments, **keywords)
    assert caught.value.code == code
    for language in ("en", "vi"):
        assert "{" not in caught.value.message(language)
    return caught.value


def test_every_library_gives_the_same_bits(reader):
    assert set(reader.names) == set(ROWS)
    assert reader.n_rows == 5
    expected = {
        "grdp": [0.1, np.nan, 1 / 3, 2.5e300, -0.0],
        "employed": [2.0**53, 2.0**60, np.nan, -4.0, 0.0],
        "workers": [1.0, 2.0, 3.0, 2.0**53, 5.0],
        "year": [2019.0, 2020.0, 2019.0, 2020.0, 2022.0],
    }
    for name, values in expected.items():
        numbers = reader.numbers(name)
        assert numbers.dtype == np.float64
        assert numbers.flags.c_contiguous
        assert numbers.tobytes() == np.array(values).tobytes()
    codes, labels = encode_entities(reader.raw("province"))
    assert (codes.tolist(), labels) == ([0, 0, 1, 1, 1], ("Hà Nội", "Huế"))
    assert codes.dtype == np.int32
    assert encode_time(reader.raw("year")).ordinals.tolist() == ROWS["year"]
    codes, labels = reader.texts("status")
    assert (codes.tolist(), labels) == ([0, -1, 1, 0, -1], ("final", "estimate"))


@pytest.mark.parametrize(
    ("way", "library"),
    [("pandas", "pandas"), ("polars", "polars"), ("pyarrow", "pyarrow"), ("mapping", "mapping"),
     ("narwhals", "polars"), ("narwhals over pandas", "pandas")],
)  # fmt: skip
def test_the_library_is_told(way, library):
    assert open_frame(WAYS[way](ROWS)).origin == library


@pytest.mark.parametrize("way", ["pandas", "pandas nullable", "polars", "pyarrow", "mapping"])
def test_numbers_are_the_readers_own_unless_a_view_is_asked_for(way):
    source = np.arange(4.0)
    frame = {
        "pandas": lambda: pd.DataFrame({"x": source}, copy=False),
        "pandas nullable": lambda: pd.DataFrame({"x": pd.array(source, dtype="Float64")}),
        "polars": lambda: pl.DataFrame({"x": source}),
        "pyarrow": lambda: pa.table({"x": source}),
        "mapping": lambda: {"x": source},
    }[way]()
    reader = open_frame(frame)
    view = reader.numbers("x", copy=False)
    assert not np.shares_memory(reader.numbers("x"), view)
    # Asked again, a view lies where it lay: nothing was copied.
    assert np.shares_memory(reader.numbers("x", copy=False), view)
    assert source.tolist() == [0.0, 1.0, 2.0, 3.0]


def test_a_later_change_of_the_frame_does_not_reach_the_numbers():
    frame = pd.DataFrame({"x": [1.0, 2.0], "y": [3.0, 4.0]})
    array = np.array([1.0, 2.0])
    numbers, others = open_frame(frame).numbers("x"), open_frame({"x": array}).numbers("x")
    frame.loc[0, "x"] = 99.0
    array[0] = 99.0
    assert numbers.tolist() == others.tolist() == [1.0, 2.0]


def test_columns_in_one_block_come_out_contiguous():
    frame = pd.DataFrame(np.arange(12.0).reshape(4, 3), columns=list("abc"))
    numbers = open_frame(frame).numbers("b")
    assert numbers.flags.c_contiguous
    assert numbers.tolist() == [1.0, 4.0, 7.0, 10.0]


NUMBERS = {
    "float32": np.array([0.1, 2.5], dtype=np.float32),
    "big-endian": np.array([0.1, 2.5], dtype=">f8"),
    "uint8": np.array([0, 255], dtype=np.uint8),
    "uint64": np.array([0, 2**64 - 1], dtype=np.uint64),
    "int16": np.array([-3, 4], dtype=np.int16),
}


@pytest.mark.parametrize("kind", NUMBERS)
def test_every_width_of_number_is_widened_exactly(kind):
    array = NUMBERS[kind]
    expected = array.astype(np.float64)
    native = array.astype(array.dtype.newbyteorder("="))
    for frame in (
        {"x": array}, pd.DataFrame({"x": array}), pl.DataFrame({"x": native}),
        pa.table({"x": native}), pd.DataFrame({"x": pd.array(native)}),
    ):  # fmt: skip
        assert open_frame(frame).numbers("x").tobytes() == expected.tobytes()


def test_decimals_are_rounded_once_in_every_library():
    digits = [decimal.Decimal("1234567890123456789.12345"), None, decimal.Decimal("0.10000")]
    kind = pa.decimal128(38, 5)
    expected = np.array([float(digits[0]), np.nan, 0.1])
    for frame in (
        pd.DataFrame({"x": digits}),
        pd.DataFrame({"x": pd.array(digits, dtype=pd.ArrowDtype(kind))}),
        pl.DataFrame({"x": pl.Series(digits, dtype=pl.Decimal(38, 5))}),
        pa.table({"x": pa.array(digits, kind)}),
        {"x": digits},
    ):
        assert open_frame(frame).numbers("x").tobytes() == expected.tobytes()


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1, 2.5, None, Fraction(1, 3), np.float32(0.5)], [1.0, 2.5, np.nan, 1 / 3, 0.5]),
        ([None, None], [np.nan, np.nan]),
        ([pd.NA, 1, pd.NaT, decimal.Decimal("NaN")], [np.nan, 1.0, np.nan, np.nan]),
        (np.ma.masked_array([1.0, 2.0, 3.0], mask=[0, 1, 0]), [1.0, np.nan, 3.0]),
        (np.ma.masked_array([1, 2, 3], mask=[0, 1, 0]), [1.0, np.nan, 3.0]),
        (np.arange(6.0)[::2], [0.0, 2.0, 4.0]),
        (range(3), [0.0, 1.0, 2.0]),
        (pd.Categorical([2.5, None, 1.0, 2.5]), [2.5, np.nan, 1.0, 2.5]),
        (pd.arrays.SparseArray([0.0, 1.5, np.nan]), [0.0, 1.5, np.nan]),
        (pd.array([1, None, 3], dtype="Int8"), [1.0, np.nan, 3.0]),
        (pl.Series([None, None]), [np.nan, np.nan]),
        (pl.Series([1.0, float("nan"), None]), [1.0, np.nan, np.nan]),
        (pa.array([1.0, None]).dictionary_encode(), [1.0, np.nan]),
    ],
)
def test_numbers_in_odd_clothes(values, expected):
    numbers = open_frame({"x": values}).numbers("x")
    np.testing.assert_array_equal(numbers, expected)
    assert numbers.dtype == np.float64


@pytest.mark.skipif(not hasattr(pl, "Int128"), reason="newer than this polars")
def test_integers_wider_than_numpy_has_them():
    wide = pl.Series([2**70, None], dtype=pl.Int128)
    numbers = open_frame({"x": wide}).numbers("x")
    np.testing.assert_array_equal(numbers, [2.0**70, np.nan])


@pytest.mark.parametrize(
    ("values", "rows", "shown"),
    [
        ([1.0, "12", None, ".."], (2, 4), ("'12'", "'..'")),
        (["1,5", "1,5"], (1, 2), ("'1,5'",)),
        ([True, False], (1, 2), ("True", "False")),
        (np.array([True, True]), (1, 2), ("True",)),
        (pd.array([True, None], dtype="boolean"), (1,), ("True",)),
        (pd.Categorical(["a", None, "b"]), (1, 3), ("'a'", "'b'")),
        (pd.Series(["x", None], dtype="str"), (1,), ("'x'",)),
        (pd.Series(["x", None], dtype=pd.StringDtype("python")), (1,), ("'x'",)),
        (pd.period_range("2019", periods=2, freq="Y"), (1, 2), ("2019", "2020")),
        (pd.to_datetime(["2019-03-01", None]), (1,), ("2019-03-01",)),
        (pd.to_timedelta([1, None], unit="D"), (1,), ("1 days 00:00:00",)),
        (np.array([5, 6], dtype="m8[ns]"), (1, 2), ("0:00:00",)),
        ([np.timedelta64(5, "D")], (1,), ("5 days",)),
        (np.array([1 + 2j]), (1,), ("(1+2j)",)),
        (pl.Series(["n/a", None, "n/a"]), (1, 3), ("'n/a'",)),
        (pl.Series([dt.date(2019, 3, 1)]), (1,), ("2019-03-01",)),
        (pl.Series([[1.0], [2.0]]), (1, 2), ("[1.0]", "[2.0]")),
        (pa.array(["n/a", None]), (1,), ("'n/a'",)),
        (["a" * 60], (1,), ("'" + "a" * 39 + "...",)),
    ],
)
def test_what_is_no_number_is_refused_with_its_rows(values, rows, shown):
    error = refuse("column-not-numeric", open_frame({"x": values}).numbers, "x")
    assert error.fields["rows"] == rows
    assert error.fields["values"] == shown
    assert error.fields["count"] == len(rows)
    assert error.places == (Place(column="x"),)


def test_an_unused_category_of_text_does_no_harm():
    values = pd.Categorical([1.0, 2.0, 1.0], categories=[1.0, 2.0, "total"])
    assert open_frame({"x": values}).numbers("x").tolist() == [1.0, 2.0, 1.0]


def test_only_five_rows_are_named_but_all_are_counted_and_located():
    def locate(row):
        return Place(entity="Huế", time=2010 + row, column="x")

    reader = open_frame({"x": [1.0, *["?"] * 7]})
    error = refuse("column-not-numeric", reader.numbers, "x", locate=locate)
    assert error.fields["rows"] == (2, 3, 4, 5, 6)
    assert [place.time for place in error.places] == list(range(2011, 2018))
    assert "and 2 more" in error.message("en")


@pytest.mark.parametrize("values", [[1.0, np.inf, -np.inf], [1.0, 10**400, -(10**400)]])
@pytest.mark.parametrize("way", [list, lambda values: pd.Series(values, dtype=object)])
def test_infinite_values_are_refused(values, way):
    error = refuse("infinite-values", open_frame({"x": way(values)}).numbers, "x")
    assert error.fields["rows"] == (2, 3)


@pytest.mark.parametrize(
    "frame", [42, None, "data.csv", [1, 2], [{"year": 2019}], np.ones((2, 2)), pd.Series([1.0]),
              pl.Series([1.0]), object()],
)  # fmt: skip
def test_what_is_no_frame_is_refused(frame):
    refuse("not-a-frame", open_frame, frame)


def test_a_lazy_frame_is_to_be_collected():
    error = refuse("lazy-frame", open_frame, pl.LazyFrame(ROWS))
    assert ".collect()" in error.part("remedy")


@pytest.mark.parametrize(
    "frame", [{}, {"x": []}, pd.DataFrame(), pd.DataFrame({"x": []}), pl.DataFrame(),
              pl.DataFrame({"x": []}), pa.table({"x": pa.array([], pa.string())}),
              pd.DataFrame(index=[0, 1])],
)  # fmt: skip
def test_an_empty_frame_is_refused(frame):
    refuse("empty-frame", open_frame, frame)


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame([[1, 2]], columns=["x", "x"]),
        pa.table([pa.array([1]), pa.array([2])], names=["x", "x"]),
        pd.DataFrame({"x": [1], "y": [2]}).set_index("x", drop=False),
        pd.DataFrame({"y": [2]}, index=pd.MultiIndex.from_tuples([(1, 2)], names=["x", "x"])),
    ],
)
def test_names_must_be_told_apart(frame):
    assert refuse("duplicate-columns", open_frame, frame).fields["columns"] == ["x"]


def test_an_unknown_column_is_answered_with_the_nearest(reader):
    error = refuse("unknown-column", reader.numbers, "grpd")
    assert error.fields["nearest"] == "grdp"
    assert set(error.fields["available"]) == set(ROWS)
    assert refuse("unknown-column", reader.texts, "zzz").fields["nearest"] == "–"


def test_index_levels_are_columns_and_nameless_ones_are_not():
    frame = pd.DataFrame({"x": [1.0, 2.0]}, index=pd.Index(["a", "b"], name="province"))
    reader = open_frame(frame)
    assert reader.names == ("x", "province")
    assert encode_entities(reader.raw("province"))[1] == ("a", "b")
    levels = pd.MultiIndex.from_arrays([["a", "b"], [5, 6]], names=["province", None])
    assert open_frame(frame.set_index(levels)).names == ("x", "province")


def test_names_that_are_no_text_cannot_be_asked_for():
    assert open_frame(pd.DataFrame({"x": [1.0], 2020: [2.0], ("a", "b"): [3.0]})).names == ("x",)
    assert open_frame({"x": [1.0], 2020: [2.0]}).names == ("x",)


@pytest.mark.parametrize(
    "values", ["text", 5, {1, 2}, {"a": 1}, np.ones((1, 2)), pd.DataFrame({"a": [1]}),
               pd.MultiIndex.from_tuples([(1, 2)])],
)  # fmt: skip
def test_what_is_no_column_is_refused(values):
    refuse("not-a-column", lambda: open_frame({"x": values}).raw("x"))


def test_columns_of_a_mapping_have_one_length():
    error = refuse("columns-differ-in-length", open_frame, {"x": [1.0], "y": [1.0, 2.0]})
    assert error.fields["lengths"] == ["x: 1", "y: 2"]


def test_texts_are_composed_trimmed_and_merged():
    values = ["sơ bộ", " sơ bộ ", "so\u031b bo\u0323\u0302", None, "  ", 7, "chính thức"]
    codes, labels = open_frame({"s": values}).texts("s")
    assert labels == ("sơ bộ", "7", "chính thức")
    assert codes.tolist() == [0, 0, 0, -1, -1, 1, 2]


def test_a_subclass_of_a_frame_is_a_frame():
    class Table(pd.DataFrame):
        pass

    assert open_frame(Table({"x": [1.0]})).origin == "pandas"


WITHOUT = """
import sys
for name in {blocked!r}:
    sys.modules[name] = None
import numpy as np, {library}
from tfp.panel.frames import open_frame
from tfp.panel.keys import encode_entities
from tfp.panel.time import encode_time
import datetime as dt
reader = open_frame({library}.DataFrame({{
    "p": ["Huế", "Huế", "Hà Nội", None, "Huế"], "y": [2019, 2020, 2019, 2021, 2022],
    "d": [dt.date(2019, 1, 31)] * 5, "t": [dt.datetime(2020, 1, 31)] * 5,
    "x": [1, None, 3, 4, 5], "g": [0.5, None, 1.5, 2.5, 3.5], "q": ["2019Q1"] * 5,
}}))
codes, labels = reader.texts("p")
assert (codes.tolist(), labels) == ([0, 0, 1, -1, 0], ("Huế", "Hà Nội")), (codes, labels)
assert encode_time(reader.raw("y")).ordinals.tolist() == [2019, 2020, 2019, 2021, 2022]
assert encode_time(reader.raw("d")).ordinals.tolist() == [2019] * 5
assert encode_time(reader.raw("t")).ordinals.tolist() == [2020] * 5
assert encode_time(reader.raw("q"), "quarter").ordinals.tolist() == [8076] * 5
assert np.isnan(reader.numbers("x")).tolist() == [False, True, False, False, False]
assert np.nansum(reader.numbers("g")) == 8.0
"""


@pytest.mark.parametrize(
    ("library", "blocked"), [("polars", ("pyarrow", "pandas")), ("pandas", ("pyarrow", "polars"))]
)
def test_no_library_needs_another(library, blocked):
    script = WITHOUT.format(library=library, blocked=blocked)
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", script], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_opening_a_mapping_imports_no_library_of_frames():
    script = (
        "import sys; from tfp.panel.frames import open_frame; "
        "from tfp.panel.keys import encode_entities; from tfp.panel.time import encode_time; "
        "r = open_frame({'y': [2019, 2020], 'p': [1, 1], 'x': [1.0, 2.0]}); "
        "r.numbers('x'); encode_time(r.raw('y')); encode_entities(r.raw('p')); "
        "print({'pandas', 'polars', 'pyarrow', 'narwhals'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"
