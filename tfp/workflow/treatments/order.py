"""The order in which a plan's tables are applied to its data, and why it is this one.

1. **Areas** are named first: every other table says whose figures it means, and a code or
   a name means nothing without the boundary of its time.
2. **Corrections** come before anything moves a level, because a correction states the
   figure that is printed.
3. **Social investment at current prices** becomes fixed capital formation at current
   prices, as the ratio was measured.
4. The **running year** is estimated and **gaps** are filled in published figures, in the units
   of the books: what is made of them below is then complete.
5. **Prices**: constant prices where there are none, older base years, the base year.
6. **Breaks** of definition, on the areas for which an overlap was published.
7. The **measure of labour** (hours, full-time equivalents), where the figures are finest: a
   cap on hours, or a mean of them, is not the same for the sum of two areas.
8. **Boundaries**: what is added up from here on are flows, stocks and persons that are
   comparable over time; the figures of the new areas continue them.
9. **Composition** of labour and human capital: indices, which cannot be added up, and are
   computed from sums that can.
10. **Investment** at constant prices becomes fixed capital formation, and research an asset
    of its own: after the boundaries, because figures of new areas are of social investment
    too; before capital, which is accumulated from it.
11. **Capital**, by perpetual inventory, by asset, as services.
12. The **weights**, which need the incomes of all that is above.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from tfp.errors import TFPError
from tfp.workflow.treatments.boundaries import merged, own_names, with_areas
from tfp.workflow.treatments.breaks import accepted, spliced
from tfp.workflow.treatments.capital import with_capital
from tfp.workflow.treatments.corrections import corrected
from tfp.workflow.treatments.dated_shares import with_dated_shares
from tfp.workflow.treatments.estimates import estimated
from tfp.workflow.treatments.gaps import filled, interpolated
from tfp.workflow.treatments.investment import converted, separated
from tfp.workflow.treatments.labour import composed, measured, schooled
from tfp.workflow.treatments.labour_share import with_labour_share
from tfp.workflow.treatments.prices import price_steps
from tfp.workflow.treatments.state import Treated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tfp.panel.panel import Panel
    from tfp.workflow.treatments.state import Around
    from tfp.workflow.treatments.treatment import Treatment

    Step = Callable[[Treated], Treated]
    Change = Callable[[Panel], Panel]


def treat(treatment: Treatment, around: Around) -> Treated:
    """Return the data after everything that the plan declares about them, in this order."""
    treated = Treated(panel=around.data.panel)
    for step in steps(treatment, around):
        treated = step(treated)
    return treated


def treat_what_works(treatment: Treatment, around: Around) -> Panel:
    """Return the data after those of the plan's treatments that can be applied to them.

    For saying what else is wrong with data for which :func:`treat` fails.
    """
    treated = Treated(panel=around.data.panel)
    for step in steps(treatment, around):
        with suppress(TFPError):
            treated = step(treated)
    return treated.panel


def steps(treatment: Treatment, around: Around) -> Iterator[Step]:
    """Give what the plan does to its data, in the order of this module."""
    boundaries, capital = treatment.boundaries, treatment.capital
    if boundaries is not None:
        yield partial(with_areas, stated=boundaries, around=around)
    for number, each in enumerate(treatment.correct, start=1):
        yield _of_panel(partial(corrected, correction=each, key=f"correct[{number}]"))
    yield from map(_of_panel, _investment_at(treatment, "investment_current"))
    yield from map(_of_panel, _gaps(treatment, around))
    yield from price_steps(
        treatment.deflate, treatment.output, treatment.link_base, treatment.rebase, around
    )
    yield from map(_of_panel, _breaks(treatment))
    if treatment.labour is not None:
        yield _of_panel(partial(measured, labour=treatment.labour))
    if boundaries is not None and boundaries.merge:
        yield partial(merged, stated=boundaries, around=around)
    yield from map(_of_panel, _indices_of_labour(treatment))
    yield from map(_of_panel, _investment_at(treatment, "investment"))
    if treatment.investment is not None and treatment.investment.research is not None:
        yield _of_panel(partial(separated, research=treatment.investment.research))
    if capital is not None:
        yield partial(with_capital, capital=capital, around=around)
    shares = treatment.method.shares
    if shares is not None and shares.table is not None:
        yield partial(with_dated_shares, stated=shares.table, around=around)
    if shares is not None and shares.labour_share is not None:
        yield partial(
            with_labour_share,
            stated=shares.labour_share,
            source=shares.source,
            unspliced=_unspliced(treatment, around) if treatment.splice else None,
            around=around,
        )


def _unspliced(treatment: Treatment, around: Around) -> Callable[[], Panel]:
    """Return how the same data come about without splices, and without capital."""
    method = replace(treatment.method, shares=None)
    without = replace(treatment, splice=(), investment=None, capital=None, method=method)
    return lambda: treat(without, around).panel


def _of_panel(change: Change) -> Step:
    """Return a change of the panel alone as a step."""
    return partial(Treated.after, treatment=change)


def _gaps(treatment: Treatment, around: Around) -> Iterator[Change]:
    boundaries = treatment.boundaries
    names = list if boundaries is None else partial(own_names, boundaries, around)
    # The earliest year first: the next one may be its growth.
    by_year = sorted(enumerate(treatment.estimate, start=1), key=lambda numbered: numbered[1].year)
    for number, estimate in by_year:
        yield partial(estimated, estimate=estimate, key=f"estimate[{number}]")
    for number, fill in enumerate(treatment.fill, start=1):
        key = f"fill[{number}]"
        yield partial(filled, fill=fill, data=around.data, names=names, key=key)
    for number, gap in enumerate(treatment.interpolate, start=1):
        yield partial(interpolated, gap=gap, key=f"interpolate[{number}]")


def _breaks(treatment: Treatment) -> Iterator[Change]:
    # From the earliest break on: a later splice moves the level that an earlier one needs.
    by_year = sorted(enumerate(treatment.splice, start=1), key=lambda numbered: numbered[1].at)
    for number, link in by_year:
        yield partial(spliced, link=link, key=f"splice[{number}]")
    for number, known in enumerate(treatment.accept_break, start=1):
        yield partial(accepted, known=known, key=f"accept_break[{number}]")


def _indices_of_labour(treatment: Treatment) -> Iterator[Change]:
    labour = treatment.labour
    if labour is not None and labour.composition is not None:
        yield partial(composed, stated=labour.composition)
    if labour is not None and labour.human_capital is not None:
        yield partial(schooled, stated=labour.human_capital)


def _investment_at(treatment: Treatment, role: str) -> Iterator[Change]:
    investment = treatment.investment
    if investment is not None and investment.converts and investment.role == role:
        yield partial(converted, investment=investment)
