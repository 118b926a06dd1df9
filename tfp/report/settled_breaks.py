"""Changes of definition that a run has settled, and a ready sentence for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tfp.language.catalogue import text
from tfp.language.terms import inside_sentence
from tfp.report.words import role_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tfp.language.catalogue import Language
    from tfp.panel.ledger import LedgerEntry

# How each is said; what was assumed for other reasons than a break is none.
KINDS = {"spliced": "spliced", "assumed": "assumed", "break accepted": "accepted"}


@dataclass(frozen=True)
class SettledBreak:
    """One change of definition: of which series, from which period on, and what was done."""

    role: str
    at: int | str
    kind: str


def settled_breaks(entries: Iterable[LedgerEntry], entity: str = "") -> tuple[SettledBreak, ...]:
    """Return the breaks that a ledger settles, of one area or of all, each once."""
    found = {}
    for entry in entries:
        own = [time for area, time in entry.rows if not entity or area in ("", entity)]
        if entry.action not in KINDS or not own:
            continue
        accepted = entry.action == "break accepted"
        at = own[0] if accepted else entry.fields.get("period")
        if at is not None:
            found[entry.role, at] = SettledBreak(entry.role, at, KINDS[entry.action])
    return tuple(found.values())


def break_sentences(entries: Iterable[LedgerEntry], language: Language) -> list[str]:
    """Return a ready sentence for each break that a ledger settles."""
    return [
        text(
            f"tables.break.{found.kind}",
            language,
            years=found.at,
            series=inside_sentence(role_name(found.role, language)),
        )
        for found in settled_breaks(entries)
    ]
