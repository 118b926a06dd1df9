"""Changes of definition: ``[[splice]]`` and ``[[accept_break]]``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tfp.inputs.breaks.links import GivenFactor, NationalRatio
from tfp.inputs.breaks.splicing import AssumedGrowth, PublishedOverlap, accept_break, splice
from tfp.workflow.plans.placing import placing

if TYPE_CHECKING:
    from tfp.inputs.breaks.splicing import Link
    from tfp.panel.panel import Panel
    from tfp.workflow.plans.plan_keys import Keys


# What may tie the two sides of a break.
WAYS = ("previous", "growth", "national", "factor")
# An assumption must carry a name; a published figure must say where it stands.
NAMED_WAYS, SOURCED_WAYS = ("growth", "factor"), ("previous", "national", "factor")


@dataclass(frozen=True, kw_only=True)
class National:
    """``national`` of a splice: a larger area's figure on both definitions."""

    old: float
    new: float
    area: str


@dataclass(frozen=True, kw_only=True)
class Splice:
    """``[[splice]]``: how a series is carried over a change of its definition."""

    role: str
    at: int
    previous: float | None = None
    growth: float | None = None
    national: National | None = None
    factor: float | None = None
    name: str = ""
    source: str = ""
    entity: str | None = None


@dataclass(frozen=True, kw_only=True)
class AcceptedBreak:
    """``[[accept_break]]``: a change of definition that is passed over knowingly."""

    role: str
    at: int
    reason: str
    entity: str | None = None


def read_splice(keys: Keys) -> Splice:
    """Return one ``[[splice]]``."""
    way = keys.only_one(*WAYS)
    return Splice(
        role=keys.role("role"),
        at=keys.year("at"),
        previous=keys.positive("previous") if way == "previous" else None,
        growth=keys.number("growth", -0.99, 10.0) if way == "growth" else None,
        national=_national(keys.sub("national", National)) if way == "national" else None,
        factor=keys.positive("factor") if way == "factor" else None,
        name=keys.text("name") if way in NAMED_WAYS else keys.text_or_empty("name"),
        source=keys.text("source") if way in SOURCED_WAYS else keys.text_or_empty("source"),
        entity=keys.optional("entity", keys.text),
    )


def read_accepted_break(keys: Keys) -> AcceptedBreak:
    """Return one ``[[accept_break]]``."""
    return AcceptedBreak(
        role=keys.role("role"),
        at=keys.year("at"),
        reason=keys.text("reason"),
        entity=keys.optional("entity", keys.text),
    )


def spliced(panel: Panel, link: Splice, key: str) -> Panel:
    """Return the panel with one break spliced."""
    with placing(key):
        return splice(panel, link.role, link.at, _link(link), entity=link.entity)


def accepted(panel: Panel, known: AcceptedBreak, key: str) -> Panel:
    """Return the panel with one break passed over."""
    with placing(key):
        return accept_break(panel, known.role, known.at, reason=known.reason, entity=known.entity)


def _national(keys: Keys) -> National:
    return National(old=keys.positive("old"), new=keys.positive("new"), area=keys.text("area"))


def _link(link: Splice) -> Link:
    if link.previous is not None:
        return PublishedOverlap(link.previous, source=link.source)
    if link.national is not None:
        larger = link.national
        return NationalRatio(larger.old, larger.new, source=link.source, area=larger.area)
    if link.factor is not None:
        return GivenFactor(link.factor, name=link.name, source=link.source)
    return AssumedGrowth(link.growth or 0.0, name=link.name, source=link.source)
