r"""The rows of a control-function method: inputs, and a proxy that reveals productivity."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from tfp.errors import MethodError, nearest
from tfp.numerics.records import Record
from tfp.panel.findings import Finding
from tfp.panel.ledger import LedgerEntry
from tfp.panel.panel import Panel, require_panel
from tfp.production.sample import LogSample, check_several_entities, log_sample

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tfp.numerics.arrays import FloatArray, IntArray
    from tfp.panel.roles import Column

INVESTMENT = "investment"
# Ones among levels are logarithms of zero; from this share of the rows on they look like
# a code for "none".
MASS = 0.01


@dataclass(frozen=True, eq=False, kw_only=True)
class FirmSample(Record):
    """Complete rows of firms.

    Attributes
    ----------
    logs : LogSample
        Output, inputs of the production function and controls.
    log_proxy : (m,) array
    proxy : str
    warnings : tuple of Finding
    """

    logs: LogSample
    log_proxy: FloatArray
    proxy: str
    warnings: tuple[Finding, ...]

    @property
    def variables(self) -> FloatArray:
        """Inputs and the proxy, once each, (v, m)."""
        names = self.logs.factor_names
        others = [] if self.proxy in names else [self.log_proxy]
        return np.vstack([self.logs.log_inputs.T, *others])

    @property
    def years(self) -> FloatArray:
        """One row for each period but the first, (p - 1, m)."""
        count = int(self.logs.periods.max()) + 1
        dummies: FloatArray = (self.logs.periods == np.arange(1, count)[:, None]).astype(np.float64)
        return dummies

    @property
    def year_names(self) -> tuple[str, ...]:
        """Names of the periods of :attr:`years`."""
        rows, used = self.logs.panel.rows, self.logs.used
        firsts = np.unique(rows.times[used], return_index=True)[1][1:]
        return tuple(f"period {rows.time_label(int(used[first]))}" for first in firsts)


def firm_sample(panel: Panel, *, inputs: Sequence[str], proxy: str, method: str) -> FirmSample:
    """Return the rows that have output, inputs, controls and a positive proxy.

    Parameters
    ----------
    panel : Panel
    inputs : sequence of str
        Of the production function, by their names: ``"capital"``, ``"labour"``, or that
        of a further input.
    proxy : str
        ``"investment"`` or the name of a further input.
    method : str

    Raises
    ------
    PanelError
        ``panel-expected``, ``role-missing``.
    MethodError
        ``input-unknown``, ``one-entity``, and those of
        :func:`tfp.production.sample.log_sample`.
    """
    require_panel(panel)
    present = _inputs(panel)
    for name in (*inputs, proxy):
        if name not in present:
            raise MethodError(
                "input-unknown", name=name, known=sorted(present), nearest=nearest(name, present)
            )
    columns = {column.role: column for column in (present[name] for name in inputs)}
    shown = replace(present[proxy], role=_role_of_proxy(present[proxy]))
    spent = shown.values <= 0.0 if proxy == INVESTMENT else np.zeros(len(panel), dtype=np.bool_)
    # Their rows are dropped below, and told apart from those that lack a value.
    columns[shown.role] = replace(shown, values=np.where(spent, 1.0, shown.values))
    controls = {f"controls:{name}": column for name, column in panel.several("controls").items()}
    output = {"output": panel.column("output")}
    sample = log_sample(Panel.of(panel.rows, {**output, **columns, **controls}))
    kept = np.flatnonzero(~spent[sample.used])
    if not len(kept):
        raise MethodError("no-complete-row", columns=[shown.name])
    place = sample.factor_names.index(proxy)
    log_proxy = sample.log_inputs[kept, place]
    order = [sample.factor_names.index(name) for name in inputs]
    logs = replace(
        sample,
        panel=panel,
        used=sample.used[kept],
        log_output=sample.log_output[kept],
        log_inputs=sample.log_inputs[kept][:, order],
        factor_names=tuple(inputs),
        controls=sample.controls[kept],
        lost=(*sample.lost, *_unspent(panel, sample.used[spent[sample.used]])),
    )
    check_several_entities(logs, method)
    return FirmSample(
        logs=logs, log_proxy=log_proxy, proxy=proxy, warnings=tuple(_masses(logs, log_proxy, proxy))
    )


def capital_names(panel: Panel) -> tuple[str, ...]:
    """Return the names of the panel's capital inputs."""
    require_panel(panel)
    assets = tuple(f"capital_{asset}" for asset in panel.several("capital"))
    return assets or ("capital",)


def _inputs(panel: Panel) -> dict[str, Column]:
    named = {f"capital_{asset}": column for asset, column in panel.several("capital").items()}
    plain = {
        role: panel.column(role)
        for role in ("capital", "labour", INVESTMENT)
        if role in panel.columns
    }
    return {**named, **plain, **panel.several("further_inputs")}


def _role_of_proxy(column: Column) -> str:
    return "further_inputs:investment" if column.role == INVESTMENT else column.role


def _unspent(panel: Panel, rows: IntArray) -> list[LedgerEntry]:
    if not len(rows):
        return []
    return [
        LedgerEntry(
            action="lost", role=INVESTMENT, rows=panel.rows.keys(rows), cause="no_investment"
        )
    ]


def _masses(logs: LogSample, log_proxy: FloatArray, proxy: str) -> list[Finding]:
    """Find inputs whose logarithm is exactly zero in many rows."""
    found = []
    columns = dict(zip(logs.factor_names, logs.log_inputs.T, strict=True)) | {proxy: log_proxy}
    for name, values in columns.items():
        rows = np.flatnonzero(values == 0.0)
        if len(rows) > MASS * len(values):
            places = logs.panel.rows.places(logs.used[rows[:6]].tolist())
            found.append(
                Finding(
                    code="mass-at-one",
                    severity="warn",
                    places=places,
                    fields={"terms": [name], "count": len(rows), "rows": len(values)},
                    more_places=max(0, len(rows) - 6),
                )
            )
    return found
