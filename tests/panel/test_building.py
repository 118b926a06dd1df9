"""From any frame to the same panel: bits, order, places, and what is known of each value."""

from __future__ import annotations

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tfp
from tfp.errors import PanelError, Place
from tfp.panel import building
from tfp.panel.roles import STATUSES

KEYS = {"entity": "province", "time": "year"}
ROLES = {"output": "grdp", "capital": {"ict": "k1", "other": "k2"}, "labour": "workers"}
# Thirds and sevenths have no short decimal: bits show whether a value was written and read.
DATA = {
    "province": ["Huế", "Huế", "Huế", "Đà Nẵng", "Đà Nẵng"],
    "year": [2015, 2016, 2018, 2015, 2016],
    "grdp": [100 / 3, 200 / 7, None, 1e-3 / 3, 1e12 / 7],
    "k1": [1, 2, 3, 4, 5],
    "k2": [0.1, 0.2, 0.3, 0.4, 0.5],
    "workers": [50.0, 51.0, 52.0, 30.0, 31.0],
    "definition": ["ICLS-13", "ICLS-13", "ICLS-19", "ICLS-13", None],
    "status": ["final", "final", "estimate", "revised", "preliminary"],
}
KNOWN = {
    "units": {"output": "billion VND", "capital": "billion VND", "capital:ict": "million VND"},
    "price_bases": {"output": "2010"},
    "vintages": {"output": "2024"},
    "boundaries": {"labour": "63 provinces"},
    "definitions": {"labour": "definition"},
    "status": {"labour": "status"},
}


def pandas_frame(data=None):
    return pd.DataFrame(DATA if data is None else data)


FRAMES = {
    "pandas": pandas_frame,
    "pandas with an index": lambda: pandas_frame().set_index(["province", "year"]),
    "pandas with the keys exchanged in the index": lambda: pandas_frame().set_index(
        ["year", "province"]
    ),
    "pandas with categories": lambda: pandas_frame().astype({"province": "category"}),
    "pandas with nullable columns": lambda: pandas_frame().convert_dtypes(),
    "pandas with years as text": lambda: pandas_frame().assign(
        year=[str(year) for year in DATA["year"]]
    ),
    "polars": lambda: pl.DataFrame(DATA),
    "pyarrow": lambda: pa.table(DATA),
    "a mapping of lists": lambda: DATA,
    "a mapping of arrays": lambda: {
        name: np.array(values, dtype=float if name == "grdp" else None)
        for name, values in DATA.items()
    },
}


def build(frame, **options):
    return tfp.Panel(frame, **{**KEYS, **ROLES, **KNOWN, **options})


def bits(panel):
    """Return everything that a panel holds, as bytes and plain values."""
    arrays = [panel.rows.codes, panel.rows.times, panel.rows.starts, panel.rows.breaks]
    columns = {}
    for role, column in panel.columns.items():
        arrays.append(column.values)
        columns[role] = (
            column.name,
            column.unit,
            column.price_base,
            column.vintage,
            column.boundary,
            column.definitions,
            None if column.definition is None else column.definition.tolist(),
            None if column.status is None else column.status.tolist(),
        )
    return panel.rows.entities, [array.tobytes() for array in arrays], columns


@pytest.mark.parametrize("kind", FRAMES)
def test_every_library_gives_the_same_bits(kind) -> None:
    assert bits(build(FRAMES[kind]())) == bits(build(pandas_frame()))


@pytest.mark.parametrize("kind", ["pandas", "polars", "pyarrow"])
def test_the_panel_remembers_its_library(kind) -> None:
    assert build(FRAMES[kind]()).rows.origin == kind
    assert build(DATA).rows.origin == "mapping"


@given(order=st.permutations(range(5)), name=st.sampled_from(["pandas", "polars", "pyarrow"]))
def test_any_order_of_rows_gives_the_same_panel(order, name) -> None:
    shuffled = {column: [values[row] for row in order] for column, values in DATA.items()}
    make = {"pandas": pd.DataFrame, "polars": pl.DataFrame, "pyarrow": pa.table}[name]

    panel, sorted_panel = build(make(shuffled)), build(pandas_frame())

    # Entities and definitions count in the order in which they come; all else is the same.
    keys = list(zip(panel.rows.codes.tolist(), panel.rows.times.tolist(), strict=True))
    assert keys == sorted(keys)
    for role in panel.columns:
        assert cells(panel, role) == cells(sorted_panel, role)
    assert {panel.rows.entity_label(row) for row in panel.rows.gaps} == {"Huế"}


def cells(panel, role):
    """Return what each entity and year holds in a role: value bits, definition, status."""
    column, rows = panel.column(role), panel.rows
    return {
        (rows.entity_label(row), rows.time_label(row)): (
            column.values[row].tobytes(),
            None if column.definition is None else
            (*column.definitions, None)[column.definition[row]],
            None if column.status is None else STATUSES[column.status[row]],
        )
        for row in range(len(rows))
    }  # fmt: skip


def test_what_is_known_of_each_value_is_the_frames() -> None:
    labour = cells(build(pandas_frame().sample(frac=1.0, random_state=3)), "labour")

    frame = pandas_frame()
    for _, row in frame.iterrows():
        value, definition, status = labour[row["province"], row["year"]]
        assert value == np.float64(row["workers"]).tobytes()
        assert (definition is None) == (not isinstance(row["definition"], str))
        assert definition is None or definition == row["definition"]
        assert status == row["status"]


def test_what_is_known_of_a_column_is_by_role_and_by_asset() -> None:
    panel = build(DATA)

    assert panel.column("capital:ict").unit == "million VND"
    assert panel.column("capital:other").unit == "billion VND"
    assert panel.column("output").price_base == "2010"
    assert panel.column("output").vintage == "2024"
    assert panel.column("labour").boundary == "63 provinces"
    assert panel.column("labour").unit is None
    assert panel.column("output").status is None
    assert build(DATA, status="status").column("output").status is not None


def test_a_sorted_column_is_copied_once_and_an_unsorted_one_is_gathered(monkeypatch) -> None:
    asked = []
    reader = building.open_frame

    def spy(frame):
        opened = reader(frame)
        numbers = opened.numbers
        opened.numbers = lambda name, **options: (asked.append(options["copy"]),
                                                  numbers(name, **options))[1]  # fmt: skip
        return opened

    monkeypatch.setattr(building, "open_frame", spy)
    frame = {"year": np.arange(2000, 2010), "y": np.arange(1.0, 11.0)}

    in_order = tfp.Panel(frame, time="year", output="y")
    backwards = {name: values[::-1] for name, values in frame.items()}
    turned = tfp.Panel(backwards, time="year", output="y")

    assert asked == [True, False]
    assert in_order.values("output").tobytes() == turned.values("output").tobytes()
    for panel in (in_order, turned):
        assert not np.shares_memory(panel.values("output"), frame["y"])
    frame["y"][:] = 0.0
    assert in_order.values("output").tolist() == list(range(1, 11))


@pytest.mark.parametrize("row", range(5))
@pytest.mark.parametrize("order", [(0, 1, 2, 3, 4), (4, 2, 0, 3, 1)])
def test_a_wrong_cell_is_named_by_entity_year_and_column(row, order) -> None:
    frame = pandas_frame().astype({"workers": object})
    frame.loc[row, "workers"] = "51 nghìn"

    with pytest.raises(PanelError) as caught:
        build(frame.iloc[list(order)])

    expected = Place(entity=DATA["province"][row], time=DATA["year"][row], column="workers")
    assert caught.value.places == (expected,)


def test_every_wrong_cell_is_named_in_the_order_of_the_frame() -> None:
    frame = pandas_frame().astype({"workers": object}).assign(workers="x").iloc[::-1]

    with pytest.raises(PanelError) as caught:
        build(frame)

    assert [(place.entity, place.time) for place in caught.value.places] == [
        ("Đà Nẵng", 2016), ("Đà Nẵng", 2015), ("Huế", 2018), ("Huế", 2016), ("Huế", 2015),
    ]  # fmt: skip


def test_each_key_that_occurs_twice_is_named() -> None:
    frame = pd.concat([pandas_frame(), pandas_frame().iloc[[4, 0]]])

    with pytest.raises(PanelError, match="2 pairs of entity and period") as caught:
        build(frame)

    assert {(place.entity, place.time) for place in caught.value.places} == {
        ("Huế", 2015), ("Đà Nẵng", 2016),
    }  # fmt: skip


def test_a_single_area_needs_no_entity() -> None:
    one = {name: values[:3] for name, values in DATA.items()}

    named = tfp.Panel(one, time="year", area="Thừa Thiên Huế", output="grdp")
    bare = tfp.Panel(one, time="year", output="grdp")

    assert named.rows.entities == ("Thừa Thiên Huế",)
    assert named.rows.entity_name is None
    assert bare.rows.entities == ("",)
    assert bare.rows.place(0) == Place(time=2015)
    assert named.frame.index.names == ["year"]


@pytest.mark.parametrize("option", ["units", "price_bases", "vintages", "boundaries", "definitions",
                                    "status"])  # fmt: skip
def test_a_description_must_belong_to_a_column(option) -> None:
    with pytest.raises(PanelError) as caught:
        build(DATA, **{option: {"investment": "status"}})

    assert caught.value.code == "described-role-absent"
    assert caught.value.fields["option"] == option


@pytest.mark.parametrize("role", ["output", "labour", "capital", "reason", "tfp", "", "  "])
@pytest.mark.parametrize("group", ["further_inputs", "further_incomes"])
def test_a_further_input_may_not_take_the_name_of_a_term(role, group) -> None:
    with pytest.raises(PanelError) as caught:
        build(DATA, **{group: {role: "k2"}})

    assert caught.value.code == "input-name-taken"


def test_names_that_hide_nothing_are_taken() -> None:
    panel = build(DATA, further_inputs={"energy": "k2", "capital_ict_2": "k1"})

    assert set(panel.several("further_inputs")) == {"energy", "capital_ict_2"}


@pytest.mark.parametrize("columns", [["k1", "k2"], ("k1", "k2")])
def test_assets_need_names(columns) -> None:
    with pytest.raises(PanelError) as caught:
        build(DATA, capital=columns)

    assert caught.value.code == "input-names-needed"


@pytest.mark.parametrize(("labels", "found"), [
    (["final"] * 4 + ["sb"], "status-unknown"),
    (["final"] * 4 + [""], "status-missing"),
    (["finale"] * 5, "status-unknown"),
    ([0, 0, 0, 0, 1], "status-unknown"),
])  # fmt: skip
def test_a_status_is_one_of_four_words(labels, found) -> None:
    with pytest.raises(PanelError) as caught:
        build({**DATA, "status": labels})

    assert caught.value.code == found
    assert caught.value.places[-1] == Place(entity="Đà Nẵng", time=2016, column="status")


def test_a_million_rows_without_status_are_not_listed_one_by_one() -> None:
    n = 2_000
    frame = {"year": np.arange(1000, 1000 + n), "y": np.ones(n), "s": [""] * n}

    with pytest.raises(PanelError) as caught:
        tfp.Panel(frame, time="year", output="y", status="s")

    assert len(caught.value.places) < 10
    assert caught.value.where().endswith(f"and {n - 5} more")


def test_periods_shorter_than_years() -> None:
    quarters = tfp.Panel(
        {"t": ["2019Q4", "2020Q1", "2020Q3"], "y": [1.0, 2.0, 3.0]},
        time="t",
        frequency="quarter",
        output="y",
    )
    months = tfp.Panel(
        {"t": ["2020-01", "2019-12"], "y": [2.0, 1.0]}, time="t", frequency="month", output="y"
    )

    assert [quarters.rows.time_label(row) for row in quarters.rows.gaps] == ["2020Q3"]
    assert months.rows.gaps.size == 0
    assert months.values("output").tolist() == [1.0, 2.0]
    assert months.frame.index.tolist() == ["2019-12", "2020-01"]
