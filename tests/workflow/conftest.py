"""An office's folder with made-up figures, and a file system that fails at one operation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from tfp.errors import TFPError
from tfp.language.catalogue import LANGUAGES, subject
from tfp.panel.panel import Panel
from tfp.report.building import build_document
from tfp.report.document import Paragraph
from tfp.workflow.folders.disk import Disk
from tfp.workflow.plans.plan_reading import plan_of
from tfp.workflow.run import prepare, run_plan

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tfp.workflow.run import Prepared, Run


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


class Office:
    """A folder with tables of figures, and plans that read them.

    `tables` is a sound plan; what a test gives takes the place of its tables.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.figures: dict[str, dict[str, list[Any]]] = {}
        self.tables: dict[str, Any] = {
            "plan": {"title": "An office", "area": "Hoa An", "language": "en"},
            "source": [{"title": "Yearbook"}],
            "method": {"shares": {"capital": 0.4, "source": "stated"}},
        }

    def write(self, name: str, **columns: list[Any]) -> None:
        """Write a table of figures; None is an empty cell."""
        rows = [list(columns), *zip(*columns.values(), strict=True)]
        lines = [",".join("" if cell is None else str(cell) for cell in row) for row in rows]
        (self.folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
        self.figures[name] = columns

    def panel(self, name: str, *, time: str = "year", area: str = "Hoa An", **roles: Any) -> Panel:
        """Return the panel of a table, as a user of the library makes it."""
        area = "" if "entity" in roles else area
        return Panel(self.figures[name], time=time, area=area, **roles)

    def prepare(self, **tables: Any) -> Prepared:
        return prepare(plan_of({**self.tables, **tables}), self.folder)

    def run(self, **tables: Any) -> Run:
        return run_plan(plan_of({**self.tables, **tables}), self.folder)

    def said(self, language: str, **tables: Any) -> str:
        """Return all paragraphs of the report of a plan in a language."""
        plan = {**self.tables["plan"], "language": language}
        document = build_document(self.run(plan=plan, **tables).content)
        words = "\n".join(block.text for block in document.blocks if isinstance(block, Paragraph))
        assert "{" not in words
        return words

    def refused(self, code: str, key: str, **tables: Any) -> TFPError:
        """Return the error of a plan, after looking at what it says in both languages."""
        with pytest.raises(TFPError) as raised:
            self.run(**tables)
        error = raised.value
        assert error.code == code
        assert key in [place.key for place in error.places]
        for language in LANGUAGES:
            said = error.message(language)
            assert key in said
            assert subject("errors", language)[code]["remedy"].partition("{")[0] in said
            assert not re.search(r"\{\w+(:\w+)?\}", said), "a field that nothing fills"
        return error


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Return an empty folder for figures and plans."""
    return Office(tmp_path)


@pytest.fixture(scope="session")
def offices() -> type[Office]:
    """Return the class of folders for figures and plans."""
    return Office
