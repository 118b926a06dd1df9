r"""B2: growth of output and its sectors at constant prices, and what each adds to it.

The contribution of part :math:`i` is its increase over the output of the year before,
:math:`(Y_{i,t} - Y_{i,t-1}) / Y_{t-1}`; the contributions add to growth where the parts
add to output.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tfp.language.catalogue import text
from tfp.report.document import Column
from tfp.report.footnotes import DIGITS
from tfp.report.source_lines import source_line
from tfp.report.tables.b01_output import discrepancy, lacking_roles
from tfp.report.tables.parts import part_name
from tfp.report.tables.yearly import (
    Missing,
    Series,
    columns_in,
    growth_of,
    growth_statuses,
    output_word,
    title,
    year_table,
)

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray
    from tfp.panel.rows import RowIndex
    from tfp.report.content import RunContent
    from tfp.report.document import Table

ROLES = ("output", "output_by_part")


def growth_tables(content: RunContent) -> tuple[Table, ...] | Missing:
    """Return B2, or what it lacks."""
    panel, language = content.panel, content.language
    lacking = lacking_roles(panel, ROLES)
    if panel is None or lacking:
        return Missing(lacking)
    rows, total, parts = panel.rows, panel.column("output"), columns_in(panel, "output_by_part")
    names = [part_name(part.role.partition(":")[2], language) for part in parts]
    grown = f"{text('report.column.growth', language)} ({text('report.unit.percent', language)})"
    points = text("report.unit.points", language)
    added = f"{text('report.column.contribution', language)} ({points})"
    whole = Column(label=output_word(content), group=grown, digits=DIGITS)
    series = [Series.of(whole, growth_of(total.values, rows))]
    for name, part in zip(names, parts, strict=True):
        head = Column(label=name, group=grown, digits=DIGITS)
        series.append(Series.of(head, growth_of(part.values, rows)))
    increases = dict(zip(names, (part.values for part in parts), strict=True))
    rest = discrepancy(total.values, [part.values for part in parts])
    if rest is not None:
        increases[text("tables.word.discrepancy", language)] = rest
    for name, values in increases.items():
        head = Column(label=name, group=added, digits=DIGITS)
        series.append(Series.of(head, contribution(values, total.values, rows)))
    return (
        year_table(
            rows,
            series,
            language,
            name="growth",
            number="B2",
            title=title("B2", content),
            statuses=growth_statuses([total, *parts], rows),
            notes=[("", text("tables.note.parts_add", language))],
            source=source_line(content, ROLES),
            note_missing=True,
        ),
    )


def contribution(part: FloatArray, total: FloatArray, rows: RowIndex) -> FloatArray:
    """Return the increase of a part over the year before's total, in points."""
    before = np.concatenate((total[:1], total[:-1]))
    change = np.diff(part, prepend=np.nan)
    found: FloatArray = 100.0 * change / before
    found[rows.breaks] = np.nan
    return found
