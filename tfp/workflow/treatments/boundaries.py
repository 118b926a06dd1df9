"""Areas and their boundaries: ``[boundaries]``."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Literal

from tfp.inputs.boundaries.assigning import assign_areas
from tfp.inputs.boundaries.boundary import Boundary
from tfp.inputs.boundaries.concordance import Concordance
from tfp.inputs.boundaries.merging import merge_areas
from tfp.inputs.boundaries.series import one_series
from tfp.inputs.boundaries.viet_nam import viet_nam_concordance
from tfp.workflow.data_reading import read_further, read_input
from tfp.workflow.plans.placing import placing
from tfp.workflow.plans.plan import Data
from tfp.workflow.plans.plan_data import read_data

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tfp.tables.table import Table
    from tfp.workflow.data_reading import InputFile
    from tfp.workflow.plans.plan_keys import Keys
    from tfp.workflow.treatments.state import Around, Treated

KEY = "boundaries"


@dataclass(frozen=True, kw_only=True)
class Units:
    """One side of ``[boundaries.table]``: what a boundary is called and its columns."""

    boundary: str
    name: str
    code: str | None = None
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True, kw_only=True)
class UnitTable:
    """``[boundaries.table]``: a file that says which new unit each old one belongs to."""

    file: str
    old: Units
    new: Units
    sheet: str | None = None


@dataclass(frozen=True, kw_only=True)
class Continuation:
    """``[boundaries.published]``: a further file with figures of the new units."""

    data: Data
    vintage: str | int
    link: Literal["growth", "levels", "unchecked"]
    tolerance: float
    roles: tuple[str, ...] | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Boundaries:
    """``[boundaries]``: the boundary that the areas follow, and the one of the results.

    Attributes
    ----------
    vintage : str or int
        The boundary of the data: its name, a year or a day.
    merge : bool
        Whether the figures are added up to those of the new units.
    weights : mapping
        Role -> role whose values weigh its mean.
    leave_out : tuple of str
        Roles that are not merged.
    missing : {"refuse", "blank"}
    reallocation : bool
        Whether TFP of the new units is held against that of their parts.
    table : UnitTable or None
        Another table of units than the 63 provinces and 34 units of Viet Nam.
    published : Continuation or None
    """

    vintage: str | int
    merge: bool = False
    weights: Mapping[str, str] = field(default_factory=dict)
    leave_out: tuple[str, ...] = ()
    missing: Literal["refuse", "blank"] = "refuse"
    reallocation: bool = False
    table: UnitTable | None = None
    published: Continuation | None = None


def read_boundaries(keys: Keys) -> Boundaries:
    """Return ``[boundaries]``."""
    published = "published" in keys
    for name in ("weights", "leave_out", "missing", "reallocation", "published"):
        if name in keys and keys.table.get("merge") is not True:
            raise keys.error("plan-key-needs", name, key=keys.key(name), other="merge = true")
    return Boundaries(
        vintage=_vintage(keys),
        merge=keys.truth("merge") if "merge" in keys else False,
        weights=keys.sub("weights").every(lambda part, name: part.role(name)),
        leave_out=keys.roles("leave_out") if "leave_out" in keys else (),
        missing=keys.choice("missing", ("refuse", "blank"), "refuse"),
        reallocation=keys.truth("reallocation") if "reallocation" in keys else False,
        table=_table(keys.sub("table", UnitTable)) if "table" in keys else None,
        published=_published(keys.sub("published", Continuation)) if published else None,
    )


def with_areas(treated: Treated, stated: Boundaries, around: Around) -> Treated:
    """Return the data with each area under its own name, and the boundary declared."""
    concordance, treated = _concordance(treated, stated, around)
    with placing(f"{KEY}.vintage"):
        panel = assign_areas(treated.panel, stated.vintage, concordance=concordance)
    return replace(treated, panel=panel)


def merged(treated: Treated, stated: Boundaries, around: Around) -> Treated:
    """Return the data added up to the new units, and carried on by figures of their own."""
    concordance, treated = _concordance(treated, stated, around)
    with placing(KEY):
        panel = merge_areas(
            treated.panel,
            concordance,
            weights=stated.weights,
            leave_out=stated.leave_out,
            missing=stated.missing,
        )
    treated = replace(treated, panel=panel)
    if stated.published is None:
        return treated
    return _continued(treated, stated.published, concordance, around)


def own_names(stated: Boundaries, around: Around, labels: list[str]) -> list[str]:
    """Return what the areas that a file names so are called in the panel."""
    concordance = concordance_of(stated, around)[0]
    areas = concordance.areas(stated.vintage)
    return [areas.find(label).name for label in labels]


def _continued(
    treated: Treated, stated: Continuation, concordance: Concordance, around: Around
) -> Treated:
    key = f"{KEY}.published"
    newer = read_further(around.plan, around.folder, stated.data, f"{key}.data")
    with placing(f"{key}.vintage"):
        published = assign_areas(newer.panel, stated.vintage, concordance=concordance)
    with placing(key):
        panel = one_series(
            treated.panel,
            published,
            concordance,
            link=stated.link,
            tolerance=stated.tolerance,
            roles=stated.roles,
            reason=stated.reason,
        )
    return replace(treated.with_file(newer.file), panel=panel)


def _concordance(
    treated: Treated, stated: Boundaries, around: Around
) -> tuple[Concordance, Treated]:
    """Return the table of units, and the data with its file among those that were read."""
    concordance, file = concordance_of(stated, around)
    return concordance, treated if file is None else treated.with_file(file)


def concordance_of(stated: Boundaries, around: Around) -> tuple[Concordance, InputFile | None]:
    """Return which new unit each old one belongs to, and the file that says so, if any."""
    if stated.table is None:
        return viet_nam_concordance(), None
    written, key = stated.table, f"{KEY}.table"
    table, file = read_input(
        around.plan.data, around.folder, written.file, written.sheet, f"{key}.file"
    )
    sides = {"old": written.old, "new": written.new}
    frame = {
        column: _column(table, column, f"{key}.{side}.{what}")
        for side, units in sides.items()
        for what, column in _columns_of(units).items()
    }
    with placing(key):
        concordance = Concordance.from_frame(
            frame,
            old=_boundary(written.old),
            new=_boundary(written.new),
            old_columns=_columns_of(written.old),
            new_columns=_columns_of(written.new),
        )
    return concordance, file


def _boundary(units: Units) -> Boundary:
    return Boundary(name=units.boundary, first_day=units.first_day, last_day=units.last_day)


def _columns_of(units: Units) -> dict[str, str]:
    return {"name": units.name} | ({"code": units.code} if units.code else {})


def _column(table: Table, column: str, key: str) -> list[str]:
    with placing(key):
        return [label or "" for label in table.texts(column)]


def _vintage(keys: Keys) -> str | int:
    """Return a boundary as it is asked for: by name, year or day."""
    value = keys.value("vintage")
    if isinstance(value, int) and not isinstance(value, bool):
        return keys.year("vintage")
    if type(value) is date:
        return value.isoformat()
    return keys.text("vintage")


def _table(keys: Keys) -> UnitTable:
    for side in ("old", "new"):
        keys.value(side)
    return UnitTable(
        file=keys.file_name("file"),
        sheet=keys.optional("sheet", keys.text),
        old=_units(keys.sub("old", Units)),
        new=_units(keys.sub("new", Units)),
    )


def _units(keys: Keys) -> Units:
    return Units(
        boundary=keys.text("boundary"),
        name=keys.text("name"),
        code=keys.optional("code", keys.text),
        first_day=keys.optional("first_day", keys.date),
        last_day=keys.optional("last_day", keys.date),
    )


def _published(keys: Keys) -> Continuation:
    keys.value("data")
    return Continuation(
        data=read_data(keys.sub("data", Data)),
        vintage=_vintage(keys),
        link=keys.choice("link", ("growth", "levels", "unchecked")),
        tolerance=keys.number("tolerance", 0.0),
        roles=keys.optional("roles", keys.roles),
        reason=keys.text_or_empty("reason"),
    )
