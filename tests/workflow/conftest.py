"""A file system that fails at one operation, before it, halfway or after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tfp.workflow.disk import Disk

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class FailingDisk(Disk):
    """Fails at operation number `at`, counted from 1; counts all of them.

    `moment` is ``"before"`` the operation, ``"after"`` it, or ``"torn"``: half of the
    bytes of a write, half of anything else being nothing.
    """

    class Killed(BaseException):
        """The program is gone."""

    def __init__(self, at: int = 0, moment: str = "before", error: Any = None) -> None:
        self.at = at
        self.moment = moment
        self.error = error or self.Killed()
        self.count = 0
        self.names: list[str] = []

    def _do(self, name: str, operation: Callable[[], None], torn: Callable[[], None]) -> None:
        self.count += 1
        self.names.append(name)
        if self.count != self.at:
            operation()
            return
        if self.moment == "after":
            operation()
        elif self.moment == "torn":
            torn()
        raise self.error

    def make_folder(self, path: Path) -> None:
        self._do("make_folder", lambda: super(FailingDisk, self).make_folder(path), lambda: None)

    def write(self, path: Path, data: bytes) -> None:
        def half() -> None:
            path.write_bytes(data[: len(data) // 2])

        self._do("write", lambda: super(FailingDisk, self).write(path, data), half)

    def flush(self, path: Path) -> None:
        self._do("flush", lambda: super(FailingDisk, self).flush(path), lambda: None)

    def rename(self, old: Path, new: Path) -> None:
        self._do("rename", lambda: super(FailingDisk, self).rename(old, new), lambda: None)

    def remove_file(self, path: Path) -> None:
        self._do("remove_file", lambda: super(FailingDisk, self).remove_file(path), lambda: None)

    def remove_folder(self, path: Path) -> None:
        self._do(
            "remove_folder", lambda: super(FailingDisk, self).remove_folder(path), lambda: None
        )


@pytest.fixture
def disks() -> type[FailingDisk]:
    """Return the class of disks that fail."""
    return FailingDisk
