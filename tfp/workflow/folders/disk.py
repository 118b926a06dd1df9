"""The few things that run folders ask of the file system.

One small class, so that a test can make each write, flush, rename and removal fail in
turn and look at what is left.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class Disk:
    """The file system of this computer."""

    def make_folder(self, path: Path) -> None:
        """Create a folder in one that exists."""
        path.mkdir()

    def write(self, path: Path, data: bytes) -> None:
        """Create a file with this content."""
        with path.open("xb") as stream:
            stream.write(data)

    def flush(self, path: Path) -> None:
        """Wait until a file, or the names in a folder, are on the disk itself."""
        if path.is_dir():
            self._flush_folder(path)
            return
        with path.open("r+b") as stream:
            os.fsync(stream.fileno())

    def rename(self, old: Path, new: Path) -> None:
        """Give a file or folder another name, in one step; a file already there is replaced."""
        old.replace(new)

    def remove_file(self, path: Path) -> None:
        """Remove a file."""
        path.unlink()

    def remove_folder(self, path: Path) -> None:
        """Remove an empty folder."""
        path.rmdir()

    def remove_tree(self, folder: Path, first: str) -> None:
        """Remove a folder with all that it holds, the file `first` before anything else."""
        paths = sorted(folder.rglob("*"), key=lambda path: (path != folder / first, str(path)))
        for path in paths:
            if path.is_symlink() or not path.is_dir():
                self.remove_file(path)
        for path in sorted(paths, reverse=True):
            if path.is_dir():
                self.remove_folder(path)
        self.remove_folder(folder)

    def write_tree(self, folder: Path, files: Mapping[str, bytes], last: str) -> None:
        """Create a folder with these files, each flushed, the file `last` after all others."""
        self.make_folder(folder)
        folders = sorted({(folder / name).parent for name in files} - {folder})
        for each in folders:
            self.make_folder(each)
        for name in sorted(files, key=lambda name: (name == last, name)):
            self.write(folder / name, files[name])
            self.flush(folder / name)
        for each in (*folders, folder):
            self.flush(each)

    def is_held(self, path: Path) -> bool:
        """Tell whether another program holds a file so that it cannot be written."""
        try:
            with path.open("r+b"):
                return False
        except OSError:
            return True

    @staticmethod
    def _flush_folder(path: Path) -> None:
        if os.name == "nt":
            return  # Windows opens no folders; its file systems journal names themselves.
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
