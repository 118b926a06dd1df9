"""A panel never changes, travels whole, and says what it lacks."""

from __future__ import annotations

import copy
import os
import pickle
import subprocess
import sys
from dataclasses import FrozenInstanceError, fields

import numpy as np
import pytest

import tfp
from tfp.errors import PanelError, Place
from tfp.panel.ledger import LedgerEntry
from tfp.panel.roles import Column

FRAME = {
    "p": ["A", "A", "A", "B", "B"],
    "year": [2019, 2020, 2021, 2020, 2021],
    "y": [100.0, 105.0, 107.0, 30.0, 33.0],
    "k": [250.0, 260.0, 270.0, 60.0, 70.0],
    "l": [50.0, 50.5, np.nan, 10.0, 11.0],
    "d": ["old", "old", "new", "old", "old"],
    "s": ["final", "final", "estimate", "final", "preliminary"],
}


def make(**options):
    given = {"entity": "p", "time": "year", "output": "y", "capital": {"ict": "k"}, "labour": "l",
             "definitions": {"labour": "d"}, "status": {"output": "s"}}  # fmt: skip
    return tfp.Panel(FRAME, **{**given, **options})


def arrays_of(panel):
    for record in (panel.rows, *panel.columns.values()):
        for item in fields(record):
            value = getattr(record, item.name)
            if isinstance(value, np.ndarray):
                yield item.name, value


def writeable(panel):
    """Return the names of a panel's arrays that can be written to."""
    return [name for name, array in arrays_of(panel) if array.flags.writeable]


def test_a_panel_says_what_it_is() -> None:
    assert repr(make()) == (
        "Panel: 2 entities, 5 rows, 2019 to 2021; roles capital:ict, labour, output"
    )
    one = tfp.Panel({"t": ["2020Q2"], "y": [1.0]}, time="t", frequency="quarter", output="y")
    assert repr(one) == "Panel: 1 entity, 1 row, 2020Q2 to 2020Q2; roles output"
    assert len(make()) == 5


@pytest.mark.parametrize("name", ["rows", "columns", "ledger", "anything"])
def test_attributes_cannot_be_set(name) -> None:
    with pytest.raises(FrozenInstanceError):
        setattr(make(), name, None)
    with pytest.raises(FrozenInstanceError):
        delattr(make(), "rows")


def test_columns_cannot_be_replaced() -> None:
    panel = make()
    column = panel.columns["output"]
    for change in (
        lambda: panel.columns.update(income=column),
        lambda: panel.columns.pop("output"),
        panel.columns.clear,
        lambda: panel.columns.__setitem__("output", column),
        lambda: panel.columns.__delitem__("output"),
    ):
        with pytest.raises(TypeError, match="cannot be changed"):
            change()
    assert set(panel.columns) == {"output", "capital:ict", "labour"}


def test_arrays_cannot_be_written() -> None:
    panel = make()
    assert writeable(panel) == []
    assert len(list(arrays_of(panel))) == 9
    with pytest.raises(ValueError, match="read-only"):
        panel.values("output")[0] = 1.0


def test_frames_are_the_callers() -> None:
    panel = make()
    frame = panel.frame
    frame.loc[:, "output"] = 0.0
    del frame["labour"]

    assert panel.frame["output"].tolist() == FRAME["y"]
    assert panel.frame.index.names == ["p", "year"]
    assert panel.frame.index.tolist() == list(zip(FRAME["p"], FRAME["year"], strict=True))
    assert list(panel.frame.columns) == ["output", "capital:ict", "labour"]


def test_the_callers_arrays_are_not_the_panels() -> None:
    values = np.array([1.0, 2.0])
    panel = tfp.Panel({"year": [2020, 2021], "y": values}, time="year", output="y")
    other = np.array([3.0, 4.0])
    wider = panel.with_column(Column(role="income", name="x", values=other))

    values[:] = other[:] = 0.0

    assert panel.values("output").tolist() == [1.0, 2.0]
    assert wider.values("income").tolist() == [3.0, 4.0]


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_a_pickled_panel_is_the_same_and_frozen(protocol) -> None:
    panel = make().with_column(
        Column(role="income", name="x", values=np.ones(5)),
        LedgerEntry(action="filled", role="income", rows=(("A", 2019),), reason="why"),
    )

    back = pickle.loads(pickle.dumps(panel, protocol))  # noqa: S301  (our own bytes)

    assert repr(back) == repr(panel)
    assert back.ledger == panel.ledger
    assert writeable(back) == []
    for (name, mine), (same, theirs) in zip(arrays_of(panel), arrays_of(back), strict=True):
        assert (name, mine.tobytes()) == (same, theirs.tobytes())
    with pytest.raises(TypeError, match="cannot be changed"):
        back.columns.clear()


def test_a_panel_is_frozen_in_another_process_too() -> None:
    look = (
        "import pickle, sys; panel = pickle.load(sys.stdin.buffer); "
        "print([panel.values(role).flags.writeable for role in panel.columns], "
        "panel.rows.times.flags.writeable, panel.values('output').sum())"
    )

    answer = subprocess.run(
        [sys.executable, "-c", look], input=pickle.dumps(make()), capture_output=True, check=True
    )

    assert answer.stdout.decode().split("]") == [
        "[False, False, False",
        " False 375.0" + os.linesep,
    ]


def test_a_copy_is_the_panel_itself() -> None:
    panel = make()
    assert copy.copy(panel) is panel
    assert copy.deepcopy(panel) is panel


def test_roles_are_asked_for_by_name() -> None:
    panel = make()

    assert panel.has("output")
    assert panel.has("capital")
    assert not panel.has("income")
    assert panel.several("capital")["ict"].name == "k"
    assert panel.column("capital:ict").kind == "quantity"
    for role, code in (("income", "role-missing"), ("capital", "role-missing"),
                       ("outptu", "role-unknown"), ("capital:rd", "role-missing")):  # fmt: skip
        with pytest.raises(PanelError) as caught:
            panel.column(role)
        assert caught.value.code == code


def test_the_weakest_status_counts() -> None:
    two = make(status={"output": "s", "labour": "s"})

    assert two.status.tolist() == [0, 0, 3, 0, 2]
    assert make().status.tolist() == [0, 0, 3, 0, 2]
    assert make(status=None).status is None


def test_a_column_can_be_added_and_replaced() -> None:
    panel = make()
    entry = LedgerEntry(action="derived", role="income", rows=(), reason="because")

    wider = panel.with_column(Column(role="income", name="x", values=np.arange(5)), entry)
    again = wider.with_values("income", np.full(5, 2.5))

    assert wider.values("income").dtype == np.float64
    assert again.values("income").tolist() == [2.5] * 5
    assert again.column("income").name == "x"
    assert wider.ledger == again.ledger == (entry,)
    assert not panel.has("income")
    assert wider.rows is panel.rows


@pytest.mark.parametrize(
    ("column", "code", "place"),
    [
        ({"values": np.ones(4)}, "column-length", None),
        ({"values": np.ones((5, 1))}, "not-a-column", None),
        ({"values": np.array(["1"] * 5)}, "column-not-numeric",
         Place(entity="A", time=2019, column="x")),
        ({"values": np.array([1, 1, 1, 1, np.inf])}, "infinite-values",
         Place(entity="B", time=2021, column="x")),
        ({"definition": np.zeros(4, dtype=np.int32)}, "column-length", None),
        ({"status": np.zeros(6, dtype=np.int8)}, "column-length", None),
        ({"role": "incom"}, "role-unknown", None),
        ({"role": "labour:men"}, "role-unknown", None),
        ({"role": "further_inputs"}, "role-unknown", None),
        ({"role": "further_inputs:tfp"}, "input-name-taken", None),
        ({"role": "capital"}, "role-one-and-several", None),
    ],
)  # fmt: skip
def test_a_column_that_does_not_fit_is_refused(column, code, place) -> None:
    given = {"role": "income", "name": "x", "values": np.ones(5), **column}

    with pytest.raises(PanelError) as caught:
        make().with_column(Column(**given))

    assert caught.value.code == code
    assert (caught.value.places[0] if caught.value.places else None) == place


def test_a_part_is_refused_beside_the_whole() -> None:
    whole = make(capital="k")

    with pytest.raises(PanelError, match="role-one-and-several"):
        whole.with_column(Column(role="capital:ict", name="x", values=np.ones(5)))
    assert whole.with_values("capital", np.ones(5)).values("capital").tolist() == [1.0] * 5


@pytest.mark.parametrize(
    ("values", "smallest"),
    [
        ([3.0, -1.0], -1.0),
        ([np.nan, 2.0], 2.0),
        ([np.nan, np.nan], np.nan),
        ([np.nan, -0.5, np.nan], -0.5),
    ],
)
def test_the_smallest_value_leaves_missing_ones_aside(values, smallest) -> None:
    column = Column(role="output", name="y", values=np.array(values))

    np.testing.assert_equal(column.smallest, smallest)


def test_changes_of_definition_are_rows() -> None:
    assert make().column("labour").breaks_of_definition == (2, 3)
    assert make().column("output").breaks_of_definition == ()
