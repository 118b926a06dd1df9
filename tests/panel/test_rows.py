"""Rows know who and when they are, in calendar time."""

from __future__ import annotations

import numpy as np
import pytest

import tfp
from tfp.errors import PanelError, Place


@pytest.fixture
def rows():
    frame = {
        "p": ["B", "A", "A", "A", "C"],
        "year": [2020, 2018, 2019, 2021, 2021],
        "y": np.ones(5),
    }
    return tfp.Panel(frame, entity="p", time="year", output="y").rows


def test_entities_keep_the_order_in_which_they_come(rows) -> None:
    assert rows.entities == ("B", "A", "C")
    assert rows.codes.tolist() == [0, 1, 1, 1, 2]
    assert rows.times.tolist() == [2020, 2018, 2019, 2021, 2021]
    assert rows.starts.tolist() == [0, 1, 4]
    assert rows.lengths.tolist() == [1, 3, 1]


def test_growth_stops_at_entities_and_gaps(rows) -> None:
    assert rows.breaks.tolist() == [0, 1, 3, 4]
    assert rows.gaps.tolist() == [3]
    assert rows.growth_rows.tolist() == [2, 3]


def test_rows_are_found_by_period_and_entity(rows) -> None:
    assert rows.rows_at(2021).tolist() == [3, 4]
    assert rows.rows_at("2021", ["C"]).tolist() == [4]
    assert rows.rows_at(1999).tolist() == []
    assert rows.rows_at(2021, []).tolist() == []


def test_a_stranger_is_refused(rows) -> None:
    with pytest.raises(PanelError) as caught:
        rows.rows_at(2021, ["A", "D"])

    assert caught.value.code == "entity-unknown"
    assert "A" in caught.value.message()


def test_places_name_what_is_known(rows) -> None:
    assert rows.places([3, 0], "y") == (
        Place(entity="A", time=2021, column="y"),
        Place(entity="B", time=2020, column="y"),
    )


def test_arrays_are_read_only(rows) -> None:
    for name in ("codes", "times", "starts", "breaks"):
        with pytest.raises(ValueError, match="read-only"):
            getattr(rows, name)[0] = 9
