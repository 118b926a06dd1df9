"""From a frame to the rows and columns of a panel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tfp.errors import PanelError, Place, nearest
from tfp.numerics.ordering import plan_rows
from tfp.panel.frames import open_frame
from tfp.panel.keys import encode_entities
from tfp.panel.roles import ROLES, SEVERAL, STATUSES, Column
from tfp.panel.rows import Frequency, RowIndex
from tfp.panel.time import encode_time, label, looks_swapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from tfp.numerics.arrays import IntArray
    from tfp.panel.frames import FrameReader
    from tfp.panel.time import TimeIndex


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
            if isinstance(columns, str):
                yield role, columns
            elif role in SEVERAL:
                yield from ((f"{role}:{asset}", name) for asset, name in columns.items())
            else:
                raise PanelError("one-column-only", role=role, several=list(SEVERAL))


def build(frame: Any, request: PanelRequest) -> tuple[RowIndex, dict[str, Column]]:
    """Read a frame as the user described it."""
    columns_by_role = dict(request.named_columns())
    if not columns_by_role:
        raise PanelError("no-role-given", roles=list(ROLES))
    _check_described_roles(request, columns_by_role)
    reader = open_frame(frame)
    rows, order = _read_rows(reader, request)
    columns = {
        role: _read_column(reader, request, role, name, order)
        for role, name in columns_by_role.items()
    }
    return rows, columns


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
        origin=reader.library,
    )
    return index, order


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


def _read_column(
    reader: FrameReader, request: PanelRequest, role: str, name: str, order: IntArray | None
) -> Column:
    def described(option: Mapping[str, str]) -> str | None:
        return option.get(role, option.get(role.partition(":")[0]))

    values = reader.numbers(name)
    definition_column = described(request.definitions)
    definition: NDArray[np.int32] | None = None
    definitions: tuple[str, ...] = ()
    if definition_column is not None:
        definition, definitions = reader.texts(definition_column)
    status_column = (
        request.status if isinstance(request.status, str) else described(request.status or {})
    )
    status = _read_status(reader, status_column) if status_column is not None else None
    column = Column(
        role=role,
        name=name,
        values=values if order is None else values[order],
        unit=described(request.units),
        price_base=described(request.price_bases),
        vintage=described(request.vintages),
        boundary=described(request.boundaries),
        definition=definition if order is None or definition is None else definition[order],
        definitions=definitions,
        status=status if order is None or status is None else status[order],
    )
    # Looked at once here, so that methods can tell at no cost whether a logarithm exists.
    _ = column.smallest
    return column


def _read_status(reader: FrameReader, name: str) -> NDArray[np.int8]:
    codes, labels = reader.texts(name)
    unknown = [label for label in labels if label not in STATUSES]
    if unknown:
        raise PanelError(
            "status-unknown", places=[Place(column=name)], found=unknown, known=list(STATUSES)
        )
    if bool((codes < 0).any()):
        raise PanelError(
            "status-missing",
            places=[Place(column=name)],
            count=int((codes < 0).sum()),
            known=list(STATUSES),
        )
    numbers = np.array([STATUSES.index(label) for label in labels], dtype=np.int8)
    return numbers[codes]
