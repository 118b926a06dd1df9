"""The ledger: every row that was lost, filled, spliced or passed over, with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pandas as pd

Action = Literal[
    "interpolated",
    "spliced",
    "assumed",
    "break accepted",
    "derived",
    "filled",
    "borrowed",
    "lost",
]


@dataclass(frozen=True, kw_only=True)
class LedgerEntry:
    """One thing that was done to some values of one column.

    Attributes
    ----------
    action : str
        What was done; ``"spliced"`` only where a published overlap exists,
        ``"assumed"`` where the link is an assumption.
    role : str
        The column, by its role.
    rows : tuple of (entity, time)
        The values touched.
    reason : str
        Why, in the words of the user or of the method.
    source : str
        Where the figure used comes from; empty if none was used.
    detail : str
        The figure used, for example the factor of a splice.
    """

    action: Action
    role: str
    rows: tuple[tuple[str, int | str], ...]
    reason: str
    source: str = ""
    detail: str = ""


def ledger_frame(entries: tuple[LedgerEntry, ...]) -> pd.DataFrame:
    """Return the ledger as a frame, one row for each value touched."""
    import pandas as pd

    return pd.DataFrame(
        [
            (entry.action, entry.role, entity, time, entry.reason, entry.source, entry.detail)
            for entry in entries
            for entity, time in entry.rows
        ],
        columns=["action", "role", "entity", "time", "reason", "source", "detail"],
    )
