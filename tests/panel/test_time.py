"""Time: every way of writing a period gives the same calendar number."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tfp.errors import PanelError
from tfp.panel.frames import open_frame
from tfp.panel.time import (
    FREQUENCIES,
    PER_YEAR,
    encode_time,
    label,
    looks_swapped,
    parse_label,
)

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
YEARS = [2019, 2021, 2020, 2019]


def encode(values, frequency="year"):
    return encode_time(open_frame({"year": values}).raw("year"), frequency)


def refuse(code, values, frequency="year"):
    """Return the error of a column of times, after it has been said in both languages."""
    with pytest.raises(PanelError) as caught:
        encode(values, frequency)
    assert caught.value.code == code
    for language in ("en", "vi"):
        assert "{" not in caught.value.message(language)
    return caught.value


def texts(values):
    return [str(value) for value in values]


def dates(values):
    return [dt.date(value, 12, 31) for value in values]


YEARS_WRITTEN = {
    "list": list,
    "int16": lambda v: np.array(v, dtype=np.int16),
    "uint64": lambda v: np.array(v, dtype=np.uint64),
    "float": lambda v: np.array(v, dtype=float),
    "float32": lambda v: np.array(v, dtype=np.float32),
    "nullable": lambda v: pd.array(v, dtype="Int64"),
    "arrow integer": lambda v: pd.array(v, dtype="int64[pyarrow]"),
    "mixed objects": lambda v: [Decimal(v[0]), str(v[1]), float(v[2]), np.int16(v[3])],
    "text": texts,
    "text with spaces": lambda v: [f" {value} " for value in v],
    "fixed-width text": lambda v: np.array(texts(v)),
    "pandas str": lambda v: pd.Series(texts(v), dtype="str"),
    "pandas objects": lambda v: pd.Series(texts(v), dtype=object),
    "categorical text": lambda v: pd.Categorical(texts(v), ["2021", "2020", "2019", "9"]),
    "categorical integers": pd.Categorical,
    "categorical dates": lambda v: pd.Categorical(pd.to_datetime(texts(v))),
    "categorical periods": lambda v: pd.Categorical(pd.PeriodIndex(texts(v), freq="Y")),
    "period": lambda v: pd.PeriodIndex(texts(v), freq="Y"),
    "period objects": lambda v: pd.Series([pd.Period(str(y), "Y") for y in v], dtype=object),
    "fiscal period": lambda v: pd.PeriodIndex(texts(v), freq="Y-JUN"),
    "date": dates,
    "date text": lambda v: [f"{value}-12-31" for value in v],
    "datetime": lambda v: [dt.datetime(y, 12, 31, 23, 59, tzinfo=HANOI) for y in v],
    "datetime64[Y]": lambda v: np.array(texts(v), dtype="M8[Y]"),
    "datetime64[ns]": lambda v: np.array([f"{y}-12-31T23:59:59.999" for y in v], dtype="M8[ns]"),
    "datetime64 objects": lambda v: [np.datetime64(f"{y}-12-31T23") for y in v],
    "pandas datetime": lambda v: pd.to_datetime(texts(v)),
    "pandas zone": lambda v: pd.to_datetime(texts(v)).tz_localize(HANOI),
    "pandas arrow date": lambda v: pd.Series(dates(v), dtype="date32[pyarrow]"),
    "pandas arrow time": lambda v: pd.Series(
        pd.to_datetime(texts(v)), dtype="timestamp[ms][pyarrow]"
    ),
    "polars integer": lambda v: pl.Series(v, dtype=pl.UInt16),
    "polars text": lambda v: pl.Series(texts(v)),
    "polars categorical": lambda v: pl.Series(texts(v), dtype=pl.Categorical),
    "polars date": lambda v: pl.Series(dates(v)),
    "polars zone": lambda v: pl.Series(
        [dt.datetime(y, 1, 1, tzinfo=HANOI) for y in v], dtype=pl.Datetime("ms", str(HANOI))
    ),
    "arrow integer column": pa.array,
    "arrow text": lambda v: pa.array(texts(v)),
    "arrow dictionary": lambda v: pa.array(texts(v)).dictionary_encode(),
    "arrow date": lambda v: pa.array(dates(v), pa.date32()),
    "arrow date64": lambda v: pa.array(dates(v), pa.date64()),
    "arrow zone": lambda v: pa.array(
        [dt.datetime(y, 1, 1, tzinfo=HANOI) for y in v], pa.timestamp("us", str(HANOI))
    ),
}  # fmt: skip


@pytest.mark.parametrize("way", YEARS_WRITTEN)
def test_years_however_written(way):
    times = encode(YEARS_WRITTEN[way](YEARS))
    assert times.frequency == "year"
    assert times.ordinals.dtype == np.int64
    assert times.ordinals.tolist() == YEARS
    assert times.label(1) == 2021


FULL_WIDTH = "\uff12\uff10\uff11\uff19"
QUARTERS = [2019 * 4, 2020 * 4 + 3, 2019 * 4 + 1]
MONTHS = [2019 * 12, 2020 * 12 + 11, 2019 * 12 + 2]


@pytest.mark.parametrize(
    ("values", "frequency", "expected"),
    [
        (["2019Q1", "2020Q4", "2019Q2"], "quarter", QUARTERS),
        (["2019-Q1", "2020 Q4", "2019q2"], "quarter", QUARTERS),
        (["2019-01", "2020-12", "2019-03"], "month", MONTHS),
        (["2019M1", "2020M12", "2019-M03"], "month", MONTHS),
        (pd.PeriodIndex(["2019Q1", "2020Q4", "2019Q2"], freq="Q"), "quarter", QUARTERS),
        (pd.PeriodIndex(["2019-01", "2020-12", "2019-03"], freq="M"), "month", MONTHS),
        ([dt.date(2019, 3, 31), dt.date(2020, 10, 1), dt.date(2019, 4, 1)], "quarter", QUARTERS),
        (pl.Series([dt.date(2019, 3, 31), dt.date(2020, 10, 1), dt.date(2019, 6, 30)]), "quarter",
         QUARTERS),
        (pd.to_datetime(["2019-01-31", "2020-12-31", "2019-03-01"]), "month", MONTHS),
        (["2019-01-31", "2020-12-31", "2019-03-01"], "month", MONTHS),
    ],
)  # fmt: skip
def test_quarters_and_months(values, frequency, expected):
    times = encode(values, frequency)
    assert (times.ordinals.tolist(), times.frequency) == (expected, frequency)


@pytest.mark.parametrize("freq", ["Q", "Q-MAR"])
def test_periods_bring_their_own_frequency(freq):
    quarters = pd.period_range("2019Q4", periods=2, freq=freq)
    for values in (quarters, list(quarters), pd.Categorical(quarters)):
        times = encode(values, "year")
        assert times.frequency == "quarter"
        assert [times.label(0), times.label(1)] == ["2019Q4", "2020Q1"]
    index = pd.MultiIndex.from_product([["a", "b"], quarters], names=["p", "t"])
    reader = open_frame(pd.DataFrame({"x": range(4)}, index=index))
    assert encode_time(reader.raw("t")).ordinals.tolist() == [8079, 8080, 8079, 8080]


def test_dates_before_1970_and_many_dates_are_read_alike():
    days = np.arange("1890-01-01", "2060-01-01", dtype="M8[D]")
    expected = {
        "year": [d.year for d in days.tolist()],
        "quarter": [d.year * 4 + (d.month - 1) // 3 for d in days.tolist()],
        "month": [d.year * 12 + d.month - 1 for d in days.tolist()],
    }
    last_second = days.astype("M8[s]") + np.timedelta64(86_399, "s")
    for frequency, ordinals in expected.items():
        assert encode(last_second, frequency).ordinals.tolist() == ordinals
        assert encode(np.tile(days[:90], 3), frequency).ordinals.tolist() == ordinals[:90] * 3


@given(st.sampled_from(FREQUENCIES), st.integers(1000, 2999), st.integers(0, 11))
def test_labels_are_read_back(frequency, year, part):
    ordinal = year * PER_YEAR[frequency] + part % PER_YEAR[frequency]
    written = label(ordinal, frequency)
    assert parse_label(written, frequency) == ordinal
    assert encode([str(written)], frequency).ordinals.tolist() == [ordinal]


def test_labels():
    assert (label(2019), label(8077, "quarter"), label(24238, "month")) == (
        2019, "2019Q2", "2019-11",
    )  # fmt: skip
    assert isinstance(label(2019), int)
    with pytest.raises(PanelError) as caught:
        parse_label("2019-2020")
    assert caught.value.code == "time-not-understood"


@pytest.mark.parametrize(
    ("values", "frequency", "rows", "shown"),
    [
        (["2019", "2019 (p)", "sơ bộ 2020", "2019 (p)"], "year", (2, 3, 4),
         ("'2019 (p)'", "'sơ bộ 2020'")),
        (["2019.0"], "year", (1,), ("'2019.0'",)),
        (["2019", "19", "02019"], "year", (2, 3), ("'19'", "'02019'")),
        ([FULL_WIDTH], "year", (1,), (f"'{FULL_WIDTH}'",)),
        (["2019-13-01", "2019-02-30"], "year", (1, 2), ("'2019-13-01'", "'2019-02-30'")),
        (["2019Q1"], "year", (1,), ("'2019Q1'",)),
        (["2019"], "quarter", (1,), ("'2019'",)),
        (["2019Q5", "2019Q0"], "quarter", (1, 2), ("'2019Q5'", "'2019Q0'")),
        (["2019-13", "2019-0", "2019-00"], "month", (1, 2, 3), ("'2019-13'", "'2019-0'",
         "'2019-00'")),
        ([2019, 2020], "quarter", (1, 2), ("2019", "2020")),
        ([201903], "month", (1,), ("201903",)),
        ([2019.5, 2020.0], "year", (1,), ("2019.5",)),
        ([np.inf, 2020.0], "year", (1,), ("inf",)),
        ([True, False], "year", (1, 2), ("True", "False")),
        (pd.Categorical(["2019", "tổng"]), "year", (2,), ("'tổng'",)),
        (pl.Series(["2019", "2020*"]), "year", (2,), ("'2020*'",)),
        (pd.Series(["", "2019"]), "year", (1,), ("''",)),
        ([dt.timedelta(1), dt.timedelta(1)], "year", (1, 2), ("1 day, 0:00:00",)),
        ([pd.Period("2019", "Y"), 2020], "year", (1,), ("2019",)),
    ],
)  # fmt: skip
def test_what_is_no_period_is_refused(values, frequency, rows, shown):
    error = refuse("time-not-understood", values, frequency)
    assert error.fields["rows"] == rows
    assert error.fields["values"] == shown
    assert error.fields["frequency"] == frequency


def test_cells_that_hold_several_values_are_no_periods():
    refuse("key-not-understood", [[2019], [2020]])


@pytest.mark.parametrize(
    ("values", "rows"),
    [
        ([2019, None], (2,)),
        ([2019.0, np.nan], (2,)),
        (["2019", None, "2019"], (2,)),
        (["2019", np.nan, pd.NA], (2, 3)),
        (pd.array([None, 2019], dtype="Int64"), (1,)),
        (pd.to_datetime(["2019-01-01", None]), (2,)),
        (pd.PeriodIndex(["2019", None], freq="Y"), (2,)),
        (pd.Categorical([None, "2019"]), (1,)),
        (pl.Series([None, dt.date(2019, 1, 1)]), (1,)),
        (pl.Series([None, 2019]), (1,)),
        (pl.Series(["2019", None]), (2,)),
        (pa.array([None, dt.date(2019, 1, 1)]), (1,)),
    ],
)
def test_a_row_without_a_period_is_refused(values, rows):
    assert refuse("missing-time", values).fields["rows"] == rows


@pytest.mark.parametrize(
    ("values", "rows", "shown"),
    [
        ([2019, 19, 2020], (2,), ("19",)),
        (np.arange(1, 8), (1, 2, 3, 4, 5), ("1", "2", "3", "4", "5")),
        ([999, 1000, 3000, 3001], (1, 4), ("999", "3001")),
        (["0999"], (1,), ("'0999'",)),
        ([2**63 - 1, -(2**63)], (1, 2), ("9223372036854775807", "-9223372036854775808")),
        (np.array([2**64 - 1, 2019], dtype=np.uint64), (1,), ("18446744073709551615",)),
        (np.array(["0500", "2019"], dtype="M8[Y]"), (1,), ("0500-01-01",)),
        (pd.PeriodIndex(["0999", "2019"], freq="Y"), (1,), ("999",)),
        ([1e18, 2019.0], (1,), ("1e+18",)),
    ],
)
def test_implausible_years_hint_at_exchanged_columns(values, rows, shown):
    error = refuse("implausible-year", values)
    assert error.fields["rows"] == rows
    assert error.fields["values"] == shown
    assert "entity=" in error.part("remedy")


def test_implausible_years_of_quarters():
    assert encode(["1000Q1", "3000Q4"], "quarter").ordinals.tolist() == [4000, 12003]
    refuse("implausible-year", ["0999Q4"], "quarter")
    refuse("implausible-year", ["3001-01"], "month")


@pytest.mark.parametrize(
    "values",
    [
        pd.period_range("2019-01-01", periods=2, freq="D"),
        pd.period_range("2019", periods=2, freq="2Y"),
        list(pd.period_range("2019-01-01", periods=2, freq="W")),
    ],
)
def test_other_frequencies_of_periods_are_refused(values):
    error = refuse("frequency-not-supported", values)
    assert error.fields["frequency"] in {"D", "2YE-DEC", "2Y-DEC", "W-SUN"}


def test_an_unknown_frequency_is_refused():
    assert refuse("frequency-not-supported", [2019], "weekly").fields["frequency"] == "weekly"


def test_periods_of_two_frequencies_are_refused():
    error = refuse("frequencies-mixed", [pd.Period("2019", "Y"), pd.Period("2019Q1", "Q")])
    assert error.fields["frequencies"] == ["Y-DEC", "Q-DEC"]


def test_the_ordinals_are_our_own():
    years = np.array(YEARS)
    times = encode(years)
    years[0] = 0
    assert times.ordinals[0] == YEARS[0]
    periods = pd.Series(pd.period_range("2019", periods=2, freq="Y"))
    assert not np.shares_memory(encode(periods).ordinals, periods.array.asi8)


NAMES = ["Hà Nội", "Huế", "Vinh", "Hà Nội"]


@pytest.mark.parametrize("way", [*YEARS_WRITTEN])
def test_exchanged_columns_are_noticed(way):
    years = YEARS_WRITTEN[way](YEARS)
    raw = open_frame({"year": years}).raw("year")
    assert looks_swapped(raw, NAMES)
    assert looks_swapped(raw, [1, 2, 3, 4])
    assert not looks_swapped(NAMES, raw)
    assert not looks_swapped([1, 2, 3, 4], raw)
    # Where both could be years, nobody can tell.
    assert not looks_swapped(raw, raw)


@pytest.mark.parametrize(
    ("entity", "time", "swapped"),
    [
        (["2019Q1", "2019Q2"], NAMES[:2], True),
        (["2019-01", "2019-02"], [7, 8], True),
        ([2019, None], NAMES[:2], True),
        ([2019, "Huế"], NAMES[:2], False),
        ([None, None], NAMES[:2], False),
        (NAMES[:2], NAMES[:2], False),
        (["1010", "2410"], [2019, 2020], False),
        ([2019, 2020], [None, None], True),
    ],
)
def test_what_looks_exchanged(entity, time, swapped):
    assert looks_swapped(entity, time) is swapped


def test_one_year_is_one_step():
    quarters = encode(["2019Q4", "2020Q1", "2020Q4"], "quarter").ordinals
    assert np.diff(quarters).tolist() == [1, 3]
    assert set(PER_YEAR) == set(FREQUENCIES)
