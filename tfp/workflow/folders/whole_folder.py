"""A folder that appears with all its files or not at all."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from typing import TYPE_CHECKING

from tfp.workflow.folders.folder import ID_LENGTH

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tfp.workflow.folders.disk import Disk


def write_whole_folder(folder: Path, files: Mapping[str, bytes], last: str, disk: Disk) -> None:
    """Write a folder that is absent or empty.

    Parameters
    ----------
    folder : Path
    files : mapping of str to bytes
        Content by name.
    last : str
        The file without which the others are nothing: written last, removed first.
    disk : Disk

    Raises
    ------
    OSError
        After which the folder is as it was, as far as the system still does what it is told.
    """
    digest = hashlib.sha256(b"".join(files.values())).hexdigest()
    stage = folder.with_name(f"{folder.name}.new-{digest[:ID_LENGTH]}")
    if stage.exists():
        disk.remove_tree(stage, first=last)
    try:
        disk.write_tree(stage, files, last=last)
        if folder.exists():
            disk.remove_folder(folder)
        disk.rename(stage, folder)
        disk.flush(folder.parent)
    except OSError:
        with suppress(OSError):
            disk.remove_tree(stage, first=last)
        raise


def add_files(folder: Path, files: Mapping[str, bytes], last: str, disk: Disk) -> None:
    """Write files into a folder that holds others, the file `last` after all of them.

    Raises
    ------
    OSError
        After which none of them is there, as far as the system still does what it is told.
    """
    ordered = sorted(files, key=lambda name: (name == last, name))
    done: list[Path] = []
    try:
        for name in ordered:
            beside = folder / f"{name}.new"
            if beside.exists():
                disk.remove_file(beside)
            done.append(beside)
            disk.write(beside, files[name])
            disk.flush(beside)
        for name in ordered:
            disk.rename(folder / f"{name}.new", folder / name)
            done.append(folder / name)
        disk.flush(folder)
    except OSError:
        for path in reversed(done):
            with suppress(OSError):
                disk.remove_file(path)
        raise
