"""Where each figure of the data was read: file, sheet and cell, row by row of the panel."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tfp.workflow.yearbooks.long_form import figures_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tfp.errors import Place
    from tfp.inputs.figures.collection import Figures
    from tfp.inputs.figures.figure import Figure
    from tfp.panel.panel import Panel
    from tfp.tables.table import Table
    from tfp.workflow.data_reading import PlanData
    from tfp.workflow.plans.plan import Data

    Origins = Mapping[str, tuple[Place | None, ...]]


def origins_of(data: Data, read: PlanData) -> Origins:
    """Return by role the place of each figure of the panel as read; None where there is none.

    A figure is looked up again among what was read, by area, year and column, and only
    taken where it is the same number.
    """
    figures = read.figures
    if figures is None and data.long is not None:
        figures = figures_of(read.table, data, data.long, "data")
    if figures is not None:
        return _of_figures(read.panel, figures)
    return _of_table(data, read.panel, read.table)


def _of_table(data: Data, panel: Panel, table: Table) -> Origins:
    """Return the places in a table with one row for each area and year."""
    times = [str(time) for time in table.texts(data.time)]
    areas = [""] * len(table) if data.entity is None else list(table.texts(data.entity))
    at = {key: row for row, key in enumerate(zip(areas, times, strict=True))}
    found = {}
    for role, column in panel.columns.items():
        if column.name not in table.columns:
            continue
        numbers = table.numbers(column.name)
        found[role] = tuple(
            table.place(there, column.name)
            if there is not None and _same(numbers[there], value)
            else None
            for there, value in zip(
                _rows(panel, at, named=data.entity is not None), column.values, strict=True
            )
        )
    return found


def _rows(panel: Panel, at: dict[tuple[str | None, str], int], *, named: bool) -> list[int | None]:
    rows = panel.rows
    return [
        at.get((rows.entity_label(row) if named else "", str(rows.time_label(row))))
        for row in range(len(rows))
    ]


def _of_figures(panel: Panel, figures: Figures) -> Origins:
    """Return the places of published figures, in the book that was taken."""
    by_key: dict[tuple[str, str, int], list[Figure]] = {}
    for figure in figures.figures:
        by_key.setdefault((figure.variable, figure.area, figure.year), []).append(figure)
    alone = panel.rows.entity_name is None and len(figures.areas) == 1
    found = {}
    for role, column in panel.columns.items():
        places: list[Place | None] = []
        for row, value in enumerate(column.values.tolist()):
            area = figures.areas[0] if alone else panel.rows.entity_label(row)
            printed = by_key.get((column.name, area, int(panel.rows.times[row])), [])
            same = [figure for figure in printed if _same(figure.value, value)]
            # The same number may stand in several books; the one declared comes first.
            same.sort(key=lambda figure: figure.vintage != column.vintage)
            places.append(same[0].found_at if same else None)
        found[role] = tuple(places)
    return found


def _same(read: float, used: float) -> bool:
    return not np.isnan(used) and bool(read == used)
