"""Breaks in official series of which it is known when and why they came."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

from tfp.errors import PanelError, TFPError, nearest
from tfp.inputs.boundaries.resolving import resolve_area
from tfp.language.catalogue import text
from tfp.panel.keys import bare_spelling
from tfp.panel.roles import ROLES

if TYPE_CHECKING:
    from tfp.language.catalogue import Language

NATION = "Việt Nam"
BOUNDARIES = ("63 provinces", "34 units")
# A unit that was put together of one province is that province.
UNCHANGED = 1


@dataclass(frozen=True, kw_only=True)
class KnownBreak:
    """A break in official series: where, when and why.

    Attributes
    ----------
    name : str
        Stable name, ``"icls-19"``.
    areas : tuple of str
        The areas whose series it is in.
    parts : bool
        Whether it is in those of the provinces too.
    roles : tuple of str
        The roles touched; empty for every quantity.
    first : int
        First year on the new footing.
    nature : {"definition", "boundary", "classification"}
    source : str
    """

    name: str
    areas: tuple[str, ...]
    first: int
    nature: Literal["definition", "boundary", "classification"]
    source: str
    parts: bool = False
    roles: tuple[str, ...] = ()

    def concerns(self, role: str) -> bool:
        """Tell whether a role, such as ``"output_by_part:industry"``, is touched."""
        return not self.roles or role.partition(":")[0] in self.roles

    def covers(self, area: str) -> bool:
        """Tell whether an area is touched; an area without a name may be the nation."""
        meant = _area(area)
        if meant in {_area(known) for known in self.areas}:
            return True
        if not area.strip():
            return NATION in self.areas
        return self.parts and _is_province(area)

    def what(self, language: Language = "en") -> str:
        """Return what changed, in a sentence."""
        return text(f"breaks.known.{self.name}.what", language)

    def said_source(self, language: Language = "en") -> str:
        """Return the source as documents of a language cite it."""
        return text(f"breaks.known.{self.name}.source", language)

    def link(self, language: Language = "en") -> str:
        """Return how the two sides are brought together, in a sentence."""
        return text(f"breaks.known.{self.name}.link", language)


def known_breaks(area: str | None = None, role: str | None = None) -> tuple[KnownBreak, ...]:
    """Return the breaks that are known, all or those of an area or a role.

    Parameters
    ----------
    area : str, optional
        Name of the nation or of a province, with or without diacritics.
    role : str, optional
        Role of a column, such as ``"labour"``.

    Returns
    -------
    tuple of KnownBreak
        In the order of their years.

    Raises
    ------
    PanelError
        ``area-unknown`` for a name that is nearly a province's; ``role-unknown``.

    Examples
    --------
    >>> [(known.name, known.first) for known in known_breaks("Hoa Binh", "labour")]
    [('hoa-binh-2008', 2008), ('icls-19-hoa-binh', 2019), ('icls-19', 2021), ('units-2025', 2025)]
    >>> known_breaks("Viet Nam", "labour")[-1].what()[:47]
    'From 2021 the labour force survey follows ICLS-'
    """
    if area is not None and not any(known.covers(area) for known in _registry()):
        _check_spelling(area)
    if role is not None and role.partition(":")[0] not in ROLES:
        raise PanelError("role-unknown", role=role, present=[], nearest=nearest(role, ROLES))
    return tuple(
        known
        for known in _registry()
        if (area is None or known.covers(area)) and (role is None or known.concerns(role))
    )


def _check_spelling(area: str) -> None:
    """Refuse a name that is nearly a province's; any other area has no known break."""
    try:
        resolve_area(area, BOUNDARIES[0])
    except PanelError as error:
        if error.fields.get("nearest"):
            raise


@cache
def _registry() -> tuple[KnownBreak, ...]:
    stored = tomllib.loads(
        files("tfp.inputs.breaks").joinpath("known.toml").read_text(encoding="utf-8")
    )
    breaks = []
    for name, entry in stored.items():
        merged = entry.pop("merged_2025", False)
        areas = _merged_units() if merged else tuple(entry.pop("areas"))
        entry.pop("areas", None)
        roles = tuple(entry.pop("roles", ()))
        breaks.append(KnownBreak(name=name, areas=areas, roles=roles, **entry))
    return tuple(sorted(breaks, key=lambda known: known.first))


@cache
def _area(name: str) -> str:
    """Return one spelling for all names of a province, and of anything else its own."""
    found = _official_name(name)
    return bare_spelling(name if found is None else found)


@cache
def _is_province(name: str) -> bool:
    return _official_name(name) is not None


def _official_name(name: str) -> str | None:
    # A number may be the code of an industry or a firm: only names are looked up.
    if not any(character.isalpha() for character in name):
        return None
    for boundary in BOUNDARIES:
        try:
            return resolve_area(name, boundary).name
        except TFPError:
            continue
    return None


@cache
def _merged_units() -> tuple[str, ...]:
    """Return the units since 1 July 2025 that several provinces make up, and those provinces."""
    from tfp.datasets.administrative import provinces

    frame = provinces().frame
    merged = frame[frame["parts"] > UNCHANGED]
    return tuple(dict.fromkeys([*merged["unit_name_vi"], *merged["name_vi"]]))
