"""Findings about what stands out in the columns: what happened, where, what to write instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tfp.inputs.checks.suspects import GRAVE_LOG, GRAVE_ROLES, find_suspects
from tfp.panel.beside import is_beside
from tfp.panel.findings import finding_at

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from tfp.inputs.checks.suspects import Nature, Suspect
    from tfp.panel.findings import Finding, Severity
    from tfp.panel.panel import Panel
    from tfp.panel.roles import Column

CODES: dict[Nature, str] = {
    "misaligned": "rows-misaligned",
    "common": "moved-together",
    "decimal": "decimal-misplaced",
    "swapped": "digits-exchanged",
    "spike": "outlier",
    "unit": "unit-change",
    "first": "first-value-off",
    "last": "last-value-off",
    "break": "level-break",
}
# A figure off by a power of ten in any of these makes accounts of nonsense.
MISPRINT_ROLES = (*GRAVE_ROLES, "investment", "output_current", "investment_current")
# What an error in a role does to TFP, where it is not that of its own name.
TOUCHES = {
    "output": "output",
    "output_current": "output-current",
    "output_by_part": "part",
    "output_current_by_part": "part",
    "capital": "input",
    "labour": "input",
    "hours_per_worker": "input",
    "human_capital": "input",
    "labour_composition": "input",
    "further_inputs": "input",
    "investment": "investment",
    "investment_current": "investment",
    "output_price": "price",
    "investment_price": "investment",
    "population": "nothing",
}


def cell_findings(panel: Panel, explained: Collection[tuple[str, int]] = ()) -> Iterator[Finding]:
    """Yield a finding for each thing that stands out in the columns of levels.

    Parameters
    ----------
    panel : Panel
    explained : collection of (role, row)
        Changes of level that another check explains.
    """
    stocks = {e.role for e in panel.ledger if e.action == "derived" and e.cause == "inventory"}
    for suspect in find_suspects(panel):
        if suspect.role in stocks:
            # Nobody typed it: what is wrong there is where it begins, or its investment.
            if _severity(suspect) == "block":
                yield stock_off(panel, suspect)
            continue
        lasting = suspect.nature in ("break", "first", "last", "unit")
        if not (lasting and (suspect.role, int(suspect.rows[0])) in explained):
            yield finding_of(panel, suspect)


def finding_of(panel: Panel, suspect: Suspect) -> Finding:
    """Return one suspect as a finding."""
    column = panel.column(suspect.role)
    row = int(suspect.rows[0])
    size = float(100.0 * abs(suspect.size))
    fields: dict[str, object] = {
        "time": panel.rows.time_label(row),
        "count": len(suspect.rows),
        "value": float(column.values[row]),
        "off": float(100.0 * np.expm1(suspect.size)),
        "size": size,
        "touches": _touched(panel, column),
    }
    if suspect.nature == "unit":
        fields["factor"] = float(np.exp(abs(suspect.size)))
    elif suspect.nature == "misaligned":
        fields["total"] = np.count_nonzero(panel.rows.times == panel.rows.times[row])
        fields["shift"] = suspect.shift
    elif suspect.nature != "common":
        fields["expected"] = suspect.expected
    if suspect.repair is not None:
        fields["repair"] = suspect.repair.value
    code = CODES[suspect.nature]
    return finding_at(code, _severity(suspect), panel, suspect.rows, column, **fields)


def stock_off(panel: Panel, suspect: Suspect) -> Finding:
    """Return that a stock made by an inventory changes as no stock does."""
    row = int(suspect.rows[0])
    return finding_at(
        "stock-from-wrong-start",
        "block",
        panel,
        suspect.rows,
        panel.column(suspect.role),
        time=panel.rows.time_label(row),
        size=float(np.exp(abs(suspect.size))),
    )


def touched_by(role: str) -> str:
    """Return which sentence says what an error in a role does to TFP."""
    return TOUCHES.get(role.partition(":")[0], "weights")


def _touched(panel: Panel, column: Column) -> str:
    touched = touched_by(column.role)
    at_prices = touched not in ("part", "nothing")
    return "beside" if at_prices and is_beside(panel, column) else touched


def _severity(suspect: Suspect) -> Severity:
    essential = suspect.role.partition(":")[0] in GRAVE_ROLES
    many = suspect.nature in ("misaligned", "common")
    if suspect.nature == "decimal" and suspect.role.partition(":")[0] in MISPRINT_ROLES:
        return "block"
    return "block" if essential and (many or abs(suspect.size) > GRAVE_LOG) else "warn"
