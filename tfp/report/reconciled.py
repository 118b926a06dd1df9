"""Figures already reported, beside what this run gives, and why they differ."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from tfp.language.catalogue import text
from tfp.language.terms import role_name
from tfp.report.words import status_name

if TYPE_CHECKING:
    from datetime import date

    from tfp.language.catalogue import Language
    from tfp.report.quantities import Quantity

CauseKind = Literal["none", "status", "options", "vintage", "break", "unknown", "not_computed"]


@dataclass(frozen=True, kw_only=True)
class Cause:
    """One known cause of a difference.

    Attributes
    ----------
    kind : str
        ``"none"`` where the figures agree as printed, ``"unknown"`` where nothing that
        the plan says explains the difference.
    fields : dict
        What fills its words: ``before`` and ``after``, ``year``, ``role``.
    """

    kind: CauseKind
    fields: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Reconciled:
    """One figure already reported and what became of it.

    Attributes
    ----------
    quantity : str
    period : str
        ``"2024"`` or ``"2016-2020"``.
    value : float
        As it was reported, in per cent or points.
    document : str
        Where it was reported.
    date : date
    entity : str
        Of which area, where the run holds several.
    recomputed : float or None
        What this run gives; None where it has no such figure.
    difference : float or None
        Recomputed less reported, in points.
    causes : tuple of Cause
        Known so far.
    status : str
        Weakest status behind the recomputed figure.
    """

    quantity: Quantity
    period: str
    value: float
    document: str
    date: date
    entity: str = ""
    recomputed: float | None = None
    difference: float | None = None
    causes: tuple[Cause, ...] = ()
    status: str = ""


def cause_in_words(cause: Cause, language: Language) -> str:
    """Return one cause in words."""
    fields = dict(cause.fields)
    if cause.kind == "status":
        fields = {name: status_name(value, language) for name, value in fields.items()}
    if "role" in fields:
        fields["role"] = role_name(fields["role"], language)
    return text(f"tables.cause.{cause.kind}", language, **fields)
