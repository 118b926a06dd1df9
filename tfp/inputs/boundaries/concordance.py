"""Concordances: which unit of a new boundary each unit of an old one belongs to."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tfp.errors import MethodError, PanelError, Place
from tfp.inputs.boundaries.areas import Area, Areas
from tfp.inputs.boundaries.boundary import Boundary, choose_boundary
from tfp.inputs.boundaries.spelling import code_key
from tfp.numerics.records import FrozenMapping
from tfp.panel.frames import open_frame

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    import pandas as pd

    from tfp.inputs.boundaries.spelling import UnitKind
    from tfp.panel.frames import FrameReader

UNIT_COLUMNS = ("name", "code", "name_en")


@dataclass(frozen=True)
class Concordance:
    """Two boundaries, and for each unit of the old one the new one that it became part of.

    Every old unit lies wholly in one new unit, so that figures of the old can be added to
    figures of the new, exactly. The other way needs figures that nobody has and is refused.

    Attributes
    ----------
    old, new : Areas
        The units of both boundaries.
    successors : mapping of Area to Area
        The new unit of each old one.

    Examples
    --------
    >>> import tfp
    >>> merger = tfp.Concordance.from_frame(
    ...     {"before": ["Hà Nội", "Hà Tây"], "after": ["Hà Nội", "Hà Nội"]},
    ...     old=tfp.Boundary(name="64 provinces"), new=tfp.Boundary(name="63 provinces"),
    ...     old_columns={"name": "before"}, new_columns={"name": "after"})
    >>> [area.name for area in merger.parts("Hà Nội")]
    ['Hà Nội', 'Hà Tây']
    """

    old: Areas
    new: Areas
    successors: Mapping[Area, Area] = field(hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "successors", FrozenMapping(self.successors))

    @classmethod
    def from_frame(
        cls,
        frame: Any,
        *,
        old: Boundary,
        new: Boundary,
        old_columns: Mapping[str, str],
        new_columns: Mapping[str, str],
        also_called: Mapping[str, Sequence[str]] | None = None,
        kinds: Mapping[str, tuple[UnitKind, ...]] | None = None,
    ) -> Concordance:
        """Read a concordance from a frame with one row for each old unit.

        Parameters
        ----------
        frame
            A pandas, polars or pyarrow frame, or a mapping of names to lists.
        old, new : Boundary
            What the two lists of units are called, and when they held.
        old_columns, new_columns : mapping
            The frame's columns with the units' ``"name"`` and, if there are any,
            ``"code"`` and ``"name_en"``.
        also_called : mapping, optional
            Other names of a unit, by its name; for units of both boundaries.
        kinds : mapping, optional
            Whether a unit is a ``"province"``, a ``"city"`` or either, by its name. A
            label that calls it otherwise means something else and is refused.

        Returns
        -------
        Concordance

        Raises
        ------
        PanelError
            ``unit-blank``, ``unit-contradicts`` where one code has two names or one name
            two codes, and those of frames.
        MethodError
            ``option-unknown``; ``boundary-named-twice``; ``disaggregation-refused`` where
            an old unit is in several new ones.
        """
        if old.is_called(new.name):
            raise MethodError("boundary-named-twice", boundary=old.name)
        reader = open_frame(frame)
        sides = []
        for boundary, columns in ((old, old_columns), (new, new_columns)):
            units = _units(reader, boundary, columns)
            sides.append([_described(unit, also_called or {}, kinds or {}) for unit in units])
        befores, afters = sides
        return cls(
            old=Areas(old, tuple(dict.fromkeys(befores))),
            new=Areas(new, tuple(dict.fromkeys(afters))),
            successors=_successors(befores, afters),
        )

    def areas(self, vintage: Boundary | str | int | date) -> Areas:
        """Return the units of one of the two boundaries, by its name, a year or a day.

        Raises
        ------
        MethodError
            ``boundary-unknown``, ``year-of-both-boundaries``.
        """
        chosen = choose_boundary(vintage, (self.old.boundary, self.new.boundary))
        return self.old if chosen == self.old.boundary else self.new

    def find(self, label: object, side: Areas) -> Area:
        """Return the unit that a label means under one of the two boundaries.

        Raises
        ------
        PanelError
            ``area-of-other-boundary`` where only the other one has it, with the unit that
            it was merged into, or those that it was made of; those of :meth:`Areas.find`.
        """
        text = str(label)
        if not side.matching(label) and not side.is_code(label):
            other = self.old if side is self.new else self.new
            there = () if other.is_code(label) else other.matching(label)
            if len(there) == 1:
                meant = (self.successor(there[0]),) if other is self.old else self.parts(there[0])
                raise PanelError(
                    "area-of-other-boundary",
                    places=[Place(entity=text)],
                    name=text,
                    boundary=side.boundary.name,
                    other_boundary=other.boundary.name,
                    meant=[area.name for area in meant],
                )
        return side.find(label)

    def successor(self, label: Area | str | int) -> Area:
        """Return the new unit that an old one became part of."""
        return self.successors[label if isinstance(label, Area) else self.old.find(label)]

    def parts(self, label: Area | str | int) -> tuple[Area, ...]:
        """Return the old units that a new one is made of."""
        return self._parts[label if isinstance(label, Area) else self.new.find(label)]

    @cached_property
    def _parts(self) -> dict[Area, tuple[Area, ...]]:
        parts: dict[Area, list[Area]] = defaultdict(list)
        for before, after in self.successors.items():
            parts[after].append(before)
        return {after: tuple(befores) for after, befores in parts.items()}

    @property
    def reused_codes(self) -> dict[str, tuple[Area, Area]]:
        """The codes that name one unit before and another one after, with both."""
        new = {code_key(area.code): area for area in self.new.members if area.code}
        both = (
            (before, new[code_key(before.code)])
            for before in self.old.members
            if before.code and code_key(before.code) in new
        )
        return {old.code: (old, after) for old, after in both if not after.is_called(old.name)}

    @property
    def frame(self) -> pd.DataFrame:
        """The concordance as a new frame, one row for each old unit."""
        import pandas as pd

        return pd.DataFrame(
            [
                (before.code, before.name, after.code, after.name, len(self.parts(after)))
                for before, after in self.successors.items()
            ],
            columns=["old_code", "old_name", "new_code", "new_name", "parts"],
        )

    def __repr__(self) -> str:
        return f"Concordance: {self.old.boundary.name} -> {self.new.boundary.name}"


def _units(reader: FrameReader, boundary: Boundary, columns: Mapping[str, str]) -> list[Area]:
    """Read one side of the table, a unit for each row."""
    wrong = [key for key in columns if key not in UNIT_COLUMNS]
    if wrong or "name" not in columns:
        raise MethodError(
            "option-unknown",
            option="old_columns, new_columns",
            value=", ".join(wrong),
            choices=list(UNIT_COLUMNS),
            nearest="",
        )
    cells: dict[str, list[str]] = {}
    for key, column in columns.items():
        codes, words = reader.texts(column)
        cells[key] = [words[code] if code >= 0 else "" for code in codes.tolist()]
        blank = [row + 1 for row, cell in enumerate(cells[key]) if not cell]
        if blank:
            raise PanelError("unit-blank", column=column, rows=blank[:5], count=len(blank))
    units = [
        Area(boundary=boundary.name, **{"code": "", **dict(zip(cells, row, strict=True))})
        for row in zip(*cells.values(), strict=True)
    ]
    _check_units(units, boundary)
    return units


def _check_units(units: Sequence[Area], boundary: Boundary) -> None:
    """Refuse a code with two names, and a name with two spellings of its code or English."""
    coded = any(unit.code for unit in units)
    by_key: dict[str, set[Area]] = defaultdict(set)
    for unit in units:
        by_key[code_key(unit.code) if coded else unit.name].add(unit)
    for key, same in by_key.items():
        if len(same) > 1:
            raise PanelError(
                "unit-contradicts",
                unit=key,
                boundary=boundary.name,
                found=sorted(f"{unit.code} {unit.name} {unit.name_en}".strip() for unit in same),
            )


def _described(
    unit: Area, also_called: Mapping[str, Sequence[str]], kinds: Mapping[str, tuple[UnitKind, ...]]
) -> Area:
    return Area(
        code=unit.code,
        name=unit.name,
        name_en=unit.name_en,
        boundary=unit.boundary,
        also_called=tuple(also_called.get(unit.name, ())),
        kinds=kinds.get(unit.name, ()),
    )


def _successors(befores: Sequence[Area], afters: Sequence[Area]) -> dict[Area, Area]:
    """Return the new unit of each old one, or refuse an old one that has several."""
    found: dict[Area, list[Area]] = defaultdict(list)
    for before, after in zip(befores, afters, strict=True):
        if after not in found[before]:
            found[before].append(after)
    divided = [
        f"{before.name} -> {' + '.join(area.name for area in new)}"
        for before, new in found.items()
        if len(new) > 1
    ]
    if divided:
        raise MethodError("disaggregation-refused", count=len(divided), areas=divided[:5])
    return {before: new[0] for before, new in found.items()}
