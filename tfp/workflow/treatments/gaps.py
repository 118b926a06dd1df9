"""Missing values: ``[[fill]]`` and ``[[interpolate]]``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from tfp.errors import PlanError
from tfp.inputs.filling import fill_values, interpolate
from tfp.panel.roles import STATUSES
from tfp.workflow.data_reading import column_values
from tfp.workflow.plans.placing import placing
from tfp.workflow.plans.plan_keys import Keys

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tfp.panel.panel import Panel
    from tfp.panel.roles import Status
    from tfp.workflow.data_reading import PlanData

    Names = Callable[[list[str]], list[str]]


@dataclass(frozen=True, kw_only=True)
class Fill:
    """``[[fill]]``: missing values that are given, one by one or from another column."""

    role: str
    reason: str
    values: Mapping[int, float] | None = None
    from_column: str | None = None
    years: tuple[int, ...] | None = None
    source: str = ""
    entity: str | None = None
    status: Status | None = None


@dataclass(frozen=True, kw_only=True)
class Interpolation:
    """``[[interpolate]]``: missing values that are taken from their neighbours."""

    role: str
    years: tuple[int, ...]
    reason: str
    method: Literal["linear", "geometric"] = "linear"
    entity: str | None = None


def read_fill(keys: Keys) -> Fill:
    """Return one ``[[fill]]``."""
    way = keys.only_one("values", "from_column")
    if way == "values" and "years" in keys:
        raise keys.error("plan-key-not-with", "years", key=keys.key("years"), other="values")
    return Fill(
        role=keys.role("role"),
        reason=keys.text("reason"),
        values=keys.by_year("values", Keys.number) if way == "values" else None,
        from_column=keys.text("from_column") if way == "from_column" else None,
        years=keys.years("years") if way == "from_column" else None,
        source=keys.text_or_empty("source"),
        entity=keys.optional("entity", keys.text),
        status=keys.optional("status", lambda name: keys.choice(name, STATUSES)),
    )


def read_interpolation(keys: Keys) -> Interpolation:
    """Return one ``[[interpolate]]``."""
    return Interpolation(
        role=keys.role("role"),
        years=keys.years("years"),
        reason=keys.text("reason"),
        method=keys.choice("method", ("linear", "geometric"), "linear"),
        entity=keys.optional("entity", keys.text),
    )


def filled(panel: Panel, fill: Fill, data: PlanData, names: Names, key: str) -> Panel:
    """Return the panel with the values that one ``[[fill]]`` gives.

    Parameters
    ----------
    panel, fill, key
    data : PlanData
        With the columns that have no role.
    names : callable
        Turns the areas' labels of the file into the names that the panel has.
    """
    given = fill.values
    if given is None:
        given = _from_column(panel, fill, data, names, key)
    values: dict[int | str, float] = dict(given.items())
    with placing(key):
        return fill_values(
            panel,
            fill.role,
            values,
            reason=fill.reason,
            source=fill.source or fill.from_column or "",
            entity=fill.entity,
            status=fill.status,
        )


def interpolated(panel: Panel, gap: Interpolation, key: str) -> Panel:
    """Return the panel with the values that one ``[[interpolate]]`` bridges."""
    with placing(key):
        return interpolate(
            panel, gap.role, gap.years, reason=gap.reason, method=gap.method, entity=gap.entity
        )


def _from_column(
    panel: Panel, fill: Fill, data: PlanData, names: Names, key: str
) -> dict[int, float]:
    """Return the figures of another column of the file for the years that the plan names."""
    column = fill.from_column or ""
    figures = column_values(data.table, column, f"{key}.from_column")
    rows = panel.rows
    times = data.table.integers(rows.time_name)
    chosen = np.ones(len(times), dtype=bool)
    if rows.entity_name is not None and fill.entity is not None:
        named = names([label or "" for label in data.table.texts(rows.entity_name)])
        chosen = np.array([name == fill.entity for name in named])
    by_year = {int(times[row]): float(figures[row]) for row in np.flatnonzero(chosen)}
    found = {year: by_year.get(year, np.nan) for year in fill.years or ()}
    for year, figure in found.items():
        if np.isnan(figure):
            with placing(f"{key}.years"):
                raise PlanError("plan-fill-nothing", column=column, year=year)
    return found
