"""What a form says, while its sheets are read."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tfp.errors import Place, PlanError
from tfp.tables.cell_formats import per_cent_cells
from tfp.tables.grid import Unusable
from tfp.tables.references import cell_reference
from tfp.workflow.forms.form_values import plan_value
from tfp.workflow.plans.key_paths import put_at, steps_of, value_at
from tfp.workflow.plans.written import FormCell

if TYPE_CHECKING:
    from tfp.language.catalogue import Language
    from tfp.tables.grid import Grid, GridRow
    from tfp.workflow.forms.template.lines import Line


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
    data : bytes
        The workbook, for how its numbers are shown.
    """

    file: str
    language: Language
    data: bytes = b""
    tables: dict[str, Any] = field(default_factory=dict)
    cells: dict[str, FormCell] = field(default_factory=dict)
    _per_cent: dict[str, frozenset[str]] = field(default_factory=dict)

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

    def value(self, found: Any, line: Line, cell: FormCell) -> Any:
        """Return the value of a plan that a cell holds.

        A spreadsheet stores what is typed as 7.5 % as 0.075: where plans count in per
        cent, that is 7.5 again.
        """
        value = plan_value(found, line)
        counted = line.kind == "per_cent" and isinstance(found, (int, float))
        if counted and cell.cell in self._shown_in_per_cent(cell.sheet):
            return float(Decimal(repr(value)) * 100)
        return value

    def _shown_in_per_cent(self, sheet: str) -> frozenset[str]:
        if sheet not in self._per_cent:
            self._per_cent[sheet] = per_cent_cells(self.data, sheet)
        return self._per_cent[sheet]

    def place(self, cell: FormCell) -> Place:
        """Return the place of a cell."""
        return Place(file=self.file, sheet=cell.sheet, cell=cell.cell, line=cell.label)


def content(row: GridRow, column: int) -> Any:
    """Return what a row holds in a column, counted from 1; None where it is blank."""
    found = row.cells[column - 1] if column <= len(row.cells) else None
    return None if found == "" else found
