"""The rows that have the share of an input in revenue."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from tfp.errors import MethodError
from tfp.panel.ledger import LedgerEntry

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray
    from tfp.panel.roles import Column
    from tfp.production.sample import LogSample


def with_shares(logs: LogSample, flexible: str) -> tuple[LogSample, FloatArray]:
    """Return the rows that have a share, and its logarithm.

    Parameters
    ----------
    logs : LogSample
    flexible : str
        Name of the further input whose cost stands beside output at current prices.

    Raises
    ------
    PanelError
        ``role-missing``.
    MethodError
        ``not-positive``, ``no-complete-row``.
    """
    panel = logs.panel
    columns = (panel.column(f"further_incomes:{flexible}"), panel.column("output_current"))
    lost, kept = list(logs.lost), np.ones(len(logs), dtype=np.bool_)
    for column in columns:
        _check_positive(logs, column)
        missing = np.flatnonzero(np.isnan(column.values[logs.used]) & kept)
        kept[missing] = False
        if len(missing):
            lost.append(
                LedgerEntry(
                    action="lost",
                    role=column.role,
                    rows=panel.rows.keys(logs.used[missing]),
                    cause="incomplete",
                    fields={"column": column.name},
                )
            )
    if not kept.any():
        raise MethodError("no-complete-row", columns=[column.name for column in columns])
    used = logs.used[kept]
    left = replace(
        logs,
        used=used,
        log_output=logs.log_output[kept],
        log_inputs=logs.log_inputs[kept],
        controls=logs.controls[kept],
        lost=tuple(lost),
    )
    return left, np.log(columns[0].values[used] / columns[1].values[used])


def _check_positive(logs: LogSample, column: Column) -> None:
    values = column.values[logs.used]
    bad = np.flatnonzero(values <= 0.0)
    if len(bad):
        raise MethodError(
            "not-positive",
            places=logs.panel.rows.places(logs.used[bad[:6]].tolist(), column.name),
            role=column.role,
            count=len(bad),
            value=float(values[bad[0]]),
        )
