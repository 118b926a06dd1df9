"""The ledger: every row that was lost, filled, spliced or passed over, with the reason.

What users say stands as they wrote it. What methods say themselves is kept as a code and
its figures (``language/*/ledger.toml`` has the words), so that a report says it in its own
language.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from tfp.language.catalogue import text
from tfp.language.terms import named
from tfp.numerics.records import frozen

if TYPE_CHECKING:
    import pandas as pd

    from tfp.language.catalogue import Language

Action = Literal[
    "interpolated",
    "spliced",
    "assumed",
    "break accepted",
    "derived",
    "filled",
    "corrected",
    "borrowed",
    "chosen",
    "converted",
    "lost",
    "merged",
    "renamed",
    "back-cast",
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
        Why, in the words of the user; empty where the method has the reason.
    cause : str
        Why, as the code of a sentence, where the user was not asked.
    figure : str
        The code of the sentence that says which figure was used; empty if none was.
    fields : dict
        What fills these sentences.
    source : str
        Where the figure comes from; empty if none was used.
    """

    action: Action
    role: str
    rows: tuple[tuple[str, int | str], ...]
    reason: str = ""
    cause: str = ""
    figure: str = ""
    fields: dict[str, Any] = field(default_factory=dict)
    source: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "fields", frozen(self.fields))

    def why(self, language: Language = "en") -> str:
        """Return the reason in words."""
        return (
            text(f"ledger.cause.{self.cause}", language, **self._said(language))
            if self.cause
            else self.reason
        )

    def detail(self, language: Language = "en") -> str:
        """Return the figure used in words; empty if none was."""
        if not self.figure:
            return ""
        return text(f"ledger.figure.{self.figure}", language, **self._said(language))

    def _said(self, language: Language) -> dict[str, Any]:
        """Return the fields, boundaries and roles by their names in the language."""
        return {name: named(value, language) for name, value in self.fields.items()}

    def what(self, language: Language = "en") -> str:
        """Return what was done in words."""
        return text(f"ledger.action.{self.action}", language)


def ledger_frame(entries: tuple[LedgerEntry, ...]) -> pd.DataFrame:
    """Return the ledger as a frame, one row for each value touched."""
    import pandas as pd

    return pd.DataFrame(
        [
            (entry.action, entry.role, entity, time, entry.why(), entry.source, entry.detail())
            for entry in entries
            for entity, time in entry.rows
        ],
        columns=["action", "role", "entity", "time", "reason", "source", "detail"],
    )
