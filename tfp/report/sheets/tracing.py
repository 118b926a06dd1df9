"""From figures as they were read to figures as they are used: the steps, as formulas.

The ledger says what was done to each series: filled, corrected, interpolated, deflated,
linked over a break. Each step is repeated here on numbers and, in the same breath, written
as a formula; where the number is not the one that the accounts rest on, or a step is none
of these, no formula is written and the sheet says that the figure is stated.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from tfp.inputs.prices.columns import price_roles
from tfp.report.data_tables import same_rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from tfp.panel.ledger import LedgerEntry
    from tfp.panel.panel import Panel
    from tfp.report.content import RunContent
    from tfp.tables.workbook import Style

_CLOSE = 1e-12
_LEVEL_IN_BASE = re.compile(r"=\s*(\d+)\s*$")
_NOTHING_DONE = frozenset({"break accepted", "renamed"})


@dataclass(frozen=True)
class Step:
    """A figure on its way: its value, and the formula without the equals sign."""

    value: float
    formula: str

    @property
    def factor(self) -> str:
        """The formula as a factor of another."""
        return f"({self.formula})" if re.search(r"[+\-*/]", self.formula) else self.formula


@dataclass(frozen=True)
class Stated:
    """A figure that a step takes from outside the data: a cell with a name."""

    name: str
    kind: str
    role: str
    area: str
    time: int | str
    value: float
    formula: str | None = None
    source: str = ""
    style: Style = "number"


@dataclass
class Traces:
    """What could be traced.

    Attributes
    ----------
    formulas : dict
        By role, the formula of each row; None where the figure is stated.
    stated : list of Stated
        The figures that they take from outside the data, in order.
    """

    formulas: dict[str, list[str | None]] = field(default_factory=dict)
    stated: list[Stated] = field(default_factory=list)


def new_entries(content: RunContent) -> tuple[LedgerEntry, ...]:
    """Return what was done between the data as read and the data as used."""
    raw, used = content.raw_panel, content.panel
    if raw is None or used is None or not same_rows(raw.rows, used.rows):
        return ()
    return used.ledger[len(raw.ledger) :]


def roles_behind(content: RunContent, roles: tuple[str, ...]) -> tuple[str, ...]:
    """Return the roles as read that the steps of some roles begin with."""
    raw, used = content.raw_panel, content.panel
    if raw is None or used is None:
        return ()
    entries = new_entries(content)
    waiting, seen = list(roles), []
    while waiting:
        role = waiting.pop(0)
        if role in seen or role not in used.columns:
            continue
        seen.append(role)
        waiting += [
            parent for entry in entries if entry.role == role for parent in _parents(used, entry)
        ]
    touched = {entry.role for entry in entries if entry.action not in _NOTHING_DONE}
    parents = {parent for entry in entries for parent in _parents(used, entry)}
    return tuple(
        role for role in seen if role in raw.columns and (role in touched or role in parents)
    )


def traced(content: RunContent, roles: tuple[str, ...], cell: Callable[[str, int], str]) -> Traces:
    """Return the formulas of the figures of some roles.

    Parameters
    ----------
    content : RunContent
    roles : tuple of str
        Of the data as used.
    cell : callable
        Gives the address of a figure as read, from its role and row.
    """
    found = Traces()
    entries = new_entries(content)
    if not entries or content.raw_panel is None or content.panel is None:
        return found
    tracer = _Tracer(content.raw_panel, content.panel, entries, cell, found.stated)
    touched = {entry.role for entry in entries if entry.action not in _NOTHING_DONE}
    for role in roles:
        if role in touched and role in content.panel.columns:
            used = content.panel.values(role)
            steps = tracer.steps(role)
            found.formulas[role] = [
                f"={step.formula}" if step is not None and _same(step.value, value) else None
                for step, value in zip(steps, used.tolist(), strict=True)
            ]
    return found


def _same(found: float, wanted: float) -> bool:
    return abs(found - wanted) <= _CLOSE * max(1.0, abs(wanted))


def _deflated(entry: LedgerEntry) -> bool:
    return entry.action == "derived" and entry.figure == "deflated"


def _parents(panel: Panel, entry: LedgerEntry) -> tuple[str, ...]:
    """Return the roles of current value and price index behind a deflated figure."""
    if not _deflated(entry):
        return ()
    current = price_roles(entry.role).current
    named = [role for role, column in panel.columns.items() if column.name == entry.fields["price"]]
    return (current, *named[:1])


class _Tracer:
    """Repeats the steps of the ledger, role by role."""

    def __init__(
        self,
        raw: Panel,
        used: Panel,
        entries: tuple[LedgerEntry, ...],
        cell: Callable[[str, int], str],
        stated: list[Stated],
    ) -> None:
        self._raw, self._used, self._entries, self._cell = raw, used, entries, cell
        self._stated = stated
        self._known: dict[str, list[Step | None]] = {}
        keys = used.rows.keys(range(len(used)))
        # What the areas are called may have changed on the way; their rows have not.
        self._rows = {key: row for row, key in enumerate(raw.rows.keys(range(len(raw))))}
        self._rows |= {key: row for row, key in enumerate(keys)}

    def steps(self, role: str) -> list[Step | None]:
        """Return the figures of a role after all that was done to it."""
        if role not in self._known:
            steps = self._as_read(role)
            for entry in self._entries:
                if entry.role == role and entry.action not in _NOTHING_DONE:
                    self._repeat(entry, steps)
            self._known[role] = steps
        return self._known[role]

    def _as_read(self, role: str) -> list[Step | None]:
        if role not in self._raw.columns:
            return [None] * len(self._raw)
        values = self._raw.values(role).tolist()
        return [
            None if np.isnan(value) else Step(value, self._cell(role, row))
            for row, value in enumerate(values)
        ]

    def _repeat(self, entry: LedgerEntry, steps: list[Step | None]) -> None:
        rows = [self._rows[key] for key in entry.rows if key in self._rows]
        if entry.action in ("filled", "corrected") and "figures" in entry.fields:
            self._state(entry, rows, steps)
        elif entry.action == "interpolated" and entry.figure in ("linear", "geometric"):
            self._interpolate(entry, rows, steps)
        elif entry.action in ("spliced", "assumed") and {"period", "factor"} <= set(entry.fields):
            self._link(entry, rows, steps)
        elif _deflated(entry):
            self._deflate(entry, rows, steps)
        else:
            for row in rows:
                steps[row] = None

    def _state(self, entry: LedgerEntry, rows: list[int], steps: list[Step | None]) -> None:
        figures = entry.fields["figures"]
        for row in rows:
            value = figures.get(str(self._used.rows.time_label(row)))
            if entry.action == "corrected" and value is not None:
                _, value = value  # the misprint and what replaces it
            steps[row] = None if value is None else self._name(entry, entry.action, row, value)

    def _interpolate(self, entry: LedgerEntry, rows: list[int], steps: list[Step | None]) -> None:
        before = list(steps)
        times, codes = self._used.rows.times, self._used.rows.codes
        for row in rows:
            known = [r for r, s in enumerate(before) if s is not None and codes[r] == codes[row]]
            left = max((r for r in known if r < row), default=None)
            right = min((r for r in known if r > row), default=None)
            if left is None or right is None:
                steps[row] = None
                continue
            start, end = before[left], before[right]
            if start is None or end is None:
                continue
            part, whole = int(times[row] - times[left]), int(times[right] - times[left])
            if entry.figure == "linear":
                value = start.value + (end.value - start.value) * part / whole
                words = f"{start.formula}+({end.formula}-{start.factor})*{part}/{whole}"
            else:
                value = start.value * (end.value / start.value) ** (part / whole)
                words = f"{start.factor}*({end.factor}/{start.factor})^({part}/{whole})"
            steps[row] = Step(value, words)

    def _link(self, entry: LedgerEntry, rows: list[int], steps: list[Step | None]) -> None:
        if not rows:
            return
        at = max(rows) + 1
        after, before = steps[at] if at < len(steps) else None, steps[at - 1]
        link = None if before is None else self._link_of(entry, at, before, after)
        for row in rows:
            step = steps[row]
            linked = link is not None and step is not None
            if linked and link is not None and step is not None:
                steps[row] = Step(step.value * link.value, f"{step.factor}*{link.formula}")
            else:
                steps[row] = None

    def _link_of(
        self, entry: LedgerEntry, at: int, before: Step, after: Step | None
    ) -> Step | None:
        """Return the cell by which the values before a break are multiplied."""
        fields = entry.fields
        if entry.figure == "overlap":
            overlap = self._name(entry, "overlap", at - 1, float(fields["value"]), style="level")
            formula = f"={overlap.formula}/{before.factor}"
            return self._name(
                entry, "link", at, overlap.value / before.value, formula=formula, source=""
            )
        if entry.figure == "assumed" and after is not None:
            growth = self._name(entry, "growth", at, float(fields["growth"]))
            formula = f"={after.factor}/(1+{growth.formula}/100)/{before.factor}"
            value = after.value / (1.0 + growth.value / 100.0) / before.value
            return self._name(entry, "link", at, value, formula=formula, source="")
        return self._name(entry, "link", at, float(fields["factor"]))

    def _deflate(self, entry: LedgerEntry, rows: list[int], steps: list[Step | None]) -> None:
        parents = _parents(self._used, entry)
        if len(parents) < 2:
            for row in rows:
                steps[row] = None
            return
        current, price = (self.steps(role) for role in parents)
        bases: dict[int, Step | None] = {}
        for row in rows:
            code = int(self._used.rows.codes[row])
            if code not in bases:
                bases[code] = self._price_in_base(entry, parents[1], price, row)
            value, index, base = current[row], price[row], bases[code]
            if value is None or index is None or base is None:
                steps[row] = None
                continue
            words = f"{value.factor}/({index.factor}/{base.factor})"
            steps[row] = Step(value.value / (index.value / base.value), words)

    def _price_in_base(
        self, entry: LedgerEntry, role: str, price: list[Step | None], row: int
    ) -> Step | None:
        """Return the price index of the base year: its figure there, or the declared level."""
        rows, base = self._used.rows, int(entry.fields["base"])
        same = np.flatnonzero((rows.codes == rows.codes[row]) & (rows.times == base)).tolist()
        if rows.frequency == "year" and same:
            return price[same[0]]
        level = _LEVEL_IN_BASE.search(self._used.column(role).unit or "")
        if same or level is None:
            return None
        return self._name(entry, "base_level", row, float(level[1]), time=base)

    def _name(self, entry: LedgerEntry, kind: str, row: int, value: float, **more: Any) -> Step:
        """State a figure in a cell with a name, and return it."""
        time = more.pop("time", self._used.rows.time_label(row))
        wanted = re.sub(r"\W", "_", f"{entry.role}_{kind}_{time}", flags=re.ASCII)
        taken = {each.name for each in self._stated}
        name, number = wanted, 1
        while name in taken:
            number += 1
            name = f"{wanted}_{number}"
        more.setdefault("source", entry.source)
        self._stated.append(
            Stated(
                name=name,
                kind=kind,
                role=entry.role,
                area=self._used.rows.entity_label(row),
                time=time,
                value=value,
                **more,
            )
        )
        return Step(value, name)
