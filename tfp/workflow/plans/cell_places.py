"""The cell behind a value of the panel, for findings and errors that name its year only."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tfp.errors import Place, TFPError
    from tfp.panel.findings import Finding

    Cells = Mapping[tuple[str, int | str], Place]


def findings_with_cells(findings: Iterable[Finding], cells: Cells) -> Iterator[Finding]:
    """Give findings that also name file, sheet and cell, as far as these are known."""
    for finding in findings:
        yield replace(finding, places=tuple(_with_cell(place, cells) for place in finding.places))


def error_with_cells(error: TFPError, cells: Cells) -> TFPError:
    """Return an error that also names file, sheet and cell, as far as these are known."""
    places = [_with_cell(place, cells) for place in error.places]
    return type(error)(error.code, places=places, **error.fields)


def _with_cell(place: Place, cells: Cells) -> Place:
    if place.cell is not None or place.column is None or place.time is None:
        return place
    found = cells.get((place.column, place.time))
    if found is None:
        return place
    return replace(place, file=found.file, sheet=found.sheet, cell=found.cell)
