"""Panels whose entities are units of a declared boundary, by their own names."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from tfp.errors import MethodError, PanelError
from tfp.inputs.boundaries.rows import index_rows
from tfp.inputs.boundaries.viet_nam import viet_nam_concordance
from tfp.panel.ledger import LedgerEntry
from tfp.panel.panel import Panel, require_panel

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tfp.inputs.boundaries.areas import Area, Areas
    from tfp.inputs.boundaries.boundary import Boundary
    from tfp.inputs.boundaries.concordance import Concordance
    from tfp.numerics.arrays import IntArray
    from tfp.panel.roles import Column
    from tfp.panel.rows import RowIndex


def assign_areas(
    panel: Panel,
    vintage: Boundary | str | int | date,
    *,
    concordance: Concordance | None = None,
) -> Panel:
    """Return the panel with each entity under its own name, the boundary declared.

    Labels may be codes or names in any spelling. Two labels of one unit, such as Thừa
    Thiên Huế until 2024 and Huế from then on, become one entity if their years differ.

    Parameters
    ----------
    panel : Panel
    vintage : Boundary, str, int or date
        The boundary that the data follow, by its name (``"63 provinces"``), or a year or
        day on which only that one held.
    concordance : Concordance, optional
        The two boundaries; by default those of Viet Nam before and since 1 July 2025.

    Returns
    -------
    Panel
        Every column declares the boundary; the ledger says which labels were replaced.

    Raises
    ------
    MethodError
        ``boundary-unknown``, ``year-of-both-boundaries``; ``boundary-contradicts`` where
        a column declares another boundary, ``boundary-ended`` for periods that begin
        after the boundary's last day.
    PanelError
        ``area-unknown``, ``area-ambiguous``, ``area-of-another-kind``;
        ``area-named-twice`` where two labels of one unit have values for one period.

    Examples
    --------
    >>> import tfp
    >>> panel = tfp.Panel({"p": ["TP.HCM", "Hung Yen"], "year": [2020, 2020], "y": [5.0, 1.0]},
    ...                   entity="p", time="year", output="y")
    >>> tfp.assign_areas(panel, "63 provinces").rows.entities
    ('Thành phố Hồ Chí Minh', 'Hưng Yên')
    """
    require_panel(panel)
    known = viet_nam_concordance() if concordance is None else concordance
    return assigned(panel, known.areas(vintage), known)


def assigned(panel: Panel, areas: Areas, concordance: Concordance) -> Panel:
    """Return the panel on the units of one boundary; see :func:`assign_areas`."""
    _check_declared(panel, areas.boundary)
    _check_ended(panel, areas.boundary)
    labels = panel.rows.entities
    found = [concordance.find(label, areas) for label in labels]
    rows, order = _renamed_rows(panel, found)
    columns = {
        role: replace(sorted_column(column, order, rows), boundary=areas.boundary.name)
        for role, column in panel.columns.items()
    }
    names = {label: area.name for label, area in zip(labels, found, strict=True)}
    ledger = tuple(
        replace(entry, rows=tuple((names.get(label, label), time) for label, time in entry.rows))
        for entry in panel.ledger
    )
    return Panel.of(rows, columns, (*ledger, *_renamings(panel, found)))


def sorted_column(column: Column, order: IntArray, rows: RowIndex) -> Column:
    """Return a column with its rows in another order; what belongs to rows goes along."""
    position = np.empty(len(order), dtype=np.intp)
    position[order] = np.arange(len(order))
    accepted = tuple(sorted(int(position[row]) for row in column.accepted))
    return replace(
        column,
        values=column.values[order],
        definition=None if column.definition is None else column.definition[order],
        status=None if column.status is None else column.status[order],
        # A row that has become the first of its entity has no growth to accept.
        accepted=tuple(row for row in accepted if row not in set(rows.starts.tolist())),
    )


def _renamed_rows(panel: Panel, found: Sequence[Area]) -> tuple[RowIndex, IntArray]:
    names = list(dict.fromkeys(area.name for area in found))
    if len(names) == len(found):
        rows = replace(panel.rows, entities=tuple(names))
        return rows, np.arange(len(rows))
    numbers = np.array([names.index(area.name) for area in found])
    codes = numbers[panel.rows.codes]
    rows, order, twice = index_rows(codes, panel.rows.times, names, panel.rows)
    if len(twice):
        pairs = twice[:, :2].ravel().tolist()
        labels = dict.fromkeys(panel.rows.entity_label(row) for row in pairs)
        raise PanelError(
            "area-named-twice",
            places=panel.rows.places(pairs[:6]),
            count=len(twice),
            labels=list(labels)[:5],
            area=names[int(codes[pairs[0]])],
        )
    return rows, order


def _check_declared(panel: Panel, boundary: Boundary) -> None:
    wrong = {
        role: column.boundary
        for role, column in panel.columns.items()
        if column.boundary is not None and not boundary.is_called(column.boundary)
    }
    if wrong:
        raise MethodError(
            "boundary-contradicts",
            stated=[f"{role}: {name}" for role, name in wrong.items()],
            boundary=boundary.name,
        )


def _check_ended(panel: Panel, boundary: Boundary) -> None:
    rows = panel.rows
    ended = [
        time
        for time in np.unique(rows.times).tolist()
        if boundary.has_ended_before(time, rows.frequency)
    ]
    if ended:
        late = np.flatnonzero(np.isin(rows.times, ended))
        raise MethodError(
            "boundary-ended",
            places=rows.places(late[:6].tolist()),
            count=len(late),
            boundary=boundary.name,
        )


def renaming(label: str, area: Area, rows: tuple[tuple[str, int | str], ...]) -> LedgerEntry:
    """Return what the ledger says of a label that is not the unit's own name."""
    return LedgerEntry(
        action="renamed",
        role="area",
        rows=rows,
        cause="label",
        figure="label",
        fields={"label": label, "boundary": area.boundary},
    )


def _renamings(panel: Panel, found: Sequence[Area]) -> list[LedgerEntry]:
    entries = []
    for code, (label, area) in enumerate(zip(panel.rows.entities, found, strict=True)):
        if label != area.name:
            keys = panel.rows.keys(np.flatnonzero(panel.rows.codes == code))
            rows = tuple((area.name, time) for _, time in keys)
            entries.append(renaming(label, area, rows))
    return entries
