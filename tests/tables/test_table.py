"""A table says what its columns hold only when it is asked, and where it does not fit."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pandas as pd
import pytest

from tfp.errors import TableError
from tfp.tables.table import Table, as_text

DAY = datetime(2024, 7, 1)  # noqa: DTZ001


def table(decimal=".", **columns):
    """Return a table whose header is row 3 of sheet "S" and whose columns begin at B."""
    length = len(next(iter(columns.values())))
    return Table(
        file="a.xlsx",
        sheet="S",
        columns=tuple(columns),
        cells=tuple(tuple(cells) for cells in columns.values()),
        rows=tuple(range(4, 4 + length)),
        positions=tuple(range(2, 2 + len(columns))),
        decimal=decimal,
        missing=frozenset(["", "..", "NA"]),
    )


def test_numbers_are_read_only_and_missing_is_nan():
    numbers = table(x=[1, 2.5, "3", "1,000", "..", None, "NA", ""]).numbers("x")
    np.testing.assert_array_equal(numbers, [1, 2.5, 3, 1000] + [np.nan] * 4)
    assert not numbers.flags.writeable
    assert numbers.dtype == np.float64


def test_what_is_no_number_is_named_by_cell_and_counted():
    cells = [1, "36,63", True, DAY, "-", "a", "b", "c"]
    with pytest.raises(TableError) as caught:
        table(name=["x"] * 8, GRDP=cells).numbers("GRDP")
    error = caught.value
    assert error.code == "cell-not-a-number"
    assert error.fields["count"] == 7
    assert [place.cell for place in error.places][:2] == ["C5", "C6"]
    assert error.places[0].column == "GRDP"
    assert "36,63, TRUE, 2024-07-01, -, a" in error.message("en")
    assert "và 2 vị trí khác" in error.message("vi")


def test_integers_refuse_fractions_gaps_and_what_no_double_holds():
    years = table(x=[2019, "2020", 2021.0]).integers("x")
    assert years.tolist() == [2019, 2020, 2021]
    assert years.dtype == np.intp
    for cells, code, cell in (
        ([2019, 2020.5], "cell-not-an-integer", "B5"),
        ([2019, 1e300], "cell-not-an-integer", "B5"),
        ([None, 2020], "cell-missing", "B4"),
        ([2019, "2020 (p)"], "cell-not-a-number", "B5"),
    ):
        with pytest.raises(TableError) as caught:
            table(x=cells).integers("x")
        assert (caught.value.code, caught.value.places[0].cell) == (code, cell)
        assert caught.value.message("vi") != caught.value.message("en")


def test_texts_are_what_the_reader_would_type():
    cells = [2019, 2019.0, 0.1, True, DAY, datetime(2024, 7, 1, 8, 30), "01", None, ".."]  # noqa: DTZ001
    assert table(x=cells).texts("x") == (
        "2019",
        "2019",
        "0.1",
        "TRUE",
        "2024-07-01",
        "2024-07-01 08:30:00",
        "01",
        None,
        None,
    )
    assert as_text(None) == ""


def test_an_unknown_column_is_answered_with_the_nearest():
    with pytest.raises(TableError) as caught:
        table(capital=[1], labour=[2]).numbers("labor")
    assert caught.value.code == "table-column-unknown"
    assert caught.value.fields["nearest"] == "labour"
    assert "capital, labour" in caught.value.message("vi")
    assert caught.value.message().endswith("Did you mean labour?")
    with pytest.raises(TableError) as caught:
        table(x=[1]).position("quantity")
    assert "Did you mean" not in caught.value.message()


def test_a_frame_has_the_types_that_are_certain_and_is_the_callers_copy():
    source = table(
        decimal=",",
        year=["2019", "2020"],
        level=["1.234,5", ".."],
        whole=[1, None],
        code=["01", "02"],
        province=["Hòa Bình", None],
        mixed=[1, "a"],
        day=[DAY, DAY],
        flag=[True, False],
    )
    frame = source.frame()
    assert list(frame.columns) == list(source.columns)
    assert frame["year"].dtype == np.int64
    assert frame["level"].dtype == frame["whole"].dtype == np.float64
    assert frame["level"].iloc[0] == 1234.5
    assert frame["level"].isna().tolist() == [False, True]
    assert frame["code"].tolist() == ["01", "02"]
    assert pd.isna(frame["province"].iloc[1])
    assert frame["mixed"].tolist() == [1, "a"]
    assert frame["day"].dtype.kind == "M"
    assert frame["flag"].dtype == bool
    frame.loc[0, "year"] = 1
    assert source.integers("year").tolist() == [2019, 2020]


@pytest.mark.parametrize(
    ("cells", "sign", "whole"),
    [
        (["935", "1.052", "64.068", ".."], ".", "1052"),
        (["-64,068", "1,052", 12.5], ",", "-64068"),
        ([935.2, "64.068"], ".", "64068"),
    ],
)
def test_numbers_that_can_be_read_in_two_ways_wait_for_a_declared_sign(cells, sign, whole):
    undeclared = table(decimal=None, x=cells)
    with pytest.raises(TableError) as caught:
        undeclared.numbers("x")
    assert caught.value.code == "decimal-ambiguous"
    assert caught.value.fields["sign"] == sign
    for language in ("en", "vi"):
        words = caught.value.message(language)
        assert "data.decimal" in words
        assert whole in words
    assert undeclared.values("x")[1] == cells[1], "left as text"
    as_decimals = float(cells[1].replace(sign, "."))
    assert table(decimal=sign, x=cells).numbers("x")[1] == as_decimals
    other = "," if sign == "." else "."
    thousands = float(cells[1].replace(sign, ""))
    assert table(decimal=other, x=cells).numbers("x")[1] == thousands


@pytest.mark.parametrize(
    ("cells", "second"),
    [
        (["0.935", "1.052", "64.068"], 1.052),
        (["12.5", "1.052", "64.068"], 1.052),
        (["1,052,855", "64,068"], 64068.0),
        (["1,052.5", "64,068"], 64068.0),
        ([1.052, 64.068], 64.068),
    ],
)
def test_what_can_be_read_in_one_way_only_needs_no_declaration(cells, second):
    assert table(decimal=None, x=cells).numbers("x")[1] == second
