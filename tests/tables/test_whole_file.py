from __future__ import annotations

import errno
import os
import pickle
from pathlib import Path

import pytest

from tfp.errors import OutputError
from tfp.tables.whole_file import write_whole_file

BEFORE, AFTER = b"before", b"after"


@pytest.fixture
def target(tmp_path):
    path = tmp_path / "kết quả.xlsx"
    path.write_bytes(BEFORE)
    return path


def test_a_file_is_replaced_and_nothing_else_is_left(target):
    write_whole_file(str(target), AFTER)
    assert target.read_bytes() == AFTER
    assert list(target.parent.iterdir()) == [target]


def fail_with(error):
    def failing(*_args, **_kwargs):
        raise error

    return failing


class _FullDisk:
    """A stream that takes half of what it is given and then has no space."""

    def __init__(self, stream):
        self.stream = stream

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.stream.close()

    def write(self, data):
        self.stream.write(data[: len(data) // 2])
        raise OSError(errno.ENOSPC, "No space left on device")


def full_disk(monkeypatch):
    opened = Path.open
    monkeypatch.setattr(Path, "open", lambda path, mode: _FullDisk(opened(path, mode)))


def held_by_excel(monkeypatch):
    monkeypatch.setattr(Path, "replace", fail_with(PermissionError(errno.EACCES, "denied")))


def failing_replace(monkeypatch):
    monkeypatch.setattr(Path, "replace", fail_with(OSError(errno.EIO, "Input/output error")))


def failing_flush(monkeypatch):
    monkeypatch.setattr(os, "fsync", fail_with(OSError(errno.EIO, "Input/output error")))


def protected_folder(monkeypatch):
    monkeypatch.setattr(Path, "open", fail_with(PermissionError(errno.EACCES, "denied")))


def read_only_disk(monkeypatch):
    monkeypatch.setattr(Path, "open", fail_with(OSError(errno.EROFS, "Read-only file system")))


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (full_disk, "disk-full"),
        (held_by_excel, "output-open-elsewhere"),
        (failing_replace, "cannot-write"),
        (failing_flush, "cannot-write"),
        (protected_folder, "output-not-permitted"),
        (read_only_disk, "output-not-permitted"),
    ],
)
def test_a_fault_leaves_the_old_file_and_nothing_else(target, monkeypatch, fault, code):
    with monkeypatch.context() as patched:
        fault(patched)
        with pytest.raises(OutputError) as caught:
            write_whole_file(target, AFTER)
    assert caught.value.code == code
    assert caught.value.places[0].file == target.name
    assert str(target.parent) not in caught.value.message("en")
    assert all(target.name in caught.value.message(language) for language in ("en", "vi"))
    assert target.read_bytes() == BEFORE
    assert list(target.parent.iterdir()) == [target]


def test_a_missing_folder_and_a_folder_in_the_way_are_named(tmp_path):
    with pytest.raises(OutputError) as caught:
        write_whole_file(tmp_path / "none" / "a.xlsx", AFTER)
    assert caught.value.code == "output-folder-missing"
    with pytest.raises(OutputError) as caught:
        write_whole_file(tmp_path, AFTER)
    assert caught.value.code == "output-is-folder"
    assert pickle.loads(pickle.dumps(caught.value)).message("vi") == caught.value.message("vi")  # noqa: S301
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_is_too_long_is_answered(tmp_path):
    with pytest.raises(OutputError) as caught:
        write_whole_file(tmp_path / ("x" * 300 + ".xlsx"), AFTER)
    assert caught.value.code == "cannot-write"
    assert list(tmp_path.iterdir()) == []
