"""Which columns stand beside growth accounts: nothing of TFP growth is computed from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tfp.panel.panel import Panel
    from tfp.panel.roles import Column

# What is of use only where the volume, its column beside it, is made of it.
_VOLUME_OF = {
    "output_current": "output",
    "output_price": "output",
    "output_growth": "output",
    "investment_current": "investment",
    "investment_price": "investment",
}
_NEVER = ("population", "output_by_part", "output_current_by_part")
# What makes shares of income in output, at the prices of the year.
_INCOMES = ("compensation", "mixed_income", "labour_income", "capital_income", "product_taxes")


def is_beside(panel: Panel, column: Column) -> bool:
    """Tell whether growth accounts of a panel are not computed from a column of it.

    That is so of output at current prices, for one, where output at constant prices is a
    column of its own and nothing was derived from the other.
    """
    role, _, part = column.role.partition(":")
    if role in _NEVER:
        return True
    volume = _VOLUME_OF.get(role)
    if volume is None or not panel.has(f"{volume}:{part}" if part else volume):
        return False
    if role == "output_current" and any(panel.has(each) for each in _INCOMES):
        return False
    return not any(
        column.name in (name for name in entry.fields.values() if isinstance(name, str))
        for entry in panel.ledger
        if entry.action == "derived"
    )
