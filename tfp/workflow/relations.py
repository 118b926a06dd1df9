"""What figures of a file in long form must agree on: ``[[checks.relation]]``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from tfp.inputs.figures.relations import (
    AverageOf,
    GrowthOf,
    IncludedIn,
    IndexOf,
    JumpsIn,
    MeanOf,
    PartsOf,
    PriceChangeOf,
    PricesOf,
    RatioOf,
)
from tfp.workflow.plans.plan_keys import Keys

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

RelationKind = Literal[
    "parts",
    "included",
    "growth",
    "index",
    "average",
    "mean",
    "ratio",
    "prices",
    "price_change",
    "jumps",
]
# The class of each kind, the keys that it needs and those that it may have.
KINDS: dict[str, tuple[Any, tuple[str, ...], tuple[str, ...]]] = {
    "parts": (PartsOf, ("total", "parts"), ("optional", "tolerance")),
    "included": (IncludedIn, ("part", "whole"), ("swing",)),
    "growth": (GrowthOf, ("level", "growth"), ()),
    "index": (IndexOf, ("level", "index"), ()),
    "average": (AverageOf, ("whole", "parts"), ()),
    "mean": (MeanOf, ("mean", "growth", "first", "last"), ()),
    "ratio": (RatioOf, ("ratio", "numerator", "denominator"), ("scale",)),
    "prices": (PricesOf, ("current", "constant", "base_year"), ("reference", "tolerance")),
    "price_change": (PriceChangeOf, ("current", "growth"), ("reference", "tolerance")),
    "jumps": (JumpsIn, ("variable", "of", "fall", "rise"), ()),
}
MEASURED = ("output", "current output", "labour", "investment")


@dataclass(frozen=True, kw_only=True)
class DeclaredRelation:
    """One ``[[checks.relation]]``.

    Which keys belong to which `kind` stands in :data:`KINDS`; they name variables of the
    file, apart from numbers and years.
    """

    kind: RelationKind
    total: str | float | None = None
    parts: tuple[str, ...] | None = None
    optional: tuple[str, ...] | None = None
    part: str | None = None
    whole: str | None = None
    level: str | None = None
    growth: str | None = None
    index: str | None = None
    mean: str | None = None
    first: int | None = None
    last: int | None = None
    ratio: str | None = None
    numerator: str | None = None
    denominator: str | None = None
    current: str | None = None
    constant: str | None = None
    base_year: int | None = None
    reference: Mapping[int, float] | None = None
    variable: str | None = None
    of: str | None = None
    fall: float | None = None
    rise: float | None = None
    swing: float | None = None
    scale: float | None = None
    tolerance: float | None = None

    def relation(self) -> Any:
        """Return the relation of the library."""
        made, needed, allowed = KINDS[self.kind]
        given = {name: getattr(self, name) for name in (*needed, *allowed)}
        # The library calls what a variable measures its kind.
        named = {"kind" if name == "of" else name: value for name, value in given.items()}
        return made(**{name: value for name, value in named.items() if value is not None})


def read_relation(keys: Keys) -> DeclaredRelation:
    """Return one ``[[checks.relation]]``."""
    kind = keys.choice("kind", tuple(KINDS))
    _, needed, allowed = KINDS[kind]
    keys.check_belong(kind, needed, allowed, beside=("kind",))
    takers: dict[str, Callable[[str], Any]] = {
        **dict.fromkeys(("parts", "optional"), keys.texts),
        **dict.fromkeys(("first", "last", "base_year"), keys.year),
        **dict.fromkeys(("fall", "rise", "swing", "scale", "tolerance"), keys.number),
        "total": lambda name: _total(keys, name),
        "reference": lambda name: keys.by_year(name, Keys.number),
        "of": lambda name: keys.choice(name, MEASURED),
    }
    given = {
        name: takers.get(name, keys.text)(name) for name in (*needed, *allowed) if name in keys
    }
    return DeclaredRelation(kind=kind, **given)


def _total(keys: Keys, name: str) -> str | float:
    return keys.text(name) if isinstance(keys.value(name), str) else keys.number(name)
