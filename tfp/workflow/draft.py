"""Why a report is a draft, and what can be computed although something is unsettled.

A draft is what stands on the deadline day when a finding is still open. Where a change of
definition is open, no growth is taken across it: the years on both sides have their
results, that year and the periods with it have none.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from tfp.language.catalogue import text
from tfp.report.building import finding_texts
from tfp.report.words import status_name, years_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tfp.language.catalogue import Language
    from tfp.numerics.arrays import FloatArray
    from tfp.panel.findings import Finding
    from tfp.panel.panel import Panel
    from tfp.panel.roles import Status
    from tfp.report.front_matter import FrontMatter
    from tfp.results.growth_accounts import GrowthAccounts

UNSETTLED: tuple[Status, ...] = ("preliminary", "estimate")


def without_open_breaks(panel: Panel) -> tuple[Panel, tuple[int, ...]]:
    """Return a panel whose open changes of definition stop nothing, and their rows.

    The growth into these rows measures the change of definition: it must be blanked.
    """
    rows: set[int] = set()
    for column in panel.columns.values():
        # No growth is taken of a share.
        if column.kind == "share":
            continue
        changes = np.setdiff1d(column.breaks_of_definition, panel.rows.breaks)
        still = np.setdiff1d(changes, column.accepted).tolist()
        if still:
            rows |= set(still)
            panel = panel.with_column(
                replace(column, accepted=tuple(sorted({*column.accepted, *still})))
            )
    return panel, tuple(sorted(rows))


def blanked(accounts: GrowthAccounts, rows: Sequence[int]) -> GrowthAccounts:
    """Return accounts that take no growth into some rows, whatever is computed from them.

    The rows are breaks from here on: logarithms, levels and other forms of the accounts
    leave them out, too.
    """
    if not rows:
        return accounts
    at = np.array(rows, dtype=np.intp)
    breaks = np.union1d(accounts.rows.breaks, at)

    def without(values: FloatArray) -> FloatArray:
        changed = values.copy()
        changed[at] = np.nan
        return changed

    return replace(
        accounts,
        rows=replace(accounts.rows, breaks=breaks),
        total=without(accounts.total),
        terms=tuple(without(term) for term in accounts.terms),
    )


def draft_reasons(
    accounts: GrowthAccounts,
    unsettled: Iterable[Finding],
    front: FrontMatter | None,
    accepted: Sequence[Status],
    language: Language,
) -> tuple[str, ...]:
    """Return why a report is a draft, in words; nothing where it is final.

    Parameters
    ----------
    accounts : GrowthAccounts
    unsettled : iterable of Finding
        What must be settled and is not.
    front : FrontMatter or None
        Its blanks are named beside other reasons; a number and a date that the office
        writes by hand make no draft by themselves.
    accepted : sequence of str
        Statuses on which the office signs.
    language : {"en", "vi"}
    """
    reasons = [
        text("tables.draft.finding", language, found=found.found, where=found.where).strip()
        for found in finding_texts(unsettled, language, in_plan=True)
    ]
    rows = accounts.rows
    for status in UNSETTLED:
        years = [
            rows.time_label(row)
            for row in rows.growth_rows.tolist()
            if accounts.statuses[row] == status and status not in accepted
        ]
        if years:
            reasons.append(
                text(
                    "tables.draft.status",
                    language,
                    years=years_in_words(sorted(set(years), key=str)),
                    status=status_name(status, language),
                )
            )
    blanks = _blanks(front, language)
    if reasons and blanks:
        reasons.append(text("tables.draft.blank", language, blanks=blanks))
    return tuple(reasons)


def _blanks(front: FrontMatter | None, language: Language) -> list[str]:
    """Return what of the letterhead is still to be filled in."""
    if front is None or front.letterhead is None:
        return []
    head = front.letterhead
    signed = any(each.role == "head" and each.name for each in front.signatures)
    return [
        text(f"tables.draft.{name}", language)
        for name, there in (("number", head.number), ("date", head.date), ("signer", signed))
        if not there
    ]
