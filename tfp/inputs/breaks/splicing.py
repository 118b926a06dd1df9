"""Changes of definition inside a series: spliced, assumed over, or accepted by a word.

A growth rate across a change of definition measures the change, not the economy. Only a
published overlap makes a splice; everything else is an assumption and carries its name.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

import numpy as np

from tfp.errors import MethodError
from tfp.inputs.breaks.plausible import check_growth
from tfp.inputs.fractions import check_fraction
from tfp.panel.columns import show_value
from tfp.panel.ledger import Action, LedgerEntry
from tfp.panel.panel import require_panel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tfp.panel.panel import Panel
    from tfp.panel.roles import Column


class Link(Protocol):
    """What ties the values before a break to those after it."""

    @property
    def action(self) -> Action:
        """What the ledger calls it."""

    @property
    def source(self) -> str:
        """Where the figure comes from."""

    def previous(self, value: float, before: float) -> float:
        """Return the value before the break on the definition after it.

        Given the value after the break, and that before it on the definition before it.
        """

    @property
    def stated(self) -> float:
        """The one figure that was given; NaN where a link rests on several."""

    @property
    def figure(self) -> str:
        """Code of the ledger's sentence about the figure used."""

    def fields(self) -> dict[str, object]:
        """Return what fills that sentence."""


@dataclass(frozen=True)
class PublishedOverlap:
    """The value before the break, published on the definition after it.

    Parameters
    ----------
    previous_value : float
        For the labour force survey of Viet Nam and 2021: 50,072.01 thousand in 2020.
    source : str
        Where it is published; required.
    """

    previous_value: float
    source: str
    action: Action = "spliced"
    figure: str = "overlap"

    def __post_init__(self) -> None:
        if not self.source.strip():
            raise MethodError("overlap-without-source")
        if not 0.0 < self.previous_value < np.inf:
            raise MethodError("overlap-not-positive", value=float(self.previous_value))

    @property
    def stated(self) -> float:
        """The published value."""
        return float(self.previous_value)

    def previous(self, value: float, before: float) -> float:
        """Return the published value."""
        del value, before
        return self.previous_value

    def fields(self) -> dict[str, object]:
        """Return what fills the ledger's sentence."""
        return {"value": float(self.previous_value)}


@dataclass(frozen=True)
class AssumedGrowth:
    """An assumed growth at the break, where nothing is published.

    Parameters
    ----------
    growth : float
        As a fraction; 0.0 is no growth.
    name : str
        What the assumption is called in every output; required.
    source : str
    """

    growth: float
    name: str
    source: str = ""
    action: Action = "assumed"
    figure: str = "assumed"

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise MethodError("assumption-without-name")
        if not -1.0 < self.growth < np.inf:
            raise MethodError("assumed-growth-impossible", growth=float(self.growth))
        check_fraction("growth", self.growth)

    @property
    def stated(self) -> float:
        """NaN: growth that is too large is no misplaced decimal mark."""
        return float("nan")

    def previous(self, value: float, before: float) -> float:
        """Return the value that makes the assumed growth."""
        del before
        return value / (1.0 + self.growth)

    def fields(self) -> dict[str, object]:
        """Return what fills the ledger's sentence."""
        return {"name": self.name, "growth": 100.0 * float(self.growth)}


def splice(
    panel: Panel, role: str, at: int | str, link: Link, *, entity: str | None = None
) -> Panel:
    r"""Return the panel with the values before a break brought to the level after it.

    .. math:: x'_s = x_s\, \frac{x^{new}_{t-1}}{x_{t-1}}, \qquad s < t

    Growth before the break is untouched; growth at the break is that of the link.

    Parameters
    ----------
    panel : Panel
    role : str
        The column, by its role.
    at : int or str
        First period on the new definition.
    link : Link
        ``PublishedOverlap``; or an assumption: ``NationalRatio``, ``GivenFactor``,
        ``AssumedGrowth``.
    entity : str, optional
        Whose series; needed where the panel has several entities.

    Raises
    ------
    MethodError
        ``link-not-understood``, ``year-missing``, ``break-at-start``,
        ``break-value-missing``, ``break-settled``, ``entity-needed``, ``entity-unknown``;
        ``level-spliced`` where a splice at a later break has moved the level that a
        published figure belongs to; ``link-implausible`` where growth at the break would
        be none of an economy, with the figure that may have been meant; ``break-undeclared``
        where the definitions of the column are declared and do not change there.
    """
    found: object = link
    if isinstance(found, type) or not hasattr(found, "previous"):
        name = found.__name__ if isinstance(found, type) else show_value(found)
        raise MethodError("link-not-understood", found=name)
    column, code, row = _break_row(panel, role, at, entity)
    _check_declared(panel, column, row)
    if link.action == "spliced":
        check_level_unspliced(panel, column, [row])
    value, before = column.values[row], column.values[row - 1]
    linked = link.previous(float(value), float(before))
    fields = {"growth": 100.0 * (float(value) / linked - 1.0), **link.fields()}
    check_growth(
        role,
        float(value),
        linked,
        stated=link.stated,
        factor=float(linked / before),
        place=panel.rows.place(row, column.name),
    )
    values = column.values.copy()
    earlier = np.flatnonzero((panel.rows.codes == code) & (np.arange(len(panel)) < row))
    values[earlier] *= linked / before
    # Written after scaling, so that the growth at the break is the link's to the last digit.
    values[row - 1] = linked
    entry = LedgerEntry(
        action=link.action,
        role=role,
        rows=panel.rows.keys(earlier),
        cause="definition",
        figure=link.figure,
        fields={"period": at, **fields, "factor": float(linked / before)},
        source=link.source,
    )
    return panel.with_column(
        replace(column, values=values, accepted=(*column.accepted, row)), entry
    )


def check_level_unspliced(panel: Panel, column: Column, rows: Sequence[int]) -> None:
    """Refuse published figures in a part of a series that a splice has rescaled."""
    rescaled = {
        key for entry in panel.ledger if entry.role == column.role for key in _rescaled(entry)
    }
    wrong = [row for row, key in zip(rows, panel.rows.keys(rows), strict=True) if key in rescaled]
    if wrong:
        raise MethodError(
            "level-spliced", places=panel.rows.places(wrong, column.name), role=column.role
        )


def _rescaled(entry: LedgerEntry) -> tuple[tuple[str, int | str], ...]:
    """Return the values that something done to a series has moved to another level."""
    if entry.action == "merged":  # the sum of parts of which some were spliced
        return tuple(key for key in entry.rows if key[1] in entry.fields["linked"])
    if entry.action == "back-cast":
        return entry.rows if entry.fields["factor"] != 1.0 else ()
    return entry.rows if entry.action in {"spliced", "assumed"} else ()


def accept_break(
    panel: Panel, role: str, at: int | str, *, reason: str, entity: str | None = None
) -> Panel:
    """Return the panel with a break left as it is, by an explicit word.

    The growth at the break then measures the change of definition too; the ledger and
    every report say so.

    Parameters
    ----------
    panel, role, at, entity
        As in :func:`splice`.
    reason : str
        Why the break is left; required.

    Raises
    ------
    MethodError
        As in :func:`splice`, and ``reason-missing``.
    """
    if not reason.strip():
        raise MethodError("reason-missing")
    column, _, row = _break_row(panel, role, at, entity)
    entry = LedgerEntry(
        action="break accepted",
        role=role,
        rows=panel.rows.keys([row]),
        reason=reason,
    )
    return panel.with_column(replace(column, accepted=(*column.accepted, row)), entry)


def _check_declared(panel: Panel, column: Column, row: int) -> None:
    """Refuse a splice where the definitions are declared and are the same on both sides."""
    if not column.definitions or row in column.breaks_of_definition:
        return
    before, after = column.definition_of(row - 1), column.definition_of(row)
    if before and before == after:
        changes = [panel.rows.time_label(change) for change in column.breaks_of_definition]
        raise MethodError(
            "break-undeclared",
            places=[panel.rows.place(row, column.name)],
            role=column.role,
            definition=after,
            changes=list(dict.fromkeys(changes))[:5],
        )


def _break_row(
    panel: Panel, role: str, at: int | str, entity: str | None
) -> tuple[Column, int, int]:
    require_panel(panel)
    column, known = panel.column(role), panel.rows.entities
    if entity is None and len(known) > 1:
        raise MethodError("entity-needed", count=len(known), known=list(known[:5]))
    name = known[0] if entity is None else entity
    if name not in known:
        raise MethodError("entity-unknown", entity=name, known=list(known[:5]))
    rows = panel.rows.rows_at(at, [name])
    if len(rows) == 0:
        raise panel.rows.row_missing(at, [name])
    row = int(rows[0])
    if row in set(panel.rows.breaks.tolist()):
        raise MethodError("break-at-start", places=[panel.rows.place(row, column.name)])
    if row in column.accepted:
        raise MethodError("break-settled", places=[panel.rows.place(row, column.name)], role=role)
    absent = [beside for beside in (row - 1, row) if np.isnan(column.values[beside])]
    if absent:
        raise MethodError("break-value-missing", places=panel.rows.places(absent, column.name))
    return column, known.index(name), row
