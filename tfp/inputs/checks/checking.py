"""All checks of raw statistics in one call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfp.inputs.boundaries.unsaid import unsaid_boundaries
from tfp.inputs.breaks.plausible import doubtful_links
from tfp.inputs.checks.cells import cell_findings
from tfp.inputs.checks.copies import copied_series
from tfp.inputs.checks.productivity import implausible_productivity
from tfp.inputs.checks.relations import (
    explained_by_parts,
    parts_and_totals,
    parts_that_begin,
    parts_within_wholes,
)
from tfp.inputs.checks.stocks import incremental_ratios, stocks_and_investment
from tfp.inputs.prices.base_checks import base_changes
from tfp.inputs.prices.published_growth import contradicting_growth
from tfp.panel.checks import CHECKS, jumps_and_units, sorted_findings
from tfp.panel.panel import require_panel

if TYPE_CHECKING:
    from tfp.panel.findings import Finding, Findings
    from tfp.panel.panel import Panel


def check_inputs(panel: Panel, *, growth_tolerance: float | None = None) -> Findings:
    """Return all that looks wrong in raw statistics, and what it would do to TFP.

    Everything that :meth:`Panel.check` finds, and what takes a closer look: every level is
    held against its neighbours in time and against what the other entities did in that
    period, so that a jump is named for what it probably is (a decimal mark lost, two digits
    exchanged, an older vintage, a new definition, figures in the wrong rows), with the figure
    that may have been meant. Parts are held against totals, stocks against investment,
    investment against growth, series against each other, levels against the growth that was
    published of them, and constant prices against the base year that they declare.

    Parameters
    ----------
    panel : Panel
    growth_tolerance : float, optional
        Points by which the level of output may contradict its published growth; half of the
        last printed digit unless stated.

    Returns
    -------
    Findings
        The gravest first. Nothing is changed: :func:`correct_values`, :func:`splice` and
        :func:`accept_break` do that, by an explicit word.

    Notes
    -----
    A suspect is six spreads away from what is usual, the largest counting of the entity's
    own spread, that of the period and that of the column (:mod:`tfp.numerics.screening`). The
    first and the last figure of a series have a neighbour on one side only: that they are off
    is seen, whether by an error or by a break is not.

    Examples
    --------
    >>> from tfp.panel.panel import Panel
    >>> panel = Panel({"year": [2016, 2017, 2018, 2019, 2020, 2021],
    ...                "state": [21326.2, 18533.2, 219658.0, 25509.7, 26385.1, 30996.8]},
    ...               time="year", area="Quảng Ninh", investment="state")
    >>> for finding in check_inputs(panel):
    ...     print(finding.part("found"))
    state (investment) is 219,658.00 in 2018 where some 21,743.42 was expected: 21,965.80 may have been meant.
    """  # noqa: E501
    require_panel(panel)
    found: list[Finding] = []
    # What the panel's own check calls a jump is named more closely here.
    for check in CHECKS:
        if check is not jumps_and_units:
            found.extend(check(panel))
    known = {
        (str(finding.fields.get("role")), place)
        for finding in found
        if finding.code == "labour-break-suspected"
        for place in finding.places
    }
    explained = explained_by_parts(panel)
    for finding in cell_findings(panel, explained):
        told = finding.code in ("level-break", "last-value-off") and all(
            (str(finding.fields["role"]), place) in known for place in finding.places
        )
        if not told:
            found.append(finding)
    for further in (
        copied_series,
        parts_and_totals,
        parts_that_begin,
        parts_within_wholes,
        stocks_and_investment,
        incremental_ratios,
        implausible_productivity,
        unsaid_boundaries,
        doubtful_links,
    ):
        found.extend(further(panel))
    found.extend(base_changes(panel))
    if panel.has("output") and panel.has("output_growth"):
        found.extend(contradicting_growth(panel, tolerance=growth_tolerance))
    return sorted_findings(found)
