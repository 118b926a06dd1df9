"""From figures to a panel: one book for each column, with all that is known of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tfp.errors import MethodError, Place
from tfp.inputs.figures.choosing import MixedVintages, vintages_to_choose
from tfp.panel.ledger import LedgerEntry
from tfp.panel.panel import Panel
from tfp.panel.roles import STATUSES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from tfp.inputs.figures.choosing import VintageRule
    from tfp.inputs.figures.collection import Figures
    from tfp.inputs.figures.figure import Figure
    from tfp.panel.roles import Status

Key = tuple[str, int]


@dataclass(frozen=True)
class PanelWish:
    """What the user asked for; see ``build_panel``."""

    roles: Mapping[str, str | Mapping[str, str]]
    vintages: str | Mapping[str, VintageRule] | None
    units: Mapping[str, str]
    price_bases: Mapping[str, str]
    boundaries: Mapping[str, str]
    years: Collection[int] | None

    def variables(self) -> Iterator[tuple[str, str]]:
        """Yield each role, ``investment:machines`` for one of several, with its variable."""
        for role, named in self.roles.items():
            if isinstance(named, Mapping):
                yield from ((f"{role}:{name}", variable) for name, variable in named.items())
            else:
                yield role, named

    def rule(self, role: str) -> VintageRule | None:
        """Return the vintage stated for a role, if one is."""
        if self.vintages is None or isinstance(self.vintages, str):
            return self.vintages
        return self.vintages.get(role, self.vintages.get(role.partition(":")[0]))


def build_panel(figures: Figures, wish: PanelWish) -> Panel:
    """Return a panel whose columns hold one book each.

    Parameters
    ----------
    figures : Figures
    wish : PanelWish
        By role the variable (``output="grdp_2010p"``), or variables by name
        (``investment={"machines": ...}``); by role the vintage, where several books print
        the variable; by role the unit wanted, the price base and the boundary; the years.

    Returns
    -------
    Panel
        Vintage, unit and status of every column; what is derived is an estimate. A figure
        without a status beside others that have one is final, because yearbooks mark only
        what is not. A column of mixed vintages names the book of each value as its
        definition, and none for the whole. The ledger names the source of every column, and
        holds the corrections and conversions that were made before.

    Notes
    -----
    Methods refuse output, capital and investment of different vintages. Books that agree
    wherever they overlap can be declared to be of one vintage before:
    ``figures.rename_vintages({"yearbook 2021": "2021-22", "yearbook 2022": "2021-22"})``;
    books that do not are refused there.

    Raises
    ------
    MethodError
        ``vintages-to-choose``, ``vintage-absent``, ``variable-unknown``, and
        ``units-to-choose`` where one column would hold several units.

    Examples
    --------
    >>> import tfp
    >>> figures = tfp.Figures({"a": ["Hưng Yên"] * 2, "v": ["grdp"] * 2, "y": [2010, 2011],
    ...                        "x": [27065153, 29604453], "b": ["yearbook 2022"] * 2},
    ...                       area="a", variable="v", time="y", value="x", vintage="b")
    >>> figures.panel(output="grdp").column("output").vintage
    'yearbook 2022'
    """
    columns = {role: _Column.of(figures, wish, role, name) for role, name in wish.variables()}
    wanted = {key for column in columns.values() for key in column.figures}
    if wish.years is not None:
        wanted = {key for key in wanted if key[1] in set(wish.years)}
    areas = [area for area in figures.areas if any(key[0] == area for key in wanted)]
    keys = sorted(wanted, key=lambda key: (areas.index(key[0]), key[1]))
    frame: dict[str, list[object]] = {
        "area": [area for area, _ in keys],
        "year": [year for _, year in keys],
    }
    names = _column_names(columns)
    for role, column in columns.items():
        frame[names[role]] = [column.value(key) for key in keys]
        frame[f"status of {role}"] = [column.status(key) for key in keys]
        frame[f"vintage of {role}"] = [column.vintage_of(key) for key in keys]
    several = len(areas) > 1
    given: dict[str, Any] = _roles(names)  # Panel refuses what is no role of its own
    panel = Panel(
        frame,
        time="year",
        entity="area" if several else None,
        area="" if several or not areas else areas[0],
        **given,
        units={role: column.unit for role, column in columns.items() if column.unit},
        vintages={role: c.vintage for role, c in columns.items() if c.vintage and not c.mixed},
        price_bases=wish.price_bases,
        boundaries=wish.boundaries,
        status={role: f"status of {role}" for role, c in columns.items() if c.has_status},
        definitions={role: f"vintage of {role}" for role, c in columns.items() if c.mixed},
    )
    entries = [
        entry for role, column in columns.items() for entry in column.ledger(role, set(keys))
    ]
    return Panel.of(panel.rows, panel.columns, tuple(entries))


def _column_names(columns: Mapping[str, _Column]) -> dict[str, str]:
    """Name each column after its variable, and its role as well where two share one."""
    used = Counter(column.variable for column in columns.values())
    return {
        role: column.variable if used[column.variable] == 1 else f"{column.variable} as {role}"
        for role, column in columns.items()
    }


def _roles(names: Mapping[str, str]) -> dict[str, Any]:
    roles: dict[str, Any] = {}
    for role, column in names.items():
        base, several, name = role.partition(":")
        if several:
            roles.setdefault(base, {})[name] = column
        else:
            roles[role] = column
    return roles


@dataclass(frozen=True)
class _Column:
    """The figures that become one column of the panel."""

    variable: str
    figures: Mapping[Key, Figure]
    unit: str
    mixed: bool
    done: tuple[LedgerEntry, ...]

    @classmethod
    def of(cls, figures: Figures, wish: PanelWish, role: str, variable: str) -> _Column:
        rule = wish.rule(role)
        unit = wish.units.get(role, wish.units.get(role.partition(":")[0]))
        figures.vintages(variable)
        if rule is None:
            for area in figures.areas:
                vintages = figures.vintages(variable, area)
                if len(vintages) > 1:
                    raise vintages_to_choose(variable, area, vintages)
        else:
            figures = figures.choose({variable: rule})
        if unit is not None:
            figures = figures.convert({variable: unit})
        chosen = [figure for figure in figures.figures if figure.variable == variable]
        units = list(dict.fromkeys(figure.unit for figure in chosen))
        if len(units) > 1:
            raise MethodError(
                "units-to-choose", places=[Place(column=variable)], variable=variable, units=units
            )
        rules = rule.values() if isinstance(rule, Mapping) else (rule,)
        return cls(
            variable,
            {(figure.area, figure.year): figure for figure in chosen},
            units[0] if units else "",
            any(isinstance(one, MixedVintages) for one in rules),
            tuple(entry for entry in figures.ledger if entry.role == variable),
        )

    @property
    def vintage(self) -> str:
        return "; ".join(dict.fromkeys(f.vintage for f in self.figures.values() if f.vintage))

    @property
    def has_status(self) -> bool:
        return any(figure.status or figure.derivation for figure in self.figures.values())

    def value(self, key: Key) -> float:
        return self.figures[key].value if key in self.figures else float("nan")

    def vintage_of(self, key: Key) -> str | None:
        return self.figures[key].vintage if key in self.figures else None

    def status(self, key: Key) -> Status:
        figure = self.figures.get(key)
        stated: Status = (figure.status if figure else None) or "final"
        if figure is None or not figure.derivation:
            return stated
        return max(stated, "estimate", key=STATUSES.index)

    def ledger(self, role: str, keys: set[Key]) -> Iterator[LedgerEntry]:
        """Yield what was done to the column, and where its figures come from."""
        for entry in self.done:
            rows = tuple(row for row in entry.rows if row in keys)
            if rows:
                yield replace(entry, role=role, rows=rows)
        groups: dict[tuple[str, str, str], list[Key]] = {}
        for key, figure in self.figures.items():
            if key in keys:
                origin = (figure.vintage, figure.source, figure.derivation)
                groups.setdefault(origin, []).append(key)
        told = any(entry.action == "chosen" for entry in self.done)
        for (vintage, source, derivation), keys_of in groups.items():
            if derivation:
                yield LedgerEntry(
                    action="derived",
                    role=role,
                    rows=tuple(keys_of),
                    reason=derivation,
                    figure="vintage",
                    fields={"vintage": vintage},
                    source=source,
                )
            elif source and not told:
                yield LedgerEntry(
                    action="chosen",
                    role=role,
                    rows=tuple(keys_of),
                    cause="only_vintage",
                    figure="vintage",
                    fields={"vintage": vintage},
                    source=source,
                )
