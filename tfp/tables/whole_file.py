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
    # Short, since it must also fit where `path` itself barely does.
    beside = path.with_name(f".{token_hex(4)}.new")
    try:
        if path.is_dir():
            raise _output_error("output-is-folder", path)
        _write_and_flush(beside, data)
        _put_in_place(beside, path)
    except OSError as error:
        raise _explained(error, path) from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def _write_and_flush(path: Path, data: bytes) -> None:
    with path.open("xb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _put_in_place(beside: Path, path: Path) -> None:
    try:
        beside.replace(path)
    except PermissionError as error:
        # The folder took a new file, so it is the old one that is held.
        raise _output_error("output-open-elsewhere", path, error) from error


def _explained(error: OSError, path: Path) -> OutputError:
    if isinstance(error, (FileNotFoundError, NotADirectoryError)):
        return _output_error("output-folder-missing", path, error)
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return _output_error("output-not-permitted", path, error)
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return _output_error("disk-full", path, error)
    return _output_error("cannot-write", path, error)


def _output_error(code: str, path: Path, error: OSError | None = None) -> OutputError:
    # Without the path, which would carry the user's folders into a report.
    reason = "" if error is None else error.strerror or str(error)
    return OutputError(code, places=[Place(file=path.name)], file=path.name, reason=reason)
