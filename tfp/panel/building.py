"""From a frame to the rows and columns of a panel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from tfp.errors import PanelError, Place, nearest
from tfp.numerics.ordering import plan_rows
from tfp.panel.columns import column_of_values, numbers_of
from tfp.panel.frames import open_frame
from tfp.panel.keys import encode_entities
from tfp.panel.roles import NAMED, ROLES, SEVERAL, STATUSES, Column
from tfp.panel.rows import RowIndex
from tfp.panel.statuses import status_of
from tfp.panel.time import encode_time, label, looks_swapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from tfp.numerics.arrays import IntArray
    from tfp.panel.frames import FrameReader
    from tfp.panel.time import Frequency, TimeIndex

# Names that terms, inputs and frames of growth accounts use themselves.
TERM_NAMES = (
    "output",
    "capital",
    "labour",
    "hours_per_worker",
    "human_capital",
    "labour_composition",
    "returns_to_scale",
    "tfp",
    "reason",
)
MOST_PLACES = 6  # one more than a message shows, so that it says that there are more


@dataclass(frozen=True, kw_only=True)
class PanelRequest:
    """What the user said about a frame; see :class:`tfp.panel.panel.Panel`."""

    time: str
    entity: str | None
    area: str
    frequency: Frequency
    roles: Mapping[str, str | Mapping[str, str]]
    units: Mapping[str, str]
    price_bases: Mapping[str, str]
    vintages: Mapping[str, str]
    boundaries: Mapping[str, str]
    definitions: Mapping[str, str]
    status: str | Mapping[str, str] | None

    def named_columns(self) -> Iterator[tuple[str, str]]:
        """Yield each role, assets spelled out, with the name of its column."""
        for role, columns in self.roles.items():
            several = isinstance(columns, Mapping | list | tuple)
            if several and role not in SEVERAL:
                raise PanelError("one-column-only", role=role, several=list(SEVERAL))
            if isinstance(columns, Mapping):
                for name, column in columns.items():
                    _check_input_name(role, name)
                    yield f"{role}:{name}", column
            elif several or role in NAMED:
                raise PanelError("input-names-needed", role=role)
            else:
                yield role, columns


def build(frame: Any, request: PanelRequest) -> tuple[RowIndex, dict[str, Column]]:
    """Read a frame as the user described it."""
    columns_by_role = dict(request.named_columns())
    if not columns_by_role:
        raise PanelError("no-role-given", roles=list(ROLES))
    _check_keys(request)
    _check_described_roles(request, columns_by_role)
    _check_terms_apart(columns_by_role)
    reader = open_frame(frame)
    rows, order = _read_rows(reader, request)
    columns = {
        role: _read_column(reader, request, role, name, _Sorting(rows, order))
        for role, name in columns_by_role.items()
    }
    return rows, columns


def _check_input_name(role: str, name: str) -> None:
    """Refuse a name that would hide another term of the accounts."""
    if not str(name).strip() or (role in NAMED and name in TERM_NAMES):
        raise PanelError("input-name-taken", role=role, name=name, taken=list(TERM_NAMES))


def _check_terms_apart(given: Mapping[str, str]) -> None:
    """Refuse a further input that has the name of an asset's term."""
    terms = [f"capital_{role.partition(':')[2]}" for role in given if role.startswith("capital:")]
    for role in given:
        base, _, name = role.partition(":")
        if base in NAMED and name in terms:
            raise PanelError("input-name-taken", role=base, name=name, taken=terms)


def _check_keys(request: PanelRequest) -> None:
    if request.entity is not None and request.area:
        raise PanelError("area-beside-entity", area=request.area, entity=request.entity)
    if not isinstance(request.area, str):
        raise PanelError("area-not-text", kind=type(request.area).__name__)
    if request.entity is not None and request.entity == request.time:
        raise PanelError("keys-in-one-column", column=request.time)


def _check_described_roles(request: PanelRequest, given: Mapping[str, str]) -> None:
    described = {
        "units": request.units,
        "price_bases": request.price_bases,
        "vintages": request.vintages,
        "boundaries": request.boundaries,
        "definitions": request.definitions,
        "status": request.status if not isinstance(request.status, str) else {},
    }
    bases = {role.partition(":")[0] for role in given} | set(given)
    for option, roles in described.items():
        if roles is not None and not isinstance(roles, Mapping):
            raise PanelError("description-not-by-role", option=option, kind=type(roles).__name__)
        for role in roles or {}:
            if role not in bases:
                raise PanelError(
                    "described-role-absent",
                    option=option,
                    role=role,
                    present=sorted(given),
                    nearest=nearest(role, bases),
                )


def _read_rows(reader: FrameReader, request: PanelRequest) -> tuple[RowIndex, IntArray | None]:
    raw_times = reader.raw(request.time)
    raw_entities = reader.raw(request.entity) if request.entity is not None else None
    if raw_entities is not None and looks_swapped(raw_entities, raw_times):
        raise PanelError("entity-and-time-exchanged", entity=request.entity, time=request.time)
    times = encode_time(raw_times, request.frequency)
    if raw_entities is None:
        codes = np.zeros(len(times.ordinals), dtype=np.int32)
        entities: tuple[str, ...] = (request.area,)
    else:
        codes, entities = encode_entities(raw_entities)
    plan = plan_rows(codes, times.ordinals, len(entities))
    if len(plan.duplicates):
        if raw_entities is None and _is_several(times):
            raise _several(times)
        raise _duplicates(plan.duplicates, codes, entities, times)
    order = plan.order
    index = RowIndex(
        entities=entities,
        codes=codes if order is None else codes[order],
        times=times.ordinals if order is None else times.ordinals[order],
        starts=plan.starts,
        breaks=plan.breaks,
        frequency=times.frequency,
        entity_name=request.entity,
        time_name=request.time,
        origin=reader.origin,
    )
    return index, order


def _is_several(times: TimeIndex) -> bool:
    """Tell whether most periods have several rows, as those of several entities have."""
    _, counts = np.unique(times.ordinals, return_counts=True)
    return len(counts) > 1 and bool(2 * np.count_nonzero(counts > 1) > len(counts))


def _several(times: TimeIndex) -> PanelError:
    """Return that the rows are of several entities and no column says of which."""
    periods, counts = np.unique(times.ordinals, return_counts=True)
    at = int(np.argmax(counts))
    most = np.flatnonzero(counts > 1)
    return PanelError(
        "several-rows-a-period",
        places=[Place(time=label(int(periods[n]), times.frequency)) for n in most.tolist()],
        period=label(int(periods[at]), times.frequency),
        rows=int(counts[at]),
        count=len(most),
    )


def _duplicates(
    pairs: NDArray[np.intp], codes: NDArray[np.int32], entities: tuple[str, ...], times: TimeIndex
) -> PanelError:
    places = [
        Place(
            entity=entities[int(codes[row])] or None,
            time=label(int(times.ordinals[row]), times.frequency),
        )
        for row in pairs[:, 0]
    ]
    return PanelError("duplicate-keys", places=places, count=len(pairs))


@dataclass(frozen=True, eq=False)
class _Sorting:
    """The rows of the panel, and the order in which the frame's rows become them."""

    rows: RowIndex
    order: IntArray | None

    def sort(self, values: NDArray[Any]) -> NDArray[Any]:
        # The order is a permutation, so that no index is out of bounds: "clip" spares the look.
        return values if self.order is None else values.take(self.order, mode="clip")

    @cached_property
    def position(self) -> IntArray:
        """Where in the panel each row of the frame went; asked for in messages only."""
        return np.arange(len(self.rows)) if self.order is None else np.argsort(self.order)

    def place(self, row: int, column: str) -> Place:
        return self.rows.place(int(self.position[row]), column)


def _read_column(
    reader: FrameReader, request: PanelRequest, role: str, name: str, sorting: _Sorting
) -> Column:
    def described(option: Mapping[str, str]) -> str | None:
        return option.get(role, option.get(role.partition(":")[0]))

    # Gathering copies by itself; a column that is in order already must be copied once.
    values = reader.numbers(
        name, copy=sorting.order is None, locate=lambda row: sorting.place(row, name)
    )
    definition_column = described(request.definitions)
    definition: NDArray[np.int32] | None = None
    definitions: tuple[str, ...] = ()
    if definition_column is not None:
        definition, definitions = reader.texts(definition_column)
    status_column = (
        request.status if isinstance(request.status, str) else described(request.status or {})
    )
    status = _read_status(reader, status_column, sorting) if status_column is not None else None
    column = Column(
        role=role,
        name=name,
        values=sorting.sort(values),
        unit=described(request.units),
        price_base=described(request.price_bases),
        vintage=described(request.vintages),
        boundary=described(request.boundaries),
        definition=None if definition is None else sorting.sort(definition),
        definitions=definitions,
        status=None if status is None else sorting.sort(status),
    )
    # Looked at once here, so that methods can tell at no cost whether a logarithm exists.
    _ = column.smallest
    return column


def _read_status(reader: FrameReader, name: str, sorting: _Sorting) -> NDArray[np.int8]:
    codes, labels = reader.texts(name)
    statuses = [status_of(label) for label in labels]
    unknown = [label for label, status in zip(labels, statuses, strict=True) if status is None]
    if unknown:
        rows = np.flatnonzero(np.isin(codes, [labels.index(label) for label in unknown]))
        places = [sorting.place(row, name) for row in rows[:MOST_PLACES]]
        raise PanelError("status-unknown", places=places, found=unknown, known=list(STATUSES))
    blank = np.flatnonzero(codes < 0)
    if len(blank):
        raise PanelError(
            "status-missing",
            places=[sorting.place(row, name) for row in blank[:MOST_PLACES]],
            count=len(blank),
            known=list(STATUSES),
        )
    numbers = np.array([STATUSES.index(status) for status in statuses if status], dtype=np.int8)
    return numbers[codes]


def admit_column(column: Column, rows: RowIndex, present: Mapping[str, Column]) -> Column:
    """Return a column as a panel of these rows holds it; see :meth:`Panel.with_column`."""
    base, _, name = column.role.partition(":")
    if base not in ROLES or (name and base not in SEVERAL) or (base in NAMED and not name):
        raise PanelError(
            "role-unknown", role=column.role, present=sorted(present), nearest=nearest(base, ROLES)
        )
    if name:
        _check_input_name(base, name)
    rivals = [role for role in present if role.partition(":")[0] == base]
    if rivals and (column.role in ROLES) != (rivals[0] in ROLES):
        raise PanelError("role-one-and-several", role=column.role, present=rivals)
    for array in (column.values, column.definition, column.status):
        if array is not None and len(array) != len(rows):
            raise PanelError(
                "column-length", role=column.role, found=len(array), expected_rows=len(rows)
            )
    raw = column_of_values(column.values, column.name)
    values = numbers_of(raw, locate=lambda row: rows.place(row, column.name))
    admitted = replace(column, values=values)
    _ = admitted.smallest
    return admitted
