r"""The sample of a production function: logarithms of output and inputs, complete rows.

Rows without a value that the equation needs cannot be estimated on. They are counted in
the ledger of the estimate, with the column that is missing; nothing else is dropped.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from tfp.errors import MethodError
from tfp.numerics.records import Record
from tfp.panel.ledger import LedgerEntry
from tfp.panel.panel import require_panel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tfp.numerics.arrays import FloatArray, IntArray
    from tfp.panel.panel import Panel
    from tfp.panel.roles import Column

MOST_PLACES = 6  # one more than a message shows


@dataclass(frozen=True, eq=False, kw_only=True)
class LogSample(Record):
    r"""Complete rows of :math:`y_{it} = \sum_j \theta_j x_{jit} + \gamma' z_{it} + \ldots`.

    Attributes
    ----------
    panel : Panel
    used : (m,) array of int
        Rows of the panel in the sample, in its order.
    log_output : (m,) array
    log_inputs : (m, f) array
    factor_names : tuple of str
        Names of the inputs: ``"capital"``, ``"capital_ict"``, ``"labour"``, ``"materials"``.
    controls : (m, c) array
        Not in logarithms.
    control_names : tuple of str
    lost : tuple of LedgerEntry
    """

    panel: Panel
    used: IntArray
    log_output: FloatArray
    log_inputs: FloatArray
    factor_names: tuple[str, ...]
    controls: FloatArray
    control_names: tuple[str, ...]
    lost: tuple[LedgerEntry, ...]

    @cached_property
    def entities(self) -> IntArray:
        """Number of the entity of each row, from 0 without holes, (m,)."""
        return np.unique(self.panel.rows.codes[self.used], return_inverse=True)[1]

    @cached_property
    def starts(self) -> IntArray:
        """First row of each entity in the sample."""
        return np.flatnonzero(np.diff(self.entities, prepend=-1))

    @cached_property
    def periods(self) -> IntArray:
        """Number of the period of each row, from 0 without holes, (m,)."""
        return np.unique(self.panel.rows.times[self.used], return_inverse=True)[1]

    @cached_property
    def successors(self) -> IntArray:
        """Rows of the sample whose previous calendar period is in it too: the row before."""
        times, codes = self.panel.rows.times[self.used], self.entities
        follows = (np.diff(times) == 1) & (np.diff(codes) == 0)
        return np.flatnonzero(follows) + 1

    def __len__(self) -> int:
        return len(self.used)

    def spread(self, values: FloatArray) -> FloatArray:
        """Return values of the sample on the rows of the panel, NaN elsewhere, (n,)."""
        whole = np.full(len(self.panel), np.nan)
        whole[self.used] = values
        return whole


def log_sample(panel: Panel) -> LogSample:
    """Return the rows of a panel on which a production function can be estimated.

    Parameters
    ----------
    panel : Panel
        With output and at least one of capital, labour and further inputs; controls enter
        as they are.

    Raises
    ------
    PanelError
        ``panel-expected``, ``role-missing``.
    MethodError
        ``no-inputs``; ``not-positive`` where a logarithm does not exist;
        ``no-complete-row``.
    """
    require_panel(panel)
    output, inputs, controls = panel.column("output"), dict(_inputs(panel)), _controls(panel)
    if not inputs:
        raise MethodError("no-inputs", present=sorted(panel.columns))
    columns = [output, *inputs.values(), *controls.values()]
    for column in (output, *inputs.values()):
        _check_positive(panel, column)
    missing = np.array([np.isnan(column.values) for column in columns])
    used = np.flatnonzero(~missing.any(axis=0))
    if not len(used):
        raise MethodError("no-complete-row", columns=[column.name for column in columns])
    return LogSample(
        panel=panel,
        used=used,
        log_output=np.log(output.values[used]),
        log_inputs=np.log(np.column_stack([c.values[used] for c in inputs.values()])),
        factor_names=tuple(inputs),
        controls=np.column_stack(
            [column.values[used] for column in controls.values()] or [np.empty((len(used), 0))]
        ),
        control_names=tuple(controls),
        lost=tuple(_lost(panel, columns, missing)),
    )


def check_several_entities(sample: LogSample, method: str) -> None:
    """Refuse a single entity for a method that compares several.

    Raises
    ------
    MethodError
        ``one-entity``.
    """
    if len(sample.starts) < 2:
        raise MethodError("one-entity", method=method)


def _inputs(panel: Panel) -> Iterator[tuple[str, Column]]:
    for asset, column in panel.several("capital").items():
        yield f"capital_{asset}", column
    for role in ("capital", "labour"):
        if role in panel.columns:
            yield role, panel.column(role)
    yield from panel.several("further_inputs").items()


def _controls(panel: Panel) -> dict[str, Column]:
    return panel.several("controls")


def _check_positive(panel: Panel, column: Column) -> None:
    rows = np.flatnonzero(column.values <= 0.0)
    if len(rows):
        raise MethodError(
            "not-positive",
            places=panel.rows.places(rows[:MOST_PLACES].tolist(), column.name),
            role=column.role,
            count=len(rows),
            value=float(column.values[rows[0]]),
        )


def _lost(
    panel: Panel, columns: list[Column], missing: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]
) -> Iterator[LedgerEntry]:
    """Yield the rows that each column cost, the first missing column of a row counting."""
    seen = np.zeros(len(panel), dtype=np.bool_)
    for column, absent in zip(columns, missing, strict=True):
        rows = np.flatnonzero(absent & ~seen)
        seen |= absent
        if len(rows):
            yield LedgerEntry(
                action="lost",
                role=column.role,
                rows=panel.rows.keys(rows),
                cause="incomplete",
                fields={"column": column.name},
            )
