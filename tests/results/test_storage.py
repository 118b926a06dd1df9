"""Results on disk: bit for bit, the same bytes, and no damaged file taken for a result."""

from __future__ import annotations

import io
import json
import pickle
import zipfile
from dataclasses import dataclass, fields, is_dataclass, replace

import numpy as np
import pandas as pd
import pytest

import tfp
from tfp.errors import StorageError
from tfp.results import door
from tfp.results.schema import RECORDS, SCHEMA_VERSION
from tfp.results.storage import load_result, save_result

DOCUMENT = "result.json"


def content(value):
    if isinstance(value, np.ndarray):
        return str(value.dtype), value.shape, value.tobytes()
    if isinstance(value, dict):
        return [(content(key), content(item)) for key, item in value.items()]
    if isinstance(value, tuple):
        return tuple(content(item) for item in value)
    if is_dataclass(value):
        return type(value), {f.name: content(getattr(value, f.name)) for f in fields(value)}
    return type(value), repr(value)


@pytest.fixture
def saved(tmp_path, examples):
    path = tmp_path / "tài khoản.tfp"
    examples.accounts().save(path)
    return path


def rewrite(path, document=None, **arrays):
    """Write a saved file again with another document, or other arrays (None drops one)."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    if document is not None:
        plain = json.loads(members[DOCUMENT])
        changed = document(plain)
        members[DOCUMENT] = changed if isinstance(changed, bytes) else json.dumps(changed).encode()
    for name, data in arrays.items():
        members[f"{name}.npy"] = data
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            if data is not None:
                archive.writestr(name, data)
    return path


def npy(array, **options):
    buffer = io.BytesIO()
    np.save(buffer, array, **options)
    return buffer.getvalue()


def test_a_result_comes_back_bit_for_bit(result, tmp_path) -> None:
    path = tmp_path / "a.tfp"
    result.save(path)

    back = tfp.load(path)

    assert type(back) is type(result)
    assert content(back) == content(result)
    pd.testing.assert_frame_equal(back.tidy(), result.tidy(), check_exact=True)
    assert [p.name for p in tmp_path.iterdir()] == ["a.tfp"]


def test_what_comes_back_can_be_used_and_not_changed(saved, examples) -> None:
    back, accounts = tfp.load(saved), examples.accounts()

    assert not back.total.flags.writeable
    assert not back.rows.times.flags.writeable
    with pytest.raises(TypeError, match="cannot be changed"):
        back.provenance.options["rates"] = "log"
    assert back.periods(["2019-2021"]).contributions.equals(
        accounts.periods(["2019-2021"]).contributions
    )
    assert back.fingerprint == accounts.fingerprint
    assert back.summary("vi") == accounts.summary("vi")


def test_equal_results_give_equal_bytes(result, tmp_path) -> None:
    loaded = tmp_path / "loaded.tfp"
    result.save(loaded)
    # A result from a worker holds each array in memory of its own.
    sent = pickle.loads(pickle.dumps(result))  # noqa: S301  (our own bytes)
    for same in (result, sent, tfp.load(loaded)):
        same.save(tmp_path / "again.tfp")
        assert (tmp_path / "again.tfp").read_bytes() == loaded.read_bytes()


def test_an_array_that_stands_twice_is_written_once(tmp_path, examples) -> None:
    examples.accounts().save(tmp_path / "a.tfp")

    with zipfile.ZipFile(tmp_path / "a.tfp") as archive:
        members = [archive.read(name) for name in archive.namelist()]

    assert len(set(members)) == len(members)


def test_the_file_is_plain_json_and_plain_arrays(result, tmp_path) -> None:
    path = tmp_path / "a.tfp"
    result.save(path)

    with zipfile.ZipFile(path) as archive:
        words = archive.read(DOCUMENT).decode()
        assert archive.testzip() is None
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        for name in set(archive.namelist()) - {DOCUMENT}:
            array = np.load(io.BytesIO(archive.read(name)), allow_pickle=False)
            assert array.dtype.str[0] in "<|"

    document = json.loads(words, parse_constant=pytest.fail)
    assert document["schema"] == SCHEMA_VERSION
    assert "NaN" not in words
    assert "Infinity" not in words
    assert "\\u" not in words


@pytest.mark.parametrize("number", [np.nan, np.inf, -np.inf, -0.0, 5e-324, 0.1 + 0.2, 1e308])
def test_any_number_comes_back_as_it_was(number, tmp_path, examples) -> None:
    accounts = replace(examples.accounts(), share_threshold=float(number))
    accounts.save(tmp_path / "a.tfp")

    back = tfp.load(tmp_path / "a.tfp").share_threshold

    assert np.float64(back).tobytes() == np.float64(number).tobytes() or np.isnan(number)
    assert np.isnan(back) == np.isnan(number)


def test_keys_that_are_numbers_stay_numbers(tmp_path, examples) -> None:
    accounts = examples.accounts()
    options = {2017: 1.5, "2017": np.float64(2.5), None: True, "n": np.int64(3), "t": (1, [2, "b"])}
    provenance = replace(accounts.provenance, options=options)
    replace(accounts, provenance=provenance).save(tmp_path / "a.tfp")

    back = tfp.load(tmp_path / "a.tfp").provenance.options

    assert list(back) == [2017, "2017", None, "n", "t"]
    assert dict(back) == {2017: 1.5, "2017": 2.5, None: True, "n": 3, "t": (1, (2, "b"))}


@pytest.mark.parametrize(
    "array",
    [
        np.arange(6)[::2],
        np.arange(3, dtype=">f8"),
        np.array([], dtype=float),
        np.array(0.5),
        np.array([True, False]),
        np.array(["Huế", "Đà Nẵng"]),
        np.arange(6.0).reshape(2, 3, order="F"),
    ],
)
def test_any_plain_array_comes_back(array, tmp_path, examples) -> None:
    accounts = examples.accounts()
    provenance = replace(accounts.provenance, options={"a": array})
    replace(accounts, provenance=provenance).save(tmp_path / "a.tfp")

    back = tfp.load(tmp_path / "a.tfp").provenance.options["a"]

    np.testing.assert_array_equal(back, array)
    assert back.dtype == array.dtype.newbyteorder("<")


@dataclass(frozen=True)
class Place:
    """A stranger with the name of one of our records."""

    file: str = "x"


class Odd:
    def items(self):
        return [("looks", "like a mapping")]


@pytest.mark.parametrize(
    "foreign",
    [
        pd.DataFrame({"a": [1.0]}),
        pd.Series([1.0]),
        {1, 2},
        b"bytes",
        1 + 2j,
        Odd(),
        Place(),
        Place,
        np.array([object()]),
        np.array(["2020-01-01"], dtype="M8[D]"),
        np.datetime64("2020-01-01"),
        pd.Timestamp("2020-01-01"),
        len,
    ],
    ids=lambda value: type(value).__name__,
)
def test_foreign_objects_are_refused_and_nothing_is_written(foreign, tmp_path, examples) -> None:
    accounts = examples.accounts()
    strange = replace(
        accounts, provenance=replace(accounts.provenance, options={"deep": {"down": [foreign]}})
    )

    with pytest.raises(StorageError) as caught:
        strange.save(tmp_path / "a.tfp")

    assert caught.value.code == "not-storable"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("thing", [5, {}, None, "text", np.ones(3), Place()])
def test_only_results_are_saved(thing, tmp_path, examples) -> None:
    for foreign in (thing, examples.panel(), examples.accounts().provenance):
        with pytest.raises(StorageError) as caught:
            save_result(foreign, tmp_path / "a.tfp")
        assert caught.value.code == "not-storable"
    assert list(tmp_path.iterdir()) == []


def at_result(**fields):
    return lambda document: {**document, "result": {**document["result"], **fields}}


def _zip_of(members):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def _flip(path) -> None:
    """Damage compressed data in the middle of the first member."""
    data = bytearray(path.read_bytes())
    data[200] ^= 0xFF
    path.write_bytes(bytes(data))


def _encrypt(path) -> None:
    """Mark the first member as encrypted, in its own header and in the directory."""
    data = bytearray(path.read_bytes())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(bytes(data))


DAMAGES = {
    "empty": lambda path: path.write_bytes(b""),
    "not a zip": lambda path: path.write_bytes(b"year,grdp\n2020,1\n"),
    "cut in half": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "cut at the end": lambda path: path.write_bytes(path.read_bytes()[:-10]),
    "a zip of something else": lambda path: rewrite(path, lambda _: b"x").write_bytes(
        _zip_of({"mimetype": b"application/x"})
    ),
    "no JSON": lambda path: rewrite(path, lambda _: b"{broken"),
    "no text": lambda path: rewrite(path, lambda _: b"\xff\xfe\x00"),
    "a list": lambda path: rewrite(path, lambda _: []),
    "a number": lambda path: rewrite(path, lambda _: 5),
    "NaN in JSON": lambda path: rewrite(path, lambda _: b'{"schema": NaN, "result": 1}'),
    "infinite schema": lambda path: rewrite(path, lambda _: b'{"schema": Infinity, "result": 1}'),
    "no schema": lambda path: rewrite(path, lambda d: {"result": d["result"]}),
    "schema 0": lambda path: rewrite(path, lambda d: {**d, "schema": 0}),
    "schema as text": lambda path: rewrite(path, lambda d: {**d, "schema": "1"}),
    "schema true": lambda path: rewrite(path, lambda d: {**d, "schema": True}),
    "schema 1.0": lambda path: rewrite(path, lambda d: {**d, "schema": 1.0}),
    "no result": lambda path: rewrite(path, lambda d: {"schema": d["schema"]}),
    "a result that is a number": lambda path: rewrite(path, lambda d: {**d, "result": 7}),
    "a result that is a list": lambda path: rewrite(path, lambda d: {**d, "result": [d["result"]]}),
    "a record that is no result": lambda path: rewrite(
        path, lambda d: {**d, "result": {"$record": "Place"}}
    ),
    "a record of another kind": lambda path: rewrite(path, at_result(**{"$record": "Band"})),
    "a record that does not exist": lambda path: rewrite(path, at_result(**{"$record": "system"})),
    "a record that is a list": lambda path: rewrite(path, at_result(**{"$record": []})),
    "NaN among the options": lambda path: rewrite(path, at_result(share_threshold=float("nan"))),
    "a band of bare numbers": lambda path: rewrite(
        path,
        at_result(provenance={"$record": "Band", "low": 1, "centre": 1, "high": 2, "level": 1,
                              "covers": ""}),
    ),
    "a field too many": lambda path: rewrite(path, at_result(more=1)),
    "a field too few": lambda path: rewrite(
        path, lambda d: {**d, "result": {k: v for k, v in d["result"].items() if k != "rows"}}
    ),
    "a tuple that is a number": lambda path: rewrite(path, at_result(terms={"$tuple": 5})),
    "a mapping that is a number": lambda path: rewrite(path, at_result(terms={"$mapping": 5})),
    "an unknown reason": lambda path: rewrite(path, at_result(terms={"$missing": "bored"})),
    "an array that is missing": lambda path: rewrite(path, array000=None),
    "an array that is text": lambda path: rewrite(path, array000=b"no array"),
    "an array without bytes": lambda path: rewrite(path, array000=b""),
    "an array cut short": lambda path: rewrite(path, array000=npy(np.arange(4))[:-5]),
    "an array that fills the memory": lambda path: rewrite(
        path, array000=npy(np.arange(4)).replace(b"(4,), }           ", b"(400000000000000,), }")
    ),
    "an array of another age": lambda path: rewrite(path, array000=b"\x93NUMPY\x09\x00 "),
    "very deep": lambda path: rewrite(
        path, lambda _: b'{"schema": 1, "result": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    ),
    "a flipped bit": _flip,
    "locked with a password": _encrypt,
}  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_no_result(damage, saved) -> None:
    DAMAGES[damage](saved)

    with pytest.raises(StorageError) as caught:
        load_result(saved)

    assert caught.value.code == "result-damaged"
    assert caught.value.places[0].file == saved.name
    assert caught.value.message("vi") != caught.value.message("en")


def test_every_cut_of_a_file_is_noticed(saved, tmp_path) -> None:
    whole = saved.read_bytes()
    cut = tmp_path / "cut.tfp"
    for length in range(0, len(whole), 37):
        cut.write_bytes(whole[:length])
        with pytest.raises(StorageError):
            load_result(cut)


@pytest.mark.parametrize("name", ["Target", "Band"])
def test_a_record_that_contradicts_itself_is_damage(name, tmp_path, examples) -> None:
    accounts = examples.accounts()
    if name == "Target":
        path = tmp_path / "a.tfp"
        accounts.against(tfp.datasets.targets()).save(path)
        rewrite(path, lambda d: json.loads(json.dumps(d).replace('"at_least"', '"about"')))
    else:
        band = tfp.Band(low=np.zeros(2), centre=np.ones(2), high=np.ones(2), level=0.9, covers="x")
        provenance = replace(accounts.provenance, options={"band": band})
        path = tmp_path / "a.tfp"
        replace(accounts, provenance=provenance).save(path)
        high = json.loads(zipfile.ZipFile(path).read(DOCUMENT))
        ((_, record),) = high["result"]["provenance"]["options"]["$mapping"]
        rewrite(path, **{record["high"]["$array"]: npy(np.full(2, -1.0))})

    with pytest.raises(StorageError) as caught:
        tfp.load(path)
    assert caught.value.code == "result-damaged"


def test_a_pickle_in_the_archive_is_never_opened(saved, monkeypatch) -> None:
    class Bomb:
        def __reduce__(self):
            return pytest.fail, ("a pickle was opened",)

    hostile = npy(np.array([Bomb()], dtype=object), allow_pickle=True)
    monkeypatch.setattr("pickle.load", lambda *_a, **_k: pytest.fail("a pickle was opened"))

    for name in ("array000", "array999"):
        rewrite(saved, **{name: hostile})
        with pytest.raises(StorageError) as caught:
            load_result(saved)
        assert caught.value.code == "result-damaged"


def test_names_in_a_file_import_nothing_but_our_records(saved, monkeypatch) -> None:
    asked = []
    resolve = door.resolve
    monkeypatch.setattr(door, "resolve", lambda *names: asked.append(names) or resolve(*names))

    for name in ("os.system", "builtins.eval", "GrowthAccounting", "../storage", "__class__"):
        rewrite(saved, at_result(**{"$record": name}))
        with pytest.raises(StorageError):
            load_result(saved)

    assert {(module, record) for module, record in asked} <= {
        (schema.module, name) for name, schema in RECORDS.items()
    }


def test_a_later_schema_is_answered_with_both_versions(saved) -> None:
    later = SCHEMA_VERSION + 1
    rewrite(saved, lambda _: {"schema": later, "result": {"$record": "not thought of yet"}},
            array000=b"in a form not thought of yet")  # fmt: skip

    with pytest.raises(StorageError) as caught:
        load_result(saved)

    assert caught.value.code == "schema-too-new"
    assert str(later) in str(caught.value)
    assert str(SCHEMA_VERSION) in str(caught.value)


@pytest.mark.parametrize("name", ["none.tfp", "a folder"])
def test_what_is_not_there_is_not_found(name, tmp_path) -> None:
    (tmp_path / "a folder").mkdir()

    with pytest.raises(StorageError) as caught:
        tfp.load(str(tmp_path / name))

    assert caught.value.code == "result-not-found"


def test_saving_over_a_file_replaces_it_whole(saved, examples) -> None:
    examples.stocks().save(saved)

    assert tfp.load(saved).kind == "capital_stocks"


@pytest.mark.parametrize("name", RECORDS)
def test_every_record_of_the_schema_exists_with_its_fields(name) -> None:
    record = RECORDS[name]
    cls = door.resolve(record.module, name)

    assert cls.__module__ == f"tfp.{record.module}"
    assert is_dataclass(cls)
    assert set(record.fields) <= {item.name for item in fields(cls)}
