r"""One series over a change of boundary: sums of the parts before, published figures after.

In the periods that have both, the two are compared. What is left is a named statistical
discrepancy,

.. math:: d_{u,t} = X^{published}_{u,t} - \sum_{i \in u} X_{i,t}

which is shown, and refused where it is larger than the user allows and gives no reason.
"""

from __future__ import annotations

from dataclasses import replace
from numbers import Real
from typing import TYPE_CHECKING, Literal

import numpy as np

from tfp.errors import MethodError, Place, check_choice
from tfp.inputs.boundaries.alignment import align, joined_column
from tfp.inputs.boundaries.assigning import assigned
from tfp.inputs.boundaries.merging import merge_areas
from tfp.inputs.boundaries.viet_nam import viet_nam_concordance
from tfp.panel.ledger import LedgerEntry
from tfp.panel.panel import Panel, require_panel

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from tfp.inputs.boundaries.alignment import Aligned
    from tfp.inputs.boundaries.concordance import Concordance
    from tfp.numerics.arrays import FloatArray, IntArray
    from tfp.panel.roles import Column

Link = Literal["growth", "levels", "unchecked"]
# What the growth of an overlap may rescale; shares, rates and prices have no level to move.
RESCALED = ("quantity", "value")


def one_series(
    former: Panel,
    published: Panel,
    concordance: Concordance | None = None,
    *,
    link: Link,
    tolerance: float,
    roles: Iterable[str] | None = None,
    reason: str = "",
) -> Panel:
    """Return one panel on the new boundary: sums of the parts, then published figures.

    So that 2021-2025 and 2026-2029 read in one series though 2025 is the last year of the
    63 provinces. From the first period that is published for the new unit on, published
    figures stand; before it, sums of the parts.

    Parameters
    ----------
    former : Panel
        Figures on the old boundary, or sums of them by
        :func:`~tfp.inputs.boundaries.merging.merge_areas` (where a role needs a weight).
    published : Panel
        Figures as published for the new units.
    concordance : Concordance, optional
        By default the 63 provinces and 34 units of Viet Nam.
    link : {"growth", "levels", "unchecked"}
        ``"growth"``: sums are rescaled to the published level of the first period that has
        both, so that their growth is kept up to that period. ``"levels"``: figures stand
        as they are, and growth into the first published period holds the discrepancy.
        ``"unchecked"``: no period has both; figures stand as they are, a `reason` says why.
    tolerance : float
        Discrepancy, in per cent of the published figure, up to which no reason is asked.
    roles : iterable of str, optional
        Which roles the series shall have; all if both panels have the same ones.
    reason : str
        Why a larger discrepancy, or none that could be computed, is accepted.

    Returns
    -------
    Panel

    Raises
    ------
    MethodError
        ``discrepancy-too-large``; ``overlap-missing`` where no period has both,
        ``overlap-present`` where one has and `link` says none; ``link-not-positive``;
        ``series-roles-differ``, ``series-areas-differ``, ``series-descriptions-differ``;
        ``tolerance-not-a-number``, ``reason-missing``, and those of merging.

    Examples
    --------
    >>> import tfp
    >>> parts = tfp.Panel({"p": ["Hưng Yên"] * 2 + ["Thái Bình"] * 2, "year": [2024, 2025] * 2,
    ...                    "y": [70.0, 76.0, 60.0, 64.0]}, entity="p", time="year", output="y")
    >>> whole = tfp.Panel({"year": [2025, 2026], "y": [141.4, 152.0]}, area="Hưng Yên",
    ...                   time="year", output="y")
    >>> series = tfp.one_series(tfp.assign_areas(parts, "63 provinces"),
    ...                         tfp.assign_areas(whole, "34 units"),
    ...                         link="growth", tolerance=1.5)
    >>> series.values("output").round(2).tolist()
    [131.3, 141.4, 152.0]
    """
    check_choice("link", link, ("growth", "levels", "unchecked"))
    _check_tolerance(tolerance)
    aligned = _aligned(former, published, concordance, roles)
    if link == "unchecked" and not reason.strip():
        raise MethodError("reason-missing")
    for role in aligned.sums.columns:
        _check_overlap(aligned, role, link)
        if not reason.strip():
            _check_discrepancies(aligned, role, tolerance)
    return _joined(aligned, link, reason)


def boundary_discrepancies(
    former: Panel,
    published: Panel,
    concordance: Concordance | None = None,
    *,
    roles: Iterable[str] | None = None,
) -> pd.DataFrame:
    """Return published figures of new units beside the sums of their parts.

    Parameters
    ----------
    former, published, concordance, roles
        As in :func:`one_series`.

    Returns
    -------
    pandas.DataFrame
        One row for each role, unit and period that has both: ``sum_of_parts``,
        ``published``, ``statistical_discrepancy`` and the same in ``per_cent``.

    Raises
    ------
    MethodError
        As :func:`one_series`, but for the discrepancies themselves.
    """
    import pandas as pd

    aligned = _aligned(former, published, concordance, roles)
    lines = []
    for role in aligned.sums.columns:
        rows = aligned.in_both(role)
        before, after = aligned.summed(role)[rows], aligned.figures(role)[rows]
        relative = _relative(before, after)
        for key, *numbers in zip(
            aligned.rows.keys(rows), before, after, after - before, relative, strict=True
        ):
            lines.append((role, *key, *map(float, numbers)))
    names = ("sum_of_parts", "published", "statistical_discrepancy", "per_cent")
    return pd.DataFrame(lines, columns=["role", "area", aligned.rows.time_name, *names])


def _check_tolerance(given: object) -> None:
    if not (isinstance(given, Real) and 0.0 <= float(given) < np.inf):
        raise MethodError("tolerance-not-a-number", tolerance=str(given))


def _aligned(
    former: Panel,
    published: Panel,
    concordance: Concordance | None,
    roles: Iterable[str] | None,
) -> Aligned:
    """Return both panels side by side on the new boundary, with the roles of the series."""
    known = viet_nam_concordance() if concordance is None else concordance
    first, second = _with_roles(former, roles), _with_roles(published, roles)
    new = known.new.boundary
    declared = [column.boundary for column in first.columns.values()]
    on_new = all(name is not None and new.is_called(name) for name in declared)
    sums = assigned(first, known.new, known) if on_new else merge_areas(first, known)
    silent = [column.role for column in second.columns.values() if column.boundary is None]
    if silent:
        raise MethodError("boundary-undeclared", roles=silent, boundary=new.name)
    return align(sums, assigned(second, known.new, known))


def _with_roles(panel: Panel, roles: Iterable[str] | None) -> Panel:
    require_panel(panel)
    if roles is None:
        return panel
    names = (roles,) if isinstance(roles, str) else tuple(roles)
    return Panel.of(panel.rows, {role: panel.column(role) for role in names}, panel.ledger)


def _check_overlap(aligned: Aligned, role: str, link: Link) -> None:
    """Refuse a link that the periods of the two panels do not allow."""
    rows, both = aligned.rows, aligned.in_both(role)
    name = aligned.published.column(role).name
    if link == "unchecked":
        if len(both):
            raise MethodError("overlap-present", places=rows.places(both[:6].tolist(), name))
        return
    first = aligned.first_published(role)
    known = np.flatnonzero(~np.isnan(aligned.summed(role)))
    has_earlier = np.zeros(len(rows.entities), dtype=bool)
    has_earlier[rows.codes[known[known < first[rows.codes[known]]]]] = True
    without = np.flatnonzero(has_earlier & ~np.isin(first, both))
    if len(without):
        raise MethodError(
            "overlap-missing",
            places=[Place(entity=rows.entities[code], column=name) for code in without[:6]],
            count=len(without),
            role=role,
        )


def _check_discrepancies(aligned: Aligned, role: str, tolerance: float) -> None:
    rows = aligned.in_both(role)
    relative = _relative(aligned.summed(role)[rows], aligned.figures(role)[rows])
    wrong = np.flatnonzero(~(np.abs(relative) <= tolerance))
    if len(wrong):
        worst = wrong[np.argmax(np.abs(relative[wrong]))]
        raise MethodError(
            "discrepancy-too-large",
            places=aligned.rows.places(rows[wrong[:6]], aligned.published.column(role).name),
            count=len(wrong),
            role=role,
            largest=float(relative[worst]),
            tolerance=float(tolerance),
        )


def _relative(sums: FloatArray, published: FloatArray) -> FloatArray:
    """Return the discrepancy in per cent of the published figure; none where both are 0."""
    gap = published - sums
    with np.errstate(divide="ignore", invalid="ignore"):
        relative: FloatArray = np.where(gap == 0.0, 0.0, 100.0 * gap / np.abs(published))
    return relative


def _joined(aligned: Aligned, link: Link, reason: str) -> Panel:
    """Return the sums before each area's first published figure, and the published."""
    numbers = np.arange(len(aligned.rows))
    columns: dict[str, Column] = {}
    entries: list[LedgerEntry] = []
    for role, column in aligned.sums.columns.items():
        first = aligned.first_published(role)
        later = numbers >= first[aligned.rows.codes]
        factors = np.ones(len(aligned.rows.entities))
        if link == "growth" and column.kind in RESCALED:
            factors = _factors(aligned, role, first)
        scaled = aligned.summed(role) * factors[aligned.rows.codes]
        joined = joined_column(aligned, role, later, np.where(later, aligned.figures(role), scaled))
        if link == "growth" and column.kind in RESCALED:
            joined = _settled_at_joint(joined, first, aligned)
        columns[role] = joined
        entries += _said(aligned, role, factors, link, reason)
    ledger = (*aligned.sums.ledger, *aligned.published.ledger, *entries)
    return Panel.of(aligned.rows, columns, ledger)


def _factors(aligned: Aligned, role: str, first: IntArray) -> FloatArray:
    """Return published over sum in each area's first published period; 1 without a sum."""
    at = np.intersect1d(first, aligned.in_both(role))
    summed, published = aligned.summed(role)[at], aligned.figures(role)[at]
    wrong = np.flatnonzero(~((summed > 0.0) & (published > 0.0)))
    if len(wrong):
        raise MethodError(
            "link-not-positive",
            places=aligned.rows.places(at[wrong[:6]], aligned.published.column(role).name),
            count=len(wrong),
            role=role,
        )
    factors = np.ones(len(aligned.rows.entities))
    factors[aligned.rows.codes[at]] = published / summed
    return factors


def _settled_at_joint(column: Column, first: IntArray, aligned: Aligned) -> Column:
    """Return the column with a change of definition at the joint settled by the overlap.

    Growth into the first published period is that of the sums, all of one definition.
    """
    joints = set(first.tolist()) - set(aligned.rows.breaks.tolist())
    changed = joints & set(column.breaks_of_definition)
    return replace(column, accepted=tuple(sorted(changed | set(column.accepted))))


def _said(
    aligned: Aligned, role: str, factors: FloatArray, link: Link, reason: str
) -> list[LedgerEntry]:
    """Return what the ledger says of each area's figures before the published ones."""
    rows, first, entries = aligned.rows, aligned.first_published(role), []
    summed, published = aligned.summed(role), aligned.figures(role)
    for code in range(len(rows.entities)):
        mine = np.flatnonzero((rows.codes == code) & ~np.isnan(summed))
        mine = mine[mine < first[code]]
        if len(mine) == 0:
            continue
        at = [int(first[code])] if first[code] < len(rows) else []
        discrepancy = _relative(summed[at], published[at]).tolist()
        entries.append(
            LedgerEntry(
                action="back-cast",
                role=role,
                rows=rows.keys(mine),
                reason=reason,
                cause="" if reason else "boundary_series",
                figure=f"joined_{link}",
                fields={
                    "period": [rows.time_label(row) for row in at],
                    "boundary": aligned.published.column(role).boundary,
                    "discrepancy": discrepancy,
                    "factor": float(factors[code]),
                },
            )
        )
    return entries
