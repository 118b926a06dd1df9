"""Labour: ``[labour]``, how it is measured, and what its groups and schooling add."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tfp.inputs.labour.composition import labour_composition, trained_composition
from tfp.inputs.labour.hours import full_time_equivalents, total_hours
from tfp.inputs.labour.human_capital import Mincer, human_capital, human_capital_by_level
from tfp.workflow.plans.placing import placing
from tfp.workflow.plans.plan_keys import Keys

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tfp.panel.panel import Panel

LabourMeasure = Literal["persons", "hours", "full_time"]
MEASURE_KEYS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "persons": ((), ()),
    "hours": (("unit", "source"), ()),
    "full_time": (("part_time", "source"), ("full_time_hours",)),
}
COMPOSITION_KEYS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "groups": (("source",), ("relative_wages", "new_groups", "total")),
    "trained": (("premium", "source"), ()),
}
RETURN_KEYS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "pwt": (("source",), ("years",)),
    "mincer": (("source", "rate", "rate_source"), ("years",)),
}


@dataclass(frozen=True, kw_only=True)
class Composition:
    """``[labour.composition]``: what shifts between groups of workers add.

    Which keys belong to which word of `by` stands in :data:`COMPOSITION_KEYS`.
    """

    by: Literal["groups", "trained"] = "groups"
    relative_wages: Mapping[str, float] | None = None
    new_groups: Literal["refuse", "matched"] = "refuse"
    total: Literal["groups", "labour"] = "groups"
    premium: float | None = None
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class Schooling:
    """``[labour.human_capital]``: human capital from schooling.

    `years` gives the years of schooling of each level of education, where workers stand
    by level; otherwise the data have mean years of schooling.
    """

    returns: Literal["pwt", "mincer"]
    rate: float | None = None
    rate_source: str = ""
    years: Mapping[str, float] | None = None
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class Labour:
    """``[labour]``: how labour is measured.

    Which keys belong to which `measure` stands in :data:`MEASURE_KEYS`.
    """

    measure: LabourMeasure = "persons"
    unit: str = ""
    part_time: Literal["hours", "capped"] | Mapping[str, float] | None = None
    full_time_hours: float | None = None
    source: str = ""
    composition: Composition | None = None
    human_capital: Schooling | None = None


def read_labour(keys: Keys) -> Labour:
    """Return ``[labour]``."""
    measure = keys.choice("measure", tuple(MEASURE_KEYS), "persons")
    further = ("composition", "human_capital")
    keys.check_belong(measure, *MEASURE_KEYS[measure], beside=("measure", *further))
    composition, schooling = (part in keys for part in further)
    return Labour(
        measure=measure,
        unit=keys.text_or_empty("unit"),
        part_time=keys.optional("part_time", lambda name: _part_time(keys, name)),
        full_time_hours=keys.optional("full_time_hours", keys.positive),
        source=keys.text_or_empty("source"),
        composition=_composition(keys.sub("composition", Composition)) if composition else None,
        human_capital=_schooling(keys.sub("human_capital", Schooling)) if schooling else None,
    )


def measured(panel: Panel, labour: Labour) -> Panel:
    """Return the panel with labour in the measure that the plan names."""
    with placing("labour"):
        if labour.measure == "hours":
            return total_hours(panel, unit=labour.unit, source=labour.source)
        if labour.part_time is not None:
            return full_time_equivalents(
                panel,
                part_time=labour.part_time,
                full_time_hours=labour.full_time_hours,
                source=labour.source,
            )
    return panel


def composed(panel: Panel, stated: Composition) -> Panel:
    """Return the panel with the composition of labour."""
    with placing("labour.composition"):
        if stated.premium is not None:
            return trained_composition(panel, premium=stated.premium, source=stated.source)
        return labour_composition(
            panel,
            relative_wages=stated.relative_wages,
            new_groups=stated.new_groups,
            total=stated.total,
            source=stated.source,
        )


def schooled(panel: Panel, stated: Schooling) -> Panel:
    """Return the panel with human capital."""
    with placing("labour.human_capital"):
        returns: Mincer | Literal["pwt"] = "pwt"
        if stated.rate is not None:
            returns = Mincer(stated.rate, source=stated.rate_source)
        if stated.years is not None:
            return human_capital_by_level(
                panel, years=stated.years, returns=returns, source=stated.source
            )
        return human_capital(panel, returns=returns, source=stated.source)


def _part_time(keys: Keys, name: str) -> Literal["hours", "capped"] | dict[str, float]:
    if isinstance(keys.value(name), dict):
        return keys.sub(name).every(Keys.fraction)
    word: Literal["hours", "capped"] = keys.choice(name, ("hours", "capped"))
    return word


def _composition(keys: Keys) -> Composition:
    by = keys.choice("by", tuple(COMPOSITION_KEYS), "groups")
    keys.check_belong(by, *COMPOSITION_KEYS[by], beside=("by",))
    return Composition(
        by=by,
        relative_wages=keys.sub("relative_wages").every(Keys.positive) or None,
        new_groups=keys.choice("new_groups", ("refuse", "matched"), "refuse"),
        total=keys.choice("total", ("groups", "labour"), "groups"),
        premium=keys.optional("premium", keys.number),
        source=keys.text("source"),
    )


def _schooling(keys: Keys) -> Schooling:
    returns = keys.choice("returns", tuple(RETURN_KEYS))
    keys.check_belong(returns, *RETURN_KEYS[returns], beside=("returns",))
    return Schooling(
        returns=returns,
        rate=keys.optional("rate", keys.fraction),
        rate_source=keys.text_or_empty("rate_source"),
        years=keys.sub("years").every(Keys.number) or None,
        source=keys.text("source"),
    )
