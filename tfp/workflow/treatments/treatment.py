"""All that a plan does to its data; a sensitivity may replace any of these tables.

In which order they are applied stands in :mod:`tfp.workflow.treatments.order`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, TypeVar

from tfp.workflow.treatments.boundaries import (
    Boundaries,
    read_boundaries,
)
from tfp.workflow.treatments.breaks import (
    AcceptedBreak,
    Splice,
    read_accepted_break,
    read_splice,
)
from tfp.workflow.treatments.capital import Capital, read_capital
from tfp.workflow.treatments.corrections import Correction, read_correction
from tfp.workflow.treatments.estimates import Estimate, read_estimate
from tfp.workflow.treatments.gaps import (
    Fill,
    Interpolation,
    read_fill,
    read_interpolation,
)
from tfp.workflow.treatments.investment import (
    Investment,
    read_investment,
)
from tfp.workflow.treatments.labour import Labour, read_labour
from tfp.workflow.treatments.prices import (
    BaseLink,
    Deflation,
    Output,
    Rebasing,
    read_base_link,
    read_deflation,
    read_output,
    read_rebasing,
)
from tfp.workflow.treatments.weights import Method, read_method

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tfp.workflow.plans.plan_keys import Keys


T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Treatment:
    """How the data become accounts: all that a sensitivity may do otherwise."""

    boundaries: Boundaries | None = None
    correct: tuple[Correction, ...] = ()
    estimate: tuple[Estimate, ...] = ()
    fill: tuple[Fill, ...] = ()
    interpolate: tuple[Interpolation, ...] = ()
    deflate: tuple[Deflation, ...] = ()
    output: Output | None = None
    link_base: tuple[BaseLink, ...] = ()
    rebase: tuple[Rebasing, ...] = ()
    splice: tuple[Splice, ...] = ()
    accept_break: tuple[AcceptedBreak, ...] = ()
    labour: Labour | None = None
    investment: Investment | None = None
    capital: Capital | None = None
    method: Method = field(default_factory=Method)

    @property
    def made(self) -> frozenset[str]:
        """The roles that its tables make from others, assets aside."""
        deflated = {each.role.partition(":")[0] for each in self.deflate}
        return frozenset(deflated | ({"output"} if self.output is not None else set()))


TREATMENT_KEYS = tuple(each.name for each in fields(Treatment))


def read_treatment(keys: Keys) -> Treatment:
    """Return the tables that say how data become accounts."""
    return Treatment(
        boundaries=_one(keys, "boundaries", Boundaries, read_boundaries),
        correct=tuple(map(read_correction, keys.subs("correct", Correction))),
        estimate=tuple(map(read_estimate, keys.subs("estimate", Estimate))),
        fill=tuple(map(read_fill, keys.subs("fill", Fill))),
        interpolate=tuple(map(read_interpolation, keys.subs("interpolate", Interpolation))),
        deflate=tuple(map(read_deflation, keys.subs("deflate", Deflation))),
        output=_one(keys, "output", Output, read_output),
        link_base=tuple(map(read_base_link, keys.subs("link_base", BaseLink))),
        rebase=tuple(map(read_rebasing, keys.subs("rebase", Rebasing))),
        splice=tuple(map(read_splice, keys.subs("splice", Splice))),
        accept_break=tuple(map(read_accepted_break, keys.subs("accept_break", AcceptedBreak))),
        labour=_one(keys, "labour", Labour, read_labour),
        investment=_one(keys, "investment", Investment, read_investment),
        capital=_one(keys, "capital", Capital, read_capital),
        method=read_method(keys.sub("method", Method)),
    )


def _one(keys: Keys, name: str, record: type, read: Callable[[Keys], T]) -> T | None:
    return read(keys.sub(name, record)) if name in keys else None


def overlaid(plan: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return the tables of a plan with those of a sensitivity in their place.

    A list of tables takes the place of the plan's. In a table, each key given takes the
    place of the plan's key and the others stay; a table inside it is taken whole.

    Examples
    --------
    >>> overlaid({"capital": {"depreciation": 0.05, "timing": "end"}, "splice": [{"at": 2021}]},
    ...          {"capital": {"timing": "mid"}, "splice": []})
    {'splice': [], 'capital': {'depreciation': 0.05, 'timing': 'mid'}}
    """
    tables = {name: plan[name] for name in TREATMENT_KEYS if name in plan}
    for name in TREATMENT_KEYS:
        if name in changes:
            both = isinstance(changes[name], dict) and isinstance(tables.get(name), dict)
            tables[name] = {**tables[name], **changes[name]} if both else changes[name]
    return tables
