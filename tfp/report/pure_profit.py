"""What is said of pure profit, the part of income that the costs of the inputs leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tfp.language.catalogue import text
from tfp.report.footnotes import note_on_rows

if TYPE_CHECKING:
    from tfp.language.catalogue import Language
    from tfp.results.growth_accounts import GrowthAccounts


def profit_notes(accounts: GrowthAccounts, language: Language) -> list[str]:
    """Return the notes of a table that shows pure profit; none where it is not known."""
    if accounts.pure_profit_share is None:
        return []
    return [text("report.note.pure_profit", language), *_negative(accounts, language)]


def profit_sentences(accounts: GrowthAccounts, language: Language) -> list[str]:
    """Return how large pure profit is, and where it is negative."""
    share = accounts.pure_profit_share
    if share is None or np.isnan(share).all():
        return []
    least, mean, most = (float(100.0 * f(share)) for f in (np.nanmin, np.nanmean, np.nanmax))
    size = text("report.note.pure_profit_mean", language, least=least, mean=mean, most=most)
    return [size, *_negative(accounts, language)]


def _negative(accounts: GrowthAccounts, language: Language) -> list[str]:
    share, rows = accounts.pure_profit_share, accounts.rows
    negative = [] if share is None else np.flatnonzero(share < 0.0).tolist()
    if not negative:
        return []
    if rows.entity_name is None:
        named = [rows.time_label(row) for row in negative]
    else:
        named = [f"{rows.entity_label(row)} {rows.time_label(row)}" for row in negative]
    return [note_on_rows("pure_profit_negative", named, language)]
