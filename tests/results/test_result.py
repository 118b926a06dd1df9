"""What every result promises: it never changes, and its frames are the caller's."""

from __future__ import annotations

import copy
import os
import pickle
import subprocess
import sys
from dataclasses import FrozenInstanceError, fields, is_dataclass

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from tfp.results.result import Result


def walk(value, path="result"):
    """Yield every array and dictionary inside a result, with the way to it."""
    if isinstance(value, np.ndarray | dict):
        yield path, value
    if isinstance(value, dict):
        for key, item in value.items():
            yield from walk(item, f"{path}[{key!r}]")
    elif isinstance(value, tuple):
        for n, item in enumerate(value):
            yield from walk(item, f"{path}[{n}]")
    elif is_dataclass(value):
        for item in fields(value):
            yield from walk(getattr(value, item.name), f"{path}.{item.name}")


def content(value):
    """Return all that a result holds as plain values and bytes, to compare by ==."""
    if isinstance(value, np.ndarray):
        return str(value.dtype), value.shape, value.tobytes()
    if isinstance(value, dict):
        return {key: content(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return tuple(content(item) for item in value)
    if is_dataclass(value):
        return type(value), {f.name: content(getattr(value, f.name)) for f in fields(value)}
    return repr(value)


def frames(result):
    """Return every frame that a result offers as an attribute, and its tidy one."""
    names = ("contributions", "share_of_growth", "factor_growth", "factor_weights", "ledger",
             "stock", "surviving_share")  # fmt: skip
    found = {name: getattr(result, name) for name in names if hasattr(type(result), name)}
    return {**found, "tidy": result.tidy()}


def test_attributes_cannot_be_set(result) -> None:
    for name in (*(item.name for item in fields(result)), "anything"):
        with pytest.raises(FrozenInstanceError):
            setattr(result, name, None)


def test_nothing_inside_can_be_written_to(result) -> None:
    inside = list(walk(result))
    assert inside
    for path, held in inside:
        if isinstance(held, np.ndarray):
            assert not held.flags.writeable, path
        else:
            with pytest.raises(TypeError, match="cannot be changed"):
                held["anything"] = 1


def test_there_are_no_frames_inside(result) -> None:
    def kinds(value):
        yield type(value)
        if isinstance(value, tuple):
            for item in value:
                yield from kinds(item)
        elif is_dataclass(value):
            for item in fields(value):
                yield from kinds(getattr(value, item.name))

    assert not {kind for kind in kinds(result) if kind.__module__.startswith(("pandas", "polars"))}


def test_editing_a_frame_changes_nothing(result) -> None:
    before = content(result)
    untouched = {name: frame.copy(deep=True) for name, frame in frames(result).items()}

    for frame in frames(result).values():
        for column in frame.select_dtypes("number"):
            frame.loc[:, column] = -9.0 if frame[column].dtype.kind == "f" else -9
        frame.index = range(100, 100 + len(frame))

    assert content(result) == before
    for name, frame in frames(result).items():
        pd.testing.assert_frame_equal(frame, untouched[name], check_exact=True)


def test_a_copy_is_the_result_itself(result) -> None:
    assert copy.copy(result) is result
    assert copy.deepcopy(result) is result
    assert copy.deepcopy({"a": [result]})["a"][0] is result


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_a_pickled_result_is_the_same_and_frozen(result, protocol) -> None:
    back = pickle.loads(pickle.dumps(result, protocol))  # noqa: S301  (our own bytes)

    assert content(back) == content(result)
    test_nothing_inside_can_be_written_to(back)


def test_a_result_stays_frozen_in_another_process(result) -> None:
    look = (
        "import pickle, sys; import numpy as np; from dataclasses import fields; "
        "r = pickle.load(sys.stdin.buffer); "
        "own = [getattr(r, f.name) for f in fields(r)]; "
        "own += [a for v in own if isinstance(v, tuple) for a in v]; "
        "print(any(a.flags.writeable for a in own if isinstance(a, np.ndarray)), type(r).__name__)"
    )

    answer = subprocess.run(
        [sys.executable, "-c", look], input=pickle.dumps(result), capture_output=True, check=True
    )

    assert answer.stdout.decode() == f"False {type(result).__name__}{os.linesep}"


def test_a_result_is_shown_in_a_line(result) -> None:
    shown = repr(result)

    assert shown.startswith(type(result).__name__)
    assert len(shown) < 200
    assert "array(" not in shown


def test_a_result_has_a_kind_of_its_own(result) -> None:
    assert isinstance(result, Result)
    assert result.kind.replace("_", "") == type(result).__name__.lower()


@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_summary_is_a_few_lines_in_the_language(result, language) -> None:
    words = result.summary(language)

    assert 2 < len(words.splitlines()) < 80
    assert "nan" not in words.split()
    assert not {"{", "}"} & set(words)
    other = result.summary({"en": "vi", "vi": "en"}[language])
    assert words != other


def test_a_notebook_is_shown_html(result) -> None:
    page = result._repr_html_()

    assert page.count("<table") == page.count("</table>")
    # None of the targets is set for the example's area: a sentence says so, not a table.
    assert ("<table" in page) == (result.kind != "target_comparison")
    assert "<script" not in page


def test_only_existing_charts_are_offered(result) -> None:
    charts = dir(result.plot)

    assert charts == sorted(charts)
    assert {"contributions", "tfp_index", "waterfall"} <= set(charts)
    with pytest.raises(AttributeError, match=r"no chart 'waterfal'; there are .*waterfall"):
        result.plot.waterfal  # noqa: B018  (asking for it is the test)
    assert not hasattr(result.plot, "_private")


def test_a_tidy_frame_is_flat_and_whole(result) -> None:
    tidy = result.tidy()

    assert tidy.index.tolist() == list(range(len(tidy)))
    assert all(isinstance(name, str) for name in tidy.columns)
    assert "index" not in tidy.columns
    for name in ("points", "share", "distance", "lower", "end_of_year"):
        if name in tidy:
            assert tidy[name].dtype == np.float64
    if "reason" in tidy:
        assert all(isinstance(reason, str) for reason in tidy["reason"])


LIBRARIES = {"polars": (pl.DataFrame, pl), "pyarrow": (pa.table, pa)}


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_tidy_frame_comes_in_the_library_of_the_data(library, examples) -> None:
    make, _ = LIBRARIES[library]
    one = make(examples.one_area())
    accounts = examples.accounts(one)
    for result in (
        accounts,
        accounts.periods(["2019-2021", "2021"]),
        accounts.productivity_form(),
        examples.stocks(one),
        accounts.against(examples.tfp.datasets.targets()),
        examples.provinces(make(examples.FRAME)),
    ):
        native, plain = result.tidy(native=True), result.tidy()

        assert isinstance(native, pl.DataFrame if library == "polars" else pa.Table)
        names = native.columns if library == "polars" else native.column_names
        assert list(names) == list(plain.columns)
        for name in names:
            found = native[name].to_list() if library == "polars" else native[name].to_pylist()
            expected = [None if pd.isna(value) else value for value in plain[name].tolist()]
            assert found == expected


def test_other_data_come_back_in_pandas(examples) -> None:
    frame = pd.DataFrame(examples.one_area())

    for given in (frame, examples.one_area()):
        assert isinstance(examples.accounts(given).tidy(native=True), pd.DataFrame)
