r"""Persons, total hours, and full-time equivalents.

Three measures of one labour input. Hours are the best of them where they are measured;
where every job has the same hours, they all grow alike.

References
----------
United Nations (2009). *System of National Accounts 2008*, chapter 19, "Population and
labour inputs".
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from tfp.errors import MethodError, check_choice
from tfp.inputs.labour.composition import check_source
from tfp.panel.deriving import marks_of
from tfp.panel.ledger import LedgerEntry
from tfp.panel.panel import Panel, require_panel
from tfp.panel.units import counts_hours

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tfp.numerics.arrays import FloatArray

PartTime = Literal["hours", "capped"]
FTE = "full-time equivalents"


def total_hours(panel: Panel, *, unit: str, source: str) -> Panel:
    r"""Return the panel whose labour is total hours: persons times hours per worker.

    The role ``hours_per_worker`` is gone afterwards: hours are not counted twice. Without
    this step the two stand in the accounts as two terms, which add to the same growth in
    logarithms.

    Parameters
    ----------
    panel : Panel
        With ``labour`` in persons and ``hours_per_worker``.
    unit : str
        Unit of the product, such as ``"million hours"``.
    source : str
        Where hours come from; required.

    Raises
    ------
    MethodError
        ``source-required``; ``labour-in-hours`` if labour is in hours already.
    """
    require_panel(panel)
    check_source(source, "total_hours")
    hours = _hours(panel)
    return _with_labour(panel, hours, unit=unit, cause="total_hours", source=source, used_up=True)


def full_time_equivalents(
    panel: Panel,
    *,
    part_time: PartTime | Mapping[str, float],
    full_time_hours: float | None = None,
    source: str,
) -> Panel:
    r"""Return the panel whose labour is full-time equivalents.

    .. math::

        \text{hours:} \quad L \frac{h}{h^*}, \qquad
        \text{capped:} \quad L \min\Bigl(\frac{h}{h^*},\, 1\Bigr), \qquad
        \text{by group:} \quad \sum_g f_g L_g

    Parameters
    ----------
    panel : Panel
        With ``labour`` and ``hours_per_worker``; by group, with ``labour_by_group``.
    part_time : {"hours", "capped"} or mapping of str to float
        Every hour counts, overtime too; or nobody counts for more than one job; or what
        part of a job each group's workers hold: ``{"full_time": 1.0, "part_time": 0.5}``.
    full_time_hours : float, optional
        Hours of a full-time job, in the unit of ``hours_per_worker``; it has no default,
        for law, contracts and custom differ. Not with groups.
    source : str
        Where hours, the full-time job and the parts come from; required.

    Raises
    ------
    MethodError
        ``source-required``, ``option-unknown``, ``full-time-hours``, ``groups-missing``,
        ``part-time-groups``, ``labour-in-hours``.

    Examples
    --------
    >>> panel = Panel(
    ...     {"year": [2020, 2021], "workers": [100.0, 100.0], "hours": [44.0, 36.0]},
    ...     time="year", labour="workers", hours_per_worker="hours",
    ... )
    >>> panel = full_time_equivalents(
    ...     panel, part_time="capped", full_time_hours=40.0, source="labour code"
    ... )
    >>> panel.values("labour").tolist()
    [100.0, 90.0]
    """
    require_panel(panel)
    check_source(source, "full_time_equivalents")
    by_group = not isinstance(part_time, str)
    if by_group != (full_time_hours is None) or not (by_group or (full_time_hours or 0.0) > 0.0):
        raise MethodError("full-time-hours", found=str(full_time_hours))
    if not isinstance(part_time, str):
        jobs = _jobs_by_group(panel, part_time)
        parts = "; ".join(f"{group}: {part}" for group, part in part_time.items())
        return _with_labour(
            panel, jobs, unit=FTE, cause="fte_groups", source=source, used_up=False, parts=parts
        )
    check_choice("part_time", part_time, ("hours", "capped"))
    norm = float(full_time_hours or np.nan)
    jobs = _hours(panel) / norm
    if part_time == "capped":
        jobs = np.minimum(jobs, panel.values("labour"))
    return _with_labour(
        panel,
        jobs,
        unit=FTE,
        cause=f"fte_{part_time}",
        source=source,
        used_up=True,
        hours=norm,
    )


def _hours(panel: Panel) -> FloatArray:
    labour = panel.column("labour")
    if counts_hours(labour.unit):
        raise MethodError("labour-in-hours", unit=str(labour.unit))
    return labour.values * panel.values("hours_per_worker")


def _jobs_by_group(panel: Panel, parts: Mapping[str, float]) -> FloatArray:
    groups = panel.several("labour_by_group")
    if not groups:
        raise MethodError("groups-missing", present=sorted(panel.columns))
    wrong = [group for group in {**groups, **parts} if group not in parts or group not in groups]
    wrong += [group for group, part in parts.items() if not 0.0 < part <= 1.0]
    if wrong:
        raise MethodError("part-time-groups", groups=wrong, known=list(groups))
    jobs: FloatArray = np.sum(
        [parts[group] * column.values for group, column in groups.items()], axis=0
    )
    return jobs


def _with_labour(
    panel: Panel,
    values: FloatArray,
    *,
    unit: str,
    cause: str,
    source: str,
    used_up: bool,
    **fields: object,
) -> Panel:
    """Return the panel with other labour, without the hours that went into it."""
    entry = LedgerEntry(
        action="derived",
        role="labour",
        rows=panel.rows.keys(np.flatnonzero(~np.isnan(values))),
        cause=cause,
        fields=fields,
        source=source,
    )
    groups = list(panel.several("labour_by_group").values())
    parents = [panel.column("labour"), panel.column("hours_per_worker")] if used_up else groups
    if panel.has("labour"):
        column = replace(panel.column("labour"), values=values, unit=unit)
    else:
        column = replace(groups[0], role="labour", name="labour", values=values, unit=unit)
    panel = panel.with_column(replace(column, **marks_of(parents)), entry)
    if not used_up:
        return panel
    kept = {role: c for role, c in panel.columns.items() if role != "hours_per_worker"}
    return Panel.of(panel.rows, kept, panel.ledger)
