"""Results on disk: one file, readable for ten years, never pickle.

The file is a ZIP archive of ``result.json`` (records, options, labels; no NaN, a missing
number is null with a reason) and one ``.npy`` for each array. It carries a schema
version; every version ever written stays readable. Equal results give equal bytes.
"""

from __future__ import annotations

import io
import json
import math
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, NoReturn

import numpy as np

from tfp.errors import Place, StorageError
from tfp.results import door
from tfp.results.result import Result
from tfp.results.schema import RECORDS, SCHEMA_VERSION
from tfp.tables.whole_file import write_whole_file

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date that a ZIP archive can hold
_DOCUMENT = "result.json"
_KINDS = "biufU"  # truth values, numbers and texts: no objects, which only pickle can hold
_MISSING = {"not-a-number": math.nan, "infinite": math.inf, "minus-infinite": -math.inf}


def save_result(result: Any, path: str | Path) -> None:
    """Write a result to `path`, whole or not at all.

    Raises
    ------
    OutputError
        See :func:`tfp.tables.whole_file.write_whole_file`.
    StorageError
        ``not-storable`` for what is no result, or a result that holds a foreign object.
    """
    if not isinstance(result, Result):
        raise StorageError("not-storable", found=type(result).__name__)
    arrays: dict[str, np.ndarray[Any, Any]] = {}
    document = {"schema": SCHEMA_VERSION, "result": _encode(result, arrays)}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        words = json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False)
        archive.writestr(_member(_DOCUMENT), words)
        for name, array in arrays.items():
            archive.writestr(_member(f"{name}.npy"), _bytes(array))
    write_whole_file(path, buffer.getvalue())


def load_result(path: str | Path) -> Any:
    """Read a result that :meth:`Result.save` wrote, with this or an earlier version.

    Raises
    ------
    StorageError
        ``result-not-found``, ``result-damaged``, ``schema-too-new``.
    """
    source = Path(path)
    if not source.is_file():
        raise StorageError("result-not-found", places=[Place(file=source.name)])
    try:
        with zipfile.ZipFile(source) as archive:
            document = json.loads(archive.read(_DOCUMENT), parse_constant=_refuse_constant)
            version = _version(document)
            result = _rebuilt(document, archive) if version <= SCHEMA_VERSION else None
    except _DAMAGE as error:
        raise _damaged(source, type(error).__name__) from error
    if version > SCHEMA_VERSION:
        raise StorageError(
            "schema-too-new", places=[Place(file=source.name)], found=version, known=SCHEMA_VERSION
        )
    if not isinstance(result, Result):
        raise _damaged(source, type(result).__name__)
    return result


# What reading and rebuilding raise on bytes that no save() wrote: the operating system,
# the archive and its compression, JSON (ValueError), arrays cut short or larger than
# memory, records that do not fit their fields or contradict themselves.
_DAMAGE = (
    OSError,
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    MemoryError,
    RuntimeError,
)


def _damaged(source: Path, reason: str) -> StorageError:
    return StorageError("result-damaged", places=[Place(file=source.name)], reason=reason)


def _refuse_constant(word: str) -> NoReturn:
    raise ValueError(word)


def _version(document: Any) -> int:
    version = document["schema"]
    if type(version) is not int or version < 1:
        raise ValueError(version)
    return version


def _rebuilt(document: Any, archive: zipfile.ZipFile) -> Any:
    arrays = {
        name.removesuffix(".npy"): _array(archive.read(name))
        for name in archive.namelist()
        if name.endswith(".npy")
    }
    return _decode(document["result"], arrays)


def _array(content: bytes) -> np.ndarray[Any, Any]:
    array: np.ndarray[Any, Any] = np.load(io.BytesIO(content), allow_pickle=False)
    return array


def _holds_the_same(one: np.ndarray[Any, Any], other: np.ndarray[Any, Any]) -> bool:
    """Tell whether two arrays have the same bytes: such are written once.

    Asked of the values and not of where they lie, so that a result that came back from a
    worker, in memory of its own, is written with the same bytes.
    """
    return (
        one.dtype == other.dtype
        and one.shape == other.shape
        and one.reshape(-1)[-16:].tobytes()
        == other.reshape(-1)[-16:].tobytes()  # settles nearly every case
        and one.tobytes() == other.tobytes()
    )


def _put_aside(value: np.ndarray[Any, Any], arrays: dict[str, np.ndarray[Any, Any]]) -> str:
    if value.dtype.kind not in _KINDS:
        raise StorageError("not-storable", found=f"array of {value.dtype}")
    for name, kept in arrays.items():
        if _holds_the_same(value, kept):
            return name
    name = f"array{len(arrays):03d}"
    arrays[name] = value
    return name


def _encode(value: Any, arrays: dict[str, np.ndarray[Any, Any]]) -> Any:  # noqa: PLR0911  (one return a kind)
    """Return `value` as JSON, its arrays put aside under numbered names."""
    if isinstance(value, np.ndarray):
        return {"$array": _put_aside(value, arrays)}
    if is_dataclass(value) and not isinstance(value, type):
        return _encode_record(value, arrays)
    if isinstance(value, tuple):
        return {"$tuple": [_encode(item, arrays) for item in value]}
    if isinstance(value, list):
        return [_encode(item, arrays) for item in value]
    if isinstance(value, Mapping):
        return {"$mapping": [[_encode(k, arrays), _encode(v, arrays)] for k, v in value.items()]}
    if isinstance(value, (float, np.floating)) and not math.isfinite(value):
        return {"$missing": _reason(float(value)), "value": None}
    if isinstance(value, (np.number, np.bool_, np.str_)):
        return value.item()
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    raise StorageError("not-storable", found=type(value).__name__)


def _encode_record(value: Any, arrays: dict[str, np.ndarray[Any, Any]]) -> dict[str, Any]:
    name = type(value).__name__
    if name not in RECORDS or type(value).__module__ != f"tfp.{RECORDS[name].module}":
        raise StorageError("not-storable", found=name)
    names = RECORDS[name].fields or tuple(item.name for item in fields(value))
    return {"$record": name, **{n: _encode(getattr(value, n), arrays) for n in names}}


def _decode(value: Any, arrays: dict[str, np.ndarray[Any, Any]]) -> Any:  # noqa: PLR0911  (as above)
    if isinstance(value, list):
        return [_decode(item, arrays) for item in value]
    if not isinstance(value, dict):
        return value
    if "$array" in value:
        return arrays[value["$array"]]
    if "$tuple" in value:
        return tuple(_decode(item, arrays) for item in value["$tuple"])
    if "$mapping" in value:
        return {_decode(k, arrays): _decode(v, arrays) for k, v in value["$mapping"]}
    if "$missing" in value:
        return _MISSING[value["$missing"]]
    record = RECORDS[value["$record"]]
    cls = door.resolve(record.module, value["$record"])
    given = {n: _decode(v, arrays) for n, v in value.items() if n != "$record"}
    return record.build(cls, given)


def _reason(value: float) -> str:
    return next(name for name, number in _MISSING.items() if str(number) == str(value))


def _member(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, date_time=_EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return info


def _bytes(array: np.ndarray[Any, Any]) -> bytes:
    buffer = io.BytesIO()
    plain = np.asarray(array, order="C")
    np.save(buffer, plain.astype(plain.dtype.newbyteorder("<")), allow_pickle=False)
    return buffer.getvalue()
