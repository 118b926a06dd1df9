"""The units of one boundary, found by code or by any spelling of their names."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import TYPE_CHECKING

from tfp.errors import NOTHING, PanelError, Place
from tfp.inputs.boundaries.spelling import code_key, name_key, readings

if TYPE_CHECKING:
    from tfp.inputs.boundaries.boundary import Boundary
    from tfp.inputs.boundaries.spelling import UnitKind


@dataclass(frozen=True, kw_only=True)
class Area:
    """A territorial unit.

    Attributes
    ----------
    code : str
        Official code, which means nothing without the boundary; empty if there is none.
    name : str
        The name that panels and reports use.
    boundary : str
        Name of the boundary that the unit belongs to.
    name_en : str
        Name in English, or without diacritics.
    also_called : tuple of str
        Other names and abbreviations.
    kinds : tuple of {"province", "city"}
        What the unit is called beside its name; empty if labels may say anything.
    """

    code: str
    name: str
    boundary: str
    name_en: str = ""
    also_called: tuple[str, ...] = ()
    kinds: tuple[UnitKind, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every name of the unit."""
        return tuple(name for name in (self.name, self.name_en, *self.also_called) if name)

    def is_called(self, name: str) -> bool:
        """Tell whether this is one of the unit's names, however it is spelled."""
        return name_key(name) in map(name_key, self.names)


@dataclass(frozen=True)
class Areas:
    """The units of one boundary.

    Attributes
    ----------
    boundary : Boundary
    members : tuple of Area
    """

    boundary: Boundary
    members: tuple[Area, ...]

    def __len__(self) -> int:
        return len(self.members)

    def find(self, label: object) -> Area:
        """Return the unit that a code or a name means under this boundary.

        Raises
        ------
        PanelError
            ``area-unknown`` with the names most like it, ``area-ambiguous`` where several
            units have the name, ``area-of-another-kind`` where it is that of a city
            inside a province of the same name.
        """
        found = self.matching(label)
        if len(found) == 1:
            return found[0]
        if found:
            raise PanelError(
                "area-ambiguous",
                places=[Place(entity=str(label))],
                name=str(label),
                boundary=self.boundary.name,
                candidates=[f"{area.code or NOTHING} {area.name}" for area in found],
            )
        raise self._unknown(str(label))

    def matching(self, label: object) -> tuple[Area, ...]:
        """Return the units that a code or a name can mean; none if it is unknown.

        Raises
        ------
        PanelError
            ``area-of-another-kind``.
        """
        if code_key(label) in self._by_code:
            return self._by_code[code_key(label)]
        for kind, key in readings(str(label)):
            found = self._by_name.get(key, ())
            fitting = tuple(
                area for area in found if kind is None or not area.kinds or kind in area.kinds
            )
            if fitting:
                return fitting
            if found:
                raise PanelError(
                    "area-of-another-kind",
                    places=[Place(entity=str(label))],
                    name=str(label),
                    area=found[0].name,
                    boundary=self.boundary.name,
                )
        return ()

    def is_code(self, label: object) -> bool:
        """Tell whether a label is one of the codes."""
        return code_key(label) in self._by_code

    @cached_property
    def _by_code(self) -> dict[str, tuple[Area, ...]]:
        return {code_key(area.code): (area,) for area in self.members if area.code}

    @cached_property
    def _by_name(self) -> dict[str, tuple[Area, ...]]:
        found: dict[str, list[Area]] = defaultdict(list)
        for area in self.members:
            for key in dict.fromkeys(map(name_key, area.names)):
                found[key].append(area)
        return {key: tuple(areas) for key, areas in found.items()}

    def _unknown(self, label: str) -> PanelError:
        keys = [key for _, key in readings(label)]
        near = [
            self._by_name[match][0].name
            for key in reversed(keys)
            for match in get_close_matches(key, self._by_name, n=3, cutoff=0.6)
        ]
        return PanelError(
            "area-unknown",
            places=[Place(entity=label)],
            name=label,
            boundary=self.boundary.name,
            nearest=list(dict.fromkeys(near))[:3],
        )
