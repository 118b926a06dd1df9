"""Output per person beside what is possible: units that were declared a thousand times off.

Growth is the same in any unit, but levels are not: what a report says of output per person
is a thousand times off where persons stand for thousands of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tfp.inputs.figures.measures import measure_of
from tfp.numerics.medians import median_of
from tfp.panel.findings import finding_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tfp.panel.findings import Finding
    from tfp.panel.panel import Panel

MILLION = 1e6
# Million dong a year and person: at prices of 1994 as of today, of poor areas and of those
# with oil. A unit that is a thousand times off leaves it.
PLAUSIBLE = (1.0, 3_000.0)


def implausible_productivity(panel: Panel) -> Iterator[Finding]:
    """Find output per person that no area has, where both units are known.

    The middle of the years and areas counts: a single figure has its own checks.
    """
    if not {"output", "labour"} <= set(panel.columns) or panel.rows.frequency != "year":
        return
    output, labour = panel.column("output"), panel.column("labour")
    (money, size), (persons, head) = measure_of(output.unit or ""), measure_of(labour.unit or "")
    if (money, persons) != ("money", "persons"):
        return
    sound = (output.values > 0.0) & (labour.values > 0.0)
    level = np.full(len(panel), np.nan)
    np.divide(output.values, labour.values, out=level, where=sound)
    level *= size / head / MILLION
    low, high = PLAUSIBLE
    rows = np.flatnonzero((level < low) | (level > high))
    if len(rows) and not low <= median_of(level[sound]) <= high:
        yield finding_at(
            "productivity-implausible",
            "warn",
            panel,
            rows,
            labour,
            level=float(level[rows[0]]),
            low=low,
            high=high,
            output_unit=output.unit,
            unit=labour.unit,
        )
