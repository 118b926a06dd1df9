"""What a form says, while its sheets are read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tfp.errors import Place, PlanError
from tfp.tables.grid import Unusable
from tfp.tables.references import cell_reference
from tfp.workflow.key_paths import put_at, steps_of, value_at
from tfp.workflow.written import FormCell

if TYPE_CHECKING:
    from tfp.language.catalogue import Language
    from tfp.tables.grid import Grid, GridRow


@dataclass
class Form:
    """What a form says, filled while its sheets are read.

    Attributes
    ----------
    file : str
    tables : dict
        As the reader of TOML gives them.
    cells : dict
        Cell by key, also of lines that are empty.
    language : str
        Of the labels.
    """

    file: str
    language: Language
    tables: dict[str, Any] = field(default_factory=dict)
    cells: dict[str, FormCell] = field(default_factory=dict)

    def note(self, key: str, grid: Grid, row: int, column: int, label: str) -> FormCell:
        """Keep the cell of a key."""
        cell = FormCell(grid.sheet or "", cell_reference(row, column), label)
        self.cells.setdefault(key, cell)
        return cell

    def put(self, key: str, value: Any, cell: FormCell) -> None:
        """Put the value of a cell where its key says."""
        steps = steps_of(key)
        if steps is not None and value_at(self.tables, steps) is not None:
            before = self.cells.get(key)
            places = [self.place(each) for each in (before, cell) if each is not None]
            raise PlanError("form-twice", places=places, key=key)
        if steps is None or not put_at(self.tables, steps, value):
            raise PlanError("form-key", places=[self.place(cell)], key=key)

    def usable(self, found: Any, cell: FormCell) -> Any:
        """Return what a cell holds, refusing the error of a formula."""
        if isinstance(found, Unusable):
            raise PlanError(
                "form-cell", places=[self.place(cell)], key=cell.name, found=found.shown
            )
        return found

    def place(self, cell: FormCell) -> Place:
        """Return the place of a cell."""
        return Place(file=self.file, sheet=cell.sheet, cell=cell.cell, line=cell.label)


def content(row: GridRow, column: int) -> Any:
    """Return what a row holds in a column, counted from 1; None where it is blank."""
    found = row.cells[column - 1] if column <= len(row.cells) else None
    return None if found == "" else found
