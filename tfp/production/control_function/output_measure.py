"""Whether output is a quantity or deflated revenue, and what productivity is then called.

From quantities comes TFPQ, what firms make of their inputs; from revenue deflated by the
price index of an industry TFPR, which holds their own prices, hence demand and markups, too.

References
----------
Foster, L., Haltiwanger, J. and Syverson, C. (2008). Reallocation, firm turnover, and
efficiency: selection on productivity or profitability? *American Economic Review* 98(1),
394-425. https://doi.org/10.1257/aer.98.1.394
"""

from __future__ import annotations

from typing import Literal, get_args

from tfp.errors import check_choice
from tfp.panel.findings import Finding

OutputMeasure = Literal["quantity", "deflated_revenue"]
OUTPUT_MEASURES: tuple[OutputMeasure, ...] = get_args(OutputMeasure)


def check_output_is(measure: OutputMeasure | None) -> None:
    """Refuse a measure of output that there is not.

    Raises
    ------
    MethodError
        ``option-unknown``.
    """
    if measure is not None:
        check_choice("output_is", measure, OUTPUT_MEASURES)


def output_note(measure: OutputMeasure | None) -> list[Finding]:
    """Return the note that names productivity, where it is known what output is."""
    codes = {"quantity": "productivity-tfpq", "deflated_revenue": "productivity-tfpr"}
    return [] if measure is None else [Finding(code=codes[measure], severity="note")]
