"""Figures of former areas added to figures of the areas that they became.

Flows, stocks and persons are added; what is a mean is averaged by the weight that the
user names; the sum of some of the parts is never taken for the whole.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from tfp.errors import MethodError, Place, check_choice
from tfp.inputs.boundaries.additivity import Merger, check_weights, merger_of
from tfp.inputs.boundaries.assigning import assigned, renaming
from tfp.inputs.boundaries.definitions import merge_definitions
from tfp.inputs.boundaries.parts import Parts, parts_of
from tfp.inputs.boundaries.viet_nam import viet_nam_concordance
from tfp.panel.ledger import LedgerEntry
from tfp.panel.panel import Panel, require_panel

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tfp.inputs.boundaries.concordance import Concordance
    from tfp.panel.roles import Column

Missing = Literal["refuse", "blank"]


def merge_areas(
    panel: Panel,
    concordance: Concordance | None = None,
    *,
    weights: Mapping[str, str] | None = None,
    leave_out: Iterable[str] = (),
    missing: Missing = "refuse",
) -> Panel:
    r"""Return a panel of former areas as one of the areas that they became.

    .. math:: X_{u,t} = \sum_{i \in u} X_{i,t}

    for output, investment, capital, labour and incomes. Capital may be summed, or rebuilt
    by perpetual inventory from summed investment: with one depreciation rate the two are
    the same. Shares, rates and figures per worker are means and need a weight; so do price
    indices, of one declared base, where the panel lacks the current or constant values
    whose ratio they are.

    Parameters
    ----------
    panel : Panel
        On the old boundary, which its columns declare; see
        :func:`~tfp.inputs.boundaries.assigning.assign_areas`.
    concordance : Concordance, optional
        By default the 63 provinces and 34 units of Viet Nam.
    weights : mapping, optional
        By role, the role whose values weigh it: ``{"labour_share": "income"}``.
    leave_out : iterable of str
        Roles that the new panel shall not have.
    missing : {"refuse", "blank"}
        What happens where a part has no value and another part has: refused, or the whole
        has none either. Part sums are never given.

    Returns
    -------
    Panel
        One entity for each new unit that has parts in `panel`; units of one part keep
        their figures as they are. Each status is the weakest of the parts', and the
        ledger names the parts.

    Raises
    ------
    MethodError
        ``boundary-undeclared``; ``disaggregation-refused`` for data that are on the new
        boundary; ``parts-absent`` where a part is not in the panel, ``part-missing``;
        ``mean-without-weight``, ``index-not-additive``, ``price-bases-unclear``,
        ``price-not-chained``, ``definitions-of-parts-differ``,
        and those of :func:`~tfp.inputs.boundaries.assigning.assign_areas`.

    Examples
    --------
    >>> import tfp
    >>> panel = tfp.Panel({"p": ["Hưng Yên", "Thái Bình"], "year": [2020, 2020],
    ...                    "y": [65.0, 56.0]}, entity="p", time="year", output="y")
    >>> merged = tfp.merge_areas(tfp.assign_areas(panel, "63 provinces"))
    >>> merged.rows.entities, merged.values("output").tolist()
    (('Hưng Yên',), [121.0])
    """
    require_panel(panel)
    check_choice("missing", missing, ("refuse", "blank"))
    known = viet_nam_concordance() if concordance is None else concordance
    check_weights(panel, weights or {})
    kept = _without(panel, leave_out)
    _check_boundary(kept, known)
    source = assigned(kept, known.old, known)
    parts = parts_of(source.rows, known)
    _check_present(source, known, parts)
    mergers = _mergers(source, parts, weights or {})
    if missing == "refuse":
        _check_complete(source, parts, known)
    columns = {
        role: _merged(source, column, mergers[role], parts, known)
        for role, column in source.columns.items()
    }
    return Panel.of(parts.rows, columns, _ledger(source, parts, known, mergers))


def _without(panel: Panel, roles: Iterable[str]) -> Panel:
    """Return the panel without some columns; each must be there."""
    out = (roles,) if isinstance(roles, str) else tuple(roles)
    present = {role.partition(":")[0] for role in panel.columns} | set(panel.columns)
    for role in out:
        check_choice("leave_out", role, sorted(present))
    columns = {
        role: column
        for role, column in panel.columns.items()
        if role not in out and role.partition(":")[0] not in out
    }
    return Panel.of(panel.rows, columns, panel.ledger)


def _mergers(panel: Panel, parts: Parts, weights: Mapping[str, str]) -> dict[str, Merger]:
    """Return how each role is merged; where every unit has one part, nothing is."""
    if bool((parts.expected == 1).all()):
        return dict.fromkeys(panel.columns, Merger("sum"))
    return {role: merger_of(panel, column, weights) for role, column in panel.columns.items()}


def _check_boundary(panel: Panel, concordance: Concordance) -> None:
    old, new = concordance.old.boundary, concordance.new.boundary
    silent = [column.role for column in panel.columns.values() if column.boundary is None]
    if silent:
        raise MethodError("boundary-undeclared", roles=silent, boundary=old.name)
    if all(new.is_called(column.boundary) for column in panel.columns.values()):
        several = [a.name for a in concordance.new.members if len(concordance.parts(a)) > 1]
        there = [name for name in several if name in panel.rows.entities] or several
        raise MethodError("disaggregation-refused", count=len(there), areas=there[:5])


def _check_present(panel: Panel, concordance: Concordance, parts: Parts) -> None:
    """Refuse units of which the panel has some parts only."""
    there = set(panel.rows.entities)
    absent = {
        unit.name: [part.name for part in concordance.parts(unit) if part.name not in there]
        for unit in parts.units
    }
    lacking = {name: names for name, names in absent.items() if names}
    if lacking:
        raise MethodError(
            "parts-absent",
            places=[Place(entity=name) for names in lacking.values() for name in names],
            count=len(lacking),
            units=list(lacking)[:5],
        )


def _check_complete(panel: Panel, parts: Parts, concordance: Concordance) -> None:
    """Refuse periods in which one part of a unit has a value and another has none."""
    for column in panel.columns.values():
        known = ~np.isnan(column.values)
        have = np.add.reduceat(known[parts.sources].astype(np.intp), parts.starts)
        partial = np.flatnonzero((have > 0) & (have < parts.expected))
        if len(partial):
            raise MethodError(
                "part-missing",
                places=_absent_parts(panel, column, parts, partial[:6].tolist(), concordance),
                count=len(partial),
                role=column.role,
            )


def _absent_parts(
    panel: Panel, column: Column, parts: Parts, sums: list[int], concordance: Concordance
) -> list[Place]:
    """Return which parts have no value in some sums, whether a cell or the row is missing."""
    units = {unit.name: unit for unit in parts.units}
    ends = np.append(parts.starts[1:], len(parts.sources))
    places = []
    for number in sums:
        sources = parts.sources[parts.starts[number] : ends[number]]
        known = {panel.rows.entity_label(r) for r in sources if not np.isnan(column.values[r])}
        unit = units[parts.rows.entity_label(number)]
        places += [
            Place(entity=part.name, time=parts.rows.time_label(number), column=column.name)
            for part in concordance.parts(unit)
            if part.name not in known
        ]
    return places


def _merged(
    panel: Panel, column: Column, merger: Merger, parts: Parts, concordance: Concordance
) -> Column:
    statuses = [
        source.status
        for source in (column, merger.weight, merger.over)
        if source is not None and source.status is not None
    ]
    definition, definitions, accepted = merge_definitions(panel, column, parts)
    return replace(
        column,
        values=parts.merged(column, merger),
        unit=column.unit if merger.over is None or merger.scale else _base_of(merger.over),
        boundary=concordance.new.boundary.name,
        definition=definition,
        definitions=definitions,
        accepted=accepted,
        status=parts.largest(np.maximum.reduce(statuses)).astype(np.int8) if statuses else None,
    )


def _base_of(constant: Column) -> str | None:
    """Return the unit of prices that are current values over constant ones."""
    return None if constant.price_base is None else f"{constant.price_base} = 1"


def _ledger(
    panel: Panel, parts: Parts, concordance: Concordance, mergers: Mapping[str, Merger]
) -> tuple[LedgerEntry, ...]:
    old = concordance.old.boundary.name
    alone = {
        concordance.parts(unit)[0].name: unit.name
        for unit in parts.units
        if len(concordance.parts(unit)) == 1
    }
    # A part may have the name of the whole: what was done to it is said of the part.
    earlier = [
        replace(
            entry,
            rows=tuple((alone.get(name, f"{name}, {old}"), time) for name, time in entry.rows),
        )
        for entry in panel.ledger
    ]
    for code, unit in enumerate(parts.units):
        keys = parts.rows.keys(np.flatnonzero(parts.rows.codes == code))
        names = [part.name for part in concordance.parts(unit)]
        if len(names) > 1:
            earlier += _additions(panel, mergers, unit.boundary, names, keys)
        elif names[0] != unit.name:
            earlier.append(renaming(names[0], unit, keys))
    return tuple(earlier)


def _additions(
    panel: Panel,
    mergers: Mapping[str, Merger],
    boundary: str,
    names: Sequence[str],
    keys: tuple[tuple[str, int | str], ...],
) -> Iterator[LedgerEntry]:
    """Yield what was added up for one unit, role by role."""
    for role, merger in mergers.items():
        linked = {
            time
            for entry in panel.ledger
            if entry.role == role and entry.action in ("spliced", "assumed")
            for name, time in entry.rows
            if name in names
        }
        yield LedgerEntry(
            action="merged",
            role=role,
            rows=keys,
            cause="boundary",
            figure=f"parts_{merger.rule}",
            fields={
                "boundary": boundary,
                "parts": " + ".join(names),
                "weight": "" if merger.weight is None else merger.weight.name,
                "linked": sorted(linked),
            },
        )
