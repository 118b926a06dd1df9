"""A file is written whole or not at all."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

from tfp.errors import OutputError, Place


def write_whole_file(path: str | os.PathLike[str], data: bytes) -> None:
    """Write `data` beside `path` under another name, then put it in place in one step.

    Parameters
    ----------
    path
        Where the file shall stand; a file already there is replaced.
    data
        Its content.

    Raises
    ------
    OutputError
        ``output-folder-missing``, ``output-is-folder``, ``output-not-permitted`` (the
        folder is not writable), ``output-open-elsewhere`` (the old file is held by
        another program), ``disk-full``, ``cannot-write``. Nothing is left behind, and
        what stood there before still stands.
    """
    path = Path(path)
    where = [Place(file=path.name)]
    if path.is_dir():
        raise OutputError("output-is-folder", places=where, file=path.name)
    # Short, since it must also fit where `path` itself barely does.
    beside = path.with_name(f".{token_hex(4)}.new")
    try:
        _write_and_flush(beside, data)
        try:
            beside.replace(path)
        except PermissionError as error:
            raise OutputError("output-open-elsewhere", places=where, file=path.name) from error
    except OSError as error:
        code, reason = _kind(error), error.strerror or str(error)
        raise OutputError(code, places=where, file=path.name, reason=reason) from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def _write_and_flush(path: Path, data: bytes) -> None:
    with path.open("xb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _kind(error: OSError) -> str:
    if isinstance(error, (FileNotFoundError, NotADirectoryError)):
        return "output-folder-missing"
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return "output-not-permitted"
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return "disk-full"
    return "cannot-write"
