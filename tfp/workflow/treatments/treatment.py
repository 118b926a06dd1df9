"""All that a plan does to its data, in one order.

A sensitivity may replace any of these tables; the order stays.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, fields
from functools import partial
from typing import TYPE_CHECKING, Any

from tfp.errors import TFPError
from tfp.workflow.treatments.breaks import (
    AcceptedBreak,
    Splice,
    accepted,
    read_accepted_break,
    read_splice,
    spliced,
)
from tfp.workflow.treatments.capital import Capital, read_capital, with_capital
from tfp.workflow.treatments.gaps import (
    Fill,
    Interpolation,
    filled,
    interpolated,
    read_fill,
    read_interpolation,
)
from tfp.workflow.treatments.state import Treated
from tfp.workflow.treatments.weights import Method, read_method

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tfp.panel.panel import Panel
    from tfp.workflow.plan_keys import Keys
    from tfp.workflow.treatments.state import Around


@dataclass(frozen=True, kw_only=True)
class Treatment:
    """How the data become accounts: all that a sensitivity may do otherwise."""

    fill: tuple[Fill, ...] = ()
    interpolate: tuple[Interpolation, ...] = ()
    splice: tuple[Splice, ...] = ()
    accept_break: tuple[AcceptedBreak, ...] = ()
    capital: Capital | None = None
    method: Method = field(default_factory=Method)


TREATMENT_KEYS = tuple(each.name for each in fields(Treatment))


def read_treatment(keys: Keys) -> Treatment:
    """Return the tables that say how data become accounts."""
    return Treatment(
        fill=tuple(map(read_fill, keys.subs("fill", Fill))),
        interpolate=tuple(map(read_interpolation, keys.subs("interpolate", Interpolation))),
        splice=tuple(map(read_splice, keys.subs("splice", Splice))),
        accept_break=tuple(map(read_accepted_break, keys.subs("accept_break", AcceptedBreak))),
        capital=read_capital(keys.sub("capital", Capital)) if "capital" in keys else None,
        method=read_method(keys.sub("method", Method)),
    )


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


def treat(treatment: Treatment, around: Around) -> Treated:
    """Return the data after everything that the plan declares about them.

    Fills and interpolations come first, then splices and accepted breaks, then capital.
    """
    treated = Treated(panel=around.data.panel)
    for step in _steps(treatment, around):
        treated = step(treated)
    return treated


def treat_what_works(treatment: Treatment, around: Around) -> Panel:
    """Return the data after those of the plan's treatments that can be applied to them.

    For saying what else is wrong with data for which :func:`treat` fails.
    """
    treated = Treated(panel=around.data.panel)
    for step in _steps(treatment, around):
        with suppress(TFPError):
            treated = step(treated)
    return treated.panel


def _steps(treatment: Treatment, around: Around) -> Iterator[Callable[[Treated], Treated]]:
    """Give what the plan does to its data, in this order."""
    for change in _changes_of_panel(treatment, around):
        yield partial(Treated.after, treatment=change)
    if treatment.capital is not None:
        yield partial(with_capital, capital=treatment.capital, around=around)


def _changes_of_panel(treatment: Treatment, around: Around) -> Iterator[Callable[[Panel], Panel]]:
    for number, fill in enumerate(treatment.fill, start=1):
        yield partial(filled, fill=fill, data=around.data, key=f"fill[{number}]")
    for number, gap in enumerate(treatment.interpolate, start=1):
        yield partial(interpolated, gap=gap, key=f"interpolate[{number}]")
    # From the earliest break on: a later splice moves the level that an earlier one needs.
    by_year = sorted(enumerate(treatment.splice, start=1), key=lambda numbered: numbered[1].at)
    for number, link in by_year:
        yield partial(spliced, link=link, key=f"splice[{number}]")
    for number, known in enumerate(treatment.accept_break, start=1):
        yield partial(accepted, known=known, key=f"accept_break[{number}]")
