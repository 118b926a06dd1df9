"""From a frame or a read table to figures."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from tfp.errors import PanelError
from tfp.inputs.figures.figure import Figure, printed_step
from tfp.panel.frames import open_frame
from tfp.panel.roles import STATUSES
from tfp.panel.statuses import status_of
from tfp.panel.time import encode_time
from tfp.tables.table import Table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tfp.errors import Place
    from tfp.panel.frames import FrameReader
    from tfp.panel.roles import Status


def read_figures(
    frame: Any,
    columns: Mapping[str, str | None],
    *,
    time: str,
    value: str,
    status: str | None,
) -> list[Figure]:
    """Return the figures of a frame.

    Parameters
    ----------
    frame
        Anything that ``tfp.panel.frames.open_frame`` opens, or a Table.
    columns
        The column of each text field of a figure; None where the frame has none.
    time, value, status
        The columns of years, numbers and statuses.
    """
    places: list[Place] | None = None
    if isinstance(frame, Table):
        places = [frame.place(row, value) for row in range(len(frame))]
        texts = {name: frame.texts(name) for name in (*columns.values(), status) if name}
        frame = {**texts, time: frame.integers(time), value: frame.numbers(value)}
    reader = open_frame(frame)
    words = {name: _texts(reader, column) for name, column in columns.items()}
    years = encode_time(reader.raw(time), "year").ordinals
    values = reader.numbers(value)
    statuses = _statuses(reader, status)
    for name in ("area", "variable"):
        blank = [row for row, word in enumerate(words[name]) if not word]
        if blank:
            raise PanelError(
                "figure-unnamed",
                column=columns[name],
                count=len(blank),
                rows=tuple(row + 1 for row in blank[:5]),
            )
    figures = [
        Figure(
            area=words["area"][row],
            variable=words["variable"][row],
            unit=words["unit"][row],
            vintage=words["vintage"][row],
            source=words["source"][row],
            derivation=words["derivation"][row],
            year=int(years[row]),
            value=float(values[row]),
            status=statuses[row],
            found_at=places[row] if places else None,
        )
        for row in np.flatnonzero(~np.isnan(values)).tolist()
    ]
    return with_steps(figures)


def with_steps(figures: list[Figure]) -> list[Figure]:
    """Return figures with the step of the digits that their column prints."""
    columns: dict[tuple[str, str, str, str], list[float]] = {}
    for figure in figures:
        columns.setdefault(_column(figure), []).append(figure.value)
    steps = {key: printed_step(values) for key, values in columns.items()}
    return [replace(figure, step=steps[_column(figure)]) for figure in figures]


def _column(figure: Figure) -> tuple[str, str, str, str]:
    return figure.area, figure.variable, figure.vintage, figure.unit


def _texts(reader: FrameReader, column: str | None) -> list[str]:
    if column is None:
        return [""] * reader.n_rows
    codes, labels = reader.texts(column)
    return [labels[code] if code >= 0 else "" for code in codes.tolist()]


def _statuses(reader: FrameReader, column: str | None) -> list[Status | None]:
    words = _texts(reader, column)
    found = {word: status_of(word) if word else None for word in dict.fromkeys(words)}
    unknown = [word for word, status in found.items() if word and status is None]
    if unknown:
        raise PanelError("status-unknown", found=unknown, known=list(STATUSES))
    return [found[word] for word in words]
